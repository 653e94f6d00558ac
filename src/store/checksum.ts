/** Words that are mixed in by one call: V8 compiles what is called often sooner than a long loop that runs once. */
const STEP = 256;

/**
 * 32 bits of the text's bytes, as eight hexadecimal digits: each word of four bytes is mixed in by a step that can be undone, so that a
 * change within one word always shows, and the length is a part of it. Faster in a program that has just started than to load Node's CRC.
 */
export function checksum(bytes: Uint8Array): string {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
  const words = new Int32Array(aligned.buffer, aligned.byteOffset, aligned.length >>> 2);
  const { length } = words;
  let hash = bytes.length | 0;
  for (let at = 0; at < length; at += STEP) hash = mix(words, at, Math.min(at + STEP, length), hash);
  return (mix(bytes, length * 4, bytes.length, hash) >>> 0).toString(16).padStart(8, "0");
}

function mix(values: Int32Array | Uint8Array, from: number, to: number, before: number): number {
  let hash = before;
  for (let i = from; i < to; i++) {
    hash = Math.imul(hash ^ values[i]!, 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash;
}
