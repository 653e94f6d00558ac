import type { JsonObject } from "../api/json.ts";
import { ParseError } from "../api/meta/parse-error.ts";
import type { KubeObject } from "../api/object.ts";
import { PatchError } from "../api/patch/patch-error.ts";
import { encode, type TypeRef } from "../api/schema/decode.ts";
import { decodeTyped } from "../api/schema/decode-document.ts";
import { loadSchema } from "../api/schema/load.ts";
import { CommandError } from "./command.ts";
import type { FlagValues } from "./flags/values.ts";
import { patchedJson } from "./patch/patched-json.ts";
import { mappingForKind } from "./resources/mapping.ts";

/**
 * An object that kubectl made, changed as --overrides says; the flag is not empty. Throws CommandError.
 * Models kubectl pkg/cmd/util/override_options.go.
 */
export async function applyOverrides(object: KubeObject, flags: FlagValues): Promise<KubeObject> {
  const type = flags.string("override-type") || "merge";
  if (type !== "json" && type !== "merge" && type !== "strategic") {
    throw new CommandError(`invalid override type: ${type}`);
  }
  const ref = refOf(object);
  const target = (await encode(ref, object)) as unknown as JsonObject;
  try {
    const { text } = await patchedJson(target, type, flags.string("overrides"), () => loadSchema(ref));
    return await decodeTyped(text);
  } catch (error) {
    if (error instanceof ParseError || error instanceof PatchError) throw new CommandError(error.message);
    throw error;
  }
}

function refOf(object: KubeObject): TypeRef {
  const { info, version } = mappingForKind(object.apiVersion, object.kind);
  return { group: info.group, version, kind: info.kind };
}
