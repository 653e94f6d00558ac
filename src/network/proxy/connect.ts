import type { Snapshot } from "../../api/snapshot.ts";
import type { Pod } from "../../api/types/core.ts";
import { inCidr, isLoopback } from "../address.ts";
import { type ClusterView, clusterView, type NetNode } from "../cluster-view.ts";
import { nodeListener, podListener } from "../listeners.ts";
import type { Location } from "../location.ts";
import type { NetworkPath, Protocol } from "../path.ts";
import { fromHost } from "./from-host.ts";
import { enterNode } from "./node.ts";
import { type Pick, roundPick } from "./spread.ts";
import { Trail } from "./trail.ts";

export interface ConnectRequest {
  from: Location;
  /** An address; names are resolved before. */
  to: string;
  port: number;
  protocol: Protocol;
}

/**
 * Decides the fate of a connection: which hops it takes, what rewrites its addresses, who answers. Pure: what it leaves behind is in
 * `effects`. `pick` spreads over endpoints; absent: even rounds by the cluster's seed.
 */
export function connect(snapshot: Snapshot, request: ConnectRequest, pick?: Pick): NetworkPath {
  const view = clusterView(snapshot);
  const trail = new Trail(view, request, pick ?? roundPick(snapshot.cluster.seed));
  const { from, to } = request;
  if (to.includes(":") && to !== "::1") return trail.end("noRoute", `no IPv6 route to ${to}`);
  if (from.kind === "pod") {
    const pod = snapshot.get<Pod>("pods", from.namespace, from.name);
    if (!pod) return trail.end("noRoute", `no pod ${from.namespace}/${from.name}`);
    return fromPod(view, trail, pod);
  }
  const nodeName = from.kind === "node" ? from.name : view.profile.host.node;
  if (nodeName === undefined) return fromHost(view, trail);
  if (from.kind === "host") trail.hop({ kind: "host", name: "host", address: view.profile.host.address });
  const node = view.node(nodeName);
  return node ? fromNode(view, trail, node) : trail.end("noRoute", `no node ${nodeName}`);
}

function fromPod(view: ClusterView, trail: Trail, pod: Pod): NetworkPath {
  const { to, port, protocol } = trail.request;
  const address = pod.status?.podIP;
  trail.hop({
    kind: "pod",
    name: pod.metadata.name!,
    namespace: pod.metadata.namespace!,
    ...(address ? { address } : {}),
  });
  const node = view.node(pod.spec?.nodeName ?? "");
  if (pod.spec?.hostNetwork) return node ? fromNode(view, trail, node) : trail.end("noRoute", "the pod is on no node");
  if (isLoopback(to) || to === address) {
    const listener = podListener(view.snapshot, pod, port, protocol, true);
    const source = to === "::1" || to === address ? to : "127.0.0.1";
    if (listener) return trail.answered(listener, source, `listens in the pod itself on ${port}`);
    return trail.end("refused", `nothing in the pod itself listens on ${to}:${port}`);
  }
  if (!node || !address) return trail.end("noRoute", "the pod has no network yet");
  return enterNode(view, trail, node, { source: address, fromNode: false, to, port, protocol });
}

function fromNode(view: ClusterView, trail: Trail, node: NetNode): NetworkPath {
  const { to, port, protocol } = trail.request;
  trail.hop({ kind: "node", name: node.name, ...(node.internalIP ? { address: node.internalIP } : {}) });
  if (to === "::1") {
    // localhost NodePorts are IPv4's alone; what listens on all addresses answers.
    const listener = nodeListener(view, node, port, protocol, true);
    if (listener) return trail.answered(listener, "::1", `listens on ${node.name}`);
    return trail.end("refused", `nothing on ${node.name} listens on [::1]:${port}`);
  }
  const local = isLoopback(to);
  const source = local
    ? "127.0.0.1"
    : inCidr(to, view.profile.clusterCIDR)
      ? (node.bridge ?? "")
      : (node.internalIP ?? "");
  return enterNode(view, trail, node, { source, fromNode: true, to: local ? "127.0.0.1" : to, port, protocol }, true);
}
