import { parseFieldSelector } from "../api/meta/field-selector.ts";
import { parseLabelSelector } from "../api/meta/label-selector.ts";
import { ParseError } from "../api/meta/parse-error.ts";
import { type Command, CommandError, defineCommand, type Invocation, UsageError } from "./command.ts";
import { groupVersions } from "./discovery.ts";

/**
 * `top node` and `top pod` on a cluster that has no metrics server: what is wrong with the words is said first. Models kubectl
 * pkg/cmd/top. `usage` is cobra's use line.
 */
export function topCommand(usage: string, selectorProblem: string): Command<Invocation> {
  return defineCommand<Invocation>({
    complete(invocation, context) {
      if (invocation.args.length > 1) throw new UsageError(invocation.path, usage);
      context.checkNamespace();
      context.checkConfig();
      return invocation;
    },
    validate({ flags, args }) {
      if (!["", "cpu", "memory"].includes(flags.string("sort-by"))) {
        throw new CommandError("--sort-by accepts only cpu or memory");
      }
      if (args[0] && selectors(flags).some((text) => text !== "")) throw new CommandError(selectorProblem);
    },
    async run({ flags }, context) {
      const [label = "", field = ""] = selectors(flags);
      try {
        if (label !== "") parseLabelSelector(label);
        if (field !== "") parseFieldSelector(field);
      } catch (error) {
        if (!(error instanceof ParseError)) throw error;
        throw new CommandError(error.message);
      }
      if (!(await groupVersions(context.client)).includes("metrics.k8s.io/v1beta1")) {
        throw new CommandError("Metrics API not available");
      }
    },
  });
}

function selectors(flags: Invocation["flags"]): string[] {
  return [flags.string("selector"), flags.has("field-selector") ? flags.string("field-selector") : ""];
}
