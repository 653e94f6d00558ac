import type { Snapshot } from "../../api/snapshot.ts";
import { inCidr, isLoopback } from "../address.ts";
import type { ClusterView, NetNode } from "../cluster-view.ts";
import type { Effect } from "../effects.ts";
import type { Protocol } from "../path.ts";
import { categorize, endpointsOf, type ProxyEndpoint } from "./endpoints.ts";
import { externallyAccessible, findPorts, type ServicePortInfo, servicePorts } from "./service-ports.ts";
import { chooseEndpoint, type Pick } from "./spread.ts";

/** A packet at the door of a node's rules. */
export interface Packet {
  source: string;
  /** The node itself sent it (addrtype src LOCAL; it passes OUTPUT and not PREROUTING). */
  fromNode: boolean;
  to: string;
  port: number;
  protocol: Protocol;
}

/** How a Service caught the packet: by which of its addresses. */
export type Capture = "clusterIP" | "externalIP" | "loadBalancer" | "nodePort";

export type ProxyDecision =
  /** Sent on to an endpoint. `masquerade` names the rule that has the source rewritten, undefined when it stays. */
  | {
      kind: "endpoint";
      capture: Capture;
      service: ServicePortInfo;
      endpoint: ProxyEndpoint;
      masquerade?: string;
      rule: string;
      effects: Effect[];
    }
  | { kind: "reject" | "drop"; capture: Capture; service: ServicePortInfo; rule: string }
  /** No Service has it: the packet goes its way. */
  | { kind: "pass" };

/**
 * What kube-proxy's iptables rules on a node do with a packet: the nat chains first, then the filter chains.
 * Models kubernetes pkg/proxy/iptables/proxier.go syncProxyRules.
 */
export function decide(view: ClusterView, node: NetNode, packet: Packet, pick: Pick): ProxyDecision {
  const ports = servicePorts(view.snapshot);
  const { to, port, protocol } = packet;
  const isNodeAddress = isLoopback(to) || to === node.internalIP || to === node.bridge;
  const found: [Capture, readonly ServicePortInfo[]][] = [
    ["clusterIP", findPorts(ports, to, port, protocol, (service) => [service.clusterIP])],
    ["externalIP", findPorts(ports, to, port, protocol, (service) => service.externalIPs)],
    ["loadBalancer", findPorts(ports, to, port, protocol, (service) => service.vips)],
    [
      "nodePort",
      isNodeAddress
        ? ports.filter((service) => service.nodePort === port && service.protocol === protocol && port !== 0)
        : [],
    ],
  ];
  // Services may share an address: one with endpoints has it in the nat chains, before the filter chains of the others.
  let refused: ProxyDecision | undefined;
  for (const [capture, services] of found) {
    for (const service of services) {
      const decision = decideFor(view, node, packet, pick, capture, service, isNodeAddress);
      if (decision.kind === "endpoint") return decision;
      refused ??= decision;
    }
  }
  return refused ?? { kind: "pass" };
}

function decideFor(
  view: ClusterView,
  node: NetNode,
  packet: Packet,
  pick: Pick,
  capture: Capture,
  service: ServicePortInfo,
  isNodeAddress: boolean,
): ProxyDecision {
  const { snapshot } = view;
  const { cluster, local, any } = categorize(endpointsOf(snapshot, service), service, node);
  const end = (kind: "reject" | "drop", chain: string, why: string): ProxyDecision => ({
    kind,
    capture,
    service,
    rule: `${chain}: ${service.title} ${why} -> ${kind.toUpperCase()}`,
  });
  // KUBE-EXTERNAL-SERVICES hangs below INPUT and FORWARD; what a node itself sends elsewhere never meets it, and is lost outside.
  const externalFilter = (kind: "reject" | "drop", why: string): ProxyDecision =>
    packet.fromNode && !isNodeAddress
      ? { kind: "drop", capture, service, rule: `${service.title} ${why}; OUTPUT has no rule for ${packet.to}` }
      : end(kind, "KUBE-EXTERNAL-SERVICES", why);

  if (capture === "clusterIP") {
    if (!any) return end("reject", "KUBE-SERVICES", "has no endpoints");
    const endpoints = service.internalLocal ? local : cluster;
    if (endpoints.length === 0) return end("drop", "KUBE-SERVICES", "has no local endpoints");
    const chain = service.internalLocal ? "KUBE-SVL" : "KUBE-SVC";
    const outside = !inCidr(packet.source, view.profile.clusterCIDR);
    const masquerade = outside ? `${chain}: source outside the pod range -> KUBE-MARK-MASQ` : undefined;
    return toEndpoint(snapshot, packet, pick, capture, service, endpoints, chain, masquerade);
  }

  if (!any) return externalFilter("reject", "has no endpoints");
  if (capture === "loadBalancer" && service.sourceRanges.length > 0 && !admitted(service, node, packet.source))
    return end("drop", "KUBE-PROXY-FIREWALL", "traffic not accepted by its loadBalancerSourceRanges");
  if (!externallyAccessible(service)) return { kind: "pass" };

  if (!service.externalLocal) {
    const masquerade = "KUBE-EXT: masquerade traffic for external destinations -> KUBE-MARK-MASQ";
    return toEndpoint(snapshot, packet, pick, capture, service, cluster, "KUBE-EXT -> KUBE-SVC", masquerade);
  }
  if (!packet.fromNode && inCidr(packet.source, view.profile.clusterCIDR) && cluster.length > 0)
    return toEndpoint(snapshot, packet, pick, capture, service, cluster, "KUBE-EXT: pod traffic -> KUBE-SVC");
  if (packet.fromNode && cluster.length > 0) {
    const masquerade = "KUBE-EXT: masquerade LOCAL traffic -> KUBE-MARK-MASQ";
    return toEndpoint(
      snapshot,
      packet,
      pick,
      capture,
      service,
      cluster,
      "KUBE-EXT: LOCAL traffic -> KUBE-SVC",
      masquerade,
    );
  }
  if (local.length === 0) return externalFilter("drop", "has no local endpoints");
  return toEndpoint(snapshot, packet, pick, capture, service, local, "KUBE-EXT -> KUBE-SVL");
}

/** The firewall chain of a Service with loadBalancerSourceRanges. */
function admitted(service: ServicePortInfo, node: NetNode, source: string): boolean {
  const { sourceRanges, vips } = service;
  if (sourceRanges.some((range) => inCidr(source, range))) return true;
  const nodeAllowed = node.internalIP !== undefined && sourceRanges.some((range) => inCidr(node.internalIP!, range));
  return nodeAllowed && vips.includes(source);
}

function toEndpoint(
  snapshot: Snapshot,
  packet: Packet,
  pick: Pick,
  capture: Capture,
  service: ServicePortInfo,
  endpoints: readonly ProxyEndpoint[],
  chain: string,
  masquerade?: string,
): ProxyDecision {
  const { endpoint, sticky, effects } = chooseEndpoint(snapshot, service, endpoints, packet.source, pick);
  const hairpin =
    packet.source === endpoint.address ? "KUBE-SEP: the endpoint is the client -> KUBE-MARK-MASQ" : undefined;
  const why = sticky ? "by session affinity" : `1 of ${endpoints.length}`;
  const marked = masquerade ?? hairpin;
  return {
    kind: "endpoint",
    capture,
    service,
    endpoint,
    ...(marked ? { masquerade: marked } : {}),
    rule: `${chain} -> KUBE-SEP (${why})`,
    effects,
  };
}
