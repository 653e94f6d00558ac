import { goQuote } from "../../encoding/go-quote.ts";
import type { Json } from "../../json.ts";
import { labelKeyErrors } from "../../meta/names.ts";
import { invalidEach, nonnegativeErrors } from "../../meta/object-meta.ts";
import { type FieldError, field } from "../../status.ts";
import type { JobSpec, PodFailurePolicyRule, SuccessPolicyRule } from "../../types/batch.ts";

/** What a job says of its failures and successes. Models validatePodFailurePolicy and validateSuccessPolicy of kubernetes pkg/apis/batch/validation. */

const ACTIONS = ["Count", "FailIndex", "FailJob", "Ignore"];
const OPERATORS = ["In", "NotIn"];
const STATUSES = ["False", "True", "Unknown"];
const MOST_RULES = 20;

/** Go's `%q` of a list: `["a" "b"]`. */
const quoted = (values: readonly string[]) => `valid values: [${values.map(goQuote).join(" ")}]`;

function choiceErrors(path: string, value: string | undefined, choices: readonly string[]): FieldError[] {
  if (!value) return [field.required(path, quoted(choices))];
  return choices.includes(value) ? [] : [field.notSupported(path, value, choices)];
}

const listOrNull = (items: Json[]): Json => (items.length > 0 ? items : null);

/** The policy as Go prints the internal one in `Invalid value: …`. */
export function internalSuccessPolicy(policy: JobSpec["successPolicy"]): Json {
  if (!policy) return null;
  const rules = (policy.rules ?? []).map((rule) => ({
    SucceededIndexes: rule.succeededIndexes ?? null,
    SucceededCount: rule.succeededCount ?? null,
  }));
  return { Rules: rules };
}

/** The same of the other policy. */
export function internalFailurePolicy(policy: JobSpec["podFailurePolicy"]): Json {
  if (!policy) return null;
  const rules = (policy.rules ?? []).map(({ action = "", onExitCodes: codes, onPodConditions: conditions }) => ({
    Action: action,
    OnExitCodes: codes
      ? {
          ContainerName: codes.containerName ?? null,
          Operator: codes.operator ?? "",
          Values: listOrNull(codes.values ?? []),
        }
      : null,
    OnPodConditions: listOrNull(
      (conditions ?? []).map(({ type = "", status = "" }) => ({ Type: type, Status: status })),
    ),
  }));
  return { Rules: listOrNull(rules) };
}

export function failurePolicyErrors(spec: JobSpec, path: string): FieldError[] {
  const rules = spec.podFailurePolicy!.rules ?? [];
  const errors = rules.length > MOST_RULES ? [field.tooMany(`${path}.rules`, rules.length, MOST_RULES)] : [];
  const { containers = [], initContainers = [] } = spec.template.spec ?? { containers: [] };
  const names = [...containers, ...initContainers].map(({ name }) => name);
  return [...errors, ...rules.flatMap((rule, i) => ruleErrors(spec, rule, `${path}.rules[${i}]`, names))];
}

function ruleErrors(spec: JobSpec, rule: PodFailurePolicyRule, path: string, names: readonly string[]): FieldError[] {
  const errors: FieldError[] = [];
  if (rule.action === "FailIndex" && spec.backoffLimitPerIndex === undefined)
    errors.push(field.invalid(`${path}.action`, rule.action, "requires the backoffLimitPerIndex to be set"));
  else errors.push(...choiceErrors(`${path}.action`, rule.action, ACTIONS));
  const conditions = rule.onPodConditions ?? [];
  if (rule.onExitCodes) errors.push(...exitCodeErrors(rule.onExitCodes, `${path}.onExitCodes`, names));
  if (conditions.length > MOST_RULES)
    errors.push(field.tooMany(`${path}.onPodConditions`, conditions.length, MOST_RULES));
  for (const [i, { type, status }] of conditions.entries()) {
    const at = `${path}.onPodConditions[${i}]`;
    errors.push(
      ...invalidEach(`${at}.type`, type, labelKeyErrors(type ?? "")),
      ...choiceErrors(`${at}.status`, status, STATUSES),
    );
  }
  if (rule.onExitCodes && conditions.length)
    errors.push(withoutValue(path, "specifying both OnExitCodes and OnPodConditions is not supported"));
  if (!rule.onExitCodes && conditions.length === 0)
    errors.push(withoutValue(path, "specifying one of OnExitCodes and OnPodConditions is required"));
  return errors;
}

function withoutValue(path: string, detail: string): FieldError {
  return { type: "FieldValueInvalid", field: path, body: `Invalid value: ${detail}` };
}

function exitCodeErrors(
  { containerName, operator, values = [] }: NonNullable<PodFailurePolicyRule["onExitCodes"]>,
  path: string,
  names: readonly string[],
): FieldError[] {
  const errors = choiceErrors(`${path}.operator`, operator, OPERATORS);
  if (containerName !== undefined && !names.includes(containerName)) {
    const text = "must be one of the container or initContainer names in the pod template";
    errors.push(field.invalid(`${path}.containerName`, containerName, text));
  }
  if (values.length === 0) errors.push(field.invalid(`${path}.values`, null, "at least one value is required"));
  else if (values.length > 255) errors.push(field.tooMany(`${path}.values`, values.length, 255));
  for (const [i, value] of values.entries()) {
    const at = `${path}.values[${i}]`;
    if (operator === "In" && value === 0) errors.push(field.invalid(at, value, "must not be 0 for the In operator"));
    if (values.indexOf(value) < i) errors.push(field.duplicate(at, value));
  }
  if (values.some((value, i) => i > 0 && values[i - 1]! > value))
    errors.push(field.invalid(`${path}.values`, values, "must be ordered"));
  return errors;
}

export function successPolicyErrors(spec: JobSpec, path: string): FieldError[] {
  const rules = spec.successPolicy!.rules ?? [];
  if (spec.completionMode !== "Indexed")
    return [field.invalid(path, internalSuccessPolicy(spec.successPolicy), "requires indexed completion mode")];
  const errors: FieldError[] = [];
  if (rules.length === 0)
    errors.push(
      field.required(`${path}.rules`, "at least one rules must be specified when the successPolicy is specified"),
    );
  if (rules.length > MOST_RULES) errors.push(field.tooMany(`${path}.rules`, rules.length, MOST_RULES));
  return [
    ...errors,
    ...rules.flatMap((rule, i) => successRuleErrors(rule, spec.completions ?? 0, `${path}.rules[${i}]`)),
  ];
}

function successRuleErrors(rule: SuccessPolicyRule, completions: number, path: string): FieldError[] {
  const { succeededCount: count, succeededIndexes: indexes } = rule;
  if (count === undefined && indexes === undefined)
    return [field.required(path, "at least one of succeededCount or succeededIndexes must be specified")];
  const errors: FieldError[] = [];
  const total = indexes === undefined ? 0 : countIndexes(indexes, completions);
  if (typeof total === "string")
    errors.push(field.invalid(`${path}.succeededIndexes`, indexes, `error parsing succeededIndexes: ${total}`));
  if (count === undefined) return errors;
  const at = `${path}.succeededCount`;
  errors.push(...nonnegativeErrors(count, at));
  const most = (limit: number, of: string) =>
    field.invalid(at, count, `must be less than or equal to ${limit} (the number of ${of})`);
  if (count > completions) errors.push(most(completions, "specified completions"));
  const listed = typeof total === "string" ? 0 : total;
  if (indexes !== undefined && count > listed)
    errors.push(most(listed, "indexes in the specified succeededIndexes field"));
  return errors;
}

/** How many indexes `0-3,7` names, or what is wrong with it. Models validateIndexesFormat. */
function countIndexes(text: string, completions: number): number | string {
  let total = 0;
  let last: number | undefined;
  for (const interval of text === "" ? [] : text.split(",")) {
    const parts = interval.split("-");
    if (parts.length > 2)
      return `the fragment ${goQuote(interval)} violates the requirement that an index interval can have at most two parts separated by '-'`;
    for (const part of parts) {
      if (!/^[+-]?\d+$/.test(part)) return `cannot convert string to integer for index: ${goQuote(part)}`;
      if (Number(part) >= completions) return `too large index: ${goQuote(part)}`;
    }
    const [from = 0, to = from] = parts.map(Number);
    if (parts.length > 1 && from >= to) return `non-increasing order, previous: ${from}, current: ${to}`;
    if (last !== undefined && last >= from) return `non-increasing order, previous: ${last}, current: ${from}`;
    total += to - from + 1;
    last = to;
  }
  return total;
}
