import type { Pod } from "../../api/types/core.ts";
import { inCidr, isLoopback } from "../address.ts";
import type { ClusterView, NetNode } from "../cluster-view.ts";
import { nodeListener, podListener } from "../listeners.ts";
import { balancers } from "../load-balancer.ts";
import { outsideListener } from "../outside.ts";
import type { NetworkPath } from "../path.ts";
import { decide, type Packet, type ProxyDecision } from "./chains.ts";
import { servicePorts } from "./service-ports.ts";
import { throughBalancer } from "./through-balancer.ts";
import { ARP_TIMEOUT_MS, type Trail } from "./trail.ts";

/** A packet reaches (or leaves) a node: its rules, then its routes. `already` when the node stands on the trail. */
export function enterNode(
  view: ClusterView,
  trail: Trail,
  node: NetNode,
  packet: Packet,
  already = false,
): NetworkPath {
  if (!already) trail.hop({ kind: "node", name: node.name, ...(node.internalIP ? { address: node.internalIP } : {}) });
  if (++trail.entries > 8) return trail.end("dropped", "the packet goes round in a ring until its TTL ends it");
  const decision = decide(view, node, packet, trail.pick);
  switch (decision.kind) {
    case "endpoint":
      return toEndpoint(view, trail, node, packet, decision);
    case "reject":
      return trail.end("refused", decision.rule);
    case "drop":
      return trail.end("dropped", decision.rule);
    case "pass":
      return route(view, trail, node, packet, undefined);
  }
}

function toEndpoint(
  view: ClusterView,
  trail: Trail,
  node: NetNode,
  packet: Packet,
  decision: Extract<ProxyDecision, { kind: "endpoint" }>,
): NetworkPath {
  const { service, endpoint, capture } = decision;
  const named = { name: service.name, namespace: service.namespace };
  trail.effects.push(...decision.effects);
  trail.hop({ kind: capture, ...named, address: packet.to, port: packet.port, rule: decision.rule });
  if (capture !== "clusterIP")
    trail.hop({ kind: "clusterIP", ...named, address: service.clusterIP, port: service.port });
  trail.hop({ kind: "endpoint", ...named, address: endpoint.address, port: endpoint.port });
  trail.translate({
    kind: "DNAT",
    at: node.name,
    from: `${packet.to}:${packet.port}`,
    to: `${endpoint.address}:${endpoint.port}`,
    rule: decision.rule,
  });
  return route(view, trail, node, { ...packet, to: endpoint.address, port: endpoint.port }, decision.masquerade);
}

/** Where the node's routes send a packet that no Service has any more. `masquerade`: the mark it carries. */
function route(
  view: ClusterView,
  trail: Trail,
  node: NetNode,
  packet: Packet,
  masquerade: string | undefined,
): NetworkPath {
  const { to, port, protocol } = packet;
  const { profile } = view;
  const pod = view.podByAddress(to);
  if (pod) return toPod(view, trail, node, packet, pod, masquerade);

  if (isLoopback(to) || to === node.internalIP || to === node.bridge) {
    const hostPort = isLoopback(to) ? undefined : hostPortPod(view, node, port, protocol);
    if (hostPort)
      return toPod(
        view,
        trail,
        node,
        { ...packet, to: hostPort.pod.status!.podIP!, port: hostPort.port },
        hostPort.pod,
        masquerade,
      );
    const source = masquerade ? (node.internalIP ?? packet.source) : packet.source;
    const listener = nodeListener(view, node, port, protocol, isLoopback(to));
    if (listener) return trail.answered(listener, source, `${listener.kind} on ${node.name} listens on ${port}`);
    return trail.end("refused", `nothing on ${node.name} listens on ${port}`);
  }
  // What leaves for anywhere but pods takes the node's own address.
  const source = leaveNode(trail, node, packet, view, masquerade);
  const other = view.nodes.find((candidate) => candidate.internalIP === to || candidate.externalIP === to);
  if (other) {
    const inner = other.internalIP ?? to;
    if (inner !== to)
      trail.translate({
        kind: "DNAT",
        at: "internet gateway",
        from: to,
        to: inner,
        rule: `${to} belongs to ${other.name}`,
      });
    return enterNode(view, trail, other, { ...packet, source, fromNode: false, to: inner });
  }
  if (to === profile.apiServer.address && port === profile.apiServer.port)
    return trail.answered(
      { kind: "process", node: "control plane", process: "kube-apiserver", port },
      source,
      "the API server listens there",
    );
  if (to === profile.host.address && profile.host.node === undefined)
    return trail.end("refused", `nothing on the host listens on ${port}`);
  if (inCidr(to, profile.clusterCIDR)) return trail.end("noRoute", `no pod has the address ${to}`, ARP_TIMEOUT_MS);
  const balancer = balancers(view.snapshot).find((candidate) => candidate.address === to);
  if (balancer) return throughBalancer(view, trail, balancer, source);
  const outside = outsideListener(view.snapshot, to, port, protocol);
  if (outside.known) trail.hop({ kind: "outside", name: outside.name, address: to, port });
  if (outside.listener) return trail.answered(outside.listener, source, `${outside.name} listens on ${port}`);
  if (outside.known) return trail.end("refused", `${outside.name} does not listen on ${port}`);
  return trail.end("dropped", `${withoutPort(view, to, port, protocol)}no machine has the address ${to}`);
}

/** A packet to a Service's address that none of its ports has caught. */
function withoutPort(view: ClusterView, to: string, port: number, protocol: string): string {
  const known = servicePorts(view.snapshot).find(({ clusterIP }) => clusterIP === to);
  return known ? `${known.namespace}/${known.name} has no port ${port}/${protocol}, and ` : "";
}

function leaveNode(
  trail: Trail,
  node: NetNode,
  packet: Packet,
  view: ClusterView,
  masquerade: string | undefined,
): string {
  const own = node.internalIP ?? packet.source;
  if (packet.fromNode || packet.source === own) return own;
  const isPods = inCidr(packet.source, view.profile.clusterCIDR);
  if (!isPods && !masquerade) return packet.source;
  const rule = masquerade ?? "the network plug-in masquerades what pods send outside";
  trail.translate({ kind: "SNAT", at: node.name, from: packet.source, to: own, rule });
  return own;
}

function toPod(
  view: ClusterView,
  trail: Trail,
  node: NetNode,
  packet: Packet,
  pod: Pod,
  masquerade?: string,
): NetworkPath {
  const podNode = view.node(pod.spec?.nodeName ?? "") ?? node;
  const remote = podNode.name !== node.name;
  const own = (remote && view.profile.sourceAcrossNodes === "node" ? node.internalIP : node.bridge) ?? node.internalIP;
  let source = packet.source;
  if ((masquerade || packet.fromNode) && own !== undefined) {
    if (source !== own)
      trail.translate({
        kind: "SNAT",
        at: node.name,
        from: source,
        to: own,
        rule: masquerade ? `KUBE-POSTROUTING -> MASQUERADE (${masquerade})` : "the node speaks from its own address",
      });
    source = own;
  }
  if (remote)
    trail.hop({ kind: "node", name: podNode.name, ...(podNode.internalIP ? { address: podNode.internalIP } : {}) });
  const name = pod.metadata.name!;
  trail.hop({ kind: "pod", name, namespace: pod.metadata.namespace!, address: packet.to, port: packet.port });
  const listener = podListener(view.snapshot, pod, packet.port, packet.protocol, false);
  if (listener) return trail.answered(listener, source, `pod ${name} listens on ${packet.port}`);
  return trail.end("refused", `nothing in pod ${name} listens on ${packet.port}`);
}

/** The pod of a node that claims a port of the node by `hostPort` (the network plug-in's port mapping). */
function hostPortPod(view: ClusterView, node: NetNode, port: number, protocol: string) {
  for (const pod of view.snapshot.list<Pod>("pods")) {
    if (pod.spec?.nodeName !== node.name || pod.spec.hostNetwork || !pod.status?.podIP) continue;
    for (const container of pod.spec.containers)
      for (const declared of container.ports ?? [])
        if (declared.hostPort === port && (declared.protocol ?? "TCP") === protocol)
          return { pod, port: declared.containerPort };
  }
  return undefined;
}
