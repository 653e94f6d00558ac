import { goQuote } from "../api/encoding/go-quote.ts";
import { setKey } from "../api/json.ts";
import { parseRequirements } from "../api/meta/label-selector-parser.ts";
import { ParseError } from "../api/meta/parse-error.ts";
import type { Requirement } from "../api/meta/requirement.ts";
import type { LabelSelector } from "../api/object.ts";
import { CommandError } from "./command.ts";

/** A selector as a flag or a word has it. Models apimachinery pkg/apis/meta/v1 ParseToLabelSelector. @throws CommandError */
export function parseToLabelSelector(text: string): LabelSelector {
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
      setKey(matchLabels, key, values[0] ?? "");
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
