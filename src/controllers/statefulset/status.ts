import { isReady } from "../../api/kinds/pod/state.ts";
import type { ControllerRevision, StatefulSet, StatefulSetStatus } from "../../api/types/apps.ts";
import type { Pod } from "../../api/types/core.ts";
import { REVISION_HASH } from "../history.ts";
import { isAvailable } from "../pods.ts";

export interface Revisions {
  current: ControllerRevision;
  update: ControllerRevision;
}

export function isRunningAndReady(pod: Pod): boolean {
  return pod.status?.phase === "Running" && isReady(pod);
}

/** Models computeReplicaStatus and completeRollingUpdate of pkg/controller/statefulset. */
export function statusOf(
  set: StatefulSet,
  pods: readonly Pod[],
  { current, update }: Revisions,
  now: number,
): StatefulSetStatus {
  const live = pods.filter((pod) => !pod.metadata.deletionTimestamp);
  const of = (revision: ControllerRevision) =>
    live.filter((pod) => pod.metadata.labels?.[REVISION_HASH] === revision.metadata.name).length;
  const ready = pods.filter(isRunningAndReady);
  const updated = of(update);
  let currentReplicas = of(current);
  let currentRevision = current.metadata.name!;
  const complete = updated === pods.length && ready.length === pods.length && updated === (set.spec!.replicas ?? 1);
  if (set.spec!.updateStrategy?.type === "RollingUpdate" && complete) {
    currentReplicas = updated;
    currentRevision = update.metadata.name!;
  }
  return {
    observedGeneration: set.metadata.generation ?? 1,
    replicas: pods.length,
    ...(ready.length ? { readyReplicas: ready.length } : {}),
    ...(currentReplicas ? { currentReplicas } : {}),
    ...(updated ? { updatedReplicas: updated } : {}),
    currentRevision,
    updateRevision: update.metadata.name!,
    collisionCount: set.status?.collisionCount ?? 0,
    availableReplicas: ready.filter((pod) => isAvailable(pod, set.spec!.minReadySeconds ?? 0, now)).length,
  };
}
