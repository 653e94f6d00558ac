import { byOwner, type IndexedSnapshot } from "../../api/indexes.ts";
import { clone, equal } from "../../api/json.ts";
import {
  byAge,
  DESIRED_REPLICAS,
  MAX_REPLICAS,
  newReplicaSetOf,
  REVISION,
  revisionOf,
} from "../../api/kinds/deployment/replica-sets.ts";
import { isFinished } from "../../api/kinds/pod/state.ts";
import { controllerOf } from "../../api/object.ts";
import type { Deployment, ReplicaSet } from "../../api/types/apps.ts";
import type { Write } from "../../api/writes.ts";
import { selects } from "../claim.ts";
import type { Controller } from "../controller.ts";
import { controllerReference, keyOf, splitKey } from "../keys.ts";
import { podsOf } from "../pods.ts";
import { recorder } from "../recorder.ts";
import { limits, makeReplicaSet, replicaSetAnnotations, sizeAnnotations } from "./rollout.ts";
import { deadlineOf, isComplete, notePause, noteProgress, statusOf } from "./status.ts";

const COMPONENT = "deployment-controller";
const told = recorder(COMPONENT);

/** Rolls templates out through ReplicaSets. Models kubernetes pkg/controller/deployment. */
export const deploymentController: Controller = {
  name: COMPONENT,
  manager: "kube-controller-manager",
  affected(change) {
    const object = change.after ?? change.before!;
    if (change.resource === "deployments.apps") return [keyOf(object)];
    const owner = controllerOf(object);
    return owner?.kind === "Deployment" ? [`${object.metadata.namespace}/${owner.name}`] : [];
  },
  async reconcile(key, snapshot) {
    const { namespace, name } = splitKey(key);
    const stored = snapshot.get<Deployment>("deployments.apps", namespace, name);
    if (!stored) return { writes: [] };
    const claims = claimSets(stored, snapshot);
    if (claims.length) return { writes: claims };
    const deployment = clone(stored);
    deployment.status ??= {};
    const sets = setsOf(stored, snapshot);
    const rollout: Rollout = { deployment, sets, current: newReplicaSetOf(deployment, sets), now: snapshot.now };
    let writes: Write[] = [];
    let rolls = false;
    if (!stored.metadata.deletionTimestamp) {
      notePause(deployment, snapshot.now);
      rolls = !stored.spec!.paused && !isScaling(deployment, sets);
      writes = rolls ? await roll(rollout, snapshot) : scaleOnly(rollout);
    }
    const status = statusOf(deployment, rollout.sets, rollout.current, snapshot.now, rolls);
    const { annotations } = deployment.metadata;
    if (!equal(status, stored.status) || !equal(annotations, stored.metadata.annotations))
      writes.push({
        verb: "updateStatus",
        resource: "deployments.apps",
        object: { ...deployment, status },
        ...(annotations ? { annotations } : {}),
      });
    const wakeAt = deadlineOf(
      deployment,
      status.conditions?.find((condition) => condition.type === "Progressing"),
    );
    return wakeAt !== undefined && wakeAt > snapshot.now ? { writes, wakeAt } : { writes };
  },
};

/** One look at a Deployment. `deployment` is a private copy: what is set in its status and annotations is written at the end. */
interface Rollout {
  deployment: Deployment;
  sets: ReplicaSet[];
  current: ReplicaSet | undefined;
  now: number;
}

function setsOf(deployment: Deployment, snapshot: IndexedSnapshot): ReplicaSet[] {
  return snapshot
    .listBy<ReplicaSet>("replicasets.apps", byOwner, deployment.metadata.uid!)
    .filter((set) => controllerOf(set)?.uid === deployment.metadata.uid);
}

/** Sets that lost their Deployment become this one's; its own that the selector does not match are let go. Models getReplicaSetsForDeployment. */
function claimSets(deployment: Deployment, snapshot: IndexedSnapshot): Write[] {
  const { selector } = deployment.spec!;
  const { uid, namespace, deletionTimestamp } = deployment.metadata;
  const writes: Write[] = [];
  for (const set of setsOf(deployment, snapshot)) {
    if (set.metadata.deletionTimestamp || selects(selector, set)) continue;
    const next = clone(set);
    next.metadata.ownerReferences = next.metadata.ownerReferences!.filter((owner) => owner.uid !== uid);
    if (next.metadata.ownerReferences.length === 0) delete next.metadata.ownerReferences;
    writes.push({ verb: "update", resource: "replicasets.apps", object: next });
  }
  if (deletionTimestamp) return writes;
  for (const set of snapshot.list<ReplicaSet>("replicasets.apps", namespace)) {
    if (controllerOf(set) || set.metadata.deletionTimestamp || !selects(selector, set)) continue;
    const next = clone(set);
    next.metadata.ownerReferences = [...(next.metadata.ownerReferences ?? []), controllerReference(deployment)];
    writes.push({ verb: "update", resource: "replicasets.apps", object: next });
  }
  return writes;
}

/** Paused, or its number has changed: nothing is rolled out. Models sync.go sync. */
function scaleOnly(rollout: Rollout): Write[] {
  const { deployment, sets, current } = rollout;
  const old = sets.filter((set) => set !== current);
  const marked = current ? mark(rollout, current, newRevision(old)) : [];
  if (marked.length) return marked;
  const scaled = scaleInProportion(deployment, sets, current);
  return scaled.length || !deployment.spec!.paused ? scaled : cleanUp(deployment, old);
}

function newRevision(old: readonly ReplicaSet[]): number {
  return Math.max(0, ...old.map(revisionOf)) + 1;
}

/** One step of the rollout; the next change of a ReplicaSet brings the controller back for another one. */
async function roll(rollout: Rollout, snapshot: IndexedSnapshot): Promise<Write[]> {
  const { deployment, sets, current, now } = rollout;
  const old = sets.filter((set) => set !== current);
  const revision = newRevision(old);
  const recreate = deployment.spec!.strategy?.type === "Recreate";
  const marked = current ? mark(rollout, current, revision) : [];
  if (marked.length) return marked;
  if (recreate) {
    const down = old.filter((set) => (set.spec?.replicas ?? 0) > 0).flatMap((set) => scale(deployment, set, 0));
    if (down.length) return down;
    if (old.some((set) => podsOf(snapshot, set).some((pod) => !isFinished(pod)))) return [];
  }
  if (!current) {
    const made = await makeReplicaSet(deployment, revision, newSize(deployment, sets, undefined));
    setRevision(deployment, String(revision));
    const { name } = made.metadata;
    noteProgress(deployment, "NewReplicaSetCreated", `Created new replica set "${name}"`, now);
    rollout.sets = [...sets, made];
    rollout.current = made;
    return [
      { verb: "create", resource: "replicasets.apps", object: made },
      ...(made.spec!.replicas ? [scaled(deployment, name!, 0, made.spec!.replicas)] : []),
    ];
  }
  const up = newSize(deployment, sets, current);
  if (up !== current.spec!.replicas) return scale(deployment, current, up);
  const down = recreate ? [] : scaleOldDown(deployment, old, current);
  if (down.length) return down;
  return isComplete(deployment, deployment.status!) ? cleanUp(deployment, old) : [];
}

/** The current set's annotations, revision and minReadySeconds as they should be; the Deployment's own are noted. Models getNewReplicaSet. */
function mark({ deployment, now }: Rollout, current: ReplicaSet, revision: number): Write[] {
  const annotations = replicaSetAnnotations(deployment, current.metadata.annotations ?? {}, revision);
  const { minReadySeconds } = deployment.spec!;
  if (
    !equal(annotations, current.metadata.annotations ?? {}) ||
    (current.spec!.minReadySeconds ?? 0) !== (minReadySeconds ?? 0)
  ) {
    const next = clone(current);
    next.metadata.annotations = annotations;
    delete next.spec!.minReadySeconds;
    if (minReadySeconds) next.spec!.minReadySeconds = minReadySeconds;
    return [{ verb: "update", resource: "replicasets.apps", object: next }];
  }
  setRevision(deployment, annotations[REVISION] ?? "");
  if (!deployment.status!.conditions?.some(({ type }) => type === "Progressing"))
    noteProgress(deployment, "FoundNewReplicaSet", `Found new replica set "${current.metadata.name}"`, now);
  return [];
}

function setRevision(deployment: Deployment, revision: string): void {
  if (deployment.metadata.annotations?.[REVISION] !== revision)
    deployment.metadata.annotations = { ...deployment.metadata.annotations, [REVISION]: revision };
}

/** Models sync.go isScalingEvent: the wanted number changed since the sets were last annotated. */
function isScaling(deployment: Deployment, sets: ReplicaSet[]): boolean {
  const desired = String(deployment.spec!.replicas ?? 1);
  return sets.some((set) => (set.spec?.replicas ?? 0) > 0 && set.metadata.annotations?.[DESIRED_REPLICAS] !== desired);
}

/** Models sync.go scale: alone, the one active set takes all; during a rollout the change is shared out. */
function scaleInProportion(deployment: Deployment, sets: ReplicaSet[], current: ReplicaSet | undefined): Write[] {
  const wanted = deployment.spec!.replicas ?? 1;
  const active = sets.filter((set) => (set.spec?.replicas ?? 0) > 0);
  const only = active.length === 1 ? active[0] : active.length === 0 ? current : undefined;
  if (only) return only.spec!.replicas === wanted ? [] : scale(deployment, only, wanted);
  if (current && isSaturated(deployment, current))
    return active.filter((set) => set !== current).flatMap((set) => scale(deployment, set, 0));
  if (active.length === 0 || deployment.spec!.strategy?.type === "Recreate") return [];
  const total = active.reduce((sum, set) => sum + (set.spec!.replicas ?? 0), 0);
  const allowed = wanted > 0 ? wanted + limits(deployment).surge : 0;
  let left = allowed - total;
  const bySize = [...active].sort(
    (a, b) => (b.spec!.replicas ?? 0) - (a.spec!.replicas ?? 0) || (left > 0 ? byAge(b, a) : byAge(a, b)),
  );
  const sizes = bySize.map((set) => {
    const before = set.spec!.replicas ?? 0;
    const maximum = Number(set.metadata.annotations?.[MAX_REPLICAS] ?? total) || total;
    const share = Math.round((before * allowed) / maximum) - before;
    const change = left > 0 ? Math.max(0, Math.min(share, left)) : Math.min(0, Math.max(share, left));
    left -= change;
    return before + change;
  });
  if (left !== 0 && sizes.length) sizes[0] = Math.max(0, sizes[0]! + left);
  return bySize.flatMap((set, i) => scale(deployment, set, sizes[i]!));
}

/** Models deploymentutil.IsSaturated. */
function isSaturated(deployment: Deployment, set: ReplicaSet): boolean {
  const wanted = deployment.spec!.replicas ?? 1;
  const desired = Number(set.metadata.annotations?.[DESIRED_REPLICAS]);
  return set.spec!.replicas === wanted && desired === wanted && (set.status?.availableReplicas ?? 0) === wanted;
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
  // A set that has just been made smaller still counts the pods that go.
  const available = (set: ReplicaSet) => Math.min(set.status?.availableReplicas ?? 0, set.spec!.replicas ?? 0);
  let spare = all.reduce((sum, set) => sum + available(set), 0) - minimum;
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
  const message = `Scaled ${to > from ? "up" : "down"} replica set ${set} from ${from} to ${to}`;
  return told(deployment, "Normal", "ScalingReplicaSet", message);
}

/** Models sync.go cleanupDeployment: only so many old sets are kept. */
function cleanUp(deployment: Deployment, old: ReplicaSet[]): Write[] {
  const limit = deployment.spec!.revisionHistoryLimit ?? 2 ** 31 - 1;
  const alive = old
    .filter((set) => !set.metadata.deletionTimestamp)
    .sort((a, b) => revisionOf(a) - revisionOf(b) || byAge(a, b));
  return alive
    .slice(0, Math.max(0, alive.length - limit))
    .filter((set) => (set.spec?.replicas ?? 0) === 0 && (set.status?.replicas ?? 0) === 0)
    .map((set) => ({
      verb: "delete",
      resource: "replicasets.apps",
      namespace: set.metadata.namespace!,
      name: set.metadata.name!,
    }));
}
