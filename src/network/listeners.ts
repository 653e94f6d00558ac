import type { Snapshot } from "../api/snapshot.ts";
import type { Container, Pod } from "../api/types/core.ts";
import { processOf } from "../images/catalogue.ts";
import type { ClusterView, NetNode } from "./cluster-view.ts";
import type { Listener, Protocol } from "./path.ts";
import { endpointsOf, isLocal, isReady } from "./proxy/endpoints.ts";
import { servicePorts } from "./proxy/service-ports.ts";

/** The container that listens on a port inside a pod's network; the first one wins, as the second cannot bind. */
export function podListener(
  snapshot: Snapshot,
  pod: Pod,
  port: number,
  protocol: Protocol,
  fromInside: boolean,
): Listener | undefined {
  for (const container of pod.spec?.containers ?? []) {
    if (!isRunning(pod, container)) continue;
    const bound = processOf(snapshot, pod, container).listens.find(
      (listen) => listen.port === port && listen.protocol === protocol && (fromInside || !listen.loopback),
    );
    if (bound) {
      return {
        kind: "container",
        namespace: pod.metadata.namespace ?? "default",
        pod: pod.metadata.name!,
        container: container.name,
        port,
      };
    }
  }
  return undefined;
}

function isRunning(pod: Pod, container: Container): boolean {
  const status = pod.status?.containerStatuses?.find((candidate) => candidate.name === container.name);
  return status ? status.state?.running !== undefined : pod.status?.phase === "Running";
}

/** What listens on a node itself: Kubernetes' own programs, health checks of Services, and pods on the host's network. */
export function nodeListener(
  view: ClusterView,
  node: NetNode,
  port: number,
  protocol: Protocol,
  loopback: boolean,
): Listener | undefined {
  const own = protocol === "TCP" ? nodeProcess(view, node, port, loopback) : undefined;
  if (own) return own;
  for (const pod of view.snapshot.list<Pod>("pods")) {
    if (!pod.spec?.hostNetwork || pod.spec.nodeName !== node.name) continue;
    const listener = podListener(view.snapshot, pod, port, protocol, loopback);
    if (listener) return listener;
  }
  return undefined;
}

function nodeProcess(view: ClusterView, node: NetNode, port: number, loopback: boolean): Listener | undefined {
  const process = (name: "kube-apiserver" | "kubelet" | "kube-proxy"): Listener => ({
    kind: "process",
    node: node.name,
    process: name,
    port,
  });
  const { apiServer } = view.profile;
  if (port === apiServer.port && node.internalIP === apiServer.address) return process("kube-apiserver");
  if (port === 10250 || (port === 10248 && loopback)) return process("kubelet");
  if (port === 10256 || (port === 10249 && loopback)) return process("kube-proxy");
  const checked = servicePorts(view.snapshot).find((service) => service.healthCheckNodePort === port);
  if (!checked) return undefined;
  return {
    kind: "healthCheck",
    node: node.name,
    namespace: checked.namespace,
    service: checked.name,
    localEndpoints: localReadyEndpoints(view.snapshot, checked.namespace, checked.name, node.name),
  };
}

/** How many addresses of a Service are ready on a node. Models kubernetes pkg/proxy EndpointsMap.LocalReadyEndpoints. */
export function localReadyEndpoints(snapshot: Snapshot, namespace: string, name: string, node: string): number {
  const addresses = new Set<string>();
  for (const port of servicePorts(snapshot)) {
    if (port.namespace !== namespace || port.name !== name) continue;
    for (const endpoint of endpointsOf(snapshot, port))
      if (isReady(endpoint) && isLocal(endpoint, node)) addresses.add(endpoint.address);
  }
  return addresses.size;
}
