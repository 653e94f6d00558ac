import type { KubeObject } from "../../api/object.ts";
import { untilGone } from "../apply/patcher.ts";
import { type CommandContext, CommandError } from "../command.ts";
import { type ReplaceOptions, replaceQuery } from "../commands/replace.ts";
import { deleteObjects } from "../delete-objects.ts";
import { createOrUpdateAnnotation } from "../last-applied.ts";
import { objectWriter } from "../output/object-writer.ts";
import { printerFor } from "../output/print-flags.ts";
import { findResources } from "../resources/find.ts";
import { createObject, refresh } from "../resources/helper.ts";
import type { ResourceInfo } from "../resources/visitor.ts";
import { temporaryPath } from "../temporary.ts";

const TIMEOUT_MS = 5 * 60 * 1000;

/** Deletes what is there and makes it anew. Models forceReplace of kubectl pkg/cmd/replace/replace.go. */
export async function forceReplace(given: ReplaceOptions, context: CommandContext): Promise<void> {
  if (!given.files.filenames.includes("-")) return replaceAll(given, context);
  // The manifests are read twice, which standard input is not.
  const folder = temporaryPath("kubectl_replace_", "", context);
  context.files.mkdir(folder, 0o700);
  try {
    const copy = `${folder}/resource.stdin`;
    context.files.write(copy, await context.streams.readInput());
    const filenames = given.files.filenames.map((name) => (name === "-" ? copy : name));
    await replaceAll({ ...given, files: { ...given.files, filenames } }, context);
  } finally {
    context.files.removeFolder(folder);
  }
}

async function replaceAll(options: ReplaceOptions, context: CommandContext): Promise<void> {
  const { flags, args } = options.invocation;
  const found: ResourceInfo[] = [];
  await deleteObjects(
    async (visit) =>
      findResources({ ...replaceQuery(options, context), args, withoutObjects: true, validate: false }, context).visit(
        async (info, error) => {
          if (info) found.push(info);
          await visit(info, error);
        },
      ),
    {
      ignoreNotFound: true,
      gracePeriod: options.gracePeriod,
      cascade: options.cascade,
      dryRun: "none",
      output: flags.string("output"),
      quiet: false,
      wait: options.wait,
      timeout: flags.duration("timeout"),
      warnClusterScope: false,
    },
    context,
  );
  for (const info of found) await untilGone(info, flags.duration("timeout") || TIMEOUT_MS, context);

  const printer = await printerFor(flags, context, "replaced");
  let count = 0;
  await findResources(replaceQuery(options, context), context).visit(async (info, error) => {
    if (error !== undefined) throw error;
    const object = createOrUpdateAnnotation(flags.bool("save-config"), info!.object as KubeObject);
    const write = { fieldManager: flags.string("field-manager"), fieldValidation: options.validation };
    refresh(info!, await createObject(info!, object, write, context));
    count++;
    printer.print(info!.object as KubeObject, objectWriter(context.streams));
  });
  if (count === 0) throw new CommandError("no objects passed to replace");
}
