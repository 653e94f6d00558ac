import { goQuote } from "../../encoding/go-quote.ts";
import { equal, sortedKeys } from "../../json.ts";
import { cidrWarnings, legacyCidrErrors, parseCidr } from "../../meta/ip.ts";
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

function podCidrsErrors(cidrs: string[], path: string): FieldError[] {
  const errors = cidrs.flatMap((cidr, i) => legacyCidrErrors(`${path}[${i}]`, cidr));
  if (cidrs.length < 2) return errors;
  const families = cidrs.map((cidr) => parseCidr(cidr)?.family);
  const wrong = families.indexOf(undefined);
  if (wrong >= 0) {
    const why = `invalid CIDR[${wrong}]: <nil> (invalid CIDR address: ${cidrs[wrong]})`;
    errors.push(field.internal(path, `invalid PodCIDRs. failed to check with dual stack with error:${why}`));
  }
  if (wrong >= 0 || new Set(families).size < 2 || cidrs.length > 2)
    errors.push(field.invalid(path, cidrs, "may specify no more than one CIDR for each IP family"));
  return errors;
}

const FEATURE = /^[A-Z][a-zA-Z0-9]*(\/[a-zA-Z][a-zA-Z0-9]*)*$/;

/** Models validateNodeDeclaredFeatures. */
function featuresErrors(features: string[], path: string): FieldError[] {
  return features.flatMap((feature, i) => {
    const at = `${path}[${i}]`;
    const before = features[i - 1];
    const name = `invalid feature name ${goQuote(feature)}: must`;
    const errors: FieldError[] = [];
    if (before === feature) errors.push(field.duplicate(at, feature));
    else if (before !== undefined && before > feature)
      errors.push(field.invalid(at, feature, "list must be sorted alphabetically"));
    if (feature.length > 253) errors.push(field.invalid(at, feature, `${name} be no more than 253 characters`));
    else if (!FEATURE.test(feature))
      errors.push(
        field.invalid(
          at,
          feature,
          `${name} start with an UpperCamelCase segment, with subsequent segments separated by '/' (e.g., MyFeature or MyFeature/mySubFeature), and contain only alphanumeric characters and slashes`,
        ),
      );
    return errors;
  });
}

/** Models ValidateNode of kubernetes pkg/apis/core/validation/validation.go. */
function validate(node: Node): FieldError[] {
  const errors = taintsErrors(node.spec?.taints ?? []);
  errors.push(...resourcesErrors(node));
  errors.push(...featuresErrors(node.status?.declaredFeatures ?? [], "status.declaredFeatures"));
  return [...errors, ...podCidrsErrors(node.spec?.podCIDRs ?? [], "spec.podCIDRs")];
}

/** Models ValidateNodeUpdate. */
function changeErrors(next: Node, previous: Node): FieldError[] {
  const errors = resourcesErrors(next);
  errors.push(...featuresErrors(next.status?.declaredFeatures ?? [], "status.declaredFeatures"));
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
  errors.push(...taintsErrors(next.spec?.taints ?? []));
  if ((previous.spec?.externalID ?? "") !== (next.spec?.externalID ?? ""))
    errors.push(field.forbidden("spec.externalID", "may not be updated"));
  return errors;
}

/** Models nodeWarnings of kubernetes pkg/registry/core/node/strategy.go. */
function warnings({ spec }: Node): string[] {
  return [
    ...(spec?.externalID ? ["spec.externalID: this field is deprecated, and is unused by Kubernetes"] : []),
    ...(spec?.podCIDRs ?? []).flatMap((cidr, i) => cidrWarnings(`spec.podCIDRs[${i}]`, cidr)),
  ];
}

/** Models kubernetes pkg/registry/core/node/strategy.go. */
export const behaviour: KindBehaviour<Node> = {
  setDefaults(node) {
    node.spec ??= {};
    node.status ??= {};
    // `podCIDR` and `podCIDRs` are two names of one field; where they differ, the older holds. Models pkg/apis/core/v1/conversion.go.
    if (node.spec.podCIDR && node.spec.podCIDR !== node.spec.podCIDRs?.[0]) node.spec.podCIDRs = [node.spec.podCIDR];
    else if (node.spec.podCIDRs?.length) node.spec.podCIDR = node.spec.podCIDRs[0];
    if (!node.status.allocatable && node.status.capacity) node.status.allocatable = { ...node.status.capacity };
    roundResources(node.status.capacity);
    roundResources(node.status.allocatable);
  },
  // The feature is gone.
  prepareForCreate: ({ spec, status }) => {
    delete spec?.configSource;
    delete status?.config;
  },
  prepareForUpdate: ({ spec, status }, _previous, { subresource }) => {
    delete spec?.configSource;
    if (subresource === "status") delete status?.config;
  },
  validate,
  validateUpdate: (next, previous) => [...validate(next), ...changeErrors(next, previous)],
  validateStatusUpdate: changeErrors,
  warnings: (next, _previous, { subresource }) => (subresource === "status" ? [] : warnings(next)),
  selectableFields: ({ spec }) => ({ "spec.unschedulable": String(spec?.unschedulable ?? false) }),
  selectableFieldNames: ["spec.unschedulable"],
};
