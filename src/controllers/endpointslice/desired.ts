import type { IndexedSnapshot } from "../../api/indexes.ts";
import { byLabel } from "../../api/indexes.ts";
import { isReady } from "../../api/kinds/pod/state.ts";
import { targetPortOf } from "../../api/kinds/service/target-port.ts";
import type { Node, Pod, Service } from "../../api/types/core.ts";
import type { Endpoint, EndpointPort } from "../../api/types/discovery.ts";
import { slicePorts } from "./ports.ts";

/** Endpoints that have the same ports: what goes into the same slices. */
export interface EndpointGroup {
  ports: EndpointPort[];
  endpoints: Endpoint[];
}

/** The pods that a Service selects, in key order; none for a Service without selector. */
export function selectedPods(snapshot: IndexedSnapshot, service: Service): Pod[] {
  const wanted = Object.entries(service.spec?.selector ?? {});
  const first = wanted[0];
  if (!first) return [];
  return snapshot
    .listBy<Pod>("pods", byLabel, `${first[0]}=${first[1]}`)
    .filter((pod) => pod.metadata.namespace === service.metadata.namespace)
    .filter((pod) => wanted.every(([key, value]) => pod.metadata.labels?.[key] === value));
}

/** Models podutil ShouldPodBeInEndpoints (with terminating pods, as EndpointSlices have them). */
export function hasEndpoint(pod: Pod): boolean {
  return !!pod.status?.podIP && pod.status.phase !== "Failed" && pod.status.phase !== "Succeeded";
}

/** Models staging/src/k8s.io/endpointslice utils.go getEndpointPorts. */
function portsOf(service: Service, pod: Pod): EndpointPort[] {
  const ports = (service.spec?.ports ?? []).flatMap((port): EndpointPort[] => {
    const number = targetPortOf(pod, port);
    if (number === undefined) return [];
    return [
      {
        name: port.name ?? "",
        port: number,
        protocol: port.protocol ?? "TCP",
        ...(port.appProtocol ? { appProtocol: port.appProtocol } : {}),
      },
    ];
  });
  return slicePorts(ports);
}

/** Models utils.go podToEndpoint. */
function endpointOf(service: Service, pod: Pod, node: Node | undefined): Endpoint {
  const serving = isReady(pod);
  const terminating = !!pod.metadata.deletionTimestamp;
  const ready = !!service.spec?.publishNotReadyAddresses || (serving && !terminating);
  const zone = node?.metadata.labels?.["topology.kubernetes.io/zone"];
  const hostname =
    pod.spec?.hostname && pod.spec.subdomain === service.metadata.name ? { hostname: pod.spec.hostname } : {};
  return {
    addresses: [pod.status!.podIP!],
    conditions: { ready, serving, terminating },
    ...hostname,
    targetRef: { kind: "Pod", namespace: pod.metadata.namespace!, name: pod.metadata.name!, uid: pod.metadata.uid! },
    ...(pod.spec?.nodeName ? { nodeName: pod.spec.nodeName } : {}),
    ...(zone ? { zone } : {}),
  };
}

/** What the slices of a Service are to hold. */
export function desiredGroups(snapshot: IndexedSnapshot, service: Service): EndpointGroup[] {
  const groups = new Map<string, EndpointGroup>();
  for (const pod of selectedPods(snapshot, service).filter(hasEndpoint)) {
    const ports = portsOf(service, pod);
    const key = JSON.stringify(ports);
    const group = groups.get(key) ?? { ports, endpoints: [] };
    groups.set(key, group);
    group.endpoints.push(endpointOf(service, pod, snapshot.get<Node>("nodes", "", pod.spec?.nodeName ?? "")));
  }
  return [...groups.values()];
}
