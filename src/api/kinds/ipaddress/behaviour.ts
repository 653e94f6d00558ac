import { equal } from "../../json.ts";
import { ipComplaint } from "../../meta/ip.ts";
import { FIELD_IMMUTABLE } from "../../meta/object-meta.ts";
import { field } from "../../status.ts";
import type { IPAddress, ParentReference } from "../../types/networking.ts";
import type { KindBehaviour } from "../kind.ts";
import { parentReferenceErrors } from "./parent-reference.ts";

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
  extendsGenerateName: false,
  validateName(name) {
    const complaint = ipComplaint(name);
    return complaint === undefined ? [] : [complaint];
  },
  validate: ({ spec }) => parentReferenceErrors(spec?.parentRef),
  validateUpdate: (next, previous) => [
    ...parentReferenceErrors(next.spec?.parentRef),
    ...(equal(next.spec?.parentRef, previous.spec?.parentRef)
      ? []
      : [field.invalid("spec.parentRef", shown(next.spec?.parentRef), FIELD_IMMUTABLE)]),
  ],
};
