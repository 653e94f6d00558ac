import { goQuote } from "../encoding/go-quote.ts";
import { compareStrings, getKey, sortedKeys } from "../json.ts";
import type { LabelSelector } from "../object.ts";
import { parseRequirements } from "./label-selector-parser.ts";
import { ParseError } from "./parse-error.ts";
import {
  formatRequirement,
  newRequirement,
  type Requirement,
  type RequirementOperator,
  requirementMatches,
} from "./requirement.ts";

type Labels = Readonly<Record<string, string>>;

/** A condition on labels. Models labels.Selector. */
export interface Selector {
  /** By key. */
  readonly requirements: readonly Requirement[];
  /** True when it matches all objects. */
  readonly empty: boolean;
  matches(labels: Labels | undefined): boolean;
  /** The canonical text, as kubectl sends it and describe prints it; "" for one that matches everything or nothing. */
  toString(): string;
}

function selectorOf(unsorted: Requirement[]): Selector {
  const requirements = [...unsorted].sort((a, b) => compareStrings(a.key, b.key));
  return {
    requirements,
    empty: requirements.length === 0,
    matches: (labels) => requirements.every((requirement) => requirementMatches(requirement, labels ?? {})),
    toString: () => requirements.map(formatRequirement).join(","),
  };
}

/** Matches no object. */
const nothing: Selector = { requirements: [], empty: false, matches: () => false, toString: () => "" };

/**
 * Parses the text of `-l`: `app=web,tier in (a,b),!old,n>3`. Throws ParseError with the texts of the real one. Models labels.Parse.
 * @param path the field that the text comes from, for its errors
 */
export function parseLabelSelector(text: string, path = ""): Selector {
  return selectorOf(parseRequirements(text, path));
}

/** Exact match of every pair; `{}` and `undefined` match everything. Models labels.SelectorFromSet. */
export function selectorFromSet(labels: Labels | undefined): Selector {
  return selectorOf(
    sortedKeys(labels ?? {}).map((key) => ({ key, operator: "=", values: [getKey(labels!, key) as string] })),
  );
}

/**
 * The selector of a field such as a Deployment's `spec.selector`: `undefined` matches nothing, `{}` everything. Throws ParseError for one that is
 * not valid. Models metav1.LabelSelectorAsSelector.
 */
export function fromLabelSelector(selector: LabelSelector | undefined | null): Selector {
  if (selector === undefined || selector === null) return nothing;
  const operators: Record<string, RequirementOperator> = {
    In: "in",
    NotIn: "notin",
    Exists: "exists",
    DoesNotExist: "!",
  };
  const labels = selector.matchLabels ?? {};
  const requirements = sortedKeys(labels).map((key) => newRequirement(key, "=", [getKey(labels, key) as string]));
  for (const { key, operator, values } of selector.matchExpressions ?? []) {
    const known = getKey(operators, operator);
    if (known === undefined) throw new ParseError(`${goQuote(operator)} is not a valid label selector operator`);
    requirements.push(newRequirement(key, known, [...(values ?? [])]));
  }
  return selectorOf(requirements);
}

/** The same; undefined where it is not a valid one. */
export function trySelector(selector: LabelSelector | undefined): Selector | undefined {
  try {
    return fromLabelSelector(selector);
  } catch (error) {
    if (error instanceof ParseError) return undefined;
    throw error;
  }
}

/** As describe and the tables print it: `app=web,tier in (a,b)`, `<none>`, `<error>`. Models metav1.FormatLabelSelector. */
export function formatLabelSelector(selector: LabelSelector | undefined | null): string {
  try {
    return fromLabelSelector(selector).toString() || "<none>";
  } catch (error) {
    if (error instanceof ParseError) return "<error>";
    throw error;
  }
}

/** Labels as describe and the tables print them: `a=b,c=d`, `<none>`. Models labels.FormatLabels. */
export function formatLabels(labels: Labels | undefined): string {
  return selectorFromSet(labels).toString() || "<none>";
}
