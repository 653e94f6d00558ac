import { compareStrings } from "../../api/json.ts";
import { serviceNameOf } from "../../api/kinds/endpointslice/marks.ts";
import type { Snapshot } from "../../api/snapshot.ts";
import type { Endpoint, EndpointSlice } from "../../api/types/discovery.ts";
import type { NetNode } from "../cluster-view.ts";
import { externallyAccessible, type ServicePortInfo } from "./service-ports.ts";

/** One address and port behind a Service port. */
export interface ProxyEndpoint {
  address: string;
  port: number;
  endpoint: Endpoint;
}

export const isReady = ({ endpoint }: ProxyEndpoint) => endpoint.conditions?.ready !== false;
const isServing = ({ endpoint }: ProxyEndpoint) => endpoint.conditions?.serving !== false;
const isTerminating = ({ endpoint }: ProxyEndpoint) => endpoint.conditions?.terminating === true;
export const isLocal = ({ endpoint }: ProxyEndpoint, node: string) => endpoint.nodeName === node;

/** All endpoints of a Service port, from its EndpointSlices, by their texts `address:port`. Models kubernetes pkg/proxy/endpointslicecache.go. */
export function endpointsOf(snapshot: Snapshot, service: ServicePortInfo): ProxyEndpoint[] {
  const found = new Map<string, ProxyEndpoint>();
  for (const slice of snapshot.list<EndpointSlice>("endpointslices.discovery.k8s.io", service.namespace)) {
    if (serviceNameOf(slice) !== service.name || slice.addressType !== "IPv4") continue;
    const port = slice.ports?.find(
      (candidate) => (candidate.name ?? "") === service.portName && (candidate.protocol ?? "TCP") === service.protocol,
    )?.port;
    if (port === undefined) continue;
    for (const endpoint of slice.endpoints ?? []) {
      const address = endpoint.addresses[0];
      if (address === undefined) continue;
      // An address may be a running pod's and still that of one that goes: then the running one counts.
      const key = `${address}:${port}`;
      const item = { address, port, endpoint };
      if (!found.has(key) || !isTerminating(item)) found.set(key, item);
    }
  }
  return [...found].sort(([a], [b]) => compareStrings(a, b)).map(([, item]) => item);
}

export interface Categorized {
  cluster: ProxyEndpoint[];
  local: ProxyEndpoint[];
  /** Some endpoint is usable somewhere in the cluster. */
  any: boolean;
}

/** Which endpoints a node uses under which policy. Models kubernetes pkg/proxy/topology.go CategorizeEndpoints. */
export function categorize(endpoints: readonly ProxyEndpoint[], service: ServicePortInfo, node: NetNode): Categorized {
  const result: Categorized = { cluster: [], local: [], any: false };
  const lingering = endpoints.filter((item) => isServing(item) && isTerminating(item));
  if (!service.internalLocal || externallyAccessible(service)) {
    const ready = endpoints.filter(isReady);
    result.cluster = ready.filter(topologyFilter(ready, node));
    if (result.cluster.length === 0) result.cluster = lingering;
    if (result.cluster.length > 0) result.any = true;
  }
  if (service.internalLocal || (service.externalLocal && externallyAccessible(service))) {
    result.any ||= lingering.length > 0 || endpoints.some(isReady);
    const here = (item: ProxyEndpoint) => isLocal(item, node.name);
    const ready = endpoints.filter((item) => isReady(item) && here(item));
    result.local = ready.length > 0 ? ready : lingering.filter(here);
  }
  return result;
}

/** Models topologyModeFromHints and availableForTopology: same node, else same zone, else everywhere. */
function topologyFilter(ready: readonly ProxyEndpoint[], node: NetNode): (item: ProxyEndpoint) => boolean {
  const zone = node.labels["topology.kubernetes.io/zone"] ?? "";
  const nodes = (item: ProxyEndpoint) => item.endpoint.hints?.forNodes ?? [];
  const zones = (item: ProxyEndpoint) => item.endpoint.hints?.forZones ?? [];
  const forNode = (item: ProxyEndpoint) => nodes(item).some((hint) => hint.name === node.name);
  const forZone = (item: ProxyEndpoint) => zones(item).some((hint) => hint.name === zone);
  if (ready.every((item) => nodes(item).length > 0) && ready.some(forNode)) return forNode;
  if (ready.every((item) => zones(item).length > 0) && ready.some(forZone)) return forZone;
  return () => true;
}
