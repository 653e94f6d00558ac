import { clone, isObject, type Json, type JsonObject } from "../json.ts";
import type { KindSchema } from "../schema/node.ts";
import { notAnObject } from "./go-values.ts";
import { mergeMap } from "./merge-maps.ts";
import { PatchError } from "./patch-error.ts";
import { PatchSchema } from "./patch-meta.ts";

/**
 * Applies a strategic merge patch and returns the result; the arguments are not changed. Throws PatchError. Models
 * strategicpatch.StrategicMergeMapPatch.
 */
export function applyStrategicMergePatch(document: JsonObject, patch: Json, schema: KindSchema): JsonObject {
  return useUp(clone(patch), document, schema);
}

/** The same, but that of `patch` only what has been merged as a whole is left: the server's messages print that. */
export function useUp(patch: Json, document: JsonObject, schema: KindSchema): JsonObject {
  if (patch === null) return clone(document);
  if (!isObject(patch)) throw new PatchError("malformed", notAnObject(patch));
  return mergeMap(clone(document), patch, new PatchSchema(schema), { server: true });
}
