import { emitJson } from "../../api/encoding/json-emit.ts";
import type { Json, JsonObject } from "../../api/json.ts";
import { shortHash } from "../../kustomize/short-hash.ts";

/** The ten characters that --append-hash adds to a name. Models kubectl pkg/util/hash/hash.go. */
export function contentHash(object: JsonObject): string {
  const { kind, metadata, data, binaryData, type } = object;
  const hashed: JsonObject = { kind: kind!, name: (metadata as { name: string }).name, data: data ?? {} };
  if (kind === "Secret") hashed.type = type ?? "";
  if (binaryData) hashed.binaryData = binaryData;
  return shortHash(emitJson(hashed as Json));
}
