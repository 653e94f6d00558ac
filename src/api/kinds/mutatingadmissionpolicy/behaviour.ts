import type { KubeObject } from "../../object.ts";
import { type FieldError, field } from "../../status.ts";
import { oneOfErrors, REINVOCATION_POLICIES } from "../admission-rules.ts";
import type { KindBehaviour } from "../kind.ts";
import { type PolicySpec, policyErrors, setPolicyDefaults } from "../policy-rules.ts";

interface Mutation {
  patchType?: string;
  applyConfiguration?: { expression?: string };
  jsonPatch?: { expression?: string };
}

interface MutatingAdmissionPolicy extends KubeObject {
  spec?: PolicySpec & { mutations?: Mutation[]; reinvocationPolicy?: string };
}

/** By patch type: the member that it needs. */
const MEMBERS = { ApplyConfiguration: "applyConfiguration", JSONPatch: "jsonPatch" } as const;
const TYPES = Object.keys(MEMBERS) as (keyof typeof MEMBERS)[];

/** Models validateMutatingAdmissionPolicySpec of kubernetes pkg/apis/admissionregistration/validation/validation.go. */
function validate({ spec = {} }: MutatingAdmissionPolicy): FieldError[] {
  const { mutations = [], reinvocationPolicy } = spec;
  const errors = policyErrors(spec, true);
  if (mutations.length === 0) errors.push(field.required("spec.mutations", "mutations must contain at least one item"));
  for (const [i, mutation] of mutations.entries()) errors.push(...mutationErrors(mutation, `spec.mutations[${i}]`));
  const path = "spec.reinvocationPolicy";
  return [
    ...errors,
    ...(reinvocationPolicy ? oneOfErrors(reinvocationPolicy, REINVOCATION_POLICIES, path) : [field.required(path)]),
  ];
}

/** Models validateMutation. */
function mutationErrors(mutation: Mutation, path: string): FieldError[] {
  const type = TYPES.find((name) => name === mutation.patchType);
  if (!mutation.patchType) return [field.required(`${path}.patchType`)];
  if (!type) return [field.notSupported(`${path}.patchType`, mutation.patchType, TYPES)];
  const errors: FieldError[] = [];
  const wanted = mutation[MEMBERS[type]];
  const at = `${path}.${MEMBERS[type]}`;
  if (!wanted) errors.push(field.required(at, `must be specified when patchType is ${type}`));
  else if ((wanted.expression ?? "").trim() === "") errors.push(field.required(`${at}.expression`));
  const other = type === "JSONPatch" ? "applyConfiguration" : "jsonPatch";
  if (mutation[other])
    errors.push(field.invalid(`${path}.${other}`, `{${other}}`, `must not be specified when patchType is ${type}`));
  return errors;
}

/** Models kubernetes pkg/registry/admissionregistration/mutatingadmissionpolicy/strategy.go. */
export const behaviour: KindBehaviour<MutatingAdmissionPolicy> = {
  hasGeneration: true,
  setDefaults(policy) {
    policy.spec ??= {};
    setPolicyDefaults(policy.spec);
  },
  validate,
  validateUpdate: validate,
};
