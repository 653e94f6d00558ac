import { dns1123SubdomainErrors, labelKeyErrors } from "../meta/names.ts";
import { invalidEach, labelSelectorErrors } from "../meta/object-meta.ts";
import { dns1035LabelErrors, nameIsPathSegment } from "../meta/value-rules.ts";
import type { LabelSelector } from "../object.ts";
import { type FieldError, field } from "../status.ts";

/**
 * What webhook configurations, admission policies and their bindings share. Models kubernetes
 * pkg/apis/admissionregistration/validation/validation.go, all but its compiler of CEL expressions, and v1/defaults.go.
 */

export interface Rule {
  operations?: string[];
  apiGroups?: string[];
  apiVersions?: string[];
  resources?: string[];
  resourceNames?: string[];
  scope?: string;
}

export interface MatchCondition {
  name?: string;
  expression?: string;
}

export interface MatchResources {
  matchPolicy?: string;
  namespaceSelector?: LabelSelector;
  objectSelector?: LabelSelector;
  resourceRules?: Rule[];
  excludeResourceRules?: Rule[];
}

// As messages list them: sorted.
const FAILURE_POLICIES = ["Fail", "Ignore"];
const MATCH_POLICIES = ["Equivalent", "Exact"];
const SCOPES = ["*", "Cluster", "Namespaced"];
const OPERATIONS = ["*", "CONNECT", "CREATE", "DELETE", "UPDATE"];
export const REINVOCATION_POLICIES = ["IfNeeded", "Never"];

/** Models SetDefaults_MatchResources and SetDefaults_Rule. */
export function setMatchDefaults(resources: MatchResources | undefined): void {
  if (!resources) return;
  resources.matchPolicy ??= "Equivalent";
  resources.namespaceSelector ??= {};
  resources.objectSelector ??= {};
  setRuleDefaults(resources.resourceRules);
  setRuleDefaults(resources.excludeResourceRules);
}

export function setRuleDefaults(rules: Rule[] | undefined): void {
  for (const rule of rules ?? []) rule.scope ??= "*";
}

export function failurePolicyErrors(policy: string | undefined, path: string): FieldError[] {
  return oneOfErrors(policy, FAILURE_POLICIES, `${path}.failurePolicy`);
}

export function matchPolicyErrors(policy: string | undefined, path: string): FieldError[] {
  return oneOfErrors(policy, MATCH_POLICIES, `${path}.matchPolicy`);
}

/** None where nothing is said. */
export function oneOfErrors(value: string | undefined, known: readonly string[], path: string): FieldError[] {
  return value === undefined || known.includes(value) ? [] : [field.notSupported(path, value, known)];
}

/** Models validateMatchResources. */
export function matchResourcesErrors(resources: MatchResources, path: string): FieldError[] {
  const { namespaceSelector, objectSelector, resourceRules = [], excludeResourceRules = [] } = resources;
  return [
    ...matchPolicyErrors(resources.matchPolicy, path),
    ...labelSelectorErrors(namespaceSelector, `${path}.namespaceSelector`),
    ...labelSelectorErrors(objectSelector, `${path}.objectSelector`),
    ...resourceRules.flatMap((rule, i) => namedRuleErrors(rule, `${path}.resourceRules[${i}]`)),
    ...excludeResourceRules.flatMap((rule, i) => namedRuleErrors(rule, `${path}.excludeResourceRules[${i}]`)),
  ];
}

function namedRuleErrors(rule: Rule, path: string): FieldError[] {
  const names = rule.resourceNames ?? [];
  const errors = names.flatMap((name, i) => {
    const at = `${path}.resourceNames[${i}]`;
    const again = names.indexOf(name) < i ? [field.duplicate(at, name)] : [];
    return [...invalidEach(at, name, nameIsPathSegment(name, false)), ...again];
  });
  return [...errors, ...ruleErrors(rule, path)];
}

/** Models validateRuleWithOperations. */
export function ruleErrors(rule: Rule, path: string): FieldError[] {
  const { operations = [], apiGroups = [], apiVersions = [], resources = [], scope } = rule;
  const errors = wildcardErrors(operations, "operations", `${path}.operations`);
  for (const [i, operation] of operations.entries())
    errors.push(...oneOfErrors(operation, OPERATIONS, `${path}.operations[${i}]`));
  errors.push(
    ...wildcardErrors(apiGroups, "API groups", `${path}.apiGroups`),
    ...wildcardErrors(apiVersions, "API versions", `${path}.apiVersions`),
  );
  for (const [i, version] of apiVersions.entries())
    if (version === "") errors.push(field.required(`${path}.apiVersions[${i}]`));
  return [
    ...errors,
    ...resourcesErrors(resources, `${path}.resources`),
    ...oneOfErrors(scope, SCOPES, `${path}.scope`),
  ];
}

function wildcardErrors(values: string[], what: string, path: string): FieldError[] {
  if (values.length === 0) return [field.required(path)];
  if (values.length === 1 || !values.includes("*")) return [];
  return [field.invalid(path, values, `if '*' is present, must not specify other ${what}`)];
}

/** Models validateResources. */
function resourcesErrors(resources: string[], path: string): FieldError[] {
  const errors = resources.length === 0 ? [field.required(path)] : [];
  const wholes = new Set<string>();
  const everywhere = new Set<string>();
  let plain = false;
  for (const [i, text] of resources.entries()) {
    const at = `${path}[${i}]`;
    const slash = text.indexOf("/");
    if (text === "") errors.push(field.required(at));
    // The last one alone counts.
    else if (slash < 0) plain = text !== "*";
    else {
      const [resource, sub] = [text.slice(0, slash), text.slice(slash + 1)];
      if (wholes.has(resource))
        errors.push(field.invalid(at, text, `if '${resource}/*' is present, must not specify ${text}`));
      if (everywhere.has(sub))
        errors.push(field.invalid(at, text, `if '*/${sub}' is present, must not specify ${text}`));
      if (sub === "*") wholes.add(resource);
      if (resource === "*") everywhere.add(sub);
    }
  }
  if (resources.length > 1 && resources.includes("*/*"))
    errors.push(field.invalid(path, resources, "if '*/*' is present, must not specify other resources"));
  if (resources.includes("*") && plain)
    errors.push(
      field.invalid(path, resources, "if '*' is present, must not specify other resources without subresources"),
    );
  return errors;
}

const MOST_CONDITIONS = 64;

/** Models validateMatchConditions. */
export function matchConditionsErrors(conditions: readonly MatchCondition[], path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (conditions.length > MOST_CONDITIONS) errors.push(field.tooMany(path, conditions.length, MOST_CONDITIONS));
  for (const [i, { name = "", expression = "" }] of conditions.entries()) {
    const at = `${path}[${i}]`;
    if (expression.trim() === "") errors.push(field.required(`${at}.expression`));
    if (name === "") errors.push(field.required(`${at}.name`));
    else {
      errors.push(...invalidEach(`${at}.name`, name, labelKeyErrors(name)));
      if (conditions.findIndex((other) => other.name === name) < i) errors.push(field.duplicate(`${at}.name`, name));
    }
  }
  return errors;
}

/** Models validateParamKind. */
export function paramKindErrors(
  { apiVersion = "", kind = "" }: { apiVersion?: string; kind?: string },
  path: string,
): FieldError[] {
  return [...paramVersionErrors(apiVersion, `${path}.apiVersion`), ...paramNameErrors(kind, `${path}.kind`)];
}

function paramVersionErrors(apiVersion: string, path: string): FieldError[] {
  if (apiVersion === "") return [field.required(path)];
  const parts = apiVersion === "/" ? ["", ""] : apiVersion.split("/");
  if (parts.length > 2) return [field.invalid(path, apiVersion, `unexpected GroupVersion string: ${apiVersion}`)];
  const [version = "", group = ""] = [...parts].reverse();
  const errors: FieldError[] = [];
  const wrongGroup = group === "" ? [] : dns1123SubdomainErrors(group);
  if (wrongGroup.length > 0) errors.push(field.invalid(path, group, wrongGroup.join(",")));
  if (version === "") return [...errors, field.invalid(path, apiVersion, "version must be specified")];
  const wrongVersion = dns1035LabelErrors(version);
  return wrongVersion.length > 0 ? [...errors, field.invalid(path, version, wrongVersion.join(","))] : errors;
}

function paramNameErrors(kind: string, path: string): FieldError[] {
  if (kind === "") return [field.required(path)];
  const wrong = dns1035LabelErrors(kind.toLowerCase());
  const text = `may have mixed case, but should otherwise match: ${wrong.join(",")}`;
  return wrong.length > 0 ? [field.invalid(path, kind, text)] : [];
}
