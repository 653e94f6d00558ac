import { emitJson } from "../../api/encoding/json-emit.ts";
import { equal, type JsonObject } from "../../api/json.ts";
import type { KubeObject } from "../../api/object.ts";
import { createJsonMergePatch } from "../../api/patch/json-merge.ts";
import { PatchError } from "../../api/patch/patch-error.ts";
import { changesIdentity, createTwoWayMergePatch } from "../../api/patch/three-way.ts";
import { loadSchema } from "../../api/schema/load.ts";
import { type CommandContext, CommandError, defineCommand } from "../command.ts";
import { originalOf } from "../editor/objects.ts";
import { type EditOptions, editOptions } from "../editor/options.ts";
import { addError, type EditResults } from "../editor/results.ts";
import { editObjects } from "../editor/session.ts";
import { printerFor } from "../output/print-flags.ts";
import { patchObject, refresh } from "../resources/helper.ts";
import type { ResourceInfo } from "../resources/visitor.ts";

/** `edit`. Models kubectl pkg/cmd/edit/edit.go and pkg/cmd/util/editor. */
export default defineCommand<EditOptions>({
  complete: (invocation, context) => editOptions(invocation, context, invocation.flags.string("subresource")),
  async run({ invocation, found, validation }, context) {
    const originals = await found.infos();
    if (originals.length === 0) throw new CommandError("edit cancelled, no objects found");
    const send = async (edited: ResourceInfo[], results: EditResults) => {
      for (const info of edited)
        await sendOne(info, originalOf(info, originals), { invocation, validation }, results, context);
    };
    await editObjects(originals, { invocation, validate: validation !== "Ignore", mode: "edit", send }, context);
  },
});

async function sendOne(
  info: ResourceInfo,
  original: ResourceInfo,
  { invocation, validation }: Pick<EditOptions, "invocation" | "validation">,
  results: EditResults,
  context: CommandContext,
): Promise<void> {
  const { flags } = invocation;
  const print = async (operation: string) =>
    (await printerFor(flags, context, operation)).print(info.object as KubeObject, (text) =>
      context.streams.out.write(text),
    );
  if (equal(original.object, info.object)) return print("skipped");
  const { type, patch } = await makePatch(original.object as KubeObject, info);
  if (flags.bool("output-patch")) context.streams.out.write(`Patch: ${emitJson(patch)}\n`);
  const subresource = flags.string("subresource");
  const write = {
    fieldManager: flags.string("field-manager"),
    fieldValidation: validation,
    ...(subresource === "" ? {} : { subresource }),
  };
  try {
    refresh(info, await patchObject(info, type, patch, write, context));
  } catch (error) {
    context.streams.err.write(addError(results, error, info));
    return undefined;
  }
  return print("edited");
}

/** Kinds of which kubectl has no Go types: their patches are JSON merge patches. */
const UNTYPED_GROUPS = ["apiextensions.k8s.io", "apiregistration.k8s.io"];

async function makePatch(
  original: KubeObject,
  { mapping, object }: ResourceInfo,
): Promise<{ type: "strategic" | "merge"; patch: JsonObject }> {
  const before = original as unknown as JsonObject;
  const after = object as unknown as JsonObject;
  const { group, kind } = mapping!.info;
  const untyped = UNTYPED_GROUPS.includes(group);
  let patch: JsonObject;
  try {
    patch = untyped
      ? createJsonMergePatch(before, after)
      : createTwoWayMergePatch(before, after, await loadSchema({ group, version: mapping!.version, kind }));
  } catch (error) {
    if (error instanceof PatchError) throw new CommandError(error.message);
    throw error;
  }
  if (changesIdentity(patch)) throw new CommandError("At least one of apiVersion, kind and name was changed");
  return { type: untyped ? "merge" : "strategic", patch };
}
