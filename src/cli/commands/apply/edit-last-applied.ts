import { equal } from "../../../api/json.ts";
import type { KubeObject } from "../../../api/object.ts";
import { type CommandContext, CommandError, defineCommand } from "../../command.ts";
import { originalOf } from "../../editor/objects.ts";
import { type EditOptions, editOptions } from "../../editor/options.ts";
import { editObjects, readEdited } from "../../editor/session.ts";
import { annotationPatch, lastAppliedOf } from "../../last-applied.ts";
import { objectWriter } from "../../output/object-writer.ts";
import { printerFor } from "../../output/print-flags.ts";
import { patchObject } from "../../resources/helper.ts";
import type { ResourceInfo } from "../../resources/visitor.ts";

/** `apply edit-last-applied`. Models kubectl pkg/cmd/apply/apply_edit_last_applied.go. */
export default defineCommand<EditOptions>({
  complete: (invocation, context) => editOptions(invocation, context),
  async run({ invocation, found, validation }, context) {
    const manifests: ResourceInfo[] = [];
    for (const info of await found.infos()) {
      const last = lastAppliedOf(info.object as KubeObject);
      if (last !== undefined) manifests.push((await readEdited(last, context))[0]!);
    }
    if (manifests.length === 0) {
      throw new CommandError(
        "no last-applied-configuration annotation found on resources, to create the annotation, use command `kubectl apply set-last-applied --create-annotation`",
      );
    }
    const send = async (edited: ResourceInfo[]) => {
      for (const info of edited) {
        const same = equal(originalOf(info, manifests).object, info.object);
        if (!same) await sendOne(info, { invocation, validation }, context);
        const printer = await printerFor(invocation.flags, context, same ? "skipped" : "edited");
        printer.print(info.object as KubeObject, objectWriter(context.streams));
      }
    };
    const validate = validation !== "Ignore";
    await editObjects(manifests, { invocation, validate, mode: "last-applied", send }, context);
  },
});

async function sendOne(
  info: ResourceInfo,
  { invocation, validation }: Pick<EditOptions, "invocation" | "validation">,
  context: CommandContext,
): Promise<void> {
  const write = { fieldManager: invocation.flags.string("field-manager"), fieldValidation: validation };
  const target = { ...info, namespace: context.namespace };
  await patchObject(target, "merge", annotationPatch(info.object as KubeObject), write, context);
}
