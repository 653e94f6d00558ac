/**
 * Randomness that is keyed, not a stream: a value is a hash of (seed, purpose, what it is for), so that an unrelated command in
 * between changes nothing. Not for cryptography.
 */

/** Four 32-bit words from the parts (MurmurHash3-style mixing over UTF-16 units, each part closed by its length). */
export function hashWords(...parts: (string | number)[]): [number, number, number, number] {
  let h1 = 0x9e3779b9;
  let h2 = 0x243f6a88;
  let h3 = 0xb7e15162;
  let h4 = 0xdeadbeef;
  const mix = (k: number) => {
    h1 = h2 ^ Math.imul(h1 ^ k, 597399067);
    h2 = h3 ^ Math.imul(h2 ^ k, 2869860233);
    h3 = h4 ^ Math.imul(h3 ^ k, 951274213);
    h4 = h1 ^ Math.imul(h4 ^ k, 2716044179);
  };
  for (const part of parts) {
    const text = String(part);
    for (let i = 0; i < text.length; i++) mix(text.charCodeAt(i));
    mix(0x10000 + text.length);
  }
  for (let round = 0; round < 3; round++) {
    h1 = Math.imul(h3 ^ (h1 >>> 18), 597399067);
    h2 = Math.imul(h4 ^ (h2 >>> 22), 2869860233);
    h3 = Math.imul(h1 ^ (h3 >>> 17), 951274213);
    h4 = Math.imul(h2 ^ (h4 >>> 19), 2716044179);
    h1 ^= h2 ^ h3 ^ h4;
    h2 ^= h1;
    h3 ^= h1;
    h4 ^= h1;
  }
  return [h1 >>> 0, h2 >>> 0, h3 >>> 0, h4 >>> 0];
}

/** A whole number from 0 to `below - 1`. */
export function keyedInt(below: number, ...parts: (string | number)[]): number {
  const [a, b] = hashWords(...parts);
  return Math.floor(((a * 0x200000 + (b >>> 11)) / 2 ** 53) * below);
}

/** A version-4 UUID. */
export function keyedUuid(...parts: (string | number)[]): string {
  const hex = hashWords(...parts)
    .map((word) => word.toString(16).padStart(8, "0"))
    .join("");
  const variant = "89ab"[Number.parseInt(hex[16]!, 16) & 3];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The alphabet of generated names. Models k8s.io/apimachinery pkg/util/rand. */
const SAFE = "bcdfghjklmnpqrstvwxz2456789";

/** `length` characters as in a generated pod name's suffix. */
export function keyedSuffix(length: number, ...parts: (string | number)[]): string {
  let out = "";
  for (let i = 0; i < length; i++) out += SAFE[keyedInt(SAFE.length, ...parts, i)];
  return out;
}

/** rand.SafeEncodeString: maps each character of a decimal hash to the safe alphabet, as `pod-template-hash` is written. */
export function safeEncode(text: string): string {
  return [...text].map((ch) => SAFE[ch.charCodeAt(0) % SAFE.length]).join("");
}
