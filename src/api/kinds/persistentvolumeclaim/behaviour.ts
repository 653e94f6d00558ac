import { dns1123SubdomainErrors } from "../../meta/names.ts";
import { invalidEach } from "../../meta/object-meta.ts";
import { parseQuantity } from "../../meta/quantity.ts";
import { type FieldError, field } from "../../status.ts";
import type { PersistentVolumeClaim } from "../../types/core.ts";
import type { KindBehaviour } from "../kind.ts";

const ACCESS_MODES = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"];
const VOLUME_MODES = ["Block", "Filesystem"];

/** Models ValidatePersistentVolumeClaimSpec of kubernetes pkg/apis/core/validation/validation.go. */
function validate({ spec = {} }: PersistentVolumeClaim): FieldError[] {
  const { accessModes = [], resources, storageClassName, volumeMode } = spec;
  const errors: FieldError[] = [];
  if (accessModes.length === 0) {
    errors.push(field.required("spec.accessModes", "at least 1 access mode is required"));
  }
  for (const mode of accessModes) {
    if (!ACCESS_MODES.includes(mode)) errors.push(field.notSupported("spec.accessModes", mode, ACCESS_MODES));
  }
  if (accessModes.includes("ReadWriteOncePod") && accessModes.length > 1) {
    errors.push(field.forbidden("spec.accessModes", "may not use ReadWriteOncePod with other access modes"));
  }
  const storage = resources?.requests?.storage;
  if (storage === undefined) errors.push(field.required("spec.resources[storage]"));
  else if (parseQuantity(String(storage)).nano <= 0n) {
    errors.push(field.invalid("spec.resources[storage]", String(storage), "must be greater than zero"));
  }
  if (storageClassName) {
    errors.push(...invalidEach("spec.storageClassName", storageClassName, dns1123SubdomainErrors(storageClassName)));
  }
  if (volumeMode !== undefined && !VOLUME_MODES.includes(volumeMode)) {
    errors.push(field.notSupported("spec.volumeMode", volumeMode, VOLUME_MODES));
  }
  return errors;
}

/** Nothing binds claims: they stay Pending. Models kubernetes pkg/registry/core/persistentvolumeclaim/strategy.go. */
export const behaviour: KindBehaviour<PersistentVolumeClaim> = {
  setDefaults(claim) {
    claim.spec ??= {};
    claim.spec.volumeMode ??= "Filesystem";
  },
  prepareForCreate(claim) {
    claim.status = { phase: "Pending" };
  },
  validate,
};
