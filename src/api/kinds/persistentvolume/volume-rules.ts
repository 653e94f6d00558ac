import { dns1123SubdomainErrors } from "../../meta/names.ts";
import { invalidEach } from "../../meta/object-meta.ts";
import { type FieldError, field } from "../../status.ts";

/** What the specs of volumes and of claims are held to alike. Models kubernetes pkg/apis/core/validation/validation.go. */

const ACCESS_MODES = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"];
const VOLUME_MODES = ["Block", "Filesystem"];

/** Each mode is known, and ReadWriteOncePod is with no other known one. */
export function accessModesErrors(modes: readonly string[], path: string): FieldError[] {
  const errors = modes
    .filter((mode) => !ACCESS_MODES.includes(mode))
    .map((mode) => field.notSupported(path, mode, ACCESS_MODES));
  const known = new Set(modes.filter((mode) => ACCESS_MODES.includes(mode)));
  if (known.has("ReadWriteOncePod") && known.size > 1)
    errors.push(field.forbidden(path, "may not use ReadWriteOncePod with other access modes"));
  return errors;
}

/** The storage class has a name that one may have, the volume mode is known. */
export function classAndModeErrors(
  spec: { storageClassName?: string; volumeMode?: string },
  path: string,
): FieldError[] {
  const { storageClassName, volumeMode } = spec;
  return [
    ...(storageClassName
      ? invalidEach(`${path}.storageClassName`, storageClassName, dns1123SubdomainErrors(storageClassName))
      : []),
    ...(volumeMode === undefined || VOLUME_MODES.includes(volumeMode)
      ? []
      : [field.notSupported(`${path}.volumeMode`, volumeMode, VOLUME_MODES)]),
  ];
}
