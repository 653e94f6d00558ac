import { equal } from "../../json.ts";
import { labelKeyErrors } from "../../meta/names.ts";
import { invalidEach } from "../../meta/object-meta.ts";
import type { KubeObject } from "../../object.ts";
import { type FieldError, field } from "../../status.ts";
import type { KindBehaviour } from "../kind.ts";

interface VolumeAttributesClass extends KubeObject {
  driverName?: string;
  parameters?: Record<string, string>;
}

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
