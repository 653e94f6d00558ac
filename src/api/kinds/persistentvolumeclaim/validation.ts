import { equal } from "../../json.ts";
import { dns1123LabelErrors, dns1123SubdomainErrors } from "../../meta/names.ts";
import { invalidEach, labelSelectorErrors } from "../../meta/object-meta.ts";
import { parseQuantity } from "../../meta/quantity.ts";
import { type FieldError, field } from "../../status.ts";
import type { PersistentVolumeClaimSpec, TypedObjectReference } from "../../types/core.ts";
import { accessModesErrors, classAndModeErrors } from "../persistentvolume/volume-rules.ts";

/** Models ValidatePersistentVolumeClaimSpec of kubernetes pkg/apis/core/validation/validation.go. */
export function claimSpecErrors(spec: PersistentVolumeClaimSpec, path: string): FieldError[] {
  const { accessModes = [], resources, dataSource, dataSourceRef, volumeAttributesClassName: attributes } = spec;
  const errors: FieldError[] = [];
  if (accessModes.length === 0)
    errors.push(field.required(`${path}.accessModes`, "at least 1 access mode is required"));
  errors.push(
    ...labelSelectorErrors(spec.selector, `${path}.selector`),
    ...accessModesErrors(accessModes, `${path}.accessModes`),
  );
  const storage = resources?.requests?.storage;
  const at = `${path}.resources[storage]`;
  if (storage === undefined) errors.push(field.required(at));
  else {
    const { nano, text } = parseQuantity(String(storage));
    if (nano <= 0n) errors.push(field.invalid(at, text, "must be greater than zero"));
  }
  errors.push(...classAndModeErrors(spec, path));
  if (dataSource) errors.push(...sourceErrors(dataSource, `${path}.dataSource`));
  if (dataSourceRef) errors.push(...sourceErrors(dataSourceRef, `${path}.dataSourceRef`));
  // The value that the real server shows is a path, whose fields Go does not print.
  if (dataSource && dataSourceRef?.namespace)
    errors.push(field.invalid(path, {}, "may not be specified when dataSourceRef.namespace is specified"));
  else if (dataSource && dataSourceRef && !equal(plain(dataSource), plain(dataSourceRef)))
    errors.push(field.invalid(path, {}, "must match dataSourceRef"));
  if (attributes)
    errors.push(...invalidEach(`${path}.volumeAttributesClassName`, attributes, dns1123SubdomainErrors(attributes)));
  return errors;
}

const plain = ({ apiGroup, kind = "", name = "" }: TypedObjectReference) => ({
  apiGroup: apiGroup ?? null,
  kind,
  name,
});

/** Models validateDataSource and validateDataSourceRef. */
function sourceErrors({ apiGroup, kind = "", name = "", namespace }: TypedObjectReference, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (name === "") errors.push(field.required(`${path}.name`));
  if (kind === "") errors.push(field.required(`${path}.kind`));
  if (!apiGroup && kind !== "PersistentVolumeClaim")
    errors.push(field.invalid(path, kind, "must be 'PersistentVolumeClaim' when referencing the default apiGroup"));
  if (apiGroup) errors.push(...invalidEach(`${path}.apiGroup`, apiGroup, dns1123SubdomainErrors(apiGroup)));
  if (namespace) errors.push(...invalidEach(`${path}.namespace`, namespace, dns1123LabelErrors(namespace)));
  return errors;
}

/**
 * What a claim is filled from: said in one of two fields, it stands in both; what the older one could never name is left out, and
 * another namespace cannot be named. Models DropDisabledFields, EnforceDataSourceBackwardsCompatibility and NormalizeDataSources of
 * kubernetes pkg/api/persistentvolumeclaim/util.go.
 */
export function normalizeSources(spec: PersistentVolumeClaimSpec, previous?: PersistentVolumeClaimSpec): void {
  if (spec.dataSourceRef?.namespace && !previous?.dataSourceRef) delete spec.dataSourceRef;
  const { dataSource, dataSourceRef } = spec;
  if (!previous?.dataSource && !previous?.dataSourceRef && !dataSourceRef && dataSource && !couldAlways(dataSource))
    delete spec.dataSource;
  if (spec.dataSource && !spec.dataSourceRef) spec.dataSourceRef = { ...spec.dataSource };
  else if (spec.dataSourceRef && !spec.dataSource && !spec.dataSourceRef.namespace) {
    const { namespace: _, ...rest } = spec.dataSourceRef;
    spec.dataSource = rest;
  }
}

function couldAlways({ apiGroup = "", kind }: TypedObjectReference): boolean {
  return (
    (kind === "PersistentVolumeClaim" && !apiGroup) ||
    (kind === "VolumeSnapshot" && apiGroup === "snapshot.storage.k8s.io")
  );
}
