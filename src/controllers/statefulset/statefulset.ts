import { clone, equal } from "../../api/json.ts";
import { controllerOf } from "../../api/object.ts";
import type { ControllerRevision, StatefulSet } from "../../api/types/apps.ts";
import type { Pod } from "../../api/types/core.ts";
import type { Write } from "../../api/writes.ts";
import { claimPods, workloadsOfPod } from "../claim.ts";
import type { Controller } from "../controller.ts";
import {
  cleanUpRevisions,
  createRevision,
  HISTORY_HASH,
  newRevision,
  REVISION_HASH,
  renumbered,
  revisionData,
  revisionHash,
  revisionsOf,
  sameData,
} from "../history.ts";
import { keyOf, splitKey } from "../keys.ts";
import { nextAvailable, podsOf } from "../pods.ts";
import { belongsTo, ordinalOf } from "./identity.ts";
import { type Revisions, statusOf } from "./status.ts";
import { step } from "./step.ts";

/** Pods with names and an order. Models kubernetes pkg/controller/statefulset. */
export const statefulSetController: Controller = {
  name: "statefulset-controller",
  manager: "kube-controller-manager",
  affected(change, snapshot) {
    const object = change.after ?? change.before!;
    if (change.resource === "statefulsets.apps") return [keyOf(object)];
    if (change.resource === "pods") return workloadsOfPod(change, snapshot, "StatefulSet", "statefulsets.apps");
    const owner = controllerOf(object);
    return owner?.kind === "StatefulSet" ? [`${object.metadata.namespace}/${owner.name}`] : [];
  },
  reconcile(key, snapshot) {
    const { namespace, name } = splitKey(key);
    const set = snapshot.get<StatefulSet>("statefulsets.apps", namespace, name);
    if (!set) return { writes: [] };
    const claims = claimPods(set, set.spec!.selector, snapshot, (pod) => belongsTo(set, pod));
    if (claims.length) return { writes: claims };
    const revisions = revisionsOf(snapshot, set);
    const chosen = chooseRevisions(set, revisions);
    if (!Array.isArray(chosen)) return { writes: [chosen.write] };
    const [current, update] = chosen;
    const pods = podsOf(snapshot, set).sort((a, b) => ordinalOf(a) - ordinalOf(b));
    const names = { current, update };
    const writes = set.metadata.deletionTimestamp ? [] : step(set, pods, names, snapshot);
    const status = statusOf(set, pods, names, snapshot.now);
    if (!equal(status, set.status))
      writes.push({ verb: "updateStatus", resource: "statefulsets.apps", object: { ...clone(set), status } });
    writes.push(...oldRevisions(set, revisions, names, pods));
    const wakeAt = nextAvailable(pods, set.spec!.minReadySeconds ?? 0, snapshot.now);
    return wakeAt === undefined ? { writes } : { writes, wakeAt };
  },
};

/** The revision that pods come from and the one they go to; or the write that makes it. Models getStatefulSetRevisions. */
function chooseRevisions(
  set: StatefulSet,
  revisions: ControllerRevision[],
): [ControllerRevision, ControllerRevision] | { write: Write } {
  const data = revisionData(set.spec!.template);
  const last = revisions.at(-1);
  const next = (last?.revision ?? 0) + 1;
  const same = revisions.filter((revision) => sameData(revision, data)).at(-1);
  if (same && same !== last) return { write: renumbered(same, next) };
  if (!same) {
    const labels = set.spec!.template.metadata?.labels ?? {};
    const hash = revisionHash(data, set.status?.collisionCount ?? 0);
    return { write: createRevision(newRevision(set, data, labels, hash, next, HISTORY_HASH)) };
  }
  const current = revisions.find((revision) => revision.metadata.name === set.status?.currentRevision);
  return [current ?? same, same];
}

function oldRevisions(
  set: StatefulSet,
  revisions: ControllerRevision[],
  { current, update }: Revisions,
  pods: readonly Pod[],
): Write[] {
  const inUse = new Set([current.metadata.name!, update.metadata.name!]);
  for (const pod of pods) inUse.add(pod.metadata.labels?.[REVISION_HASH] ?? "");
  return cleanUpRevisions(revisions, inUse, set.spec!.revisionHistoryLimit ?? 10);
}
