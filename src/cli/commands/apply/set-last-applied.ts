import type { KubeObject } from "../../../api/object.ts";
import { type CommandContext, CommandError, defineCommand, type Invocation } from "../../command.ts";
import { stripComments } from "../../editor/comments.ts";
import { addSource, isNotFound } from "../../errors.ts";
import { annotationPatch, encodeObject, lastAppliedOf } from "../../last-applied.ts";
import { type DryRun, dryRunOf, operationText } from "../../output/dry-run.ts";
import { objectWriter } from "../../output/object-writer.ts";
import { printerFor } from "../../output/print-flags.ts";
import { fetchObject } from "../../resources/fetch.ts";
import { findResources } from "../../resources/find.ts";
import { describeInfo, patchObject } from "../../resources/helper.ts";
import type { ResourceInfo } from "../../resources/visitor.ts";

interface SetOptions {
  invocation: Invocation;
  dryRun: DryRun;
}

/** `apply set-last-applied`. Models kubectl pkg/cmd/apply/apply_set_last_applied.go. */
export default defineCommand<SetOptions>({
  async complete(invocation, context) {
    const dryRun = dryRunOf(invocation.flags, context);
    context.checkNamespace();
    // A wrong -o is refused before anything is sent.
    await printerFor(invocation.flags, context, "");
    return { invocation, dryRun };
  },
  async run({ invocation: { flags }, dryRun }, context) {
    const changes: { info: ResourceInfo; manifest: KubeObject }[] = [];
    const files = { filenames: flags.list("filename"), recursive: false, kustomize: "" };
    const query = { files, namespace: context.namespace, enforceNamespace: context.namespaceGiven, flatten: true };
    await findResources(query, context).visit(async (info, error) => {
      if (error !== undefined) throw error;
      const manifest = info!.object as KubeObject;
      const last = await lastAppliedOnServer(info!, context);
      if (last === undefined && !flags.bool("create-annotation")) {
        throw new CommandError(
          `no last-applied-configuration annotation found on resource: ${info!.name}, to create the annotation, run the command with --create-annotation`,
        );
      }
      if (stripComments(last ?? "") !== stripComments(encodeObject(manifest))) changes.push({ info: info!, manifest });
      else context.streams.out.write(`set-last-applied ${info!.name}: no changes required.\n`);
    });
    const printer = await printerFor(flags, context, operationText("configured", dryRun));
    for (const { info, manifest } of changes) {
      const object =
        dryRun === "client"
          ? (info.object as KubeObject)
          : await patchObject(info, "merge", annotationPatch(manifest), { dryRun: dryRun === "server" }, context);
      printer.print(object, objectWriter(context.streams));
    }
  },
});

async function lastAppliedOnServer(info: ResourceInfo, context: CommandContext): Promise<string | undefined> {
  try {
    await fetchObject(info, {}, context);
  } catch (error) {
    if (isNotFound(error)) throw error;
    throw addSource(
      `retrieving current configuration of:\n${describeInfo(info)}\nfrom server for:`,
      info.source,
      error,
    );
  }
  return lastAppliedOf(info.object as KubeObject);
}
