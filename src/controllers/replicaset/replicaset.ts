import { clone, equal } from "../../api/json.ts";
import type { ReplicaSet, ReplicaSetStatus } from "../../api/types/apps.ts";
import type { Pod } from "../../api/types/core.ts";
import type { Write } from "../../api/writes.ts";
import { claimPods, workloadsOfPod } from "../claim.ts";
import type { Controller } from "../controller.ts";
import { keyOf, splitKey } from "../keys.ts";
import { deletionOrder, isActive, isAvailable, isReady, nextAvailable, podFromTemplate, podsOf } from "../pods.ts";

const COMPONENT = "replicaset-controller";

/** Keeps as many pods as a ReplicaSet wants. Models kubernetes pkg/controller/replicaset. */
export const replicaSetController: Controller = {
  name: COMPONENT,
  manager: "kube-controller-manager",
  watches: ["replicasets.apps", "pods"],
  affected(change, snapshot) {
    const object = change.after ?? change.before!;
    if (change.resource === "replicasets.apps") return [keyOf(object)];
    return workloadsOfPod(change, snapshot, "ReplicaSet", "replicasets.apps");
  },
  reconcile(key, snapshot) {
    const { namespace, name } = splitKey(key);
    const set = snapshot.get<ReplicaSet>("replicasets.apps", namespace, name);
    if (!set) return { writes: [] };
    const adopted = claimPods(set, set.spec!.selector, snapshot);
    if (adopted.length) return { writes: adopted };
    const pods = podsOf(snapshot, set);
    const active = pods.filter(isActive);
    const writes = set.metadata.deletionTimestamp ? [] : resize(set, active);
    const status = statusOf(set, active, pods.length - active.length, snapshot.now);
    if (!equal(status, set.status))
      writes.push({ verb: "updateStatus", resource: "replicasets.apps", object: { ...clone(set), status } });
    const wakeAt = nextAvailable(active, set.spec?.minReadySeconds ?? 0, snapshot.now);
    return wakeAt === undefined ? { writes } : { writes, wakeAt };
  },
};

function resize(set: ReplicaSet, active: Pod[]): Write[] {
  const wanted = set.spec?.replicas ?? 1;
  const writes: Write[] = [];
  for (let i = active.length; i < wanted; i++)
    writes.push({
      verb: "create",
      resource: "pods",
      object: podFromTemplate(set.spec!.template!, set),
      announce: { about: set, component: COMPONENT },
    });
  for (const pod of deletionOrder(active).slice(0, Math.max(0, active.length - wanted)))
    writes.push(
      { verb: "delete", resource: "pods", namespace: pod.metadata.namespace!, name: pod.metadata.name! },
      {
        verb: "event",
        about: set,
        type: "Normal",
        reason: "SuccessfulDelete",
        message: `Deleted pod: ${pod.metadata.name}`,
        component: COMPONENT,
      },
    );
  return writes;
}

/** Models replica_set_utils.calculateStatus. */
function statusOf(set: ReplicaSet, active: Pod[], terminating: number, now: number): ReplicaSetStatus {
  const labels = Object.entries(set.spec?.template?.metadata?.labels ?? {});
  const fully = active.filter((pod) => labels.every(([key, value]) => pod.metadata.labels?.[key] === value)).length;
  const ready = active.filter(isReady);
  const available = ready.filter((pod) => isAvailable(pod, set.spec?.minReadySeconds ?? 0, now)).length;
  return {
    replicas: active.length,
    ...(fully ? { fullyLabeledReplicas: fully } : {}),
    ...(ready.length ? { readyReplicas: ready.length } : {}),
    ...(available ? { availableReplicas: available } : {}),
    terminatingReplicas: terminating,
    observedGeneration: set.metadata.generation ?? 1,
    ...(set.status?.conditions ? { conditions: set.status.conditions } : {}),
  };
}
