import type { EndpointPort } from "../../api/types/discovery.ts";
import { byHash } from "../endpoints/subsets.ts";

/**
 * The ports of a slice in the order in which the controllers write them: that of the hashes of what k8s.io/utils/dump.ForHash writes.
 * Models k8s.io/endpointslice/util NewPortMapKey, which sorts what it makes a key of.
 */
export function slicePorts(ports: EndpointPort[]): EndpointPort[] {
  return byHash(ports, ({ name, protocol, port, appProtocol }) => {
    const text = (member: string, type: string, value: string | number | undefined) =>
      `${member}:(*${type})${value ?? "<nil>"}`;
    const members = [
      text("Name", "string", name),
      text("Protocol", "v1.Protocol", protocol),
      text("Port", "int32", port),
      text("AppProtocol", "string", appProtocol),
    ];
    return `(v1.EndpointPort){${members.join(" ")}}`;
  });
}
