import { decodeText } from "../../api/encoding/text.ts";
import { CurlError } from "./error.ts";

/** A blank is a plus since curl 7.88. */
export const formEncode = (bytes: Uint8Array) => percentEncode(bytes).replaceAll("%20", "+");

/** curl_easy_escape: all but letters, digits, `-._~`. */
export function percentEncode(bytes: Uint8Array): string {
  return [...bytes]
    .map((byte) => {
      const ch = String.fromCharCode(byte);
      return /[A-Za-z0-9\-._~]/.test(ch) ? ch : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
    })
    .join("");
}

/** `%41` becomes `A`; what is not two hexadecimal digits stays. Models lib/escape.c Curl_urldecode with REJECT_CTRL. @throws CurlError 3 */
export function percentDecode(text: string): string {
  if (/%(?:[01][0-9a-f]|7f)/i.test(text)) throw new CurlError(3);
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    const bytes = Uint8Array.from(run.slice(1).split("%"), (digits) => Number.parseInt(digits, 16));
    return decodeText(bytes);
  });
}

/** curl_url_set writes the digits of `%2F` small. */
export const lowerEscapes = (text: string) => text.replace(/%[0-9a-f]{2}/gi, (escaped) => escaped.toLowerCase());
