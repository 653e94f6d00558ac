import type { KubeObject } from "../../api/object.ts";
import type { Propagation } from "../../api/writes.ts";
import { type CommandContext, CommandError, defineCommand, type Invocation } from "../command.ts";
import { cascadeOf } from "../delete-objects.ts";
import { addSource } from "../errors.ts";
import { createOrUpdateAnnotation } from "../last-applied.ts";
import { type DryRun, dryRunOf, type FieldValidation, operationText, validationOf } from "../output/dry-run.ts";
import { objectWriter } from "../output/object-writer.ts";
import { printerFor } from "../output/print-flags.ts";
import { type FilenameOptions, filenameOptions, requireFilename } from "../resources/files.ts";
import { findResources } from "../resources/find.ts";
import { refresh, replaceObject } from "../resources/helper.ts";
import type { ResourceQuery } from "../resources/query.ts";
import { checkRaw, sendRaw } from "../resources/raw-file.ts";

export interface ReplaceOptions {
  invocation: Invocation;
  files: FilenameOptions;
  dryRun: DryRun;
  validation: FieldValidation;
  cascade: Propagation;
  /** Seconds; negative for the object's own. */
  gracePeriod: number;
  /** --wait, or implied by a grace period of nothing. */
  wait: boolean;
}

/** `replace`. Models kubectl pkg/cmd/replace/replace.go. */
export default defineCommand<ReplaceOptions>({
  async complete(invocation, context) {
    const { flags } = invocation;
    const validation = validationOf(flags);
    const dryRun = dryRunOf(flags, context);
    context.checkConfig();
    // A wrong -o is refused before anything is sent.
    await printerFor(flags, context, "");
    const cascade = cascadeOf(flags, context);
    const grace = flags.int("grace-period");
    const files = filenameOptions(flags);
    requireFilename(files);
    // A pod that is to go at once is given a second, and waited for.
    const gracePeriod = grace === 0 ? 1 : grace;
    return { invocation, files, dryRun, validation, cascade, gracePeriod, wait: flags.bool("wait") || grace === 0 };
  },
  validate({ invocation: { flags }, files, dryRun, gracePeriod }) {
    const force = flags.bool("force");
    if (gracePeriod >= 0 && !force) throw new CommandError("--grace-period must have --force specified");
    if (flags.duration("timeout") !== 0 && !force) throw new CommandError("--timeout must have --force specified");
    if (force && dryRun !== "none") throw new CommandError("--dry-run can not be used when --force is set");
    if (flags.string("raw") !== "") checkRaw(flags, files);
  },
  async run(options, context) {
    const { flags } = options.invocation;
    if (flags.string("raw") !== "") {
      return sendRaw("PUT", flags.string("raw"), options.files, context);
    }
    if (flags.bool("force")) {
      const { forceReplace } = await import("../replace/force.ts");
      return forceReplace(options, context);
    }
    const printer = await printerFor(flags, context, operationText("replaced", options.dryRun));
    const subresource = flags.string("subresource");
    await findResources(replaceQuery(options, context), context).visit(async (info, error) => {
      if (error !== undefined) throw error;
      info!.object = createOrUpdateAnnotation(flags.bool("save-config"), info!.object as KubeObject);
      if (options.dryRun !== "client") {
        const write = {
          fieldManager: flags.string("field-manager"),
          fieldValidation: options.validation,
          dryRun: options.dryRun === "server",
          ...(subresource === "" ? {} : { subresource }),
        };
        try {
          refresh(info!, await replaceObject(info!, info!.object, write, context));
        } catch (thrown) {
          throw addSource("replacing", info!.source, thrown);
        }
      }
      printer.print(info!.object, objectWriter(context.streams));
    });
  },
});

/** What the files hold. */
export function replaceQuery(
  { files, validation, invocation }: ReplaceOptions,
  context: CommandContext,
): ResourceQuery {
  return {
    files,
    namespace: context.namespace,
    enforceNamespace: context.namespaceGiven,
    continueOnError: true,
    flatten: true,
    subresource: invocation.flags.string("subresource"),
    validate: validation !== "Ignore",
  };
}
