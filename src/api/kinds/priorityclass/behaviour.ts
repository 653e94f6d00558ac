import { immutableErrors } from "../../meta/object-meta.ts";
import type { KubeObject } from "../../object.ts";
import { type FieldError, field } from "../../status.ts";
import type { KindBehaviour } from "../kind.ts";

interface PriorityClass extends KubeObject {
  value: number;
  globalDefault?: boolean;
  preemptionPolicy?: string;
}

const HIGHEST = 1_000_000_000;
const SYSTEM: Readonly<Record<string, number>> = {
  "system-cluster-critical": 2 * HIGHEST,
  "system-node-critical": 2 * HIGHEST + 1000,
};

/** Models ValidatePriorityClass of kubernetes pkg/apis/scheduling/validation/validation.go. */
function validate({ metadata, value, globalDefault, preemptionPolicy }: PriorityClass): FieldError[] {
  const { name = "" } = metadata;
  const errors: FieldError[] = [];
  if (name.startsWith("system-")) {
    const why = systemComplaint(name, value, globalDefault ?? false);
    const text = `priority class names with 'system-' prefix are reserved for system use only. error: ${why}`;
    if (why) errors.push(field.forbidden("metadata.name", text));
  } else if (value > HIGHEST) {
    errors.push(field.forbidden("value", `maximum allowed value of a user defined priority is ${HIGHEST}`));
  }
  const policies = ["PreemptLowerPriority", "Never"];
  if (preemptionPolicy === "") errors.push(field.required("preemptionPolicy"));
  else if (preemptionPolicy !== undefined && !policies.includes(preemptionPolicy)) {
    errors.push(field.notSupported("preemptionPolicy", preemptionPolicy, policies));
  }
  return errors;
}

/** Models IsKnownSystemPriorityClass of kubernetes pkg/apis/scheduling/v1/helpers.go. */
function systemComplaint(name: string, value: number, globalDefault: boolean): string {
  const known = Object.hasOwn(SYSTEM, name) ? SYSTEM[name] : undefined;
  if (known === undefined) return `${name} is not a known system priority class`;
  if (known !== value) return `value of ${name} PriorityClass must be ${known}`;
  return globalDefault ? `globalDefault of ${name} PriorityClass must be false` : "";
}

export const behaviour: KindBehaviour<PriorityClass> = {
  setDefaults(priority) {
    priority.preemptionPolicy ??= "PreemptLowerPriority";
  },
  prepareForCreate({ metadata }) {
    // Nothing counts it up: what can change is no more than the description and whether it is the default.
    metadata.generation = 1;
  },
  validate,
  validateUpdate: (next, previous) => [
    ...(next.value === previous.value ? [] : [field.forbidden("value", "may not be changed in an update.")]),
    ...immutableErrors(next.preemptionPolicy, previous.preemptionPolicy, "preemptionPolicy"),
  ],
};
