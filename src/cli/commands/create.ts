import type { KubeObject } from "../../api/object.ts";
import { changeCause, withCause } from "../change-cause.ts";
import { CommandError, defineCommand, type Invocation, UsageError } from "../command.ts";
import { addSource } from "../errors.ts";
import { createOrUpdateAnnotation } from "../last-applied.ts";
import { type DryRun, dryRunOf, type FieldValidation, operationText, validationOf } from "../output/dry-run.ts";
import { objectWriter } from "../output/object-writer.ts";
import { printerFor } from "../output/print-flags.ts";
import { type FilenameOptions, filenameOptions, requireFilename } from "../resources/files.ts";
import { findResources } from "../resources/find.ts";
import { createObject, refresh } from "../resources/helper.ts";
import { checkRaw, sendRaw } from "../resources/raw-file.ts";

interface CreateFilesOptions {
  invocation: Invocation;
  files: FilenameOptions;
  dryRun: DryRun;
  validation: FieldValidation;
}

/** `create -f`. Models kubectl pkg/cmd/create/create.go. */
export default defineCommand<CreateFilesOptions>({
  async complete(invocation, context) {
    const { flags, args } = invocation;
    if (args.length > 0) throw new UsageError(invocation.path, `Unexpected args: [${args.join(" ")}]`);
    const dryRun = dryRunOf(flags, context);
    const validation = validationOf(flags);
    // A wrong -o is refused before anything is sent.
    await printerFor(flags, context, "");
    return { invocation, files: filenameOptions(flags), dryRun, validation };
  },
  validate({ invocation: { flags }, files }) {
    requireFilename(files);
    if (flags.string("raw") !== "") {
      if (flags.bool("edit")) throw new CommandError("--raw and --edit are mutually exclusive");
      checkRaw(flags, files);
    }
  },
  async run({ invocation, files, dryRun, validation }, context) {
    const { flags } = invocation;
    context.checkConfig();
    if (flags.string("raw") !== "") {
      return sendRaw("POST", flags.string("raw"), files, context);
    }
    if (flags.bool("edit")) {
      const { editBeforeCreate } = await import("../editor/before-create.ts");
      return editBeforeCreate(invocation, files, context);
    }
    const printer = await printerFor(flags, context, operationText("created", dryRun));
    let count = 0;
    await findResources(
      {
        files,
        namespace: context.namespace,
        enforceNamespace: context.namespaceGiven,
        labelSelector: flags.string("selector"),
        continueOnError: true,
        flatten: true,
        validate: validation !== "Ignore",
      },
      context,
    ).visit(async (info, error) => {
      if (error !== undefined) throw error;
      let object = createOrUpdateAnnotation(flags.bool("save-config"), info!.object as KubeObject);
      object = withCause(object, changeCause(invocation));
      info!.object = object;
      if (dryRun !== "client") {
        const write = {
          fieldManager: flags.string("field-manager"),
          fieldValidation: validation,
          dryRun: dryRun === "server",
        };
        try {
          refresh(info!, await createObject(info!, object, write, context));
        } catch (thrown) {
          throw addSource("creating", info!.source, thrown);
        }
      }
      count++;
      printer.print(info!.object as KubeObject, objectWriter(context.streams));
    });
    if (count === 0) throw new CommandError("no objects passed to create");
  },
});
