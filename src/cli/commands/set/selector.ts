import type { KubeObject, LabelSelector } from "../../../api/object.ts";
import { changeCause, withCause } from "../../change-cause.ts";
import { CommandError, defineCommand } from "../../command.ts";
import type { FlagValues } from "../../flags/values.ts";
import { parseToLabelSelector } from "../../label-selector.ts";
import { type DryRun, dryRunOf, operationText } from "../../output/dry-run.ts";
import { objectPrinter, type PrintObject } from "../../output/object-printer.ts";
import { patchOf } from "../../patch-objects.ts";
import { findByFlags } from "../../resources/by-flags.ts";

interface SelectorOptions {
  flags: FlagValues;
  resources: string[];
  /** The last word; undefined when there is none. */
  selector: LabelSelector | undefined;
  dryRun: DryRun;
  print: PrintObject;
  cause: string | undefined;
}

/** `set selector`. Models kubectl pkg/cmd/set/set_selector.go. */
export default defineCommand<SelectorOptions>({
  async complete(invocation, context) {
    const { flags, args } = invocation;
    const dryRun = dryRunOf(flags, context);
    const expression = args[args.length - 1];
    const selector = expression === undefined ? undefined : parseToLabelSelector(expression);
    const print = await objectPrinter(flags, context, operationText("selector updated", dryRun), "typed");
    return { flags, resources: args.slice(0, -1), selector, dryRun, print, cause: changeCause(invocation) };
  },
  validate({ selector }) {
    if (selector === undefined) throw new CommandError("one selector is required");
  },
  async run(options, context) {
    const { flags, dryRun } = options;
    const local = flags.bool("local");
    const { matchLabels = {}, matchExpressions = [] } = options.selector!;
    const found = findByFlags(options.resources, flags, { typed: true }, context);
    const version = flags.string("resource-version");
    await found.visit(async (info, error) => {
      if (error !== undefined) throw error;
      const patch = await patchOf(info!, (copy) => {
        const spec = copy.kind === "Service" ? (copy.spec as { selector?: object } | undefined) : undefined;
        if (!spec) throw new CommandError("setting a selector is only supported for Services");
        if (matchExpressions.length > 0) {
          const texts = matchExpressions.map(requirementText).join(" ");
          throw new CommandError(`match expression [${texts}] not supported on this object`);
        }
        spec.selector = matchLabels;
        return withCause(copy, options.cause);
      });
      if (local || dryRun === "client") return options.print(patch.after);
      if (version !== "") patch.patch.metadata = { ...(patch.patch.metadata as object), resourceVersion: version };
      const answer: KubeObject = await context.client.patch(
        info!.mapping!.resource,
        info!.namespace,
        info!.name,
        "strategic",
        patch.patch,
        { dryRun: dryRun === "server", fieldManager: flags.string("field-manager") },
      );
      await options.print(answer);
    });
  },
});

/** As Go prints a LabelSelectorRequirement. */
function requirementText({ key, operator, values = [] }: { key: string; operator: string; values?: string[] }): string {
  return `{${key} ${operator} [${values.join(" ")}]}`;
}
