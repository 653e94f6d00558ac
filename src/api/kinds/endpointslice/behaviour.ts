import { equal } from "../../json.ts";
import { ipErrors, ipWarnings, legacyIpErrors, parseIp } from "../../meta/ip.ts";
import { dns1123LabelErrors, dns1123SubdomainErrors, labelKeyErrors, labelValueErrors } from "../../meta/names.ts";
import { immutableErrors, invalidEach } from "../../meta/object-meta.ts";
import { type FieldError, field } from "../../status.ts";
import type { Endpoint, EndpointPort, EndpointSlice } from "../../types/discovery.ts";
import type { KindBehaviour } from "../kind.ts";
import { endpointIpErrors, PROTOCOLS } from "../shared-rules.ts";

const TYPES = ["FQDN", "IPv4", "IPv6"];
const MOST_HINTS = 8;

/** Models ValidateEndpointSlice of kubernetes pkg/apis/discovery/validation/validation.go. */
function validate(slice: EndpointSlice, previous?: EndpointSlice): FieldError[] {
  const errors: FieldError[] = [];
  if (!slice.addressType) errors.push(field.required("addressType"));
  else if (!TYPES.includes(slice.addressType)) errors.push(field.notSupported("addressType", slice.addressType, TYPES));
  errors.push(...portsErrors(slice.ports ?? []));
  if (!previous || !equal(previous.endpoints ?? [], slice.endpoints ?? [])) errors.push(...endpointsErrors(slice));
  return errors;
}

function portsErrors(ports: EndpointPort[]): FieldError[] {
  if (ports.length > 20000) return [field.tooMany("ports", ports.length, 20000)];
  const errors: FieldError[] = [];
  const names = new Set<string>();
  for (const [i, { name = "", protocol, appProtocol }] of ports.entries()) {
    const path = `ports[${i}]`;
    if (name) errors.push(...invalidEach(`${path}.name`, name, dns1123LabelErrors(name)));
    if (names.has(name)) errors.push(field.duplicate(`${path}.name`, name));
    names.add(name);
    if (!PROTOCOLS.includes(protocol!)) errors.push(field.notSupported(`${path}.protocol`, protocol, PROTOCOLS));
    if (appProtocol !== undefined)
      errors.push(...invalidEach(`${path}.appProtocol`, appProtocol, labelKeyErrors(appProtocol)));
  }
  return errors;
}

function endpointsErrors({ endpoints: listed, addressType }: EndpointSlice): FieldError[] {
  const endpoints = listed ?? [];
  if (endpoints.length > 1000) return [field.tooMany("endpoints", endpoints.length, 1000)];
  return endpoints.flatMap((endpoint, i) => endpointErrors(endpoint, addressType, `endpoints[${i}]`));
}

function endpointErrors(endpoint: Endpoint, type: string | undefined, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const addresses = endpoint.addresses ?? [];
  if (addresses.length === 0) errors.push(field.required(`${path}.addresses`, "must contain at least 1 address"));
  else if (addresses.length > 100) errors.push(field.tooMany(`${path}.addresses`, addresses.length, 100));
  for (const [i, address] of addresses.entries()) errors.push(...addressErrors(address, type, `${path}.addresses`, i));
  const { nodeName, hostname, hints } = endpoint;
  if (nodeName !== undefined)
    errors.push(...invalidEach(`${path}.nodeName`, nodeName, dns1123SubdomainErrors(nodeName)));
  if (hostname !== undefined) errors.push(...invalidEach(`${path}.hostname`, hostname, dns1123LabelErrors(hostname)));
  return [...errors, ...hintsErrors(hints ?? {}, `${path}.hints`)];
}

function hintsErrors({ forZones = [], forNodes = [] }: NonNullable<Endpoint["hints"]>, path: string): FieldError[] {
  const errors = hintErrors(forZones, `${path}.forZones`, labelValueErrors);
  return forZones.length > MOST_HINTS
    ? errors
    : [...errors, ...hintErrors(forNodes, `${path}.forNodes`, dns1123SubdomainErrors)];
}

function hintErrors(hints: { name?: string }[], path: string, complaints: (name: string) => string[]): FieldError[] {
  if (hints.length > MOST_HINTS) return [field.tooMany(path, hints.length, MOST_HINTS)];
  const names = hints.map(({ name = "" }) => name);
  return names.flatMap((name, i) => [
    ...(names.indexOf(name) < i ? [field.duplicate(`${path}[${i}].name`, name)] : []),
    ...invalidEach(`${path}[${i}].name`, name, complaints(name)),
  ]);
}

function addressErrors(address: string, type: string | undefined, path: string, index: number): FieldError[] {
  const at = `${path}[${index}]`;
  if (type === "FQDN") {
    if (!address) return [field.required(at)];
    const name = address.endsWith(".") ? address.slice(0, -1) : address;
    const complaints = dns1123SubdomainErrors(name);
    if (complaints.length > 0) return [field.invalid(at, name, complaints.join(","))];
    if (!name.includes("."))
      return [field.invalid(at, name, "should be a domain with at least two segments separated by dots")];
    return name.split(".").flatMap((label) => {
      const wrong = dns1123LabelErrors(label);
      return wrong.length > 0 ? [field.invalid(at, label, wrong.join(","))] : [];
    });
  }
  if (type !== "IPv4" && type !== "IPv6") return [];
  const errors = type === "IPv4" ? legacyIpErrors(at, address) : ipErrors(at, address);
  if (errors.length > 0) return errors;
  if (parseIp(address)?.family !== type) errors.push(field.invalid(path, address, `must be an ${type} address`));
  return [...errors, ...endpointIpErrors(at, address)];
}

function dropTopology({ endpoints }: EndpointSlice): void {
  // A stored slice without endpoints has null.
  for (const endpoint of endpoints ?? []) delete endpoint.deprecatedTopology;
}

/** Models kubernetes pkg/registry/discovery/endpointslice/strategy.go. */
export const behaviour: KindBehaviour<EndpointSlice> = {
  hasGeneration: true,
  setDefaults({ ports = [] }) {
    for (const port of ports) {
      port.name ??= "";
      port.protocol ??= "TCP";
    }
  },
  // What v1 does not write. Models dropTopologyOnV1.
  prepareForCreate: dropTopology,
  prepareForUpdate: dropTopology,
  alsoCounts: (next, previous) => !equal(next.metadata.labels ?? {}, previous.metadata.labels ?? {}),
  validate: (slice) => validate(slice),
  validateUpdate: (next, previous) => [
    ...validate(next, previous),
    ...immutableErrors(next.addressType, previous.addressType, "addressType"),
  ],
  warnings(next, previous) {
    const warnings =
      !previous && next.addressType === "FQDN" ? ["spec.addressType: FQDN endpoints are deprecated"] : [];
    if (next.addressType === "FQDN") return warnings;
    for (const [i, { addresses }] of (next.endpoints ?? []).entries())
      for (const [j, ip] of (addresses ?? []).entries())
        warnings.push(...ipWarnings(`endpoints[${i}].addresses[${j}]`, ip));
    return warnings;
  },
};
