import type { KubeObject } from "../../api/object.ts";
import type { CommandContext, Invocation } from "../command.ts";
import { validationOf } from "../output/dry-run.ts";
import { objectWriter } from "../output/object-writer.ts";
import { printerFor } from "../output/print-flags.ts";
import type { FilenameOptions } from "../resources/files.ts";
import { findResources } from "../resources/find.ts";
import { createObject, refresh } from "../resources/helper.ts";
import type { ResourceInfo } from "../resources/visitor.ts";
import { editObjects } from "./session.ts";

/** `create --edit`: each object is edited, then created. Models RunEditOnCreate of kubectl pkg/cmd/create/create.go. */
export async function editBeforeCreate(
  invocation: Invocation,
  files: FilenameOptions,
  context: CommandContext,
): Promise<void> {
  const { flags } = invocation;
  const validation = validationOf(flags);
  const found = findResources(
    {
      files,
      namespace: context.namespace,
      enforceNamespace: context.namespaceGiven,
      continueOnError: true,
      flatten: true,
    },
    context,
  );
  const send = async (edited: ResourceInfo[]) => {
    for (const info of edited) {
      const write = { fieldManager: "kubectl-create", fieldValidation: validation };
      refresh(info, await createObject(info, info.object as KubeObject, write, context));
      const printer = await printerFor(flags, context, "created");
      printer.print(info.object as KubeObject, objectWriter(context.streams));
    }
  };
  await found.visit(async (info, error) => {
    if (error !== undefined) throw error;
    await editObjects([info!], { invocation, validate: validation !== "Ignore", mode: "create", send }, context);
  });
}
