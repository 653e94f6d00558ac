import { setKey } from "../../../api/json.ts";
import { parseRequirements } from "../../../api/meta/label-selector-parser.ts";
import { ParseError } from "../../../api/meta/parse-error.ts";
import type { KubeObject } from "../../../api/object.ts";
import { changeCause, withCause } from "../../change-cause.ts";
import { CommandError, defineCommand } from "../../command.ts";
import type { FlagValues } from "../../flags/values.ts";
import { type DryRun, dryRunOf, operationText } from "../../output/dry-run.ts";
import { objectPrinter, type PrintObject } from "../../output/object-printer.ts";
import { patchOf } from "../../patch-objects.ts";
import { findResources } from "../../resources/find.ts";
import { LOCAL_RESOURCE } from "../../set/pod-templates.ts";

interface SelectorOptions {
  flags: FlagValues;
  resources: string[];
  /** The last word; undefined when there is none. */
  expression: string | undefined;
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
    if (expression !== undefined) parseSelector(expression);
    const print = await objectPrinter(flags, context, operationText("selector updated", dryRun), "typed");
    return { flags, resources: args.slice(0, -1), expression, dryRun, print, cause: changeCause(invocation) };
  },
  validate({ expression }) {
    if (expression === undefined) throw new CommandError("one selector is required");
  },
  async run(options, context) {
    const { flags, dryRun } = options;
    const local = flags.bool("local");
    const selector = parseSelector(options.expression!);
    const files = { filenames: flags.list("filename"), recursive: flags.bool("recursive"), kustomize: "" };
    const query = {
      files,
      namespace: context.namespace,
      enforceNamespace: context.namespaceGiven,
      continueOnError: true,
      flatten: true,
      typed: true,
    };
    // Models ToBuilder of cli-runtime pkg/genericclioptions/builder_flags.go.
    if (local && options.resources.length > 0) throw new CommandError(LOCAL_RESOURCE);
    const found = local
      ? findResources({ ...query, local: true, withoutObjects: true }, context)
      : findResources(
          { ...query, args: options.resources, allowEmptySelector: flags.bool("all"), latest: true },
          context,
        );
    const version = flags.string("resource-version");
    await found.visit(async (info, error) => {
      if (error !== undefined) throw error;
      const patch = await patchOf(info!, (copy) => {
        const spec = copy.kind === "Service" ? (copy.spec as { selector?: object } | undefined) : undefined;
        if (!spec) throw new CommandError("setting a selector is only supported for Services");
        if (selector.complaint !== "") throw new CommandError(selector.complaint);
        spec.selector = selector.labels;
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

/** Throws CommandError for what is no selector. Models apimachinery metav1.ParseToLabelSelector. */
function parseSelector(text: string): { labels: Record<string, string>; complaint: string } {
  const labels: Record<string, string> = {};
  const others: string[] = [];
  try {
    for (const { key, operator, values } of parseRequirements(text)) {
      if (["=", "=="].includes(operator)) setKey(labels, key, values[0] ?? "");
      else others.push(`{${key} ${OPERATORS[operator] ?? operator} [${values.join(" ")}]}`);
    }
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    throw new CommandError(`couldn't parse the selector string "${text}": ${error.message}`);
  }
  const complaint = others.length === 0 ? "" : `match expression [${others.join(" ")}] not supported on this object`;
  return { labels, complaint };
}

const OPERATORS: Record<string, string> = {
  in: "In",
  notin: "NotIn",
  "!=": "NotIn",
  exists: "Exists",
  "!": "DoesNotExist",
};
