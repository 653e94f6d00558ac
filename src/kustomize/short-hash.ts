import { sha256 } from "../platform/crypto.ts";

const LETTERS: Readonly<Record<string, string>> = { "0": "g", "1": "h", "3": "k", a: "m", e: "t" };

/** The ten characters that a hash is in a name. Models api/hasher and kubectl pkg/util/hash/hash.go. */
export function shortHash(text: string): string {
  return sha256(text)
    .slice(0, 10)
    .replace(/[013ae]/g, (digit) => LETTERS[digit]!);
}
