import { equal } from "../../json.ts";
import { ipComplaint } from "../../meta/ip.ts";
import { dns1123SubdomainErrors } from "../../meta/names.ts";
import { FIELD_IMMUTABLE, invalidEach } from "../../meta/object-meta.ts";
import { nameIsPathSegment } from "../../meta/value-rules.ts";
import { type FieldError, field } from "../../status.ts";
import type { IPAddress, ParentReference } from "../../types/networking.ts";
import type { KindBehaviour } from "../kind.ts";

/** Models validateIPAddressParentReference of kubernetes pkg/apis/networking/validation/validation.go. */
function validate({ spec }: IPAddress): FieldError[] {
  const path = "spec.parentRef";
  const parent = spec?.parentRef;
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

/** The internal structure, whose fields have no JSON names. */
function shown(parent: ParentReference | undefined) {
  if (!parent) return null;
  const { group = "", resource = "", namespace = "", name = "" } = parent;
  return { Group: group, Resource: resource, Namespace: namespace, Name: name };
}

/** Models kubernetes pkg/registry/networking/ipaddress/strategy.go. */
export const behaviour: KindBehaviour<IPAddress> = {
  setDefaults(address) {
    address.spec ??= {} as NonNullable<IPAddress["spec"]>;
  },
  validateName(name) {
    const complaint = ipComplaint(name);
    return complaint === undefined ? [] : [complaint];
  },
  validate,
  validateUpdate: (next, previous) =>
    equal(next.spec?.parentRef, previous.spec?.parentRef)
      ? []
      : [field.invalid("spec.parentRef", shown(next.spec?.parentRef), FIELD_IMMUTABLE)],
};
