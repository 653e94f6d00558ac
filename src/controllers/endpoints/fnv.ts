import { encodeText } from "../../api/encoding/text.ts";

const OFFSET = 0x6c62272e07bb014262b821756295c58dn;
const PRIME = 0x0000000001000000000000000000013bn;

/** The 128 bits of the FNV-1a hash of the text's UTF-8 bytes, as Go's hash/fnv has them. */
export function fnv128a(text: string): bigint {
  let hash = OFFSET;
  for (const byte of encodeText(text)) hash = BigInt.asUintN(128, (hash ^ BigInt(byte)) * PRIME);
  return hash;
}
