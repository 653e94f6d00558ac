import { decodeText, encodeText } from "../../api/encoding/text.ts";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/**
 * Decodes padded standard base64, newlines ignored. A number is the offset of the byte that is wrong. Models the decoder of Go's
 * encoding/base64. Bytes that are no UTF-8 become U+FFFD.
 */
export function decodeBase64(text: string): string | number {
  const source = encodeText(text);
  const out: number[] = [];
  const isNewline = (at: number) => source[at] === 10 || source[at] === 13;
  let at = 0;
  while (at < source.length) {
    const sextets: number[] = [];
    while (sextets.length < 4) {
      if (at === source.length) {
        if (sextets.length === 0) break;
        return at - sextets.length;
      }
      const char = String.fromCharCode(source[at++]!);
      const sextet = ALPHABET.indexOf(char);
      if (sextet >= 0) sextets.push(sextet);
      else if (char === "=") {
        const bad = padding(sextets.length);
        if (bad !== undefined) return bad;
        break;
      } else if (char !== "\n" && char !== "\r") return at - 1;
    }
    const [a = 0, b = 0, c = 0, d = 0] = sextets;
    const bytes = [(a << 2) | (b >> 4), ((b & 15) << 4) | (c >> 2), ((c & 3) << 6) | d];
    out.push(...bytes.slice(0, Math.max(0, sextets.length - 1)));
  }
  return decodeText(Uint8Array.from(out));

  /** Past the first `=`: the second one, and nothing behind; returns the offset of what does not fit. */
  function padding(count: number): number | undefined {
    if (count < 2) return at - 1;
    if (count === 2) {
      while (isNewline(at)) at++;
      if (at === source.length) return source.length;
      if (source[at] !== 61) return at - 1;
      at++;
    }
    while (isNewline(at)) at++;
    return at < source.length ? at : undefined;
  }
}
