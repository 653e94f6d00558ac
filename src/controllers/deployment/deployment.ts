import { byOwner, type IndexedSnapshot } from "../../api/indexes.ts";
import { clone, equal } from "../../api/json.ts";
import { controllerOf } from "../../api/object.ts";
import type { Deployment, ReplicaSet } from "../../api/types/apps.ts";
import type { Write } from "../../api/writes.ts";
import type { Controller } from "../controller.ts";
import { keyOf, splitKey } from "../keys.ts";
import { podsOf } from "../pods.ts";
import {
  byAge,
  limits,
  makeReplicaSet,
  newReplicaSetOf,
  REVISION,
  replicaSetAnnotations,
  revisionOf,
  sizeAnnotations,
} from "./rollout.ts";
import { deadlineOf, statusOf } from "./status.ts";

const COMPONENT = "deployment-controller";

/** Rolls templates out through ReplicaSets. Models kubernetes pkg/controller/deployment. */
export const deploymentController: Controller = {
  name: COMPONENT,
  manager: "kube-controller-manager",
  watches: ["deployments.apps", "replicasets.apps"],
  affected(change) {
    const object = change.after ?? change.before!;
    if (change.resource === "deployments.apps") return [keyOf(object)];
    const owner = controllerOf(object);
    return owner?.kind === "Deployment" ? [`${object.metadata.namespace}/${owner.name}`] : [];
  },
  reconcile(key, snapshot) {
    const { namespace, name } = splitKey(key);
    const deployment = snapshot.get<Deployment>("deployments.apps", namespace, name);
    if (!deployment) return { writes: [] };
    const sets = snapshot
      .listBy<ReplicaSet>("replicasets.apps", byOwner, deployment.metadata.uid!)
      .filter((set) => controllerOf(set)?.uid === deployment.metadata.uid);
    const current = newReplicaSetOf(deployment, sets);
    const writes = deployment.metadata.deletionTimestamp ? [] : step(deployment, sets, current, snapshot);
    const status = statusOf(deployment, sets, current, snapshot.now);
    if (!equal(status, deployment.status))
      writes.push({ verb: "updateStatus", resource: "deployments.apps", object: { ...clone(deployment), status } });
    const wakeAt = deadlineOf(
      deployment,
      status.conditions?.find((condition) => condition.type === "Progressing"),
    );
    return wakeAt !== undefined && wakeAt > snapshot.now ? { writes, wakeAt } : { writes };
  },
};

/** One step of the rollout; the next change of a ReplicaSet brings the controller back for another one. */
function step(
  deployment: Deployment,
  sets: ReplicaSet[],
  current: ReplicaSet | undefined,
  snapshot: IndexedSnapshot,
): Write[] {
  const old = sets.filter((set) => set !== current);
  const revision = Math.max(0, ...old.map(revisionOf)) + 1;
  if (deployment.spec!.paused || isScaling(deployment, sets)) {
    const marked = current ? annotate(deployment, current, Math.max(revision, revisionOf(current))) : [];
    return [...marked, ...scaleInProportion(deployment, sets, current)];
  }
  const recreate = deployment.spec!.strategy?.type === "Recreate";
  if (recreate) {
    const down = old.filter((set) => (set.spec?.replicas ?? 0) > 0).flatMap((set) => scale(deployment, set, 0));
    if (down.length) return down;
    if (old.some((set) => podsOf(snapshot, set).length > 0)) return [];
  }
  if (!current) {
    const made = makeReplicaSet(deployment, revision, newSize(deployment, sets, undefined));
    return [
      { verb: "create", resource: "replicasets.apps", object: made },
      ...markRevision(deployment, revision),
      ...(made.spec!.replicas ? [scaled(deployment, made.metadata.name!, 0, made.spec!.replicas)] : []),
    ];
  }
  const marked = annotate(deployment, current, revision);
  if (marked.length) return marked;
  const up = newSize(deployment, sets, current);
  if (up !== current.spec!.replicas) return scale(deployment, current, up);
  const down = recreate ? [] : scaleOldDown(deployment, old, current);
  if (down.length) return down;
  return cleanUp(deployment, old);
}

/** Models sync.go isScalingEvent: the wanted number changed since the sets were last annotated. */
function isScaling(deployment: Deployment, sets: ReplicaSet[]): boolean {
  const desired = String(deployment.spec!.replicas ?? 1);
  return sets.some(
    (set) =>
      (set.spec?.replicas ?? 0) > 0 &&
      set.metadata.annotations?.["deployment.kubernetes.io/desired-replicas"] !== desired,
  );
}

/** Models sync.go scale: alone, the one active set takes all; during a rollout the change is shared out. */
function scaleInProportion(deployment: Deployment, sets: ReplicaSet[], current: ReplicaSet | undefined): Write[] {
  const wanted = deployment.spec!.replicas ?? 1;
  const active = sets.filter((set) => (set.spec?.replicas ?? 0) > 0);
  const only = active.length === 1 ? active[0] : active.length === 0 ? current : undefined;
  if (only) return scale(deployment, only, wanted);
  if (active.length === 0 || deployment.spec!.strategy?.type === "Recreate") return [];
  const total = active.reduce((sum, set) => sum + (set.spec!.replicas ?? 0), 0);
  const allowed = wanted > 0 ? wanted + limits(deployment).surge : 0;
  let left = allowed - total;
  const bySize = [...active].sort(
    (a, b) => (b.spec!.replicas ?? 0) - (a.spec!.replicas ?? 0) || (left > 0 ? byAge(b, a) : byAge(a, b)),
  );
  const sizes = bySize.map((set) => {
    const before = set.spec!.replicas ?? 0;
    const maximum = Number(set.metadata.annotations?.["deployment.kubernetes.io/max-replicas"] ?? total) || total;
    const share = Math.round((before * allowed) / maximum) - before;
    const change = left > 0 ? Math.max(0, Math.min(share, left)) : Math.min(0, Math.max(share, left));
    left -= change;
    return before + change;
  });
  if (left !== 0 && sizes.length) sizes[0] = Math.max(0, sizes[0]! + left);
  return bySize.flatMap((set, i) => scale(deployment, set, sizes[i]!));
}

/** Models deploymentutil.NewRSNewReplicas. */
function newSize(deployment: Deployment, sets: ReplicaSet[], current: ReplicaSet | undefined): number {
  const wanted = deployment.spec!.replicas ?? 1;
  if (deployment.spec!.strategy?.type === "Recreate") return wanted;
  const own = current?.spec?.replicas ?? 0;
  if (own > wanted) return wanted;
  const total = sets.reduce((sum, set) => sum + (set.spec?.replicas ?? 0), 0);
  const room = wanted + limits(deployment).surge - total;
  return room <= 0 ? own : own + Math.min(room, wanted - own);
}

/** Models rolling.go reconcileOldReplicaSets: what is not healthy goes first. */
function scaleOldDown(deployment: Deployment, old: ReplicaSet[], current: ReplicaSet): Write[] {
  const active = old.filter((set) => (set.spec?.replicas ?? 0) > 0).sort(byAge);
  if (active.length === 0) return [];
  const all = [...active, current];
  const wanted = deployment.spec!.replicas ?? 1;
  const minimum = wanted - limits(deployment).unavailable;
  const total = all.reduce((sum, set) => sum + (set.spec!.replicas ?? 0), 0);
  const missing = (current.spec!.replicas ?? 0) - (current.status?.availableReplicas ?? 0);
  let room = total - minimum - missing;
  if (room <= 0) return [];
  const sizes = new Map(active.map((set) => [set, set.spec!.replicas ?? 0]));
  for (const set of active) {
    const unhealthy = Math.min(room, sizes.get(set)! - (set.status?.availableReplicas ?? 0));
    if (unhealthy <= 0) continue;
    sizes.set(set, sizes.get(set)! - unhealthy);
    room -= unhealthy;
  }
  let spare = all.reduce((sum, set) => sum + (set.status?.availableReplicas ?? 0), 0) - minimum;
  for (const set of active) {
    const less = Math.max(0, Math.min(spare, sizes.get(set)!));
    sizes.set(set, sizes.get(set)! - less);
    spare -= less;
  }
  return active.flatMap((set) =>
    sizes.get(set) === set.spec!.replicas ? [] : scale(deployment, set, sizes.get(set)!),
  );
}

function scale(deployment: Deployment, set: ReplicaSet, replicas: number): Write[] {
  const before = set.spec!.replicas ?? 0;
  const annotations = { ...set.metadata.annotations, ...sizeAnnotations(deployment) };
  if (before === replicas && equal(annotations, set.metadata.annotations)) return [];
  const next = clone(set);
  next.spec!.replicas = replicas;
  next.metadata.annotations = annotations;
  const update: Write = { verb: "update", resource: "replicasets.apps", object: next };
  return before === replicas ? [update] : [update, scaled(deployment, set.metadata.name!, before, replicas)];
}

function scaled(deployment: Deployment, set: string, from: number, to: number): Write {
  return {
    verb: "event",
    about: deployment,
    type: "Normal",
    reason: "ScalingReplicaSet",
    message: `Scaled ${to > from ? "up" : "down"} replica set ${set} from ${from} to ${to}`,
    component: COMPONENT,
  };
}

function annotate(deployment: Deployment, current: ReplicaSet, revision: number): Write[] {
  const annotations = replicaSetAnnotations(deployment, current.metadata.annotations ?? {}, revision);
  const writes: Write[] = [];
  if (!equal(annotations, current.metadata.annotations)) {
    const next = clone(current);
    next.metadata.annotations = annotations;
    writes.push({ verb: "update", resource: "replicasets.apps", object: next });
  }
  return [...writes, ...markRevision(deployment, Number(annotations[REVISION]))];
}

function markRevision(deployment: Deployment, revision: number): Write[] {
  if (deployment.metadata.annotations?.[REVISION] === String(revision)) return [];
  const next = clone(deployment);
  next.metadata.annotations = { ...next.metadata.annotations, [REVISION]: String(revision) };
  return [{ verb: "update", resource: "deployments.apps", object: next }];
}

/** Models sync.go cleanupDeployment: only so many old sets are kept. */
function cleanUp(deployment: Deployment, old: ReplicaSet[]): Write[] {
  const limit = deployment.spec!.revisionHistoryLimit ?? 10;
  const idle = old
    .filter(
      (set) => !set.metadata.deletionTimestamp && (set.spec?.replicas ?? 0) === 0 && (set.status?.replicas ?? 0) === 0,
    )
    .sort((a, b) => revisionOf(a) - revisionOf(b));
  return idle.slice(0, Math.max(0, idle.length - limit)).map((set) => ({
    verb: "delete",
    resource: "replicasets.apps",
    namespace: set.metadata.namespace!,
    name: set.metadata.name!,
  }));
}
