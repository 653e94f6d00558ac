import { equal, sortedKeys } from "../../json.ts";
import { FIELD_IMMUTABLE } from "../../meta/object-meta.ts";
import { compareQuantities, parseQuantity } from "../../meta/quantity.ts";
import { type FieldError, field } from "../../status.ts";
import type { ResourceQuota } from "../../types/core.ts";
import type { KindBehaviour } from "../kind.ts";
import { quotaResourceNameErrors, resourceValueErrors } from "../pod/resources-validation.ts";
import { roundResources } from "../pod/template-defaults.ts";

const POD_SCOPES = ["Terminating", "NotTerminating", "NotBestEffort", "PriorityClass", "CrossNamespacePodAffinity"];
const SCOPES = [...POD_SCOPES, "BestEffort", "VolumeAttributesClass"];
const COMPUTE = ["cpu", "memory", "limits.cpu", "limits.memory", "requests.cpu", "requests.memory"];

/** What a scope may be combined with. Models helper.IsResourceQuotaScopeValidForResource. */
function allows(scope: string, name: string): boolean {
  if (POD_SCOPES.includes(scope)) return name === "pods" || COMPUTE.includes(name);
  if (scope === "BestEffort") return name === "pods";
  if (scope === "VolumeAttributesClass") return name === "persistentvolumeclaims" || name === "requests.storage";
  return true;
}

/** Models ValidateResourceQuotaSpec of kubernetes pkg/apis/core/validation/validation.go. */
function validate({ spec }: ResourceQuota): FieldError[] {
  const hard = spec?.hard ?? {};
  const names = sortedKeys(hard);
  const errors = names.flatMap((name) => {
    const path = `spec.hard[${name}]`;
    return [...quotaResourceNameErrors(name, path), ...resourceValueErrors(name, hard[name]!, path)];
  });
  const scopes = (spec?.scopes ?? []) as string[];
  const standard = names.filter((name) => quotaResourceNameErrors(name, "").length === 0 && !name.includes("/"));
  const notAllowed = (scope: string) => standard.filter((name) => !allows(scope, name));
  for (const scope of scopes) {
    if (!SCOPES.includes(scope)) errors.push(field.invalid("spec.scopes", scopes, "unsupported scope"));
    for (const _ of notAllowed(scope))
      errors.push(field.invalid("spec.scopes", scopes, "unsupported scope applied to resource"));
  }
  for (const _ of conflicts(scopes)) errors.push(field.invalid("spec.scopes", scopes, "conflicting scopes"));
  const { scopeSelector } = spec ?? {};
  const path = "spec.scopeSelector.matchExpressions";
  const requirements = (scopeSelector?.matchExpressions ?? []) as ScopeRequirement[];
  for (const requirement of requirements) {
    if (!SCOPES.includes(requirement.scopeName))
      errors.push(field.invalid(`${path}.scopeName`, requirement.scopeName, "unsupported scope"));
    for (const _ of notAllowed(requirement.scopeName))
      errors.push(field.invalid(path, goSelector(requirements), "unsupported scope applied to resource"));
    errors.push(...requirementErrors(requirement, path));
  }
  for (const _ of conflicts(requirements.map(({ scopeName }) => scopeName)))
    errors.push(field.invalid(path, (spec?.scopes ?? null) as string[] | null, "conflicting scopes"));
  return errors;
}

// The internal structure, whose fields have no JSON names.
function goSelector(requirements: readonly ScopeRequirement[]) {
  const shown = requirements.map(({ scopeName, operator, values }) => ({
    ScopeName: scopeName,
    Operator: operator,
    Values: values ?? null,
  }));
  return { MatchExpressions: shown };
}

interface ScopeRequirement {
  scopeName: string;
  operator: string;
  values?: string[];
}

const EXISTING = ["BestEffort", "NotBestEffort", "Terminating", "NotTerminating", "CrossNamespacePodAffinity"];
const ONLY_EXISTS =
  "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity";

/** Models validateScopedResourceSelectorRequirement. */
function requirementErrors({ scopeName, operator, values = [] }: ScopeRequirement, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (EXISTING.includes(scopeName) && operator !== "Exists")
    errors.push(field.invalid(`${path}.operator`, operator, ONLY_EXISTS));
  const isSet = ["In", "NotIn"].includes(operator);
  if (isSet && values.length === 0)
    errors.push(
      field.required(
        `${path}.values`,
        "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector",
      ),
    );
  if (!isSet && !["Exists", "DoesNotExist"].includes(operator))
    errors.push(field.invalid(`${path}.operator`, operator, "not a valid selector operator"));
  else if (!isSet && values.length > 0)
    errors.push(
      field.invalid(
        `${path}.values`,
        values,
        "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector",
      ),
    );
  return errors;
}

function conflicts(scopes: readonly string[]): string[] {
  return ["BestEffort", "Terminating"].filter((one) => scopes.includes(one) && scopes.includes(`Not${one}`));
}

/** Models WarningsOnCreate. */
function warnings({ spec }: ResourceQuota, previous: ResourceQuota | undefined): string[] {
  if (previous) return [];
  const hard = spec?.hard ?? {};
  return ["cpu", "memory", "storage", "ephemeral-storage"].flatMap((name) => {
    const bare = hard[`requests.${name}`] === undefined && COMPUTE.includes(name);
    const requested = bare ? name : `requests.${name}`;
    const limited = `limits.${name}`;
    if (hard[requested] === undefined || hard[limited] === undefined) return [];
    const [request, limit] = [parseQuantity(String(hard[requested])), parseQuantity(String(hard[limited]))];
    if (compareQuantities(request, limit) <= 0) return [];
    return [`ResourceQuota ${requested} (${request.text}) should be less than ${limited} (${limit.text})`];
  });
}

/** Models kubernetes pkg/registry/core/resourcequota/strategy.go. */
export const behaviour: KindBehaviour<ResourceQuota> = {
  setDefaults({ spec, status }) {
    for (const list of [spec?.hard, status?.hard, status?.used]) roundResources(list);
  },
  prepareForCreate(quota) {
    quota.status = {};
  },
  validate,
  validateUpdate(next, previous) {
    const sorted = (scopes: readonly string[] | undefined) => [...new Set(scopes ?? [])].sort();
    const errors = validate(next);
    if (!equal(sorted(next.spec?.scopes), sorted(previous.spec?.scopes)))
      errors.push(field.invalid("spec.scopes", (next.spec?.scopes ?? null) as string[] | null, FIELD_IMMUTABLE));
    return errors;
  },
  warnings,
};
