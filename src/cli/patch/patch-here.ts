import { emitJson } from "../../api/encoding/json-emit.ts";
import { readJson } from "../../api/encoding/json-read.ts";
import type { JsonObject } from "../../api/json.ts";
import type { KubeList, KubeObject } from "../../api/object.ts";
import { MissingFieldError, PatchError } from "../../api/patch/patch-error.ts";
import { kindByGvk } from "../../api/registry.ts";
import { loadSchema } from "../../api/schema/load.ts";
import { CommandError } from "../command.ts";
import type { SentPatchType } from "../commands/patch.ts";
import { decodeUnstructured } from "../resources/unstructured.ts";
import { patchedJson } from "./patched-json.ts";

/** The object patched without a server. Throws CommandError. Models kubectl pkg/cmd/patch/patch.go (RunPatch, getPatchedJSON). */
export async function patchHere(object: KubeObject, type: SentPatchType, text: string): Promise<KubeObject | KubeList> {
  // kubectl writes what it has read before it is patched, and so with sorted members.
  const sorted = readJson(emitJson(object as unknown as JsonObject)).value as JsonObject;
  try {
    const patched = await patchedJson(sorted, type, text, () => schemaOf(object));
    return decodeUnstructured(patched.document, patched.text);
  } catch (error) {
    if (error instanceof MissingFieldError) {
      throw new CommandError(`Object to be patched is missing field (${error.field}: missing value)`);
    }
    throw error instanceof PatchError ? new CommandError(error.message) : error;
  }
}

async function schemaOf({ apiVersion, kind }: KubeObject) {
  const [version = "", group = ""] = (apiVersion ?? "").split("/").reverse();
  if (!kindByGvk(apiVersion, kind)) {
    throw new CommandError(
      `strategic merge patch is not supported for ${group}/${version}, Kind=${kind} locally, try --type merge`,
    );
  }
  return loadSchema({ group, version, kind });
}
