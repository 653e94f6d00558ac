import { equal, sortedKeys } from "../../json.ts";
import { legacyCidrErrors, parseCidr } from "../../meta/ip.ts";
import { labelKeyErrors, labelValueErrors } from "../../meta/names.ts";
import { invalidEach } from "../../meta/object-meta.ts";
import { type FieldError, field } from "../../status.ts";
import type { Node, Taint } from "../../types/core.ts";
import type { KindBehaviour } from "../kind.ts";
import { resourceValueErrors } from "../pod/resources-validation.ts";
import { roundResources } from "../pod/template-defaults.ts";
import { TAINT_EFFECTS } from "../shared-rules.ts";

function taintsErrors(taints: Taint[]): FieldError[] {
  const errors: FieldError[] = [];
  const seen = new Set<string>();
  for (const [i, taint] of taints.entries()) {
    // The real one looks for them in the metadata.
    const path = `metadata.taints[${i}]`;
    const { key = "", value = "", effect } = taint;
    errors.push(...invalidEach(`${path}.key`, key, labelKeyErrors(key)));
    const complaints = labelValueErrors(value);
    if (complaints.length > 0) errors.push(field.invalid(`${path}.value`, value, complaints.join(";")));
    if (!effect) errors.push(field.required(`${path}.effect`));
    else if (!TAINT_EFFECTS.includes(effect)) errors.push(field.notSupported(`${path}.effect`, effect, TAINT_EFFECTS));
    if (seen.has(`${effect} ${key}`)) {
      const shown = { Key: key, Value: value, Effect: effect ?? "", TimeAdded: taint.timeAdded ?? null };
      const error = field.duplicate(path, shown);
      errors.push({ ...error, body: `${error.body}: taints must be unique by key and effect pair` });
    }
    seen.add(`${effect} ${key}`);
  }
  return errors;
}

function resourcesErrors({ status }: Node): FieldError[] {
  return (["capacity", "allocatable"] as const).flatMap((list) =>
    sortedKeys(status?.[list] ?? {}).flatMap((name) =>
      resourceValueErrors(name, status![list]![name]!, `status.${list}.${name}`),
    ),
  );
}

/** Models ValidateNode of kubernetes pkg/apis/core/validation/validation.go. */
function validate(node: Node): FieldError[] {
  const errors = taintsErrors(node.spec?.taints ?? []);
  errors.push(...resourcesErrors(node));
  const cidrs = node.spec?.podCIDRs ?? [];
  for (const [i, cidr] of cidrs.entries()) errors.push(...legacyCidrErrors(`spec.podCIDRs[${i}]`, cidr));
  const families = new Set(cidrs.map((cidr) => parseCidr(cidr)?.family));
  if (cidrs.length > 1 && (families.size < 2 || cidrs.length > 2))
    errors.push(field.invalid("spec.podCIDRs", cidrs, "may specify no more than one CIDR for each IP family"));
  return errors;
}

/** Models ValidateNodeUpdate. */
function validateUpdate(next: Node, previous: Node): FieldError[] {
  const errors = [...validate(next), ...resourcesErrors(next)];
  for (const [i, address] of (next.status?.addresses ?? []).entries())
    if (next.status!.addresses!.slice(0, i).some((other) => equal(other, address)))
      errors.push(field.duplicate(`status.addresses[${i}]`, { Type: address.type, Address: address.address }));
  const before = previous.spec?.podCIDRs ?? [];
  const after = next.spec?.podCIDRs ?? [];
  const text = 'node updates may not change podCIDR except from "" to valid';
  if (before.length > 0 && before.length !== after.length) errors.push(field.forbidden("spec.podCIDRs", text));
  else
    for (const [i, cidr] of before.entries())
      if (cidr !== after[i]) errors.push(field.forbidden("spec.podCIDRs", text));
  if (previous.spec?.providerID && previous.spec.providerID !== next.spec?.providerID)
    errors.push(field.forbidden("spec.providerID", 'node updates may not change providerID except from "" to valid'));
  return [...errors, ...taintsErrors(next.spec?.taints ?? [])];
}

/** Models kubernetes pkg/registry/core/node/strategy.go. */
export const behaviour: KindBehaviour<Node> = {
  setDefaults(node) {
    node.spec ??= {};
    node.status ??= {};
    // `podCIDR` and `podCIDRs` are two names of one field. Models pkg/apis/core/v1/conversion.go.
    if (node.spec.podCIDRs?.length) node.spec.podCIDR = node.spec.podCIDRs[0];
    else if (node.spec.podCIDR) node.spec.podCIDRs = [node.spec.podCIDR];
    if (!node.status.allocatable && node.status.capacity) node.status.allocatable = { ...node.status.capacity };
    roundResources(node.status.capacity);
    roundResources(node.status.allocatable);
  },
  validate,
  validateUpdate,
  validateStatusUpdate: validateUpdate,
  selectableFields: ({ spec }) => ({ "spec.unschedulable": String(spec?.unschedulable ?? false) }),
  selectableFieldNames: ["spec.unschedulable"],
};
