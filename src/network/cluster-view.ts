import { isFinished } from "../api/kinds/pod/state.ts";
import type { Profile } from "../api/profiles/profile.ts";
import { profileOf } from "../api/profiles/profiles.ts";
import type { Snapshot } from "../api/snapshot.ts";
import type { Node, Pod } from "../api/types/core.ts";
import { firstAddress } from "./address.ts";

/** A node as the network sees it. */
export interface NetNode {
  name: string;
  internalIP?: string;
  externalIP?: string;
  /** The address on the bridge that its pods are plugged into. */
  bridge?: string;
  labels: Readonly<Record<string, string>>;
}

/** Machines and addresses of a cluster, read off its Nodes and Pods. */
export interface ClusterView {
  snapshot: Snapshot;
  profile: Profile;
  nodes: readonly NetNode[];
  node(name: string): NetNode | undefined;
  /** The node that has this address on an interface of its own. */
  nodeByAddress(address: string): NetNode | undefined;
  /** A pod with its own network that holds this address now. */
  podByAddress(address: string): Pod | undefined;
}

export function clusterView(snapshot: Snapshot): ClusterView {
  const profile = profileOf(snapshot.cluster.profile);
  const nodes = snapshot.list<Node>("nodes").map(netNode);
  // The profile's own nodes first, so that what enters "the cluster" enters there.
  const rank = (node: NetNode) => {
    const at = profile.nodes.findIndex((known) => known.name === node.name);
    return at < 0 ? profile.nodes.length : at;
  };
  nodes.sort((a, b) => rank(a) - rank(b));
  let pods: Map<string, Pod> | undefined;
  return {
    snapshot,
    profile,
    nodes,
    node: (name) => nodes.find((node) => node.name === name),
    nodeByAddress: (address) => nodes.find((node) => node.internalIP === address || node.bridge === address),
    podByAddress(address) {
      pods ??= podsByAddress(snapshot);
      return pods.get(address);
    },
  };
}

function netNode(node: Node): NetNode {
  const address = (type: string) => node.status?.addresses?.find((candidate) => candidate.type === type)?.address;
  const internalIP = address("InternalIP");
  const externalIP = address("ExternalIP");
  const bridge = node.spec?.podCIDR ? firstAddress(node.spec.podCIDR) : undefined;
  return {
    name: node.metadata.name!,
    ...(internalIP ? { internalIP } : {}),
    ...(externalIP ? { externalIP } : {}),
    ...(bridge ? { bridge } : {}),
    labels: node.metadata.labels ?? {},
  };
}

function podsByAddress(snapshot: Snapshot): Map<string, Pod> {
  const found = new Map<string, Pod>();
  for (const pod of snapshot.list<Pod>("pods")) {
    const address = pod.status?.podIP;
    // A pod that has ended has given its address back.
    if (!address || pod.spec?.hostNetwork || isFinished(pod)) continue;
    found.set(address, pod);
  }
  return found;
}
