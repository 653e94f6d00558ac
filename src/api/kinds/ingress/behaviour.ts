import { parseIp } from "../../meta/ip.ts";
import { dns1123LabelErrors, dns1123SubdomainErrors } from "../../meta/names.ts";
import { invalidEach } from "../../meta/object-meta.ts";
import {
  nameIsPathSegment,
  portNameErrors,
  portNumberErrors,
  wildcardSubdomainErrors,
} from "../../meta/value-rules.ts";
import { type FieldError, field } from "../../status.ts";
import type { HTTPIngressPath, Ingress, IngressBackend } from "../../types/networking.ts";
import type { KindBehaviour } from "../kind.ts";
import { balancerStatusErrors, balancerStatusWarnings } from "./status.ts";

const PATH_TYPES = ["Exact", "ImplementationSpecific", "Prefix"];
const CLASS_ANNOTATION = "kubernetes.io/ingress.class";

/** Models ValidateIngressSpec of kubernetes pkg/apis/networking/validation/validation.go. */
function validate({ spec = {} }: Ingress): FieldError[] {
  const errors: FieldError[] = [];
  const rules = spec.rules ?? [];
  if (rules.length === 0 && !spec.defaultBackend)
    errors.push(field.invalid("spec", spec.rules ? [] : null, "either `defaultBackend` or `rules` must be specified"));
  if (spec.defaultBackend) errors.push(...backendErrors(spec.defaultBackend, "spec.defaultBackend"));
  for (const [i, { host, http }] of rules.entries()) {
    const path = `spec.rules[${i}]`;
    if (host && parseIp(host))
      errors.push(field.invalid(`${path}.host`, host, "must be a DNS name, not an IP address"));
    if (host) errors.push(...hostErrors(host, `${path}.host`));
    if (!http) continue;
    if (!http.paths?.length) errors.push(field.required(`${path}.http.paths`));
    for (const [j, entry] of (http.paths ?? []).entries())
      errors.push(...pathErrors(entry, `${path}.http.paths[${j}]`));
  }
  for (const [i, { hosts, secretName }] of (spec.tls ?? []).entries()) {
    for (const [j, host] of (hosts ?? []).entries()) errors.push(...hostErrors(host, `spec.tls[${i}].hosts[${j}]`));
    if (secretName)
      errors.push(...invalidEach(`spec.tls[${i}].secretName`, secretName, dns1123SubdomainErrors(secretName)));
  }
  const name = spec.ingressClassName;
  if (name !== undefined) errors.push(...invalidEach("spec.ingressClassName", name, dns1123SubdomainErrors(name)));
  return errors;
}

function hostErrors(host: string, path: string): FieldError[] {
  return invalidEach(path, host, host.includes("*") ? wildcardSubdomainErrors(host) : dns1123SubdomainErrors(host));
}

function pathErrors({ path = "", pathType, backend }: HTTPIngressPath, at: string): FieldError[] {
  if (pathType === undefined) return [field.required(`${at}.pathType`, "pathType must be specified")];
  const errors: FieldError[] = [];
  if (pathType === "Exact" || pathType === "Prefix") {
    if (!path.startsWith("/")) errors.push(field.invalid(`${at}.path`, path, "must be an absolute path"));
    for (const text of ["//", "/./", "/../", "%2f", "%2F"])
      if (path.includes(text)) errors.push(field.invalid(`${at}.path`, path, `must not contain '${text}'`));
    for (const text of ["/..", "/."])
      if (path.endsWith(text)) errors.push(field.invalid(`${at}.path`, path, `cannot end with '${text}'`));
  } else if (pathType === "ImplementationSpecific") {
    if (path && !path.startsWith("/")) errors.push(field.invalid(`${at}.path`, path, "must be an absolute path"));
  } else errors.push(field.notSupported(`${at}.pathType`, pathType, PATH_TYPES));
  return [...errors, ...backendErrors(backend ?? {}, `${at}.backend`)];
}

function backendErrors({ service, resource }: IngressBackend, path: string): FieldError[] {
  if (service && resource) return [field.invalid(path, "", "cannot set both resource and service backends")];
  if (resource) {
    const { apiGroup, kind, name } = resource;
    const errors =
      apiGroup === undefined
        ? []
        : invalidEach(`${path}.resource.apiGroup`, apiGroup, dns1123SubdomainErrors(apiGroup));
    for (const [member, value] of Object.entries({ kind, name }))
      if (value) errors.push(...invalidEach(`${path}.resource.${member}`, value, nameIsPathSegment(value, false)));
      else errors.push(field.required(`${path}.resource.${member}`));
    return errors;
  }
  if (!service) return [field.invalid(path, "", "resource or service backend is required")];
  const errors = service.name
    ? invalidEach(`${path}.service.name`, service.name, dns1123LabelErrors(service.name))
    : [field.required(`${path}.service.name`)];
  const { name, number } = service.port ?? {};
  if (name && number) errors.push(field.invalid(path, "", "cannot set both port name & port number"));
  else if (name) errors.push(...invalidEach(`${path}.service.port.name`, name, portNameErrors(name)));
  else if (number) errors.push(...invalidEach(`${path}.service.port.number`, number, portNumberErrors(number)));
  else errors.push(field.required(path, "port name or number is required"));
  return errors;
}

/** Models kubernetes pkg/registry/networking/ingress/strategy.go. */
export const behaviour: KindBehaviour<Ingress> = {
  hasGeneration: true,
  setDefaults(ingress) {
    ingress.spec ??= {};
    ingress.status ??= {};
    ingress.status.loadBalancer ??= {};
  },
  prepareForCreate(ingress) {
    ingress.status = { loadBalancer: {} };
  },
  validate(ingress) {
    const errors = validate(ingress);
    const annotation = ingress.metadata.annotations?.[CLASS_ANNOTATION];
    const name = ingress.spec?.ingressClassName;
    if (annotation !== undefined && name !== undefined && annotation !== name) {
      const text = "must match `ingressClassName` when both are specified";
      errors.push(field.invalid(`annotations.${CLASS_ANNOTATION}`, annotation, text));
    }
    return errors;
  },
  validateUpdate: validate,
  validateStatusUpdate: (next, previous) =>
    balancerStatusErrors(next.status?.loadBalancer, previous.status?.loadBalancer),
  warnings({ metadata, spec, status }, previous, { subresource }) {
    if (subresource === "status") return balancerStatusWarnings(status?.loadBalancer);
    return !previous && metadata.annotations?.[CLASS_ANNOTATION] !== undefined && spec?.ingressClassName === undefined
      ? [`annotation "${CLASS_ANNOTATION}" is deprecated, please use 'spec.ingressClassName' instead`]
      : [];
  },
};
