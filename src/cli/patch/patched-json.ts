import { emitJson, escapeAsGo } from "../../api/encoding/json-emit.ts";
import { JsonSyntaxError, readJson } from "../../api/encoding/json-read.ts";
import { isObject, type Json, type JsonObject } from "../../api/json.ts";
import { applyJsonMergePatch } from "../../api/patch/json-merge.ts";
import { applyJsonPatch } from "../../api/patch/json-patch.ts";
import { PatchError } from "../../api/patch/patch-error.ts";
import { applyStrategicMergePatch } from "../../api/patch/strategic.ts";
import type { KindSchema } from "../../api/schema/node.ts";

/** `text` is the document as Go writes it, which error messages quote. */
export interface PatchedJson {
  document: Json;
  text: string;
}

/**
 * What the text of a patch makes of a document in kubectl itself: anything that JSON can hold. `schema` is asked for by a strategic patch alone. Throws
 * PatchError with the text of the library. Models getPatchedJSON of kubectl pkg/cmd/patch/patch.go, and Merge, JSONPatch and StrategicMerge of
 * pkg/cmd/util/helpers.go.
 */
export async function patchedJson(
  document: JsonObject,
  type: "json" | "merge" | "strategic",
  text: string,
  schema: () => Promise<KindSchema>,
): Promise<PatchedJson> {
  try {
    if (type === "json") return untouched(applyJsonPatch(document, readJson(text).value));
    if (type === "merge") return untouched(applyJsonMergePatch(document, readPart(text, "Invalid JSON Patch")));
    const kind = await schema();
    const patch = readPart(text, "invalid JSON document");
    if (patch !== null && !isObject(patch)) throw malformed("invalid JSON document");
    const merged = applyStrategicMergePatch(document, patch, kind);
    return { document: merged, text: emitJson(merged) };
  } catch (error) {
    throw error instanceof JsonSyntaxError ? malformed(error.message) : error;
  }
}

/** What such a patch does not look into keeps its order. */
function untouched(document: Json): PatchedJson {
  return { document, text: escapeAsGo(JSON.stringify(document)) };
}

/** The value of a text; one that is no JSON is refused in the words of a library that hides why. */
function readPart(text: string, problem: string): Json {
  try {
    return readJson(text).value;
  } catch (error) {
    if (error instanceof JsonSyntaxError) throw malformed(problem);
    throw error;
  }
}

function malformed(problem: string): PatchError {
  return new PatchError("malformed", problem);
}
