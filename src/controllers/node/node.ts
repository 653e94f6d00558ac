import type { IndexedSnapshot } from "../../api/indexes.ts";
import { clone, equal } from "../../api/json.ts";
import { formatIp, parseCidr, parseIp } from "../../api/meta/ip.ts";
import { hostLabels, nodeStatus } from "../../api/profiles/nodes.ts";
import { profileOf } from "../../api/profiles/profiles.ts";
import { microTimestamp, timestamp } from "../../api/snapshot.ts";
import type { Node, Taint } from "../../api/types/core.ts";
import type { Write } from "../../api/writes.ts";
import type { Controller } from "../controller.ts";

const UNSCHEDULABLE = "node.kubernetes.io/unschedulable";
const LEASES = "leases.coordination.k8s.io";

/**
 * What the machines and their controllers do for Node objects: a node that a user makes gets a kubelet, an address and a range for its
 * pods; a cordoned one its taint; each its Lease. Models kubernetes pkg/kubelet/kubelet_node_status.go, pkg/controller/nodeipam and
 * pkg/controller/nodelifecycle.
 */
export const nodeController: Controller = {
  name: "node-controller",
  manager: "kube-controller-manager",
  affected: ({ before, after }) => {
    const name = (after ?? before)!.metadata.name!;
    const told = before && after && !!(before as Node).spec?.unschedulable !== !!(after as Node).spec?.unschedulable;
    return [...(told ? [`${name} schedulable`] : []), ...(after && !before ? [`${name} new`] : []), name];
  },
  reconcile(key, snapshot) {
    const [name = "", task] = key.split(" ");
    const node = snapshot.get<Node>("nodes", "", name);
    if (!node) return { writes: [] };
    if (task === "new")
      return {
        writes: [
          told(node, "node-controller", "RegisteredNode", `Node ${name} event: Registered Node ${name} in Controller`),
        ],
      };
    if (task === "schedulable") {
      const reason = node.spec?.unschedulable ? "NodeNotSchedulable" : "NodeSchedulable";
      return { writes: [told(node, "kubelet", reason, `Node ${name} status is now: ${reason}`)] };
    }
    if (node.metadata.deletionTimestamp) return { writes: [] };
    const writes: Write[] = lease(snapshot, name, node);
    const next = settled(node, snapshot);
    if (!equal(next, node)) return { writes: [...writes, { verb: "update", resource: "nodes", object: next }] };
    if (node.status?.nodeInfo?.kubeletVersion) return { writes };
    const status = joined(node, snapshot);
    return {
      writes: [...writes, { verb: "updateStatus", resource: "nodes", object: { ...clone(node), status } as Node }],
    };
  },
};

function told(node: Node, component: string, reason: string, message: string): Write {
  const host = component === "kubelet" ? { host: node.metadata.name! } : {};
  return { verb: "event", about: node, type: "Normal", reason, message, component, ...host };
}

/** Labels, the pods' range and the taint of a cordoned node. */
function settled(node: Node, snapshot: IndexedSnapshot): Node {
  const next = clone(node);
  const name = node.metadata.name!;
  if (!node.status?.nodeInfo?.kubeletVersion) next.metadata.labels = { ...hostLabels(name), ...next.metadata.labels };
  next.spec ??= {};
  if (!next.spec.podCIDR) {
    const range = freeRange(snapshot);
    if (range) next.spec = { ...next.spec, podCIDR: range, podCIDRs: [range] };
  }
  const others = (next.spec.taints ?? []).filter((taint) => taint.key !== UNSCHEDULABLE);
  const own = (next.spec.taints ?? []).find((taint) => taint.key === UNSCHEDULABLE);
  if (!next.spec.unschedulable === !own) return next;
  const taint: Taint = {
    key: UNSCHEDULABLE,
    effect: "NoSchedule",
    timeAdded: timestamp(snapshot.now),
  };
  const taints = next.spec.unschedulable ? [...others, taint] : others;
  if (taints.length) next.spec.taints = taints;
  else delete next.spec.taints;
  return next;
}

/** The first /24 of the cluster's range that no node has. Models cidrset.AllocateNext. */
function freeRange(snapshot: IndexedSnapshot): string | undefined {
  const cluster = parseCidr(profileOf(snapshot.cluster.profile).clusterCIDR);
  if (!cluster) return undefined;
  const taken = new Set(snapshot.list<Node>("nodes").map((node) => node.spec?.podCIDR));
  for (let i = 0n; i < 1n << BigInt(24 - cluster.bits); i++) {
    const range = `${formatIp({ family: "IPv4", value: cluster.network + (i << 8n) })}/24`;
    if (!taken.has(range)) return range;
  }
  return undefined;
}

/** The status of a machine like the profile's first one, with the next address of its network. */
function joined(node: Node, snapshot: IndexedSnapshot): NonNullable<Node["status"]> {
  const model = profileOf(snapshot.cluster.profile).nodes[0]!;
  const given = node.status?.addresses?.find(({ type }) => type === "InternalIP")?.address;
  const taken = snapshot
    .list<Node>("nodes")
    .flatMap((other) => other.status?.addresses ?? [])
    .filter(({ type }) => type === "InternalIP")
    .flatMap(({ address }) => parseIp(address)?.value ?? []);
  const last = taken.reduce((a, b) => (a > b ? a : b), parseIp(model.internalIP)!.value);
  const internalIP = given ?? formatIp({ family: "IPv4", value: last + 1n });
  const { externalIP: _, ...machine } = model;
  const name = node.metadata.name!;
  return nodeStatus({ ...machine, name, hostname: name, internalIP }, snapshot.cluster.seed, snapshot.now);
}

/** Models component-helpers lease: made once; renewing it every ten seconds would fill the file with nothing. */
function lease(snapshot: IndexedSnapshot, name: string, node: Node): Write[] {
  const found = snapshot.get(LEASES, "kube-node-lease", name);
  if (found || !snapshot.get("namespaces", "", "kube-node-lease")) return [];
  return [
    {
      verb: "create",
      resource: LEASES,
      object: {
        apiVersion: "coordination.k8s.io/v1",
        kind: "Lease",
        metadata: {
          name,
          namespace: "kube-node-lease",
          ownerReferences: [{ apiVersion: "v1", kind: "Node", name, uid: node.metadata.uid! }],
        },
        spec: { holderIdentity: name, leaseDurationSeconds: 40, renewTime: microTimestamp(snapshot.now) },
      },
    },
  ];
}
