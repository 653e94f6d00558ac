import type { KindBehaviour } from "../kind.ts";
import { bindingErrors, type PolicyBinding, setBindingDefaults } from "../policy-rules.ts";

const validate = ({ spec = {} }: PolicyBinding) => bindingErrors(spec, true);

/** Models kubernetes pkg/registry/admissionregistration/mutatingadmissionpolicybinding/strategy.go. */
export const behaviour: KindBehaviour<PolicyBinding> = {
  hasGeneration: true,
  setDefaults: ({ spec }) => setBindingDefaults(spec),
  validate,
  validateUpdate: validate,
};
