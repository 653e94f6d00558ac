import { dns1123LabelErrors } from "../../meta/names.ts";
import { immutableErrors, invalidEach, labelsErrors } from "../../meta/object-meta.ts";
import type { KubeObject } from "../../object.ts";
import { type FieldError, field } from "../../status.ts";
import type { KindBehaviour } from "../kind.ts";
import { containerResourcesErrors } from "../pod/resources-validation.ts";

interface RuntimeClass extends KubeObject {
  handler?: string;
  overhead?: { podFixed?: Record<string, string> };
  scheduling?: { nodeSelector?: Record<string, string> };
}

/** Models ValidateRuntimeClass of kubernetes pkg/apis/node/validation/validation.go. */
function validate({ handler = "", overhead, scheduling }: RuntimeClass): FieldError[] {
  const errors =
    handler === "" ? [field.required("handler")] : invalidEach("handler", handler, dns1123LabelErrors(handler));
  if (overhead?.podFixed) errors.push(...containerResourcesErrors({ limits: overhead.podFixed }, "overhead"));
  return [...errors, ...labelsErrors(scheduling?.nodeSelector, "scheduling.nodeSelector")];
}

/** Models kubernetes pkg/registry/node/runtimeclass/strategy.go. */
export const behaviour: KindBehaviour<RuntimeClass> = {
  validate,
  validateUpdate: (next, previous) => immutableErrors(next.handler, previous.handler, "handler"),
};
