/** The bytes of a state file, of which only what is asked for is read. */
export interface Bytes {
  readonly length: number;
  /** Those from `from` up to `to`; fewer where they end before. */
  slice(from: number, to: number): Buffer;
}

export function bytesOf(buffer: Buffer): Bytes {
  return { length: buffer.length, slice: (from, to) => buffer.subarray(from, to) };
}
