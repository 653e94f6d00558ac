import { encodeText } from "../encoding/text.ts";
import { ParseError } from "../meta/parse-error.ts";

/**
 * Checks base64 as Go's StdEncoding does, line ends ignored, and answers it in canonical form. Throws ParseError with the place of the first byte that
 * is not right. Models Go's encoding/base64 (decodeQuantum).
 */
export function canonicalBase64(text: string): string {
  const bytes = encodeText(text);
  const illegal = (at: number) => new ParseError(`illegal base64 data at input byte ${at}`);
  const isBreak = (byte: number | undefined) => byte === 0x0a || byte === 0x0d;
  let out = "";
  let at = 0;
  for (;;) {
    let quantum = "";
    while (quantum.length < 4) {
      if (at === bytes.length) {
        if (quantum === "") return out;
        throw illegal(at - quantum.length);
      }
      const byte = bytes[at++]!;
      if (isBreak(byte)) continue;
      const char = String.fromCharCode(byte);
      if (/[A-Za-z0-9+/]/.test(char)) {
        quantum += char;
        continue;
      }
      if (char !== "=" || quantum.length < 2) throw illegal(at - 1);
      if (quantum.length === 2) {
        while (isBreak(bytes[at])) at++;
        if (at === bytes.length) throw illegal(bytes.length);
        if (bytes[at] !== 0x3d) throw illegal(at - 1);
        at++;
      }
      while (isBreak(bytes[at])) at++;
      if (at < bytes.length) throw illegal(at);
      return out + pad(quantum);
    }
    out += quantum;
  }
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The last two or three characters, with the bits that carry no data cleared. */
function pad(quantum: string): string {
  const last = ALPHABET.indexOf(quantum.at(-1)!) & (quantum.length === 2 ? 0x30 : 0x3c);
  return (quantum.slice(0, -1) + ALPHABET[last]).padEnd(4, "=");
}
