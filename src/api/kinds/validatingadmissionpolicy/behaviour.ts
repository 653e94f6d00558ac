import { byteLength } from "../../encoding/text.ts";
import { labelKeyErrors } from "../../meta/names.ts";
import { invalidEach } from "../../meta/object-meta.ts";
import type { KubeObject } from "../../object.ts";
import { type FieldError, field } from "../../status.ts";
import { oneOfErrors } from "../admission-rules.ts";
import type { KindBehaviour } from "../kind.ts";
import { type PolicySpec, policyErrors, setPolicyDefaults } from "../policy-rules.ts";

interface Validation {
  expression?: string;
  message?: string;
  messageExpression?: string;
  reason?: string;
}

interface AuditAnnotation {
  key?: string;
  valueExpression?: string;
}

interface ValidatingAdmissionPolicy extends KubeObject {
  spec?: PolicySpec & { validations?: Validation[]; auditAnnotations?: AuditAnnotation[] };
}

const REASONS = ["Forbidden", "Invalid", "RequestEntityTooLarge"];
const MOST_ANNOTATIONS = 20;
/** In bytes. */
const LONGEST_EXPRESSION = 5 * 1024;
const AT_LEAST_ONE = "validations or auditAnnotations must contain at least one item";

/** Models validateValidatingAdmissionPolicySpec of kubernetes pkg/apis/admissionregistration/validation/validation.go. */
function validate({ metadata, spec = {} }: ValidatingAdmissionPolicy): FieldError[] {
  const { validations = [], auditAnnotations = [] } = spec;
  const errors = policyErrors(spec, false);
  if (validations.length === 0 && auditAnnotations.length === 0)
    return [
      ...errors,
      field.required("spec.validations", AT_LEAST_ONE),
      field.required("spec.auditAnnotations", AT_LEAST_ONE),
    ];
  for (const [i, validation] of validations.entries())
    errors.push(...validationErrors(validation, `spec.validations[${i}]`));
  if (auditAnnotations.length > MOST_ANNOTATIONS)
    errors.push(
      field.invalid(
        "spec.auditAnnotations",
        auditAnnotations.map(({ key = "", valueExpression = "" }) => ({ Key: key, ValueExpression: valueExpression })),
        `must not have more than ${MOST_ANNOTATIONS} auditAnnotations`,
      ),
    );
  for (const [i, annotation] of auditAnnotations.entries()) {
    const path = `spec.auditAnnotations[${i}]`;
    errors.push(...annotationErrors(annotation, metadata.name ?? "", path));
    if (auditAnnotations.findIndex(({ key }) => key === annotation.key) < i)
      errors.push(field.duplicate(`${path}.key`, annotation.key));
  }
  return errors;
}

/** Models validateValidation. */
function validationErrors(validation: Validation, path: string): FieldError[] {
  const { expression = "", message = "", messageExpression = "", reason } = validation;
  const errors: FieldError[] = [];
  const blank = "must be non-empty if specified";
  if (expression.trim() === "") errors.push(field.required(`${path}.expression`, "expression is not specified"));
  if (messageExpression !== "" && messageExpression.trim() === "")
    errors.push(field.invalid(`${path}.messageExpression`, messageExpression, blank));
  if (message !== "" && message.trim() === "") errors.push(field.invalid(`${path}.message`, message, blank));
  else if (/[\n\r]/.test(message.trim()))
    errors.push(field.invalid(`${path}.message`, message, "must not contain line breaks"));
  return [...errors, ...oneOfErrors(reason, REASONS, `${path}.reason`)];
}

/** Models validateAuditAnnotation. */
function annotationErrors(
  { key = "", valueExpression = "" }: AuditAnnotation,
  name: string,
  path: string,
): FieldError[] {
  const whole = `${name}/${key}`;
  const errors =
    name === ""
      ? [field.invalid(`${path}.key`, key, "requires metadata.name be non-empty")]
      : invalidEach(`${path}.key`, whole, labelKeyErrors(whole));
  const expression = valueExpression.trim();
  if (expression === "") errors.push(field.required(`${path}.valueExpression`, "valueExpression is not specified"));
  else if (byteLength(expression) > LONGEST_EXPRESSION)
    errors.push(field.required(`${path}.valueExpression`, `must not exceed ${LONGEST_EXPRESSION} bytes in length`));
  return errors;
}

/** Models kubernetes pkg/registry/admissionregistration/validatingadmissionpolicy/strategy.go. */
export const behaviour: KindBehaviour<ValidatingAdmissionPolicy> = {
  hasGeneration: true,
  setDefaults(policy) {
    policy.spec ??= {};
    setPolicyDefaults(policy.spec);
  },
  prepareForCreate(policy) {
    policy.status = {};
  },
  validate,
  validateUpdate: validate,
};
