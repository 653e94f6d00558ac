import { byInvolvedObject, type IndexedSnapshot } from "../../api/indexes.ts";
import { clone, equal } from "../../api/json.ts";
import { isFinished, isReady } from "../../api/kinds/pod/state.ts";
import type { LabelSelector } from "../../api/object.ts";
import type { ResourceKey } from "../../api/snapshot.ts";
import type { ReplicaSet, ReplicaSetStatus } from "../../api/types/apps.ts";
import type { Event, Pod } from "../../api/types/core.ts";
import type { Write } from "../../api/writes.ts";
import { claimPods, workloadsOfPod } from "../claim.ts";
import type { Controller } from "../controller.ts";
import { keyOf, splitKey } from "../keys.ts";
import { deletionOrder, isActive, isAvailable, nextAvailable, podFromTemplate, podRemoval, podsOf } from "../pods.ts";

/** Keeps as many pods as a ReplicaSet wants. Models kubernetes pkg/controller/replicaset. */
export const replicaSetController = replicaController({
  component: "replicaset-controller",
  kind: "ReplicaSet",
  resource: "replicasets.apps",
  selectorOf: (set) => set.spec!.selector,
  countsTerminating: true,
});

/** The older form: its selector is a plain map. Models kubernetes pkg/controller/replication, which wraps the ReplicaSet controller. */
export const replicationController = replicaController({
  component: "replication-controller",
  kind: "ReplicationController",
  resource: "replicationcontrollers",
  selectorOf: (set) => ({ matchLabels: (set.spec?.selector ?? {}) as unknown as Record<string, string> }),
  countsTerminating: false,
});

interface Replicas {
  component: string;
  kind: string;
  resource: ResourceKey;
  selectorOf(set: ReplicaSet): LabelSelector;
  countsTerminating: boolean;
}

function replicaController({ component, kind, resource, selectorOf, countsTerminating }: Replicas): Controller {
  return {
    name: component,
    manager: "kube-controller-manager",
    affected(change, snapshot) {
      if (change.resource === resource) return [keyOf(change.after ?? change.before!)];
      return workloadsOfPod(change, snapshot, kind, resource, (set) => selectorOf(set as ReplicaSet));
    },
    reconcile(key, snapshot) {
      const { namespace, name } = splitKey(key);
      const set = snapshot.get<ReplicaSet>(resource, namespace, name);
      if (!set) return { writes: [] };
      const claims = claimPods(set, selectorOf(set), snapshot);
      if (claims.length) return { writes: claims };
      const pods = podsOf(snapshot, set);
      const active = pods.filter(isActive);
      const retryAt = retryTime(set, active, snapshot);
      const waits = retryAt !== undefined && retryAt > snapshot.now;
      const writes =
        set.metadata.deletionTimestamp || waits ? [] : resize(set, active, snapshot, { component, resource });
      const terminating = pods.filter((pod) => pod.metadata.deletionTimestamp && !isFinished(pod)).length;
      const status = statusOf(set, active, countsTerminating ? terminating : undefined, snapshot.now);
      if (!equal(status, set.status))
        writes.push({ verb: "updateStatus", resource, object: { ...clone(set), status } });
      const available = nextAvailable(active, set.spec?.minReadySeconds ?? 0, snapshot.now);
      const times = [available, waits ? retryAt : undefined].filter((time) => time !== undefined);
      return times.length === 0 ? { writes } : { writes, wakeAt: Math.min(...times) };
    },
  };
}

const MOST_WAITING_MS = 1_000_000;

/**
 * When a set whose pods are refused tries again: after 5 ms, and each time twice as long. How often it has failed is read off its events.
 * Models client-go's rate limiter of failed items.
 */
function retryTime(set: ReplicaSet, active: Pod[], snapshot: IndexedSnapshot): number | undefined {
  const failure = set.status?.conditions?.find(({ type }) => type === "ReplicaFailure");
  if (!failure || active.length >= (set.spec?.replicas ?? 1)) return undefined;
  const failures = snapshot
    .listBy<Event>("events", byInvolvedObject, set.metadata.uid!)
    .filter(({ reason }) => reason === "FailedCreate")
    .reduce((sum, { count }) => sum + (count ?? 1), 0);
  let waited = 0;
  for (let i = 0; i < failures; i++) waited += Math.min(MOST_WAITING_MS, 5 * 2 ** i);
  return Date.parse(failure.lastTransitionTime!) + waited;
}

function resize(
  set: ReplicaSet,
  active: Pod[],
  snapshot: IndexedSnapshot,
  { component, resource }: Pick<Replicas, "component" | "resource">,
): Write[] {
  const wanted = set.spec?.replicas ?? 1;
  const writes: Write[] = [];
  // The real one goes on in larger and larger groups, and stops at the first refusal.
  const { namespace } = set.metadata;
  const careful = ["resourcequotas", "limitranges"].some((kind) => snapshot.list(kind, namespace).length > 0);
  for (let i = active.length; i < (careful ? Math.min(wanted, active.length + 1) : wanted); i++)
    writes.push({
      verb: "create",
      resource: "pods",
      object: podFromTemplate(set.spec!.template!, set),
      announce: { about: set, component, failureOn: resource },
    });
  for (const pod of deletionOrder(active).slice(0, Math.max(0, active.length - wanted)))
    writes.push(...podRemoval(set, pod, component));
  return writes;
}

/** Models replica_set_utils.calculateStatus. */
function statusOf(set: ReplicaSet, active: Pod[], terminating: number | undefined, now: number): ReplicaSetStatus {
  const labels = Object.entries(set.spec?.template?.metadata?.labels ?? {});
  const fully = active.filter((pod) => labels.every(([key, value]) => pod.metadata.labels?.[key] === value)).length;
  const ready = active.filter(isReady);
  const fails = active.length < (set.spec?.replicas ?? 1);
  const conditions = (set.status?.conditions ?? []).filter(({ type }) => fails || type !== "ReplicaFailure");
  const available = ready.filter((pod) => isAvailable(pod, set.spec?.minReadySeconds ?? 0, now)).length;
  return {
    replicas: active.length,
    ...(fully ? { fullyLabeledReplicas: fully } : {}),
    ...(ready.length ? { readyReplicas: ready.length } : {}),
    ...(available ? { availableReplicas: available } : {}),
    ...(terminating === undefined ? {} : { terminatingReplicas: terminating }),
    observedGeneration: set.metadata.generation ?? 1,
    ...(conditions.length ? { conditions } : {}),
  };
}
