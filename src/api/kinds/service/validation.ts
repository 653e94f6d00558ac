import { legacyCidrErrors, legacyIpErrors, parseIp } from "../../meta/ip.ts";
import { dns1123LabelErrors, dns1123SubdomainErrors, labelKeyErrors } from "../../meta/names.ts";
import { invalidEach, labelsErrors } from "../../meta/object-meta.ts";
import { portNumberErrors } from "../../meta/value-rules.ts";
import { type FieldError, field } from "../../status.ts";
import type { Service, ServicePort } from "../../types/core.ts";
import { endpointIpErrors, PROTOCOLS, portNumberOrNameErrors } from "../shared-rules.ts";
import { clusterIpsErrors, clusterIpsUpdateErrors, ipFamiliesUpdateErrors } from "./cluster-ips.ts";
import { externallyAccessible, isHeadless, needsHealthCheckNodePort } from "./rules.ts";

/** Models validateService, ValidateServiceUpdate and ValidateServiceStatusUpdate of kubernetes pkg/apis/core/validation/validation.go. */

const TYPES = ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"];
const TRAFFIC_POLICIES = ["Cluster", "Local"];
const DISTRIBUTIONS = ["PreferClose", "PreferSameZone", "PreferSameNode"];
const MAX_AFFINITY_SECONDS = 86400;
const TOPOLOGY_HINTS = "service.kubernetes.io/topology-aware-hints";
const TOPOLOGY_MODE = "service.kubernetes.io/topology-mode";
const SOURCE_RANGES = "service.beta.kubernetes.io/load-balancer-source-ranges";
const ONLY_LOAD_BALANCER = "may only be used when `type` is 'LoadBalancer'";

/** Not of metadata, which all kinds share. `previous`: what was stored, undefined on creation. */
export function validateService(service: Service, previous: Service | undefined): FieldError[] {
  const spec = service.spec ?? {};
  const errors: FieldError[] = [];
  const { annotations } = service.metadata;
  const mode = annotations?.[TOPOLOGY_MODE];
  const hints = annotations?.[TOPOLOGY_HINTS];
  if (mode !== undefined && hints !== undefined && mode !== hints) {
    const text = `must match annotations[${TOPOLOGY_HINTS}] when both are specified`;
    errors.push(field.invalid(`metadata.annotations[${TOPOLOGY_MODE}]`, mode, text));
  }
  if (!spec.ports?.length && !isHeadless(service) && spec.type !== "ExternalName")
    errors.push(field.required("spec.ports"));
  errors.push(...typeErrors(service));
  const names = new Set<string>();
  const requireName = (spec.ports?.length ?? 0) > 1;
  for (const [i, port] of (spec.ports ?? []).entries())
    errors.push(...portErrors(port, requireName, names, `spec.ports[${i}]`));
  errors.push(...labelsErrors(spec.selector, "spec.selector"), ...affinityErrors(service));
  errors.push(...clusterIpsErrors(service, previous));
  for (const [i, ip] of (spec.externalIPs ?? []).entries()) {
    const path = `spec.externalIPs[${i}]`;
    const found = legacyIpErrors(path, ip, previous?.spec?.externalIPs);
    errors.push(...(found.length > 0 ? found : endpointIpErrors(path, ip)));
  }
  if (!spec.type) errors.push(field.required("spec.type"));
  else if (!TYPES.includes(spec.type)) errors.push(field.notSupported("spec.type", spec.type, TYPES));
  errors.push(...portsTogetherErrors(service), ...sourceRangesErrors(service, previous));
  if (spec.allocateLoadBalancerNodePorts !== undefined && spec.type !== "LoadBalancer")
    errors.push(field.forbidden("spec.allocateLoadBalancerNodePorts", ONLY_LOAD_BALANCER));
  if (spec.allocateLoadBalancerNodePorts === undefined && spec.type === "LoadBalancer")
    errors.push(field.required("allocateLoadBalancerNodePorts"));
  errors.push(...loadBalancerClassErrors(service, undefined), ...trafficErrors(service));
  return errors;
}

/** Not of metadata. */
export function validateServiceUpdate(service: Service, previous: Service): FieldError[] {
  const errors = [
    ...clusterIpsUpdateErrors(service, previous),
    ...ipFamiliesUpdateErrors(service, previous),
    ...loadBalancerClassErrors(service, previous),
  ];
  if (
    needsHealthCheckNodePort(previous) &&
    needsHealthCheckNodePort(service) &&
    service.spec?.healthCheckNodePort !== previous.spec?.healthCheckNodePort
  )
    errors.push(field.forbidden("spec.healthCheckNodePort", "field is immutable"));
  return [...errors, ...validateService(service, previous)];
}

function typeErrors(service: Service): FieldError[] {
  const { spec = {} } = service;
  if ((spec.type === "LoadBalancer" || spec.type === "NodePort") && isHeadless(service)) {
    const text = `may not be set to 'None' for ${spec.type} services`;
    return [field.invalid("spec.clusterIPs[0]", spec.clusterIPs![0], text)];
  }
  if (spec.type !== "ExternalName") return [];
  const errors: FieldError[] = [];
  const text = "may not be set for ExternalName services";
  if (spec.clusterIPs?.length) errors.push(field.forbidden("spec.clusterIPs", text));
  if (spec.ipFamilies?.length) errors.push(field.forbidden("spec.ipFamilies", text));
  if (spec.ipFamilyPolicy !== undefined) errors.push(field.forbidden("spec.ipFamilyPolicy", text));
  const name = spec.externalName?.endsWith(".") ? spec.externalName.slice(0, -1) : spec.externalName;
  if (name) errors.push(...invalidEach("spec.externalName", name, dns1123SubdomainErrors(name)));
  else errors.push(field.required("spec.externalName"));
  return errors;
}

function portErrors(port: ServicePort, requireName: boolean, names: Set<string>, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (port.name) {
    errors.push(...invalidEach(`${path}.name`, port.name, dns1123LabelErrors(port.name)));
    if (names.has(port.name)) errors.push(field.duplicate(`${path}.name`, port.name));
    names.add(port.name);
  } else if (requireName) errors.push(field.required(`${path}.name`));
  const number = port.port ?? 0;
  errors.push(...invalidEach(`${path}.port`, number, portNumberErrors(number)));
  if (!port.protocol) errors.push(field.required(`${path}.protocol`));
  else if (!PROTOCOLS.includes(port.protocol))
    errors.push(field.notSupported(`${path}.protocol`, port.protocol, PROTOCOLS));
  errors.push(...portNumberOrNameErrors(`${path}.targetPort`, port.targetPort ?? 0));
  if (port.appProtocol !== undefined)
    errors.push(...invalidEach(`${path}.appProtocol`, port.appProtocol, labelKeyErrors(port.appProtocol)));
  return errors;
}

function affinityErrors({ spec = {} }: Service): FieldError[] {
  const path = "spec.sessionAffinityConfig";
  if (!spec.sessionAffinity) return [field.required("spec.sessionAffinity")];
  if (spec.sessionAffinity === "None")
    return spec.sessionAffinityConfig === undefined
      ? []
      : [field.forbidden(path, "must not be set when session affinity is None")];
  if (spec.sessionAffinity !== "ClientIP")
    return [field.notSupported("spec.sessionAffinity", spec.sessionAffinity, ["ClientIP", "None"])];
  const when = "when session affinity type is ClientIP";
  if (!spec.sessionAffinityConfig) return [field.required(path, when)];
  if (!spec.sessionAffinityConfig.clientIP) return [field.required(`${path}.clientIP`, when)];
  const seconds = spec.sessionAffinityConfig.clientIP.timeoutSeconds;
  if (seconds === undefined) return [field.required(`${path}.clientIP.timeoutSeconds`, when)];
  if (seconds > 0 && seconds <= MAX_AFFINITY_SECONDS) return [];
  const text = `must be greater than 0 and less than ${MAX_AFFINITY_SECONDS}`;
  return [field.invalid(`${path}.clientIP.timeoutSeconds`, seconds, text)];
}

function portsTogetherErrors({ spec = {} }: Service): FieldError[] {
  const errors: FieldError[] = [];
  const ports = spec.ports ?? [];
  if (spec.type === "ClusterIP")
    for (const [i, port] of ports.entries())
      if (port.nodePort)
        errors.push(field.forbidden(`spec.ports[${i}].nodePort`, "may not be used when `type` is 'ClusterIP'"));
  const nodePorts = new Set<string>();
  for (const [i, { nodePort, protocol }] of ports.entries()) {
    if (!nodePort) continue;
    const key = `${protocol}/${nodePort}`;
    if (nodePorts.has(key)) errors.push(field.duplicate(`spec.ports[${i}].nodePort`, nodePort));
    nodePorts.add(key);
  }
  const numbers = new Set<string>();
  for (const [i, { port, protocol }] of ports.entries()) {
    const key = `${protocol}/${port ?? 0}`;
    // The real one prints its internal structure, whose fields have no JSON names.
    if (numbers.has(key))
      errors.push(
        field.duplicate(`spec.ports[${i}]`, {
          Name: "",
          Protocol: protocol,
          AppProtocol: null,
          Port: port ?? 0,
          TargetPort: 0,
          NodePort: 0,
        }),
      );
    numbers.add(key);
  }
  return errors;
}

function sourceRangesErrors({ spec = {}, metadata }: Service, previous: Service | undefined): FieldError[] {
  const errors: FieldError[] = [];
  const notBalanced = spec.type !== "LoadBalancer";
  if (spec.loadBalancerSourceRanges?.length) {
    const path = "spec.LoadBalancerSourceRanges";
    if (notBalanced) errors.push(field.forbidden(path, ONLY_LOAD_BALANCER));
    const valid = previous?.spec?.loadBalancerSourceRanges?.map((value) => value.trim());
    for (const [i, value] of spec.loadBalancerSourceRanges.entries())
      errors.push(...legacyCidrErrors(`${path}[${i}]`, value.trim(), valid));
    return errors;
  }
  const annotation = metadata.annotations?.[SOURCE_RANGES];
  if (annotation === undefined) return errors;
  const path = `metadata.annotations[${SOURCE_RANGES}]`;
  if (notBalanced) errors.push(field.forbidden(path, ONLY_LOAD_BALANCER));
  if (previous?.metadata.annotations?.[SOURCE_RANGES] === annotation || annotation.trim() === "") return errors;
  for (const value of annotation.trim().split(",")) errors.push(...legacyCidrErrors(path, value.trim()));
  return errors;
}

function loadBalancerClassErrors({ spec = {} }: Service, previous: Service | undefined): FieldError[] {
  const path = "spec.loadBalancerClass";
  const name = spec.loadBalancerClass;
  if (spec.type !== "LoadBalancer") return name === undefined ? [] : [field.forbidden(path, ONLY_LOAD_BALANCER)];
  const errors: FieldError[] = [];
  if (previous?.spec?.type === "LoadBalancer" && previous.spec.loadBalancerClass !== name)
    errors.push(field.invalid(path, name ?? null, "may not change once set"));
  return name === undefined ? errors : [...errors, ...invalidEach(path, name, labelKeyErrors(name))];
}

function trafficErrors(service: Service): FieldError[] {
  const spec = service.spec ?? {};
  const errors: FieldError[] = [];
  const external = "spec.externalTrafficPolicy";
  if (!externallyAccessible(service)) {
    if (spec.externalTrafficPolicy)
      errors.push(
        field.invalid(external, spec.externalTrafficPolicy, "may only be set for externally-accessible services"),
      );
  } else if (!spec.externalTrafficPolicy) errors.push(field.required(external));
  else if (!TRAFFIC_POLICIES.includes(spec.externalTrafficPolicy))
    errors.push(field.notSupported(external, spec.externalTrafficPolicy, TRAFFIC_POLICIES));
  const health = spec.healthCheckNodePort ?? 0;
  const path = "spec.healthCheckNodePort";
  if (needsHealthCheckNodePort(service)) {
    if (health === 0) errors.push(field.required(path));
    else errors.push(...invalidEach(path, health, portNumberErrors(health)));
  } else if (health !== 0) {
    const text = "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'";
    errors.push(field.invalid(path, health, text));
  }
  const internal = spec.internalTrafficPolicy;
  if (internal === undefined) {
    if (spec.type === "NodePort" || spec.type === "LoadBalancer" || spec.type === "ClusterIP")
      errors.push(field.required("spec.internalTrafficPolicy"));
  } else if (!TRAFFIC_POLICIES.includes(internal))
    errors.push(field.notSupported("spec.internalTrafficPolicy", internal, TRAFFIC_POLICIES));
  if (spec.trafficDistribution !== undefined && !DISTRIBUTIONS.includes(spec.trafficDistribution))
    errors.push(field.notSupported("spec.trafficDistribution", spec.trafficDistribution, DISTRIBUTIONS));
  return errors;
}

/** Models ValidateLoadBalancerStatus. */
export function validateServiceStatusUpdate(service: Service, previous: Service): FieldError[] {
  const path = "status.loadBalancer.ingress";
  const entries = service.status?.loadBalancer?.ingress ?? [];
  if (service.spec?.type !== "LoadBalancer")
    return entries.length === 0 ? [] : [field.forbidden(path, "may only be used when `spec.type` is 'LoadBalancer'")];
  const errors: FieldError[] = [];
  const valid = (previous.status?.loadBalancer?.ingress ?? []).flatMap(({ ip }) => (ip ? [ip] : []));
  for (const [i, { ip, ipMode, hostname }] of entries.entries()) {
    const at = `${path}[${i}]`;
    if (ip) errors.push(...legacyIpErrors(`${at}.ip`, ip, valid));
    if (ipMode === undefined) {
      if (ip) errors.push(field.required(`${at}.ipMode`, "must be specified when `ip` is set"));
    } else if (!ip) errors.push(field.forbidden(`${at}.ipMode`, "may not be specified when `ip` is not set"));
    else if (ipMode !== "VIP" && ipMode !== "Proxy")
      errors.push(field.notSupported(`${at}.ipMode`, ipMode, ["Proxy", "VIP"]));
    if (!hostname) continue;
    errors.push(...invalidEach(`${at}.hostname`, hostname, dns1123SubdomainErrors(hostname)));
    if (parseIp(hostname))
      errors.push(field.invalid(`${at}.hostname`, hostname, "must be a DNS name, not an IP address"));
  }
  return errors;
}
