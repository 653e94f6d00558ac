import { byNode, byOwner, type IndexedSnapshot } from "../../api/indexes.ts";
import { clone, equal } from "../../api/json.ts";
import { keyedInt } from "../../api/keyed-random.ts";
import { controllerOf, type KubeObject } from "../../api/object.ts";
import { timestamp } from "../../api/snapshot.ts";
import type { Node, PersistentVolumeClaim, Pod, PodCondition } from "../../api/types/core.ts";
import type { Controller, Reconciled } from "../controller.ts";
import { keyOf, splitKey } from "../keys.ts";
import { misfit } from "./fit.ts";

/** Gives each pod a node. Models kubernetes pkg/scheduler: filters, then the node with the fewest pods of the same owner. */
export const scheduler: Controller = {
  name: "default-scheduler",
  manager: "kube-scheduler",
  watches: ["pods", "nodes", "persistentvolumeclaims"],
  affected(change, snapshot) {
    if (change.resource === "pods") {
      const pod = change.after as Pod | undefined;
      if (pod && !pod.spec?.nodeName) return [keyOf(pod)];
      // A pod that went makes room for one that waits.
      return pod ? [] : waiting(snapshot);
    }
    if (change.resource === "persistentvolumeclaims") return waiting(snapshot);
    const [before, after] = [change.before as Node | undefined, change.after as Node | undefined];
    const same =
      before && after && equal(before.spec, after.spec) && equal(before.metadata.labels, after.metadata.labels);
    return same ? [] : waiting(snapshot);
  },
  reconcile(key, snapshot) {
    const { namespace, name } = splitKey(key);
    const pod = snapshot.get<Pod>("pods", namespace, name);
    if (!pod || pod.spec?.nodeName || pod.metadata.deletionTimestamp || pod.spec?.schedulingGates?.length)
      return { writes: [] };
    if (pod.spec?.schedulerName && pod.spec.schedulerName !== "default-scheduler") return { writes: [] };
    const nodes = snapshot.list<Node>("nodes").filter(isReady);
    const volumes = volumeProblem(pod, snapshot);
    if (volumes === "wait") return { writes: [] };
    if (volumes) return unschedulable(pod, nodes.length, new Map(), snapshot, volumes);
    const onNode = new Map(
      nodes.map((node) => [node, snapshot.listBy<Pod>("pods", byNode, node.metadata.name!).length]),
    );
    const problems = new Map<string, number>();
    const fitting = nodes.filter((node) => {
      const problem = misfit(pod, node, onNode.get(node)!);
      if (problem) problems.set(problem, (problems.get(problem) ?? 0) + 1);
      return !problem;
    });
    if (fitting.length === 0) return unschedulable(pod, nodes.length, problems, snapshot);
    return bind(pod, choose(pod, fitting, onNode, snapshot));
  },
};

/** What is wrong with the claims that a pod uses; `wait` while a volume is to be made for it. Models the volume binding plug-in. */
function volumeProblem(pod: Pod, snapshot: IndexedSnapshot): string {
  let waits = false;
  for (const { persistentVolumeClaim } of pod.spec?.volumes ?? []) {
    if (!persistentVolumeClaim) continue;
    const { claimName } = persistentVolumeClaim;
    const claim = snapshot.get<PersistentVolumeClaim>("persistentvolumeclaims", pod.metadata.namespace!, claimName);
    if (!claim) return `persistentvolumeclaim "${claimName}" not found`;
    if (claim.metadata.deletionTimestamp) return `persistentvolumeclaim "${claimName}" is being deleted`;
    if (claim.status?.phase === "Lost")
      return `persistentvolumeclaim "${claimName}" bound to non-existent persistentvolume "${claim.spec?.volumeName}"`;
    if (claim.status?.phase === "Bound") continue;
    const name = claim.spec?.storageClassName ?? "";
    const storageClass = snapshot.get<KubeObject & { volumeBindingMode?: string }>(
      "storageclasses.storage.k8s.io",
      "",
      name,
    );
    if (storageClass?.volumeBindingMode !== "WaitForFirstConsumer")
      return "pod has unbound immediate PersistentVolumeClaims";
    waits = true;
  }
  return waits ? "wait" : "";
}

function waiting(snapshot: IndexedSnapshot): string[] {
  return snapshot.listBy<Pod>("pods", byNode, "").map(keyOf);
}

function isReady(node: Node): boolean {
  return (
    node.status?.conditions?.some((condition) => condition.type === "Ready" && condition.status === "True") ?? false
  );
}

/** Fewest of the same owner, then fewest at all, then by seed. */
function choose(pod: Pod, nodes: Node[], onNode: Map<Node, number>, snapshot: IndexedSnapshot): Node {
  if (nodes.length === 1) return nodes[0]!;
  const owner = controllerOf(pod)?.uid;
  const siblings = owner ? snapshot.listBy<Pod>("pods", byOwner, owner) : [];
  const rank = (node: Node) => [
    siblings.filter((other) => other.spec?.nodeName === node.metadata.name).length,
    onNode.get(node)!,
    keyedInt(2 ** 32, snapshot.cluster.seed, "node", keyOf(pod), node.metadata.name!),
  ];
  return nodes
    .map((node) => ({ node, rank: rank(node) }))
    .sort((a, b) => a.rank[0]! - b.rank[0]! || a.rank[1]! - b.rank[1]! || a.rank[2]! - b.rank[2]!)[0]!.node;
}

function bind(pod: Pod, node: Node): Reconciled {
  const nodeName = node.metadata.name!;
  return {
    writes: [
      { verb: "bind", namespace: pod.metadata.namespace!, name: pod.metadata.name!, node: nodeName },
      {
        verb: "event",
        about: pod,
        type: "Normal",
        reason: "Scheduled",
        message: `Successfully assigned ${keyOf(pod)} to ${nodeName}`,
        component: "default-scheduler",
        action: "Binding",
      },
    ],
  };
}

/** Models framework.FitError and the preemption plug-in's remark. */
function unschedulable(
  pod: Pod,
  count: number,
  problems: Map<string, number>,
  snapshot: IndexedSnapshot,
  /** What keeps it from all nodes, whatever they are. */
  everywhere = "",
): Reconciled {
  const reasons = [...problems].map(([reason, times]) => `${times} ${reason}`).sort();
  const message =
    everywhere && count > 0
      ? `0/${count} nodes are available: ${everywhere}. not found`
      : count === 0
        ? "no nodes available to schedule pods"
        : `0/${count} nodes are available: ${reasons.join(", ")}. no new claims to deallocate, preemption: 0/${count} nodes are available: ${count} Preemption is not helpful for scheduling.`;
  const others = (pod.status?.conditions ?? []).filter((condition) => condition.type !== "PodScheduled");
  const old = pod.status?.conditions?.find((condition) => condition.type === "PodScheduled");
  if (old?.message === message) return { writes: [] };
  const condition: PodCondition = {
    type: "PodScheduled",
    status: "False",
    observedGeneration: pod.metadata.generation ?? 1,
    lastProbeTime: null as unknown as string,
    lastTransitionTime: old?.lastTransitionTime ?? timestamp(snapshot.now),
    reason: "Unschedulable",
    message,
  };
  return {
    writes: [
      {
        verb: "updateStatus",
        resource: "pods",
        object: { ...clone(pod), status: { ...pod.status, conditions: [...others, condition] } } as Pod,
      },
      {
        verb: "event",
        about: pod,
        type: "Warning",
        reason: "FailedScheduling",
        message,
        component: "default-scheduler",
        action: "Scheduling",
      },
    ],
  };
}
