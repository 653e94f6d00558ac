import { emitJson } from "../../api/encoding/json-emit.ts";
import type { Json, JsonObject } from "../../api/json.ts";
import { sha256 } from "../../platform/crypto.ts";

const LETTERS: Readonly<Record<string, string>> = { "0": "g", "1": "h", "3": "k", a: "m", e: "t" };

/** The ten characters that --append-hash adds to a name. Models kubectl pkg/util/hash/hash.go. */
export function contentHash(object: JsonObject): string {
  const { kind, metadata, data, binaryData, type } = object;
  const hashed: JsonObject = { kind: kind!, name: (metadata as { name: string }).name, data: data ?? {} };
  if (kind === "Secret") hashed.type = type ?? "";
  if (binaryData) hashed.binaryData = binaryData;
  return sha256(emitJson(hashed as Json))
    .slice(0, 10)
    .replace(/[013ae]/g, (digit) => LETTERS[digit]!);
}
