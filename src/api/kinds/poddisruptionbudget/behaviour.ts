import { labelSelectorErrors } from "../../meta/object-meta.ts";
import { type FieldError, field } from "../../status.ts";
import type { PodDisruptionBudget, PodDisruptionBudgetSpec } from "../../types/policy.ts";
import type { KindBehaviour } from "../kind.ts";
import { intOrPercentErrors, notMoreThan100PercentErrors, selectorJson } from "../workload-rules.ts";

const EVICTION = ["AlwaysAllow", "IfHealthyBudget"];
const NO_STATUS = { currentHealthy: 0, desiredHealthy: 0, disruptionsAllowed: 0, expectedPods: 0 };

// The internal structure, whose fields have no JSON names.
function internal({ minAvailable, selector, maxUnavailable, unhealthyPodEvictionPolicy }: PodDisruptionBudgetSpec) {
  return {
    MinAvailable: minAvailable ?? null,
    Selector: selectorJson(selector),
    MaxUnavailable: maxUnavailable ?? null,
    UnhealthyPodEvictionPolicy: unhealthyPodEvictionPolicy ?? null,
  };
}

/** Models ValidatePodDisruptionBudgetSpec of kubernetes pkg/apis/policy/validation/validation.go. */
function validate({ spec = {} }: PodDisruptionBudget): FieldError[] {
  const errors: FieldError[] = [];
  if (spec.minAvailable !== undefined && spec.maxUnavailable !== undefined)
    errors.push(field.invalid("spec", internal(spec), "minAvailable and maxUnavailable cannot be both set"));
  for (const name of ["minAvailable", "maxUnavailable"] as const) {
    const value = spec[name];
    if (value === undefined) continue;
    errors.push(...intOrPercentErrors(value, `spec.${name}`), ...notMoreThan100PercentErrors(value, `spec.${name}`));
  }
  errors.push(...labelSelectorErrors(spec.selector, "spec.selector"));
  const policy = spec.unhealthyPodEvictionPolicy;
  if (policy !== undefined && !EVICTION.includes(policy))
    errors.push(field.notSupported("spec.unhealthyPodEvictionPolicy", policy, EVICTION));
  return errors;
}

/** Models kubernetes pkg/registry/policy/poddisruptionbudget/strategy.go. */
export const behaviour: KindBehaviour<PodDisruptionBudget> = {
  metadataLast: true,
  hasGeneration: true,
  setDefaults(budget) {
    budget.spec ??= {};
    budget.status ??= { ...NO_STATUS };
  },
  prepareForCreate(budget) {
    budget.status = { ...NO_STATUS };
  },
  validate,
  validateUpdate: validate,
};
