import { type FieldError, field } from "../../status.ts";
import { oneOfErrors } from "../admission-rules.ts";
import type { KindBehaviour } from "../kind.ts";
import { bindingErrors, type PolicyBinding, setBindingDefaults } from "../policy-rules.ts";

const ACTIONS = ["Audit", "Deny", "Warn"];

/** Models validateValidatingAdmissionPolicyBindingSpec of kubernetes pkg/apis/admissionregistration/validation/validation.go. */
function validate({ spec = {} }: PolicyBinding): FieldError[] {
  return [...bindingErrors(spec, false), ...actionsErrors(spec.validationActions ?? [], "spec.validationActions")];
}

function actionsErrors(actions: string[], path: string): FieldError[] {
  if (actions.length === 0) return [field.required(path, "at least one validation action is required")];
  const errors = actions.flatMap((action, i) => [
    ...oneOfErrors(action, ACTIONS, `${path}[${i}]`),
    ...(actions.indexOf(action) < i ? [field.duplicate(`${path}[${i}]`, action)] : []),
  ]);
  if (actions.includes("Deny") && actions.includes("Warn"))
    errors.push(
      field.invalid(
        path,
        actions,
        "must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)",
      ),
    );
  return errors;
}

/** Models kubernetes pkg/registry/admissionregistration/validatingadmissionpolicybinding/strategy.go. */
export const behaviour: KindBehaviour<PolicyBinding> = {
  hasGeneration: true,
  setDefaults: ({ spec }) => setBindingDefaults(spec),
  validate,
  validateUpdate: validate,
};
