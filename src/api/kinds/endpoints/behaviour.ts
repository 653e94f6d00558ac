import { equal } from "../../json.ts";
import { ipWarnings, legacyIpErrors } from "../../meta/ip.ts";
import { dns1123LabelErrors, dns1123SubdomainErrors, labelKeyErrors } from "../../meta/names.ts";
import { invalidEach } from "../../meta/object-meta.ts";
import { portNumberErrors } from "../../meta/value-rules.ts";
import { type FieldError, field } from "../../status.ts";
import type { EndpointAddress, EndpointPort, Endpoints } from "../../types/core.ts";
import type { KindBehaviour } from "../kind.ts";
import { endpointIpErrors, PROTOCOLS } from "../shared-rules.ts";

/** Models validateEndpointSubsets of kubernetes pkg/apis/core/validation/validation.go. */
function validate({ subsets = [] }: Endpoints): FieldError[] {
  const errors: FieldError[] = [];
  for (const [i, subset] of subsets.entries()) {
    const path = `subsets[${i}]`;
    if (!subset.addresses?.length && !subset.notReadyAddresses?.length)
      errors.push(field.required(path, "must specify `addresses` or `notReadyAddresses`"));
    for (const list of ["addresses", "notReadyAddresses"] as const)
      for (const [j, address] of (subset[list] ?? []).entries())
        errors.push(...addressErrors(address, `${path}.${list}[${j}]`));
    for (const [j, port] of (subset.ports ?? []).entries())
      errors.push(...portErrors(port, subset.ports!.length > 1, `${path}.ports[${j}]`));
  }
  return errors;
}

function addressErrors({ ip = "", hostname, nodeName }: EndpointAddress, path: string): FieldError[] {
  const errors = legacyIpErrors(`${path}.ip`, ip);
  if (hostname) errors.push(...invalidEach(`${path}.hostname`, hostname, dns1123LabelErrors(hostname)));
  if (nodeName !== undefined)
    errors.push(...invalidEach(`${path}.nodeName`, nodeName, dns1123SubdomainErrors(nodeName)));
  return [...errors, ...endpointIpErrors(`${path}.ip`, ip)];
}

function portErrors(
  { name, port = 0, protocol, appProtocol }: EndpointPort,
  requireName: boolean,
  path: string,
): FieldError[] {
  const errors: FieldError[] = [];
  if (name) errors.push(...invalidEach(`${path}.name`, name, dns1123LabelErrors(name)));
  else if (requireName) errors.push(field.required(`${path}.name`));
  errors.push(...invalidEach(`${path}.port`, port, portNumberErrors(port)));
  if (!PROTOCOLS.includes(protocol!)) errors.push(field.notSupported(`${path}.protocol`, protocol, PROTOCOLS));
  if (appProtocol !== undefined)
    errors.push(...invalidEach(`${path}.appProtocol`, appProtocol, labelKeyErrors(appProtocol)));
  return errors;
}

/** Models kubernetes pkg/registry/core/endpoint/strategy.go. */
export const behaviour: KindBehaviour<Endpoints> = {
  setDefaults({ subsets = [] }) {
    for (const { ports = [] } of subsets) for (const port of ports) port.protocol ||= "TCP";
  },
  validate,
  validateUpdate: (next, previous) => (equal(next.subsets ?? [], previous.subsets ?? []) ? [] : validate(next)),
  warnings: ({ subsets = [] }) =>
    subsets.flatMap((subset, i) =>
      (["addresses", "notReadyAddresses"] as const).flatMap((list) =>
        (subset[list] ?? []).flatMap(({ ip }, j) => ipWarnings(`subsets[${i}].${list}[${j}].ip`, ip ?? "")),
      ),
    ),
};
