import { dns1123SubdomainErrors } from "../../meta/names.ts";
import { invalidEach } from "../../meta/object-meta.ts";
import { nameIsPathSegment } from "../../meta/value-rules.ts";
import { type FieldError, field } from "../../status.ts";
import type { ParentReference } from "../../types/networking.ts";

/** Models validateIPAddressParentReference of kubernetes pkg/apis/networking/validation/validation.go. */
export function parentReferenceErrors(parent: ParentReference | undefined): FieldError[] {
  const path = "spec.parentRef";
  if (!parent) return [field.required(path)];
  const { group, resource, name, namespace } = parent;
  const errors = group ? invalidEach(`${path}.group`, group, dns1123SubdomainErrors(group)) : [];
  for (const [member, value, needed] of [
    ["resource", resource, true],
    ["name", name, true],
    ["namespace", namespace, false],
  ] as const)
    if (value) errors.push(...invalidEach(`${path}.${member}`, value, nameIsPathSegment(value, false)));
    else if (needed) errors.push(field.required(`${path}.${member}`));
  return errors;
}
