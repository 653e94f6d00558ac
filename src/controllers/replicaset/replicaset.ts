import type { IndexedSnapshot } from "../../api/indexes.ts";
import { clone, equal } from "../../api/json.ts";
import { fromLabelSelector } from "../../api/meta/label-selector.ts";
import { controllerOf } from "../../api/object.ts";
import type { ReplicaSet, ReplicaSetStatus } from "../../api/types/apps.ts";
import type { Pod } from "../../api/types/core.ts";
import type { Write } from "../../api/writes.ts";
import type { Controller } from "../controller.ts";
import { controllerReference, keyOf, splitKey } from "../keys.ts";
import { availableAt, deletionOrder, isActive, isAvailable, isReady, podFromTemplate, podsOf } from "../pods.ts";

const COMPONENT = "replicaset-controller";

/** Keeps as many pods as a ReplicaSet wants. Models kubernetes pkg/controller/replicaset. */
export const replicaSetController: Controller = {
  name: COMPONENT,
  manager: "kube-controller-manager",
  watches: ["replicasets.apps", "pods"],
  affected(change, snapshot) {
    const object = change.after ?? change.before!;
    if (change.resource === "replicasets.apps") return [keyOf(object)];
    const keys = new Set<string>();
    for (const pod of [change.before, change.after]) {
      const owner = pod && controllerOf(pod);
      if (owner?.kind === "ReplicaSet") keys.add(`${object.metadata.namespace}/${owner.name}`);
    }
    if (keys.size === 0 && change.after)
      for (const set of snapshot.list<ReplicaSet>("replicasets.apps", object.metadata.namespace))
        if (selects(set, change.after as Pod)) keys.add(keyOf(set));
    return keys;
  },
  reconcile(key, snapshot) {
    const { namespace, name } = splitKey(key);
    const set = snapshot.get<ReplicaSet>("replicasets.apps", namespace, name);
    if (!set) return { writes: [] };
    const adopted = adopt(set, snapshot);
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

function selects(set: ReplicaSet, pod: Pod): boolean {
  return !!set.spec?.selector && fromLabelSelector(set.spec.selector).matches(pod.metadata.labels ?? {});
}

/** Pods without a controller that the selector matches become the set's; its own that no longer match are let go. */
function adopt(set: ReplicaSet, snapshot: IndexedSnapshot): Write[] {
  const writes: Write[] = [];
  for (const pod of podsOf(snapshot, set)) {
    if (selects(set, pod) || pod.metadata.deletionTimestamp) continue;
    const next = clone(pod);
    next.metadata.ownerReferences = next.metadata.ownerReferences!.filter((owner) => owner.uid !== set.metadata.uid);
    if (next.metadata.ownerReferences.length === 0) delete next.metadata.ownerReferences;
    writes.push({ verb: "update", resource: "pods", object: next });
  }
  if (set.metadata.deletionTimestamp) return writes;
  const orphans = snapshot
    .list<Pod>("pods", set.metadata.namespace)
    .filter((pod) => !controllerOf(pod) && isActive(pod) && selects(set, pod));
  for (const pod of orphans) {
    const next = clone(pod);
    next.metadata.ownerReferences = [...(next.metadata.ownerReferences ?? []), controllerReference(set)];
    writes.push({ verb: "update", resource: "pods", object: next });
  }
  return writes;
}

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

/** The instant at which the next ready pod becomes available, where `minReadySeconds` says to wait. */
function nextAvailable(active: Pod[], minReadySeconds: number, now: number): number | undefined {
  if (minReadySeconds === 0) return undefined;
  const times = active
    .filter(isReady)
    .map((pod) => availableAt(pod, minReadySeconds))
    .filter((at) => at > now);
  return times.length ? Math.min(...times) : undefined;
}
