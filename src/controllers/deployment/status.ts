import { timestamp } from "../../api/snapshot.ts";
import type { Deployment, DeploymentCondition, DeploymentStatus, ReplicaSet } from "../../api/types/apps.ts";
import { limits } from "./rollout.ts";

const sum = (sets: readonly ReplicaSet[], count: (set: ReplicaSet) => number | undefined) =>
  sets.reduce((total, set) => total + (count(set) ?? 0), 0);

/** Models pkg/controller/deployment/sync.go calculateStatus and progress.go syncRolloutStatus. */
export function statusOf(
  deployment: Deployment,
  sets: readonly ReplicaSet[],
  current: ReplicaSet | undefined,
  now: number,
): DeploymentStatus {
  const wanted = deployment.spec!.replicas ?? 1;
  const replicas = sum(sets, (set) => set.status?.replicas);
  const available = sum(sets, (set) => set.status?.availableReplicas);
  const updated = current?.status?.replicas ?? 0;
  const ready = sum(sets, (set) => set.status?.readyReplicas);
  const unavailable = Math.max(0, sum(sets, (set) => set.spec?.replicas) - available);
  const status: DeploymentStatus = {
    observedGeneration: deployment.metadata.generation ?? 1,
    ...(replicas ? { replicas } : {}),
    ...(updated ? { updatedReplicas: updated } : {}),
    ...(ready ? { readyReplicas: ready } : {}),
    ...(available ? { availableReplicas: available } : {}),
    ...(unavailable ? { unavailableReplicas: unavailable } : {}),
    terminatingReplicas: sum(sets, (set) => set.status?.terminatingReplicas),
    ...(deployment.status?.collisionCount ? { collisionCount: deployment.status.collisionCount } : {}),
  };
  const conditions = [...(deployment.status?.conditions ?? [])];
  const enough = available >= wanted - limits(deployment).unavailable;
  setCondition(
    conditions,
    enough
      ? condition("Available", "True", "MinimumReplicasAvailable", "Deployment has minimum availability.")
      : condition("Available", "False", "MinimumReplicasUnavailable", "Deployment does not have minimum availability."),
    now,
  );
  setProgress(conditions, deployment, status, current, now);
  status.conditions = conditions;
  return status;
}

type BareCondition = Pick<DeploymentCondition, "type" | "status" | "reason" | "message">;

function condition(type: string, status: string, reason: string, message: string): BareCondition {
  return { type, status, reason, message };
}

/** Models deploymentutil.SetDeploymentCondition: the times change with what they tell. */
function setCondition(conditions: DeploymentCondition[], next: BareCondition, now: number, update = false): void {
  const at = conditions.findIndex((other) => other.type === next.type);
  const old = conditions[at];
  if (old && old.status === next.status && old.reason === next.reason && !update) return;
  const lastTransitionTime = old && old.status === next.status ? old.lastTransitionTime! : timestamp(now);
  const made = { ...next, lastTransitionTime, lastUpdateTime: timestamp(now) };
  // The real one drops the old condition and appends the new one.
  if (at >= 0) conditions.splice(at, 1);
  conditions.push(made);
}

function setProgress(
  conditions: DeploymentCondition[],
  deployment: Deployment,
  status: DeploymentStatus,
  current: ReplicaSet | undefined,
  now: number,
): void {
  const name = current ? `ReplicaSet "${current.metadata.name}"` : `Deployment "${deployment.metadata.name}"`;
  const old = conditions.find((other) => other.type === "Progressing");
  if (isComplete(deployment, status)) {
    if (old?.reason === "NewReplicaSetAvailable" && old.message === `${name} has successfully progressed.`) return;
    setCondition(
      conditions,
      condition("Progressing", "True", "NewReplicaSetAvailable", `${name} has successfully progressed.`),
      now,
      true,
    );
    return;
  }
  if (isProgressing(deployment, status)) {
    setCondition(
      conditions,
      condition("Progressing", "True", "ReplicaSetUpdated", `${name} is progressing.`),
      now,
      old?.reason !== "ReplicaSetUpdated" || old.status !== "True",
    );
    const renewed = conditions.find((other) => other.type === "Progressing");
    if (renewed) renewed.lastUpdateTime = timestamp(now);
    return;
  }
  const deadline = deadlineOf(deployment, old);
  if (deadline !== undefined && deadline <= now)
    setCondition(
      conditions,
      condition("Progressing", "False", "ProgressDeadlineExceeded", `${name} has timed out progressing.`),
      now,
    );
}

/** Milliseconds since 1970 at which the rollout counts as failed if nothing moves. */
export function deadlineOf(deployment: Deployment, progress: DeploymentCondition | undefined): number | undefined {
  const seconds = deployment.spec!.progressDeadlineSeconds;
  if (seconds === undefined || !progress?.lastUpdateTime || progress.status !== "True") return undefined;
  if (progress.reason === "NewReplicaSetAvailable") return undefined;
  return Date.parse(progress.lastUpdateTime) + seconds * 1000;
}

/** Models deploymentutil.DeploymentComplete. */
export function isComplete(deployment: Deployment, status: DeploymentStatus): boolean {
  const wanted = deployment.spec!.replicas ?? 1;
  return (
    (status.updatedReplicas ?? 0) === wanted &&
    (status.replicas ?? 0) === wanted &&
    (status.availableReplicas ?? 0) === wanted &&
    (status.observedGeneration ?? 0) >= (deployment.metadata.generation ?? 0)
  );
}

/** Models deploymentutil.DeploymentProgressing. */
function isProgressing(deployment: Deployment, next: DeploymentStatus): boolean {
  const old = deployment.status ?? {};
  const oldOnes = (status: DeploymentStatus) => (status.replicas ?? 0) - (status.updatedReplicas ?? 0);
  return (
    (next.updatedReplicas ?? 0) > (old.updatedReplicas ?? 0) ||
    oldOnes(next) < oldOnes(old) ||
    (next.readyReplicas ?? 0) > (old.readyReplicas ?? 0) ||
    (next.availableReplicas ?? 0) > (old.availableReplicas ?? 0)
  );
}
