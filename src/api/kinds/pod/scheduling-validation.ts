import { dns1123LabelErrors, labelKeyErrors, labelValueErrors } from "../../meta/names.ts";
import { invalidEach, labelSelectorErrors } from "../../meta/object-meta.ts";
import { nameIsDnsSubdomain } from "../../meta/value-rules.ts";
import type { LabelSelector } from "../../object.ts";
import { type FieldError, field } from "../../status.ts";
import type {
  Affinity,
  NodeSelector,
  NodeSelectorRequirement,
  NodeSelectorTerm,
  PodAffinityTerm,
  TopologySpreadConstraint,
} from "../../types/core.ts";

/** Where a pod may go. Models validateAffinity and validateTopologySpreadConstraints of kubernetes pkg/apis/core/validation/validation.go. */

export function affinityErrors({ nodeAffinity, podAffinity, podAntiAffinity }: Affinity, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const required = nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  const at = `${path}.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution`;
  if (required) errors.push(...nodeSelectorErrors(required, at));
  for (const [i, { weight, preference }] of (
    nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []
  ).entries()) {
    const place = `${path}.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[${i}]`;
    errors.push(...weightErrors(weight, place), ...termErrors(preference, false, `${place}.preference`));
  }
  for (const [name, affinity] of [
    ["podAffinity", podAffinity],
    ["podAntiAffinity", podAntiAffinity],
  ] as const) {
    for (const [i, term] of (affinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []).entries())
      errors.push(...podTermErrors(term, `${path}.${name}.requiredDuringSchedulingIgnoredDuringExecution[${i}]`));
    for (const [i, { weight, podAffinityTerm }] of (
      affinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []
    ).entries()) {
      const place = `${path}.${name}.preferredDuringSchedulingIgnoredDuringExecution[${i}]`;
      errors.push(...weightErrors(weight, place), ...podTermErrors(podAffinityTerm, `${place}.podAffinityTerm`));
    }
  }
  return errors;
}

/** Models ValidateNodeSelector. */
export function nodeSelectorErrors({ nodeSelectorTerms }: NodeSelector, path: string): FieldError[] {
  const at = `${path}.nodeSelectorTerms`;
  const terms = nodeSelectorTerms ?? [];
  if (terms.length === 0) return [field.required(at, "must have at least one node selector term")];
  return terms.flatMap((term, i) => termErrors(term, true, `${at}[${i}]`));
}

function weightErrors(weight: number | undefined, path: string): FieldError[] {
  const value = weight ?? 0;
  return value <= 0 || value > 100 ? [field.invalid(`${path}.weight`, value, "must be in the range 1-100")] : [];
}

function termErrors(term: NodeSelectorTerm | undefined, checkValues: boolean, path: string): FieldError[] {
  return [
    ...(term?.matchExpressions ?? []).flatMap((requirement, i) =>
      requirementErrors(requirement, checkValues, `${path}.matchExpressions[${i}]`),
    ),
    ...(term?.matchFields ?? []).flatMap((requirement, i) =>
      fieldRequirementErrors(requirement, `${path}.matchFields[${i}]`),
    ),
  ];
}

/** Models ValidateNodeFieldSelectorRequirement. */
function fieldRequirementErrors(
  { key = "", operator = "" as never, values = [] }: NodeSelectorRequirement,
  path: string,
): FieldError[] {
  const errors: FieldError[] = [];
  if (operator !== "In" && operator !== "NotIn")
    errors.push(field.invalid(`${path}.operator`, operator, "not a valid selector operator"));
  else if (values.length !== 1)
    errors.push(
      field.required(
        `${path}.values`,
        "must be only one value when `operator` is 'In' or 'NotIn' for node field selector",
      ),
    );
  if (key !== "metadata.name") return [...errors, field.invalid(`${path}.key`, key, "not a valid field selector key")];
  for (const [i, value] of values.entries())
    errors.push(...invalidEach(`${path}.values[${i}]`, value, nameIsDnsSubdomain(value, false)));
  return errors;
}

function requirementErrors(
  { key = "", operator = "" as never, values = [] }: NodeSelectorRequirement,
  checkValues: boolean,
  path: string,
): FieldError[] {
  const errors: FieldError[] = [];
  const at = `${path}.values`;
  if (operator === "In" || operator === "NotIn") {
    if (values.length === 0) errors.push(field.required(at, "must be specified when `operator` is 'In' or 'NotIn'"));
  } else if (operator === "Exists" || operator === "DoesNotExist") {
    if (values.length)
      errors.push(field.forbidden(at, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"));
  } else if (operator === "Gt" || operator === "Lt") {
    if (values.length !== 1)
      errors.push(field.required(at, "must be specified single value when `operator` is 'Lt' or 'Gt'"));
  } else errors.push(field.invalid(`${path}.operator`, operator, "not a valid selector operator"));
  errors.push(...invalidEach(`${path}.key`, key, labelKeyErrors(key)));
  if (checkValues)
    for (const [i, value] of values.entries())
      errors.push(...invalidEach(`${at}[${i}]`, value, labelValueErrors(value)));
  return errors;
}

function podTermErrors(term: PodAffinityTerm | undefined, path: string): FieldError[] {
  const key = term?.topologyKey ?? "";
  const errors = [
    ...labelSelectorErrors(term?.labelSelector, `${path}.labelSelector`),
    ...labelSelectorErrors(term?.namespaceSelector, `${path}.namespaceSelector`),
  ];
  for (const name of term?.namespaces ?? [])
    errors.push(...invalidEach(`${path}.namespace`, name, dns1123LabelErrors(name)));
  errors.push(...labelKeysErrors(term?.labelSelector, term?.matchLabelKeys, term?.mismatchLabelKeys, path));
  if (key === "") errors.push(field.required(`${path}.topologyKey`, "can not be empty"));
  return [...errors, ...invalidEach(`${path}.topologyKey`, key, labelKeyErrors(key))];
}

/** Models ValidateMatchLabelKeysAndMismatchLabelKeys. */
function labelKeysErrors(
  selector: LabelSelector | undefined,
  match: readonly string[] = [],
  mismatch: readonly string[] = [],
  path: string,
): FieldError[] {
  const errors: FieldError[] = [];
  for (const [name, keys] of Object.entries({ matchLabelKeys: match, mismatchLabelKeys: mismatch })) {
    if (keys.length === 0) continue;
    if (!selector)
      errors.push(field.forbidden(`${path}.${name}`, "must not be specified when labelSelector is not set"));
    else
      for (const [i, key] of keys.entries())
        errors.push(...invalidEach(`${path}.${name}[${i}]`, key, labelKeyErrors(key)));
  }
  const selected = new Set(Object.keys(selector?.matchLabels ?? {}));
  for (const { key = "" } of selector?.matchExpressions ?? []) {
    const i = match.lastIndexOf(key);
    if (i >= 0 && selected.has(key))
      errors.push(field.invalid(`${path}[${i}]`, key, "exists in both matchLabelKeys and labelSelector"));
    selected.add(key);
  }
  for (const [i, key] of match.entries())
    if (mismatch.includes(key)) {
      const text = "exists in both matchLabelKeys and mismatchLabelKeys";
      errors.push(field.invalid(`${path}.matchLabelKeys[${i}]`, key, text));
    }
  return errors;
}

const ACTIONS = ["DoNotSchedule", "ScheduleAnyway"];
const POLICIES = ["Honor", "Ignore"];

export function spreadErrors(constraints: readonly TopologySpreadConstraint[], path: string): FieldError[] {
  return constraints.flatMap((constraint, i) => {
    const at = `${path}[${i}]`;
    const { maxSkew = 0, topologyKey = "", whenUnsatisfiable = "" as never, minDomains } = constraint;
    const errors: FieldError[] = [];
    if (maxSkew <= 0) errors.push(field.invalid(`${at}.maxSkew`, maxSkew, "must be greater than zero"));
    if (topologyKey === "") errors.push(field.required(`${at}.topologyKey`, "can not be empty"));
    if (!ACTIONS.includes(whenUnsatisfiable))
      errors.push(field.notSupported(`${at}.whenUnsatisfiable`, whenUnsatisfiable, ACTIONS));
    const again = constraints
      .slice(i + 1)
      .some((other) => other.topologyKey === topologyKey && other.whenUnsatisfiable === whenUnsatisfiable);
    if (again)
      errors.push(field.duplicate(`${at}.{topologyKey, whenUnsatisfiable}`, `{${topologyKey}, ${whenUnsatisfiable}}`));
    if (minDomains !== undefined) {
      if (minDomains <= 0) errors.push(field.invalid(`${at}.minDomains`, minDomains, "must be greater than zero"));
      if (whenUnsatisfiable !== "DoNotSchedule") {
        const text = `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${whenUnsatisfiable}`;
        errors.push(field.invalid(`${at}.minDomains`, minDomains, text));
      }
    }
    for (const name of ["nodeAffinityPolicy", "nodeTaintsPolicy"] as const)
      if (constraint[name] !== undefined && !POLICIES.includes(constraint[name]))
        errors.push(field.notSupported(`${at}.${name}`, constraint[name], POLICIES));
    return [
      ...errors,
      ...labelKeysErrors(constraint.labelSelector, constraint.matchLabelKeys, undefined, at),
      ...labelSelectorErrors(constraint.labelSelector, `${at}.labelSelector`),
    ];
  });
}
