import { inCidr } from "../address.ts";
import type { ClusterView, NetNode } from "../cluster-view.ts";
import { localReadyEndpoints } from "../listeners.ts";
import type { Balancer } from "../load-balancer.ts";
import type { NetworkPath } from "../path.ts";
import { enterNode } from "./node.ts";
import { servicePorts } from "./service-ports.ts";
import { connectionCount } from "./spread.ts";
import type { Trail } from "./trail.ts";

/**
 * A load balancer of its own before the nodes: it takes the Service's ports alone, looks at the source ranges itself, and opens a
 * connection of its own to a healthy node's NodePort (its own address is what the node sees).
 */
export function throughBalancer(view: ClusterView, trail: Trail, balancer: Balancer, client: string): NetworkPath {
  const { to, port, protocol } = trail.request;
  const { name, namespace } = balancer.service.metadata;
  const target = servicePorts(view.snapshot).find(
    (candidate) =>
      candidate.name === name &&
      candidate.namespace === namespace &&
      candidate.port === port &&
      candidate.protocol === protocol,
  );
  trail.hop({ kind: "loadBalancer", name: balancer.name, namespace: namespace!, address: to, port });
  if (!target) return trail.end("dropped", `load balancer ${balancer.name} has no port ${port}`);
  if (target.sourceRanges.length > 0 && !target.sourceRanges.some((range) => inCidr(client, range)))
    return trail.end("dropped", `load balancer ${balancer.name}: loadBalancerSourceRanges do not hold ${client}`);
  const provider = view.profile.loadBalancer;
  const source = provider.kind === "name" ? provider.sourceAddress : balancer.address;
  const healthy = view.nodes.filter(
    (node) =>
      node.internalIP !== undefined &&
      (!target.externalLocal || localReadyEndpoints(view.snapshot, target.namespace, target.name, node.name) > 0),
  );
  // With no healthy node left, all are tried.
  const nodes = healthy.length > 0 ? healthy : view.nodes.filter((node) => node.internalIP !== undefined);
  const node: NetNode | undefined =
    nodes[trail.pick(nodes.length || 1, connectionCount(view.snapshot, target), namespace!, name!, "balancer")];
  if (!node) return trail.end("dropped", `load balancer ${balancer.name} has no node`);
  const inner = target.nodePort !== 0 ? node.internalIP! : target.clusterIP;
  const innerPort = target.nodePort !== 0 ? target.nodePort : target.port;
  trail.translate({ kind: "SNAT", at: balancer.name, from: client, to: source, rule: "the balancer's own connection" });
  trail.translate({
    kind: "DNAT",
    at: balancer.name,
    from: `${to}:${port}`,
    to: `${inner}:${innerPort}`,
    rule: target.nodePort !== 0 ? `node port ${target.nodePort} of ${node.name}` : "the Service has no node port",
  });
  return enterNode(view, trail, node, { source, fromNode: false, to: inner, port: innerPort, protocol });
}
