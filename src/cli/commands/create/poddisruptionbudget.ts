import { goQuote } from "../../../api/encoding/go-quote.ts";
import { parseRequirements } from "../../../api/meta/label-selector-parser.ts";
import { ParseError } from "../../../api/meta/parse-error.ts";
import type { Requirement } from "../../../api/meta/requirement.ts";
import type { LabelSelector } from "../../../api/object.ts";
import { CommandError } from "../../command.ts";
import { createNoun, metadataOf, requireNounName } from "../../create-object.ts";

/** `create poddisruptionbudget NAME`. Models kubectl pkg/cmd/create/create_pdb.go. */
export default createNoun({
  resource: "poddisruptionbudgets.policy",
  failure: "failed to create poddisruptionbudgets: ",
  validate(options) {
    requireNounName(options);
    const { flags } = options;
    const least = flags.string("min-available");
    const most = flags.string("max-unavailable");
    if (flags.string("selector") === "") throw new CommandError("a selector must be specified");
    if (least === "" && most === "") {
      throw new CommandError("one of min-available or max-unavailable must be specified");
    }
    if (least !== "" && most !== "") {
      throw new CommandError("min-available and max-unavailable cannot be both specified");
    }
    const wrong = (text: string) => text !== "" && !/^[0-9]+%?$/.test(text);
    if (wrong(least)) throw new CommandError("invalid format specified for min-available");
    if (wrong(most)) throw new CommandError("invalid format specified for max-unavailable");
  },
  build(options) {
    const { flags } = options;
    const selector = toLabelSelector(flags.string("selector"));
    const least = flags.string("min-available");
    const limit =
      least === ""
        ? { maxUnavailable: intOrString(flags.string("max-unavailable")) }
        : { minAvailable: intOrString(least) };
    return {
      apiVersion: "policy/v1",
      kind: "PodDisruptionBudget",
      metadata: metadataOf(options),
      spec: { ...limit, selector },
    };
  },
});

/** Models apimachinery pkg/util/intstr Parse. */
function intOrString(text: string): number | string {
  return /^[0-9]+$/.test(text) && Number(text) <= 0x7fffffff ? Number(text) : text;
}

/** Models apimachinery pkg/apis/meta/v1 ParseToLabelSelector. */
function toLabelSelector(text: string): LabelSelector {
  let requirements: Requirement[];
  try {
    requirements = parseRequirements(text);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    throw new CommandError(`couldn't parse the selector string "${text}": ${error.message}`);
  }
  const matchLabels: Record<string, string> = {};
  const matchExpressions: NonNullable<LabelSelector["matchExpressions"]> = [];
  const operators: Readonly<Record<string, "In" | "NotIn" | "Exists" | "DoesNotExist">> = {
    in: "In",
    notin: "NotIn",
    exists: "Exists",
    "!": "DoesNotExist",
  };
  for (const { key, operator, values } of requirements) {
    if (operator === "=" || operator === "==") {
      matchLabels[key] = values[0] ?? "";
      continue;
    }
    const named = operators[operator];
    if (named === undefined) {
      const why =
        operator === "gt" || operator === "lt"
          ? "isn't supported in label selectors"
          : "is not a valid label selector operator";
      throw new CommandError(`${goQuote(operator)} ${why}`);
    }
    matchExpressions.push({ key, operator: named, ...(values.length > 0 ? { values: [...values].sort() } : {}) });
  }
  return {
    ...(Object.keys(matchLabels).length > 0 ? { matchLabels } : {}),
    ...(matchExpressions.length > 0 ? { matchExpressions } : {}),
  };
}
