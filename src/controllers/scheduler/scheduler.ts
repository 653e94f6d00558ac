import { byNode, byOwner, type IndexedSnapshot, type Indexer } from "../../api/indexes.ts";
import { clone, equal } from "../../api/json.ts";
import { keyedInt } from "../../api/keyed-random.ts";
import { isFinished } from "../../api/kinds/pod/state.ts";
import { controllerOf, type KubeObject } from "../../api/object.ts";
import { timestamp } from "../../api/snapshot.ts";
import type { Node, PersistentVolumeClaim, Pod, PodCondition } from "../../api/types/core.ts";
import type { Controller, Reconciled } from "../controller.ts";
import { keyOf, splitKey } from "../keys.ts";
import { refusal } from "./filters.ts";
import { type NodeView, priorityOf, viewOf } from "./node-view.ts";
import { histogram, preempt, preemption } from "./preemption.ts";

/** Gives each pod a node. Models kubernetes pkg/scheduler: filters, then the node with the fewest pods of the same owner. */
export const scheduler: Controller = {
  name: "default-scheduler",
  manager: "kube-scheduler",
  affected(change, snapshot) {
    if (change.resource === "pods") {
      const [before, pod] = [change.before as Pod | undefined, change.after as Pod | undefined];
      if (pod && !pod.spec?.nodeName) return [keyOf(pod)];
      // A pod that went makes room for one that waits; one that came may be what another waits for.
      if (!pod || (before && !isFinished(before) && isFinished(pod))) return waiting(snapshot);
      return before?.spec?.nodeName ? [] : snapshot.listBy<Pod>("pods", byUnschedulable, "True").map(keyOf);
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
    if (volumes) return notScheduled(pod, preFilterMessage(nodes.length, volumes), snapshot);
    if (nodes.length === 0) return notScheduled(pod, "no nodes available to schedule pods", snapshot);
    const nominated = snapshot.listBy<Pod>("pods", byUnschedulable, "True").filter((other) => outranks(other, pod));
    const views = nodes.map((node) => withNominated(viewOf(node, snapshot), nominated));
    const refusals = new Map(
      views.flatMap((view) => {
        const refused = refusal(pod, view, views, snapshot);
        return refused ? [[view, refused] as const] : [];
      }),
    );
    const fitting = views.filter((view) => !refusals.has(view));
    if (fitting.length > 0) return bind(pod, choose(pod, fitting, snapshot));
    const hopeless = new Set(views.filter((view) => refusals.get(view)!.hopeless));
    const reasons = [...refusals.values()].flatMap((refused) => refused.reasons);
    const message = `0/${nodes.length} nodes are available: ${histogram(reasons)}.`;
    const found = preemption(pod, views, hopeless, snapshot);
    if (typeof found === "string")
      return notScheduled(pod, `${message} no new claims to deallocate, preemption: ${found}`, snapshot);
    const { writes } = notScheduled(pod, message, snapshot, found.node.metadata.name!);
    return { writes: [...preempt(pod, found, snapshot), ...writes] };
  },
};

/** Pods that the scheduler has found no node for. */
const byUnschedulable: Indexer = {
  name: "unschedulable",
  values: (object) => (((object as Pod).status?.conditions ?? []).some(isUnschedulable) ? ["True"] : []),
  needle: () => '"reason":"Unschedulable"',
};

function isUnschedulable({ type, status, reason }: PodCondition): boolean {
  return type === "PodScheduled" && status === "False" && reason === "Unschedulable";
}

/** Room that was made for somebody as important is not for others. */
function outranks(other: Pod, pod: Pod): boolean {
  if (!other.status?.nominatedNodeName || other.spec?.nodeName || other.metadata.deletionTimestamp) return false;
  return other.metadata.uid !== pod.metadata.uid && priorityOf(other) >= priorityOf(pod);
}

function withNominated(view: NodeView, nominated: readonly Pod[]): NodeView {
  const here = nominated.filter((pod) => pod.status?.nominatedNodeName === view.node.metadata.name);
  return here.length > 0 ? { node: view.node, pods: [...view.pods, ...here] } : view;
}

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
function choose(pod: Pod, views: readonly NodeView[], snapshot: IndexedSnapshot): Node {
  if (views.length === 1) return views[0]!.node;
  const owner = controllerOf(pod)?.uid;
  const siblings = owner ? snapshot.listBy<Pod>("pods", byOwner, owner) : [];
  const rank = ({ node }: NodeView) => [
    siblings.filter((other) => other.spec?.nodeName === node.metadata.name).length,
    snapshot.listBy<Pod>("pods", byNode, node.metadata.name!).length,
    keyedInt(2 ** 32, snapshot.cluster.seed, "node", keyOf(pod), node.metadata.name!),
  ];
  return views
    .map((view) => ({ node: view.node, rank: rank(view) }))
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

/** What a filter says that keeps the pod from all nodes, whatever they are. */
function preFilterMessage(count: number, why: string): string {
  return count === 0 ? "no nodes available to schedule pods" : `0/${count} nodes are available: ${why}. not found`;
}

/** Models the scheduler's handleSchedulingFailure. */
function notScheduled(pod: Pod, message: string, snapshot: IndexedSnapshot, nominatedNodeName = ""): Reconciled {
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
        object: {
          ...clone(pod),
          status: {
            ...pod.status,
            ...(nominatedNodeName ? { nominatedNodeName } : {}),
            conditions: [...others, condition],
          },
        } as Pod,
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
