import { JsonSyntaxError, readJson } from "../api/encoding/json-read.ts";
import type { Json, JsonObject } from "../api/json.ts";
import type { KubeObject } from "../api/object.ts";
import { applyJsonMergePatch } from "../api/patch/json-merge.ts";
import { applyJsonPatch } from "../api/patch/json-patch.ts";
import { PatchError } from "../api/patch/patch-error.ts";
import { applyStrategicMergePatch } from "../api/patch/strategic.ts";
import { kindByGvk } from "../api/registry.ts";
import { decode, encode, notRegistered, type TypeRef } from "../api/schema/decode.ts";
import { loadSchema } from "../api/schema/load.ts";
import { ApiError } from "../api/status.ts";
import { CommandError } from "./command.ts";
import type { FlagValues } from "./flags/values.ts";
import { mappingForKind } from "./resources/mapping.ts";

/**
 * An object that kubectl made, changed as --overrides says; the flag is not empty. Throws CommandError.
 * Models kubectl pkg/cmd/util/override_options.go, and Merge, JSONPatch and StrategicMerge of helpers.go.
 */
export async function applyOverrides(object: KubeObject, flags: FlagValues): Promise<KubeObject> {
  const text = flags.string("overrides");
  const type = flags.string("override-type") || "merge";
  if (!["json", "merge", "strategic"].includes(type)) throw new CommandError(`invalid override type: ${type}`);
  const target = (await encode(refOf(object), object)) as unknown as JsonObject;
  let patched: JsonObject;
  try {
    const patch = parse(text, type);
    if (type === "json") patched = applyJsonPatch(target, patch) as JsonObject;
    else if (type === "merge") patched = applyJsonMergePatch(target, patch);
    else patched = applyStrategicMergePatch(target, patch, await loadSchema(refOf(object)));
  } catch (error) {
    if (error instanceof PatchError) throw new CommandError(error.message);
    throw error;
  }
  const result = patched as unknown as KubeObject;
  try {
    return (await decode(registered(result), patched, "Ignore")).object;
  } catch (error) {
    if (error instanceof ApiError) throw new CommandError(error.message);
    throw error;
  }
}

function parse(text: string, type: string): Json {
  try {
    return readJson(text).value;
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    throw new CommandError(type === "merge" ? "Invalid JSON Patch" : error.message);
  }
}

/** @throws CommandError for a kind that kubectl has no Go type of */
function registered({ apiVersion, kind }: KubeObject): TypeRef {
  const info = kindByGvk(apiVersion, kind);
  if (!info) throw new CommandError(notRegistered(kind, apiVersion));
  return { ...info, version: apiVersion.split("/").at(-1)! };
}

function refOf(object: KubeObject): TypeRef {
  const { info, version } = mappingForKind(object.apiVersion, object.kind);
  return { group: info.group, version, kind: info.kind };
}
