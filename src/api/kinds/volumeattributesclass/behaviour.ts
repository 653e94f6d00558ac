import { equal } from "../../json.ts";
import { labelKeyErrors } from "../../meta/names.ts";
import { invalidEach } from "../../meta/object-meta.ts";
import { type FieldError, field } from "../../status.ts";
import type { KindBehaviour } from "../kind.ts";
import type { VolumeAttributesClass } from "./types.ts";

/** Models ValidateVolumeAttributesClass of kubernetes pkg/apis/storage/validation/validation.go. */
function validate({ driverName = "", parameters = {} }: VolumeAttributesClass): FieldError[] {
  const errors =
    driverName === ""
      ? [field.required("driverName")]
      : invalidEach("driverName", driverName, labelKeyErrors(driverName.toLowerCase()));
  if (Object.keys(parameters).length === 0)
    errors.push(field.required("parameters", "must contain at least one key/value pair"));
  return errors;
}

export const behaviour: KindBehaviour<VolumeAttributesClass> = {
  validate,
  validateUpdate(next, previous) {
    const errors: FieldError[] = [];
    for (const name of ["driverName", "parameters"] as const)
      if (!equal(next[name], previous[name])) errors.push(field.forbidden(name, `updates to ${name} are forbidden.`));
    return [...errors, ...validate(next)];
  },
};
