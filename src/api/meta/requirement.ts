import { compareStrings, getKey } from "../json.ts";
import { type FieldError, field } from "../status.ts";
import { labelKeyErrors, labelValueErrors } from "./names.ts";
import { ParseError } from "./parse-error.ts";

export type RequirementOperator = "=" | "==" | "!=" | "in" | "notin" | "gt" | "lt" | "exists" | "!";

/** One condition of a label selector; all of a selector's conditions must hold. */
export interface Requirement {
  key: string;
  operator: RequirementOperator;
  values: string[];
}

/** `strconv.ParseInt(text, 10, 64)`; `undefined` when it fails. */
function parseInt64(text: string): bigint | undefined {
  if (!/^[+-]?[0-9]+$/.test(text)) return undefined;
  const value = BigInt(text.startsWith("+") ? text.slice(1) : text);
  return BigInt.asIntN(64, value) === value ? value : undefined;
}

/**
 * Checks a requirement and returns it. Throws ParseError with the complaints as a field error list words them. Models labels.NewRequirement.
 * @param path the field that the selector is in; none for a selector typed on the command line
 */
export function newRequirement(key: string, operator: RequirementOperator, values: string[], path = ""): Requirement {
  const child = (name: string) => (path ? `${path}.${name}` : name);
  const errors: FieldError[] = [];
  const complain = (detail: string) =>
    errors.push(field.invalid(child("values"), values.length ? values : null, detail));

  const keyErrors = labelKeyErrors(key);
  if (keyErrors.length) errors.push(field.invalid(child("key"), key, keyErrors.join("; ")));
  if (operator === "in" || operator === "notin") {
    if (!values.length) complain("for 'in', 'notin' operators, values set can't be empty");
  } else if (operator === "exists" || operator === "!") {
    if (values.length) complain("values set must be empty for exists and does not exist");
  } else if (operator === "gt" || operator === "lt") {
    if (values.length !== 1) complain("for 'Gt', 'Lt' operators, exactly one value is required");
    values.forEach((value, i) => {
      if (parseInt64(value) === undefined)
        errors.push(
          field.invalid(`${child("values")}[${i}]`, value, "for 'Gt', 'Lt' operators, the value must be an integer"),
        );
    });
  } else if (values.length !== 1) complain("exact-match compatibility requires one single value");

  values.forEach((value, i) => {
    const valueErrors = labelValueErrors(value);
    if (valueErrors.length)
      errors.push(field.invalid(`${child("values")}[${i}][${key}]`, value, valueErrors.join("; ")));
  });
  if (errors.length) throw new ParseError(joinErrors(errors));
  return { key, operator, values };
}

/** One error as it is, several in brackets, each text once. Models field.ErrorList.ToAggregate. */
function joinErrors(errors: FieldError[]): string {
  const texts = [...new Set(errors.map((error) => `${error.field}: ${error.body}`))];
  return texts.length === 1 ? texts[0]! : `[${texts.join(", ")}]`;
}

export function requirementMatches(requirement: Requirement, labels: Readonly<Record<string, string>>): boolean {
  const value = getKey(labels, requirement.key);
  switch (requirement.operator) {
    case "exists":
      return value !== undefined;
    case "!":
      return value === undefined;
    case "in":
    case "=":
    case "==":
      return value !== undefined && requirement.values.includes(value);
    case "notin":
    case "!=":
      return value === undefined || !requirement.values.includes(value);
    case "gt":
    case "lt": {
      const actual = value === undefined ? undefined : parseInt64(value);
      const bound = parseInt64(requirement.values[0] ?? "");
      if (actual === undefined || bound === undefined) return false;
      return requirement.operator === "gt" ? actual > bound : actual < bound;
    }
  }
}

/** `a=b`, `a in (b,c)`, `!a`: the canonical text; values are sorted. */
export function formatRequirement({ key, operator, values }: Requirement): string {
  const sorted = [...values].sort(compareStrings).join(",");
  switch (operator) {
    case "exists":
      return key;
    case "!":
      return `!${key}`;
    case "in":
    case "notin":
      return `${key} ${operator} (${sorted})`;
    case "gt":
      return `${key}>${sorted}`;
    case "lt":
      return `${key}<${sorted}`;
    default:
      return key + operator + sorted;
  }
}
