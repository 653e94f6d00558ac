import { equal } from "../../json.ts";
import { type FieldError, field } from "../../status.ts";
import type { KindBehaviour } from "../kind.ts";
import { parametersErrors, provisionerErrors } from "../storage-rules.ts";
import type { VolumeAttributesClass } from "./types.ts";

const PROTECTION = "kubernetes.io/vac-protection";

/** Models ValidateVolumeAttributesClass of kubernetes pkg/apis/storage/validation/validation.go. */
function validate({ driverName = "", parameters = {} }: VolumeAttributesClass): FieldError[] {
  return [...provisionerErrors(driverName, "driverName"), ...parametersErrors(parameters, false, "parameters")];
}

export const behaviour: KindBehaviour<VolumeAttributesClass> = {
  prepareForCreate({ metadata }) {
    // The admission plug-in StorageObjectInUseProtection.
    const finalizers = metadata.finalizers ?? [];
    if (!finalizers.includes(PROTECTION)) metadata.finalizers = [...finalizers, PROTECTION];
  },
  validate,
  validateUpdate(next, previous) {
    const errors: FieldError[] = [];
    for (const name of ["driverName", "parameters"] as const)
      if (!equal(next[name], previous[name])) errors.push(field.forbidden(name, `updates to ${name} are forbidden.`));
    return [...errors, ...validate(next)];
  },
};
