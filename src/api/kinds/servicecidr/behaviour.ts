import { cidrErrors, parseCidr } from "../../meta/ip.ts";
import { FIELD_IMMUTABLE } from "../../meta/object-meta.ts";
import { type FieldError, field } from "../../status.ts";
import type { ServiceCIDR } from "../../types/networking.ts";
import type { KindBehaviour } from "../kind.ts";

/** Models validateServiceCIDRSpec of kubernetes pkg/apis/networking/validation/validation.go. */
function validate({ spec }: ServiceCIDR): FieldError[] {
  const path = "spec.cidrs";
  const cidrs = spec?.cidrs ?? [];
  if (cidrs.length === 0) return [field.required(path, "at least one CIDR required")];
  // The internal structure, whose fields have no JSON names.
  if (cidrs.length > 2) return [field.invalid(path, { CIDRs: cidrs }, "may only hold up to 2 values")];
  const errors = cidrs.flatMap((cidr, i) => cidrErrors(`${path}[${i}]`, cidr));
  const [first, second] = cidrs.map((cidr) => parseCidr(cidr)?.family);
  if (cidrs.length === 2 && first && first === second) {
    const text = "may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64";
    errors.push(field.invalid(path, cidrs, text));
  }
  return errors;
}

/** Models ValidateServiceCIDRUpdate. */
function validateUpdate(next: ServiceCIDR, previous: ServiceCIDR): FieldError[] {
  const before = previous.spec?.cidrs ?? [];
  const after = next.spec?.cidrs ?? [];
  const changed = (i: number) => field.invalid(`spec.cidrs[${i}]`, after[i]!, FIELD_IMMUTABLE);
  if (before.length === after.length) return before.flatMap((cidr, i) => (cidr === after[i] ? [] : [changed(i)]));
  if (before.length === 1 && after.length === 2)
    return [...(before[0] === after[0] ? [] : [changed(0)]), ...validate(next)];
  return [field.invalid("spec.cidrs", after, FIELD_IMMUTABLE)];
}

/** Models kubernetes pkg/registry/networking/servicecidr/strategy.go. */
export const behaviour: KindBehaviour<ServiceCIDR> = {
  setDefaults(object) {
    object.spec ??= {};
    object.status ??= {};
  },
  prepareForCreate(object) {
    object.status = {};
  },
  validate,
  validateUpdate,
};
