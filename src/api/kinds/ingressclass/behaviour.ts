import { byteLength } from "../../encoding/text.ts";
import { dns1123LabelErrors, dns1123SubdomainErrors, patternComplaint } from "../../meta/names.ts";
import { immutableErrors, invalidEach } from "../../meta/object-meta.ts";
import { nameIsPathSegment } from "../../meta/value-rules.ts";
import { type FieldError, field } from "../../status.ts";
import type { IngressClass, IngressClassParametersReference } from "../../types/networking.ts";
import type { KindBehaviour } from "../kind.ts";

const SCOPES = ["Cluster", "Namespace"];
const MAX_CONTROLLER = 250;
const PATH = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";

/** Models validateIngressClassSpec of kubernetes pkg/apis/networking/validation/validation.go. */
function validate({ spec = {} }: IngressClass): FieldError[] {
  const { controller = "", parameters } = spec;
  const errors: FieldError[] = [];
  if (byteLength(controller) > MAX_CONTROLLER) errors.push(field.tooLong("spec.controller", MAX_CONTROLLER));
  return [...errors, ...controllerErrors(controller), ...(parameters ? parametersErrors(parameters) : [])];
}

/** Models IsDomainPrefixedPath of k8s.io/apimachinery pkg/util/validation. */
function controllerErrors(controller: string): FieldError[] {
  const path = "spec.controller";
  if (controller === "") return [field.required(path)];
  const at = controller.indexOf("/");
  const [host, rest] = [controller.slice(0, at), controller.slice(at + 1)];
  if (at <= 0 || rest === "")
    return [field.invalid(path, controller, 'must be a domain-prefixed path (such as "acme.io/foo")')];
  const errors = invalidEach(path, host, dns1123SubdomainErrors(host));
  if (!new RegExp(`^${PATH}$`).test(rest))
    errors.push(field.invalid(path, rest, patternComplaint("Invalid path", PATH)));
  return errors;
}

/** Models validateIngressClassParametersReference. */
function parametersErrors({ apiGroup, kind, name, scope, namespace }: IngressClassParametersReference): FieldError[] {
  const path = "spec.parameters";
  const errors: FieldError[] = [];
  if (apiGroup !== undefined)
    errors.push(...invalidEach(`${path}.apiGroup`, apiGroup, dns1123SubdomainErrors(apiGroup)));
  for (const [member, value] of [
    ["kind", kind],
    ["name", name],
  ] as const)
    if (value) errors.push(...invalidEach(`${path}.${member}`, value, nameIsPathSegment(value, false)));
    else errors.push(field.required(`${path}.${member}`));
  if (!SCOPES.includes(scope ?? "")) errors.push(field.notSupported(`${path}.scope`, scope, SCOPES));
  else if (scope === "Namespace") {
    if (namespace === undefined)
      errors.push(field.required(`${path}.namespace`, "`parameters.scope` is set to 'Namespace'"));
    else errors.push(...invalidEach(`${path}.namespace`, namespace, dns1123LabelErrors(namespace)));
  } else if (namespace !== undefined)
    errors.push(field.forbidden(`${path}.namespace`, "`parameters.scope` is set to 'Cluster'"));
  return errors;
}

/** Models kubernetes pkg/registry/networking/ingressclass/strategy.go. */
export const behaviour: KindBehaviour<IngressClass> = {
  hasGeneration: true,
  setDefaults(ingressClass) {
    ingressClass.spec ??= {};
    if (ingressClass.spec.parameters) ingressClass.spec.parameters.scope ??= "Cluster";
  },
  validate,
  validateUpdate: (next, previous) => [
    ...immutableErrors(next.spec?.controller ?? "", previous.spec?.controller ?? "", "spec.controller"),
    ...validate(next),
  ],
};
