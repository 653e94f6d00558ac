import { getKey, sortedKeys } from "../../api/json.ts";
import type { KubeObject } from "../../api/object.ts";
import { CHANGE_CAUSE, changeCause, withCause } from "../change-cause.ts";
import {
  changed,
  findForMetadata,
  listPairs,
  type MetadataOptions,
  sendChange,
  staysHere,
  validateMetadataOptions,
} from "../change-metadata.ts";
import { CommandError, defineCommand } from "../command.ts";
import { dryRunOf, operationText } from "../output/dry-run.ts";
import { objectPrinter, type PrintObject } from "../output/object-printer.ts";
import { parsePairs, resourcesAndPairs } from "../pairs.ts";

interface AnnotateOptions extends MetadataOptions {
  print: PrintObject;
}

/** `annotate`. Models kubectl pkg/cmd/annotate/annotate.go. */
export default defineCommand<AnnotateOptions>({
  async complete(invocation, context) {
    const { flags, args } = invocation;
    const dryRun = dryRunOf(flags, context);
    const print = await objectPrinter(flags, context, operationText("annotated", dryRun));
    context.checkNamespace();
    const { resources, pairs } = resourcesAndPairs(args, "annotation");
    const parsed = parsePairs(pairs, "annotation", true);
    return { flags, resources, ...parsed, dryRun, print, cause: changeCause(invocation) };
  },
  validate(options) {
    validateMetadataOptions(options, "annotation", "rsrc");
    const both = options.remove.filter((key) => Object.hasOwn(options.set, key));
    if (both.length > 0) {
      throw new CommandError(
        `can not both modify and remove the following annotation(s) in the same command: ${both.join(", ")}`,
      );
    }
  },
  async run(options, context) {
    const found = findForMetadata(options, context);
    await found.visit(async (info, error) => {
      if (error !== undefined) throw error;
      const before = info!.object as KubeObject;
      const here = staysHere(options);
      const caused = here ? before : withCause(before, options.cause);
      if (!options.flags.bool("overwrite")) refuseOverwrites(caused.metadata?.annotations ?? {}, options.set);
      let { object } = changed(caused, "annotations", options);
      if (!here) object = await sendChange(info!, before, object, options, context);
      if (options.flags.bool("list")) {
        return listPairs(info!, object.metadata.annotations, "annotations", found.singleItemImplied, context);
      }
      await options.print(object);
    });
  },
});

function refuseOverwrites(annotations: Record<string, string>, set: Record<string, string>): void {
  const taken = sortedKeys(set)
    .filter((key) => key !== CHANGE_CAUSE && Object.hasOwn(annotations, key))
    .filter((key) => getKey(annotations, key) !== getKey(set, key))
    .map((key) => `'${key}' already has a value (${getKey(annotations, key)})`);
  if (taken.length > 0) {
    throw new CommandError(`--overwrite is false but found the following declared annotation(s): ${taken.join("; ")}`);
  }
}
