import { isObject } from "../../json.ts";
import { immutableErrors, nonnegativeErrors } from "../../meta/object-meta.ts";
import type { KubeObject } from "../../object.ts";
import { type FieldError, field } from "../../status.ts";
import type { KindBehaviour } from "../kind.ts";

interface ControllerRevision extends KubeObject {
  revision?: number;
  data?: unknown;
}

/** Models ValidateControllerRevision of kubernetes pkg/apis/apps/validation/validation.go. */
function validate({ revision, data }: ControllerRevision): FieldError[] {
  const errors = nonnegativeErrors(revision, "revision");
  if (data === undefined || data === null) errors.push(field.required("data", "data is mandatory"));
  else if (!isObject(data)) errors.push(field.required("data", "data must be a valid JSON object"));
  return errors;
}

export const behaviour: KindBehaviour<ControllerRevision> = {
  validate,
  validateUpdate: (next, previous) => [...validate(next), ...immutableErrors(next.data, previous.data, "data")],
};
