import { byLabel, type IndexedSnapshot } from "../../api/indexes.ts";
import { clone, equal } from "../../api/json.ts";
import { isFinished, isReady } from "../../api/kinds/pod/state.ts";
import { timestamp } from "../../api/snapshot.ts";
import type { Job, JobCondition, JobStatus } from "../../api/types/batch.ts";
import type { Pod } from "../../api/types/core.ts";
import type { Write } from "../../api/writes.ts";
import { claimPods, workloadsOfPod } from "../claim.ts";
import type { Controller, Reconciled } from "../controller.ts";
import { keyOf, splitKey } from "../keys.ts";
import { isActive, podRemoval, podsOf } from "../pods.ts";
import { recorder } from "../recorder.ts";
import {
  condition,
  decided,
  endConditions,
  ensureCondition,
  failure,
  finishedType,
  type Outcome,
  REACHED,
} from "./conditions.ts";
import { backoffUntil, isFailed, matchPolicy, restartedTooOften } from "./failures.ts";
import { formatIndexes, indexOf, isIndexed, parseIndexes } from "./indexes.ts";
import { COMPONENT, creation, isTracked, tooMany, untracked } from "./pods.ts";

const told = recorder(COMPONENT);

/** Runs pods until enough have succeeded. Models kubernetes pkg/controller/job. */
export const jobController: Controller = {
  name: COMPONENT,
  manager: "kube-controller-manager",
  affected(change, snapshot) {
    if (change.resource === "jobs.batch") return [keyOf(change.after ?? change.before!)];
    return workloadsOfPod(change, snapshot, "Job", "jobs.batch");
  },
  reconcile(key, snapshot) {
    const { namespace, name } = splitKey(key);
    const job = snapshot.get<Job>("jobs.batch", namespace, name);
    if (!job) return { writes: orphans(namespace, name, snapshot) };
    if ((job.spec!.managedBy ?? MANAGED_BY) !== MANAGED_BY) return { writes: [] };
    const pods = podsOf(snapshot, job);
    if (finishedType(job)) return { writes: pods.filter(isTracked).map(untracked) };
    const claims = claimPods(job, job.spec!.selector!, snapshot);
    return claims.length ? { writes: claims } : sync(job, pods, snapshot);
  },
};

/** Pods whose Job is gone are not held back any more. Models syncOrphanPod. */
function orphans(namespace: string, name: string, snapshot: IndexedSnapshot): Write[] {
  return snapshot
    .listBy<Pod>("pods", byLabel, `batch.kubernetes.io/job-name=${name}`)
    .filter((pod) => pod.metadata.namespace === namespace && isTracked(pod))
    .map(untracked);
}

const MANAGED_BY = "kubernetes.io/job-controller";

/** What one look at a Job has counted. */
interface Count {
  succeeded: number;
  failed: number;
  completed: Set<number>;
  failedIndexes: Set<number>;
}

/** Models syncJob. */
function sync(job: Job, pods: Pod[], snapshot: IndexedSnapshot): Reconciled {
  const { now } = snapshot;
  const spec = job.spec!;
  const active = pods.filter(isActive);
  const count = counted(job, pods);
  const startTime = job.status?.startTime ?? (spec.suspend ? undefined : timestamp(now));
  const deadline =
    spec.activeDeadlineSeconds !== undefined && startTime && !spec.suspend
      ? Date.parse(startTime) + spec.activeDeadlineSeconds * 1000
      : undefined;
  let end = decided(job) ?? failing(job, pods, count, deadline, now) ?? succeeding(job, count);
  const writes: Write[] = [];
  let gone: Pod[] = [];
  let made = 0;
  let wakeAt = deadline;
  if (end) gone = active;
  else if (!job.metadata.deletionTimestamp) {
    const managed = manage(job, pods, active, count, now);
    gone = managed.remove;
    made = managed.create.length;
    if (managed.wakeAt !== undefined) wakeAt = Math.min(managed.wakeAt, wakeAt ?? managed.wakeAt);
    writes.push(...managed.create.map((index) => creation(job, index)));
    const running = active.length - gone.length + made;
    const enough = spec.completions === undefined ? count.succeeded > 0 : count.succeeded >= spec.completions;
    if (running === 0 && enough && managed.wakeAt === undefined) end = REACHED;
  }
  writes.push(...gone.flatMap((pod) => podRemoval(job, pod, COMPONENT)));
  const stopping = pods.filter((pod) => isStopping(pod) && !gone.includes(pod)).length + gone.length;
  // A failed Job counts the pods that it stops as failed.
  if (end && !end.success) count.failed += gone.filter(isTracked).filter((pod) => !isFailed(job, pod)).length;
  const letGo = pods.filter(
    (pod) => isTracked(pod) && (end || job.metadata.deletionTimestamp || isFinished(pod) || isFailed(job, pod)),
  );
  const { conditions, events } = suspension(job, end, now);
  const over = end !== undefined && stopping === 0;
  const status = statusOf(job, count, {
    active: active.length - gone.length + made,
    ready: active.filter((pod) => !gone.includes(pod) && isReady(pod)).length,
    terminating: stopping,
    conditions: end ? endConditions(conditions, end, over, now) : conditions,
    startTime: spec.suspend ? undefined : restarted(job, startTime, now),
    completionTime: over && end?.success ? timestamp(now) : undefined,
  });
  if (!equal(status, job.status))
    writes.push({ verb: "updateStatus", resource: "jobs.batch", object: { ...clone(job), status } });
  writes.push(...letGo.map(untracked), ...events);
  if (over) writes.push(ended(job, end!));
  return wakeAt === undefined || wakeAt <= now || over ? { writes } : { writes, wakeAt };
}

/** Models controller.CountTerminatingPods. */
function isStopping(pod: Pod): boolean {
  return !!pod.metadata.deletionTimestamp && !isFinished(pod);
}

/** The finished pods that are not counted yet come to what the status has. */
function counted(job: Job, pods: readonly Pod[]): Count {
  const fresh = pods.filter(isTracked);
  const failed = fresh.filter((pod) => isFailed(job, pod) && matchPolicy(job, pod)?.action !== "Ignore");
  const completed = parseIndexes(job.status?.completedIndexes);
  const done = fresh.filter((pod) => pod.status?.phase === "Succeeded");
  const indexed = isIndexed(job);
  if (indexed) for (const pod of done) if (indexOf(job, pod) !== undefined) completed.add(indexOf(job, pod)!);
  return {
    succeeded: indexed ? completed.size : (job.status?.succeeded ?? 0) + done.length,
    failed: (job.status?.failed ?? 0) + failed.length,
    completed,
    failedIndexes: failedIndexes(job, pods),
  };
}

/** The indexes that have failed more often than `backoffLimitPerIndex` allows. */
function failedIndexes(job: Job, pods: readonly Pod[]): Set<number> {
  const limit = job.spec!.backoffLimitPerIndex;
  const out = parseIndexes(job.status?.failedIndexes);
  if (limit === undefined) return out;
  const times = new Map<number, number>();
  for (const pod of pods) {
    const index = indexOf(job, pod);
    if (index === undefined || !isFailed(job, pod)) continue;
    const action = matchPolicy(job, pod)?.action;
    if (action === "FailIndex") out.add(index);
    if (action !== "Ignore") times.set(index, (times.get(index) ?? 0) + 1);
  }
  for (const [index, count] of times) if (count > limit) out.add(index);
  return out;
}

function failing(
  job: Job,
  pods: readonly Pod[],
  count: Count,
  deadline: number | undefined,
  now: number,
): Outcome | undefined {
  const spec = job.spec!;
  for (const pod of pods) {
    const match = isFailed(job, pod) ? matchPolicy(job, pod) : undefined;
    if (match?.action === "FailJob") return failure("PodFailurePolicy", match.message);
  }
  const limit = spec.backoffLimit ?? (spec.backoffLimitPerIndex === undefined ? 6 : 2 ** 31 - 1);
  if (count.failed > limit || restartedTooOften(job, pods))
    return failure("BackoffLimitExceeded", "Job has reached the specified backoff limit");
  if (deadline !== undefined && deadline <= now)
    return failure("DeadlineExceeded", "Job was active longer than specified deadline");
  if (spec.backoffLimitPerIndex === undefined) return undefined;
  const bad = count.failedIndexes.size;
  if (spec.maxFailedIndexes !== undefined && bad > spec.maxFailedIndexes)
    return failure("MaxFailedIndexesExceeded", "Job has exceeded the specified maximal number of failed indexes");
  if (bad > 0 && bad + count.completed.size >= (spec.completions ?? 0))
    return failure("FailedIndexes", "Job has failed indexes");
  return undefined;
}

/** Models success_policy.go matchSuccessPolicy. */
function succeeding(job: Job, { completed }: Count): Outcome | undefined {
  if (!isIndexed(job) || completed.size === 0) return undefined;
  for (const [i, rule] of (job.spec!.successPolicy?.rules ?? []).entries()) {
    const wanted = rule.succeededIndexes === undefined ? completed : parseIndexes(rule.succeededIndexes);
    const have = [...wanted].filter((index) => completed.has(index)).length;
    const all = rule.succeededIndexes !== undefined && have === wanted.size;
    if (all || (rule.succeededCount !== undefined && have >= rule.succeededCount))
      return { success: true, reason: "SuccessPolicy", message: `Matched rules at index ${i}` };
  }
  return undefined;
}

interface Managed {
  remove: Pod[];
  create: (number | undefined)[];
  wakeAt?: number;
}

/** Models manageJob. */
function manage(job: Job, pods: Pod[], active: Pod[], count: Count, now: number): Managed {
  const spec = job.spec!;
  if (spec.suspend) return { remove: active, create: [] };
  const parallelism = spec.parallelism ?? 1;
  const open = spec.completions === undefined ? parallelism : spec.completions - count.succeeded;
  const wanted =
    spec.completions === undefined && count.succeeded > 0 ? active.length : Math.max(0, Math.min(open, parallelism));
  const remove = tooMany(job, active, Math.max(0, active.length - wanted));
  if (remove.length) return { remove, create: [] };
  const stopping = spec.podReplacementPolicy === "Failed" ? pods.filter(isStopping).length : 0;
  const missing = wanted - stopping - active.length;
  if (missing <= 0) return { remove, create: [] };
  const perIndex = spec.backoffLimitPerIndex !== undefined;
  const until = perIndex ? 0 : backoffUntil(job, pods);
  if (until > now) return { remove, create: [], wakeAt: until };
  if (!isIndexed(job)) return { remove, create: new Array(missing).fill(undefined) };
  const busy = new Set(active.map((pod) => indexOf(job, pod)));
  const create: number[] = [];
  let next = Number.POSITIVE_INFINITY;
  for (let index = 0; index < spec.completions! && create.length < missing; index++) {
    if (busy.has(index) || count.completed.has(index) || count.failedIndexes.has(index)) continue;
    const own = perIndex
      ? backoffUntil(
          job,
          pods.filter((pod) => indexOf(job, pod) === index),
        )
      : 0;
    if (own > now) next = Math.min(next, own);
    else create.push(index);
  }
  return { remove, create, ...(Number.isFinite(next) ? { wakeAt: next } : {}) };
}

function suspension(job: Job, end: Outcome | undefined, now: number): { conditions: JobCondition[]; events: Write[] } {
  const before = job.status?.conditions ?? [];
  if (end || job.metadata.deletionTimestamp) return { conditions: before, events: [] };
  const { suspend } = job.spec!;
  const next = suspend
    ? condition("Suspended", "True", "JobSuspended", "Job suspended", now)
    : condition("Suspended", "False", "JobResumed", "Job resumed", now);
  const conditions = ensureCondition(before, next);
  if (!conditions) return { conditions: before, events: [] };
  const [reason, message] = suspend ? ["Suspended", "Job suspended"] : ["Resumed", "Job resumed"];
  return { conditions, events: [told(job, "Normal", reason!, message!)] };
}

/** A Job that goes on starts anew. */
function restarted(job: Job, startTime: string | undefined, now: number): string | undefined {
  const suspended = job.status?.conditions?.some(({ type, status }) => type === "Suspended" && status === "True");
  return suspended ? timestamp(now) : startTime;
}

interface Facts {
  active: number;
  ready: number;
  terminating: number;
  conditions: JobCondition[];
  startTime: string | undefined;
  completionTime: string | undefined;
}

function statusOf(job: Job, count: Count, facts: Facts): JobStatus {
  const { conditions, startTime, completionTime } = facts;
  return {
    ...(conditions.length ? { conditions } : {}),
    ...(startTime ? { startTime } : {}),
    ...(completionTime ? { completionTime } : {}),
    ...(facts.active ? { active: facts.active } : {}),
    ...(count.succeeded ? { succeeded: count.succeeded } : {}),
    ...(count.failed ? { failed: count.failed } : {}),
    terminating: facts.terminating,
    ...(isIndexed(job) && count.completed.size ? { completedIndexes: formatIndexes(count.completed) } : {}),
    ...(job.spec!.backoffLimitPerIndex !== undefined ? { failedIndexes: formatIndexes(count.failedIndexes) } : {}),
    uncountedTerminatedPods: {},
    ready: facts.ready,
  };
}

/** Models recordJobFinished. */
function ended(job: Job, end: Outcome): Write {
  return end.success
    ? told(job, "Normal", "Completed", "Job completed")
    : told(job, "Warning", end.reason, end.message);
}
