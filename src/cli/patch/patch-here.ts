import { JsonSyntaxError, readJson } from "../../api/encoding/json-read.ts";
import { isObject, type Json, type JsonObject } from "../../api/json.ts";
import type { KubeObject } from "../../api/object.ts";
import { applyJsonMergePatch } from "../../api/patch/json-merge.ts";
import { applyJsonPatch } from "../../api/patch/json-patch.ts";
import { PatchError } from "../../api/patch/patch-error.ts";
import { applyStrategicMergePatch } from "../../api/patch/strategic.ts";
import { kindByGvk } from "../../api/registry.ts";
import { loadSchema } from "../../api/schema/load.ts";
import { CommandError } from "../command.ts";
import type { SentPatchType } from "../commands/patch.ts";

/** The object patched without a server. Throws CommandError. Models kubectl pkg/cmd/patch/patch.go (getPatchedJSON). */
export async function patchHere(object: KubeObject, type: SentPatchType, text: string): Promise<KubeObject> {
  const document = object as unknown as JsonObject;
  try {
    const patched = await apply(document, type, text);
    if (!isObject(patched)) throw new CommandError("the patched object is no object");
    return patched as unknown as KubeObject;
  } catch (error) {
    if (error instanceof PatchError) throw new CommandError(bare(error.message));
    if (error instanceof JsonSyntaxError) {
      throw new CommandError(
        type === "merge" ? "Invalid JSON Patch" : type === "strategic" ? "invalid JSON document" : error.message,
      );
    }
    throw error;
  }
}

async function apply(document: JsonObject, type: SentPatchType, text: string): Promise<Json> {
  const patch = readJson(text).value;
  if (type === "json") {
    if (patch !== null && !Array.isArray(patch)) {
      throw new CommandError("json: cannot unmarshal object into Go value of type jsonpatch.Patch");
    }
    return applyJsonPatch(document, patch);
  }
  if (type === "merge") return applyJsonMergePatch(document, patch);
  const { apiVersion, kind } = document as unknown as KubeObject;
  const info = kindByGvk(apiVersion, kind);
  const [version = "", group = ""] = apiVersion.split("/").reverse();
  if (!info) {
    throw new CommandError(
      `strategic merge patch is not supported for ${group}/${version}, Kind=${kind} locally, try --type merge`,
    );
  }
  return applyStrategicMergePatch(document, patch, await loadSchema({ group, version, kind }));
}

/** The server puts this before the text; the library does not. */
function bare(message: string): string {
  return message.replace(/^error decoding patch: /, "");
}
