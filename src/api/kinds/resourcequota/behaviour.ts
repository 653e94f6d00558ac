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
  for (const scope of scopes) {
    if (!SCOPES.includes(scope)) errors.push(field.invalid("spec.scopes", scopes, "unsupported scope"));
    for (const name of names)
      if (quotaResourceNameErrors(name, "").length === 0 && !name.includes("/") && !allows(scope, name))
        errors.push(field.invalid("spec.scopes", scopes, "unsupported scope applied to resource"));
  }
  for (const pair of [
    ["BestEffort", "NotBestEffort"],
    ["Terminating", "NotTerminating"],
  ])
    if (pair.every((scope) => scopes.includes(scope)))
      errors.push(field.invalid("spec.scopes", scopes, "conflicting scopes"));
  return errors.filter((error, i) => errors.findIndex((other) => equal(other, error)) === i);
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
