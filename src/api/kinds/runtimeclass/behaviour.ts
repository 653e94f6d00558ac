import { equal } from "../../json.ts";
import { dns1123LabelErrors } from "../../meta/names.ts";
import { immutableErrors, invalidEach, labelsErrors } from "../../meta/object-meta.ts";
import type { KubeObject } from "../../object.ts";
import { type FieldError, field } from "../../status.ts";
import type { Toleration } from "../../types/core.ts";
import type { KindBehaviour } from "../kind.ts";
import { containerResourcesErrors } from "../pod/resources-validation.ts";
import { tolerationsErrors } from "../pod/spec-validation.ts";

interface RuntimeClass extends KubeObject {
  handler?: string;
  overhead?: { podFixed?: Record<string, string> };
  scheduling?: { nodeSelector?: Record<string, string>; tolerations?: Toleration[] };
}

/** Models ValidateRuntimeClass of kubernetes pkg/apis/node/validation/validation.go. */
function validate({ handler = "", overhead, scheduling }: RuntimeClass): FieldError[] {
  const errors =
    handler === "" ? [field.required("handler")] : invalidEach("handler", handler, dns1123LabelErrors(handler));
  if (overhead?.podFixed) errors.push(...containerResourcesErrors({ limits: overhead.podFixed }, "overhead"));
  errors.push(...labelsErrors(scheduling?.nodeSelector, "scheduling.nodeSelector"));
  return scheduling?.tolerations ? [...errors, ...tolerationListErrors(scheduling.tolerations)] : errors;
}

function tolerationListErrors(tolerations: readonly Toleration[]): FieldError[] {
  const path = "scheduling.tolerations";
  const errors = tolerationsErrors(tolerations, path);
  const keys = tolerations.map(({ key = "", operator = "", value = "", effect = "" }) => [
    key,
    operator,
    value,
    effect,
  ]);
  for (const [i, toleration] of tolerations.entries())
    if (keys.findIndex((other) => equal(other, keys[i])) < i)
      errors.push(field.duplicate(`${path}[${i}]`, goToleration(toleration)));
  return errors;
}

// The internal structure, whose fields have no JSON names.
function goToleration({ key = "", operator, value = "", effect, tolerationSeconds = null as never }: Toleration) {
  return {
    Key: key,
    Operator: operator ?? "",
    Value: value,
    Effect: effect ?? "",
    TolerationSeconds: tolerationSeconds,
  };
}

/** Models kubernetes pkg/registry/node/runtimeclass/strategy.go. */
export const behaviour: KindBehaviour<RuntimeClass> = {
  anyFinalizers: true,
  validate,
  validateUpdate: (next, previous) => [
    ...validate(next),
    ...immutableErrors(next.handler, previous.handler, "handler"),
  ],
};
