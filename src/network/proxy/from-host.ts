import type { Destination } from "../../api/profiles/profile.ts";
import { inCidr, isLoopback } from "../address.ts";
import type { ClusterView, NetNode } from "../cluster-view.ts";
import { balancers } from "../load-balancer.ts";
import { outsideListener } from "../outside.ts";
import type { NetworkPath } from "../path.ts";
import { enterNode } from "./node.ts";
import { type ServicePortInfo, servicePorts } from "./service-ports.ts";
import { throughBalancer } from "./through-balancer.ts";
import type { Trail } from "./trail.ts";

/** From the machine that the user types on, when it is no node itself: what it reaches is the profile's data. */
export function fromHost(view: ClusterView, trail: Trail): NetworkPath {
  const { to, port, protocol } = trail.request;
  const { host } = view.profile;
  trail.hop({ kind: "host", name: "host", address: host.address });
  if (isLoopback(to)) {
    if (host.publishesOnLocalhost) return published(view, trail);
    return trail.end("refused", `nothing on the host listens on ${to}:${port}`);
  }
  if (to === host.address) return trail.end("refused", `nothing on the host listens on ${port}`);

  const packet = { source: host.address, fromNode: false, to, port, protocol };
  const inner = view.nodes.find((node) => node.internalIP === to);
  if (inner) return may(view, "nodeInternal") ? enterNode(view, trail, inner, packet) : lost(trail, "its nodes");
  const outer = view.nodes.find((node) => node.externalIP === to);
  if (outer) return fromInternet(view, trail, outer);

  const balancer = balancers(view.snapshot).find((candidate) => candidate.address === to);
  if (balancer)
    return may(view, "loadBalancer")
      ? throughBalancer(view, trail, balancer, host.address)
      : lost(trail, "load balancers");
  const ports = servicePorts(view.snapshot);
  const first = view.nodes[0];
  const has = (addresses: (service: ServicePortInfo) => readonly string[]) =>
    ports.some((service) => addresses(service).includes(to));
  if (first && has((service) => service.vips) && may(view, "loadBalancer")) {
    const owner = ports.find((service) => service.vips.includes(to))!;
    trail.hop({ kind: "loadBalancer", name: owner.name, namespace: owner.namespace, address: to, port });
    return enterNode(view, trail, first, packet);
  }
  if (first && has((service) => service.externalIPs) && may(view, "externalIP"))
    return enterNode(view, trail, first, packet);
  if (inCidr(to, view.profile.clusterCIDR) || view.podByAddress(to)) return lost(trail, "pods");
  if (inCidr(to, "10.96.0.0/12") || has((service) => [service.clusterIP])) return lost(trail, "cluster addresses");

  const outside = outsideListener(view.snapshot, to, port, protocol);
  if (outside.known) trail.hop({ kind: "outside", name: outside.name, address: to, port });
  if (outside.listener) return trail.answered(outside.listener, host.address, `${outside.name} listens on ${port}`);
  if (outside.known) return trail.end("refused", `${outside.name} does not listen on ${port}`);
  return trail.end("dropped", `no machine has the address ${to}`);
}

const may = (view: ClusterView, destination: Destination) => view.profile.host.reaches.includes(destination);

function lost(trail: Trail, what: string): NetworkPath {
  return trail.end("dropped", `the host has no way to ${what}: ${trail.request.to} is lost`);
}

/** By a node's external address: a firewall before it, and the gateway that knows its inner one. */
function fromInternet(view: ClusterView, trail: Trail, node: NetNode): NetworkPath {
  const { to, port, protocol } = trail.request;
  const { host } = view.profile;
  if (!may(view, "nodeExternal")) return lost(trail, "its nodes");
  const open = host.openNodePorts;
  if (open && (port < open[0] || port > open[1]))
    return trail.end("dropped", `the firewall before ${node.name} lets in ports ${open[0]} to ${open[1]} alone`);
  const inner = node.internalIP ?? to;
  if (inner !== to)
    trail.translate({
      kind: "DNAT",
      at: "internet gateway",
      from: `${to}:${port}`,
      to: `${inner}:${port}`,
      rule: `${to} belongs to ${node.name}`,
    });
  return enterNode(view, trail, node, { source: host.address, fromNode: false, to: inner, port, protocol });
}

/** Docker Desktop: node ports, load balancers' ports and the API server on the host's own localhost. */
function published(view: ClusterView, trail: Trail): NetworkPath {
  const { to, port, protocol } = trail.request;
  const { host, apiServer } = view.profile;
  const node = view.nodes[0];
  const ports = servicePorts(view.snapshot).filter((service) => service.protocol === protocol);
  const balanced = ports.filter((service) => service.port === port && isOnLocalhost(service));
  // Two load balancers cannot both have a port of one machine: the older one has it.
  const owner = balanced.sort((a, b) => age(a) - age(b))[0];
  const byNodePort = ports.find((service) => service.nodePort === port);
  if (!node?.internalIP) return trail.end("refused", "the cluster has no node");
  const onward = (address: string, innerPort: number, rule: string) => {
    trail.translate({ kind: "DNAT", at: "host", from: `${to}:${port}`, to: `${address}:${innerPort}`, rule });
    const packet = { source: host.address, fromNode: false, to: address, port: innerPort, protocol };
    return enterNode(view, trail, node, packet);
  };
  if (owner) {
    trail.hop({ kind: "loadBalancer", name: owner.name, namespace: owner.namespace, address: "localhost", port });
    if (owner.nodePort !== 0)
      return onward(node.internalIP, owner.nodePort, `${owner.title} is published on localhost`);
    return onward(owner.clusterIP, owner.port, `${owner.title} is published on localhost`);
  }
  if (byNodePort) return onward(node.internalIP, port, `node port ${port} is published on localhost`);
  if (port === apiServer.port && protocol === "TCP")
    return onward(apiServer.address, port, "the API server is published on localhost");
  return trail.end("refused", `nothing on the host listens on ${to}:${port}`);
}

function isOnLocalhost(service: ServicePortInfo): boolean {
  return (service.service.status?.loadBalancer?.ingress ?? []).some((ingress) => ingress.hostname === "localhost");
}

const age = (service: ServicePortInfo) => Date.parse(service.service.metadata.creationTimestamp ?? "") || 0;
