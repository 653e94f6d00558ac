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
  /** Whether a rollout goes on, whose progress is watched. */
  rolls: boolean,
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
  if (rolls) {
    setProgress(conditions, deployment, status, current, now);
    setFailure(conditions, current ? [current, ...sets] : sets);
  }
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
  const at = conditions.findIndex((other) => other.type === "Progressing");
  const old = conditions[at];
  if (!hasDeadline(deployment)) {
    if (at >= 0) conditions.splice(at, 1);
    return;
  }
  if ((status.replicas ?? 0) === (status.updatedReplicas ?? 0) && old?.reason === "NewReplicaSetAvailable") return;
  if (isComplete(deployment, status)) {
    const message = `${name} has successfully progressed.`;
    setCondition(conditions, condition("Progressing", "True", "NewReplicaSetAvailable", message), now);
    return;
  }
  if (isProgressing(deployment, status)) {
    setCondition(
      conditions,
      condition("Progressing", "True", "ReplicaSetUpdated", `${name} is progressing.`),
      now,
      true,
    );
    return;
  }
  const deadline = deadlineOf(deployment, old);
  if (deadline !== undefined && deadline <= now) {
    const message = `${name} has timed out progressing.`;
    setCondition(conditions, condition("Progressing", "False", "ProgressDeadlineExceeded", message), now);
  }
}

/** Why pods cannot be made, as the sets tell it. Models getReplicaFailures. */
function setFailure(conditions: DeploymentCondition[], sets: readonly ReplicaSet[]): void {
  const failures = sets.flatMap((set) => set.status?.conditions ?? []).filter(({ type }) => type === "ReplicaFailure");
  const at = conditions.findIndex((other) => other.type === "ReplicaFailure");
  const failure = failures[0];
  if (!failure) {
    if (at >= 0) conditions.splice(at, 1);
    return;
  }
  const old = conditions[at];
  if (old && old.status === failure.status && old.reason === failure.reason) return;
  if (at >= 0) conditions.splice(at, 1);
  conditions.push({
    ...failure,
    lastUpdateTime: failure.lastTransitionTime!,
    lastTransitionTime: old?.status === failure.status ? old.lastTransitionTime! : failure.lastTransitionTime!,
  } as DeploymentCondition);
}

/** Models sync.go checkPausedConditions. Changes the status in place. */
export function notePause(deployment: Deployment, now: number): void {
  if (!hasDeadline(deployment)) return;
  const old = deployment.status!.conditions?.find(({ type }) => type === "Progressing");
  if (old?.reason === "ProgressDeadlineExceeded") return;
  const { paused = false } = deployment.spec!;
  if (paused === (old?.reason === "DeploymentPaused")) return;
  const [reason, message] = paused
    ? ["DeploymentPaused", "Deployment is paused"]
    : ["DeploymentResumed", "Deployment is resumed"];
  const conditions = deployment.status!.conditions ?? [];
  deployment.status!.conditions = conditions;
  setCondition(conditions, condition("Progressing", "Unknown", reason!, message!), now);
}

/** Where a set was made or found. Changes the status in place. */
export function noteProgress(deployment: Deployment, reason: string, message: string, now: number): void {
  if (!hasDeadline(deployment)) return;
  const conditions = deployment.status!.conditions ?? [];
  deployment.status!.conditions = conditions;
  setCondition(conditions, condition("Progressing", "True", reason, message), now);
}

function hasDeadline(deployment: Deployment): boolean {
  const seconds = deployment.spec!.progressDeadlineSeconds;
  return seconds !== undefined && seconds !== 2 ** 31 - 1;
}

/** Milliseconds since 1970 at which the rollout counts as failed if nothing moves. */
export function deadlineOf(deployment: Deployment, progress: DeploymentCondition | undefined): number | undefined {
  const seconds = deployment.spec!.progressDeadlineSeconds;
  if (seconds === undefined || !progress?.lastUpdateTime || progress.status === "False") return undefined;
  if (deployment.spec!.paused || !hasDeadline(deployment)) return undefined;
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
