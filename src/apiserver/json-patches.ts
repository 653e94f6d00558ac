import { goQuote } from "../api/encoding/go-quote.ts";
import { getKey, isObject, type Json, type JsonObject } from "../api/json.ts";
import { jsonShape, notAnObject } from "../api/patch/go-values.ts";
import { applyJsonMergePatch } from "../api/patch/json-merge.ts";
import { applyJsonPatch } from "../api/patch/json-patch.ts";
import { PatchError } from "../api/patch/patch-error.ts";

/**
 * A JSON patch or a merge patch applied as the server does, which decodes each into a type of its own before the library sees it. Throws PatchError.
 * Models applyJSPatch of apiserver pkg/endpoints/handlers/patch.go.
 */
export function applyJsonOrMerge(type: "json" | "merge", current: JsonObject, patch: Json): JsonObject {
  if (type === "json") {
    checkOperations(patch);
    return applyJsonPatch(current, patch) as JsonObject;
  }
  if (patch !== null && !isObject(patch)) throw undecodable(notAnObject(patch));
  return applyJsonMergePatch(current, patch) as JsonObject;
}

const MEMBERS = ["op", "path", "from"];

/** What the operations of a JSON patch say beside what they may: `unknown field "[0].extra"`. */
export function unknownMembers(patch: Json): string[] {
  if (!Array.isArray(patch)) return [];
  return patch.flatMap((operation, i) =>
    Object.keys(operation ?? {})
      .filter((member) => member !== "value" && !MEMBERS.includes(member))
      .map((member) => `unknown field ${goQuote(`[${i}].${member}`)}`),
  );
}

/** The first value that Go's jsonPatchOp cannot hold ends it. */
function checkOperations(patch: Json): void {
  if (patch === null) return;
  if (!Array.isArray(patch)) throw mismatch(patch, "Go value of type []handlers.jsonPatchOp");
  for (const operation of patch) {
    if (operation === null) continue;
    if (!isObject(operation)) throw mismatch(operation, "Go value of type handlers.jsonPatchOp");
    for (const member of Object.keys(operation)) {
      if (!MEMBERS.includes(member)) continue;
      const value = getKey(operation, member) ?? "";
      if (typeof value !== "string") throw mismatch(value, `Go struct field jsonPatchOp.${member} of type string`);
    }
  }
}

function mismatch(value: Json, target: string): PatchError {
  return undecodable(`json: cannot unmarshal ${jsonShape(value)} into ${target}`);
}

function undecodable(why: string): PatchError {
  return new PatchError("malformed", `error decoding patch: ${why}`);
}
