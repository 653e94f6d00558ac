import { equal, sortedKeys } from "../../json.ts";
import { FIELD_IMMUTABLE } from "../../meta/object-meta.ts";
import { type FieldError, field } from "../../status.ts";
import type { ResourceQuota } from "../../types/core.ts";
import type { KindBehaviour } from "../kind.ts";
import { quotaResourceNameErrors, resourceValueErrors } from "../pod/resources-validation.ts";

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
  const allowed = (scope: string) =>
    names.filter((name) => quotaResourceNameErrors(name, "").length > 0 || name.includes("/") || allows(scope, name));
  for (const scope of scopes) {
    if (!SCOPES.includes(scope)) errors.push(field.invalid("spec.scopes", scopes, "unsupported scope"));
    if (allowed(scope).length < names.length)
      errors.push(field.invalid("spec.scopes", scopes, "unsupported scope applied to resource"));
  }
  if (conflict(scopes)) errors.push(field.invalid("spec.scopes", scopes, "conflicting scopes"));
  const { scopeSelector } = spec ?? {};
  const path = "spec.scopeSelector.matchExpressions";
  const requirements = (scopeSelector?.matchExpressions ?? []) as ScopeRequirement[];
  for (const requirement of requirements) {
    if (!SCOPES.includes(requirement.scopeName))
      errors.push(field.invalid(`${path}.scopeName`, requirement.scopeName, "unsupported scope"));
    if (allowed(requirement.scopeName).length < names.length)
      errors.push(field.invalid(path, scopeSelector as never, "unsupported scope applied to resource"));
    errors.push(...requirementErrors(requirement, path));
  }
  if (conflict(requirements.map(({ scopeName }) => scopeName)))
    errors.push(field.invalid(path, (spec?.scopes ?? null) as string[] | null, "conflicting scopes"));
  return errors.filter((error, i) => errors.findIndex((other) => equal(other, error)) === i);
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

function conflict(scopes: readonly string[]): boolean {
  const has = (one: string) => scopes.includes(one) && scopes.includes(`Not${one}`);
  return has("BestEffort") || has("Terminating");
}

/** Models kubernetes pkg/registry/core/resourcequota/strategy.go. */
export const behaviour: KindBehaviour<ResourceQuota> = {
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
};
