import { dns1123SubdomainErrors } from "../meta/names.ts";
import { invalidEach, labelSelectorErrors } from "../meta/object-meta.ts";
import { nameIsPathSegment } from "../meta/value-rules.ts";
import type { KubeObject, LabelSelector } from "../object.ts";
import { type FieldError, field } from "../status.ts";
import {
  failurePolicyErrors,
  type MatchCondition,
  type MatchResources,
  matchConditionsErrors,
  matchResourcesErrors,
  oneOfErrors,
  paramKindErrors,
  setMatchDefaults,
} from "./admission-rules.ts";

/**
 * What the policies of both sorts share, and their bindings. Models kubernetes pkg/apis/admissionregistration/validation/validation.go.
 * CEL expressions are not compiled: that one is there is all that is asked.
 */

export interface PolicySpec {
  failurePolicy?: string;
  paramKind?: { apiVersion?: string; kind?: string };
  matchConstraints?: MatchResources;
  matchConditions?: MatchCondition[];
  variables?: { name?: string; expression?: string }[];
}

export interface BindingSpec {
  policyName?: string;
  paramRef?: { name?: string; selector?: LabelSelector; parameterNotFoundAction?: string };
  matchResources?: MatchResources;
  validationActions?: string[];
}

export interface PolicyBinding extends KubeObject {
  spec?: BindingSpec;
}

const MUTABLE = ["*", "CONNECT", "CREATE", "UPDATE"];
const NOT_FOUND_ACTIONS = ["Deny", "Allow"];
const RESERVED =
  "true false null in as break const continue else for function if import let loop package namespace return var void while";

export function setPolicyDefaults(spec: PolicySpec): void {
  spec.failurePolicy ??= "Fail";
  setMatchDefaults(spec.matchConstraints);
}

/** The part before what a policy does. `mutating`: it may not match what is not written. */
export function policyErrors(spec: PolicySpec, mutating: boolean): FieldError[] {
  const { paramKind, matchConstraints, matchConditions = [], variables = [] } = spec;
  const errors = failurePolicyErrors(spec.failurePolicy, "spec");
  if (paramKind) errors.push(...paramKindErrors(paramKind, "spec.paramKind"));
  const path = "spec.matchConstraints";
  if (!matchConstraints) errors.push(field.required(path));
  else {
    errors.push(...matchResourcesErrors(matchConstraints, path));
    if (!matchConstraints.resourceRules?.length) errors.push(field.required(`${path}.resourceRules`));
    if (mutating) errors.push(...immutableOperationErrors(matchConstraints, path));
  }
  errors.push(...matchConditionsErrors(matchConditions, "spec.matchConditions"));
  for (const [i, { name = "", expression = "" }] of variables.entries()) {
    const at = `spec.variables[${i}]`;
    if (name.trim() === "") errors.push(field.required(`${at}.name`, "name is not specified"));
    else if (!/^[_a-zA-Z][_a-zA-Z0-9]*$/.test(name) || RESERVED.split(" ").includes(name))
      errors.push(field.invalid(`${at}.name`, name, "must be a valid CEL identifier"));
    if (expression.trim() === "") errors.push(field.required(`${at}.expression`, "expression is not specified"));
  }
  return errors;
}

function immutableOperationErrors({ resourceRules = [] }: MatchResources, path: string): FieldError[] {
  return resourceRules.flatMap(({ operations = [] }) =>
    operations.flatMap((operation) => oneOfErrors(operation, MUTABLE, `${path}.resourceRules.operations`)),
  );
}

export function setBindingDefaults(spec: BindingSpec | undefined): void {
  setMatchDefaults(spec?.matchResources);
}

export function bindingErrors(
  { policyName = "", paramRef, matchResources }: BindingSpec,
  mutating: boolean,
): FieldError[] {
  const errors =
    policyName === ""
      ? [field.required("spec.policyName")]
      : invalidEach("spec.policyName", policyName, dns1123SubdomainErrors(policyName));
  if (paramRef) errors.push(...paramRefErrors(paramRef, "spec.paramRef"));
  const path = "spec.matchResources";
  if (matchResources) errors.push(...matchResourcesErrors(matchResources, path));
  return matchResources && mutating ? [...errors, ...immutableOperationErrors(matchResources, path)] : errors;
}

/** Models validateParamRef. */
function paramRefErrors(ref: NonNullable<BindingSpec["paramRef"]>, path: string): FieldError[] {
  const { name = "", selector, parameterNotFoundAction: action } = ref;
  const errors: FieldError[] = [];
  const exclusive = "name and selector are mutually exclusive";
  if (name !== "") {
    errors.push(...invalidEach(`${path}.name`, name, nameIsPathSegment(name, false)));
    if (selector) errors.push(field.forbidden(`${path}.name`, exclusive));
  }
  errors.push(...labelSelectorErrors(selector, `${path}.selector`));
  if (selector && name !== "") errors.push(field.forbidden(`${path}.selector`, exclusive));
  if (!selector && name === "") errors.push(field.required(path, "one of name or selector must be specified"));
  const at = `${path}.parameterNotFoundAction`;
  return [...errors, ...(action ? oneOfErrors(action, NOT_FOUND_ACTIONS, at) : [field.required(at)])];
}
