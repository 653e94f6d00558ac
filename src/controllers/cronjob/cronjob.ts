import { byOwner, type IndexedSnapshot } from "../../api/indexes.ts";
import { clone, compareStrings, equal } from "../../api/json.ts";
import { controllerOf } from "../../api/object.ts";
import { timestamp } from "../../api/snapshot.ts";
import type { CronJob, CronJobStatus, Job } from "../../api/types/batch.ts";
import type { Write } from "../../api/writes.ts";
import type { Controller, Reconciled } from "../controller.ts";
import { finishedType } from "../job/conditions.ts";
import { controllerReference, keyOf, splitKey } from "../keys.ts";
import { recorder } from "../recorder.ts";
import { dueRun } from "./missed.ts";
import { type Schedule, scheduleOf } from "./next-run.ts";

const COMPONENT = "cronjob-controller";
const told = recorder(COMPONENT);

/** Starts Jobs by the clock. Models kubernetes pkg/controller/cronjob/cronjob_controllerv2.go. */
export const cronJobController: Controller = {
  name: COMPONENT,
  manager: "kube-controller-manager",
  affected(change) {
    const object = change.after ?? change.before!;
    if (change.resource === "cronjobs.batch") return [keyOf(object)];
    const owner = controllerOf(object);
    return owner?.kind === "CronJob" ? [`${object.metadata.namespace}/${owner.name}`] : [];
  },
  reconcile(key, snapshot) {
    const { namespace, name } = splitKey(key);
    const cronJob = snapshot.get<CronJob>("cronjobs.batch", namespace, name);
    if (!cronJob) return { writes: [] };
    const jobs = snapshot
      .listBy<Job>("jobs.batch", byOwner, cronJob.metadata.uid!)
      .filter((job) => controllerOf(job)?.uid === cronJob.metadata.uid);
    const kept = history(cronJob, jobs);
    if (kept.length) return { writes: kept };
    return sync(cronJob, jobs, snapshot);
  },
  catchUp(key, snapshot, due, now) {
    const { namespace, name } = splitKey(key);
    const cronJob = snapshot.get<CronJob>("cronjobs.batch", namespace, name);
    if (!cronJob || cronJob.spec.suspend || now - due < SHORT_GAP) return due;
    const schedule = scheduleOf(cronJob.spec.schedule, cronJob.spec.timeZone);
    return beforeLastRuns(schedule, due, now);
  },
};

/** Gaps up to this long are lived through run by run (milliseconds). */
const SHORT_GAP = 6 * 3_600_000;
/** Of a longer gap the last runs are enough: history keeps fewer Jobs, and events live for an hour. */
const LAST_RUNS = 100;

function beforeLastRuns(schedule: Schedule, due: number, now: number): number {
  const second = schedule.next(due);
  if (second === undefined) return due;
  const between = Math.max(1000, second - due);
  const start = now - Math.max(LAST_RUNS * between, between * 2);
  return start <= due ? due : (schedule.next(start) ?? due);
}

/** Models syncCronJob. */
function sync(cronJob: CronJob, jobs: readonly Job[], snapshot: IndexedSnapshot): Reconciled {
  const { now } = snapshot;
  const status: CronJobStatus = { ...cronJob.status };
  const events = followJobs(cronJob, jobs, status, snapshot);
  const done = (writes: Write[], wakeAt?: number): Reconciled => {
    if (!equal(status, cronJob.status ?? {}))
      writes.unshift({ verb: "updateStatus", resource: "cronjobs.batch", object: { ...clone(cronJob), status } });
    return wakeAt === undefined ? { writes } : { writes, wakeAt };
  };
  const { spec, metadata } = cronJob;
  if (metadata.deletionTimestamp || spec.suspend) return done(events);
  const schedule = scheduleOf(spec.schedule, spec.timeZone);
  const run = dueRun(cronJob, schedule, now);
  const next = schedule.next(now);
  // Models nextScheduleTime: between runs that never come lies no second.
  if (run === undefined && next === undefined) {
    const message = `invalid schedule: ${spec.schedule} : time difference between two schedules is less than 1 second`;
    return done([...events, told(cronJob, "Warning", "InvalidSchedule", message)]);
  }
  if (run === undefined) return done(events, next);
  const name = `${metadata.name}-${Math.floor(run / 60_000)}`;
  if (spec.startingDeadlineSeconds !== undefined && run + spec.startingDeadlineSeconds * 1000 < now) {
    const time = new Date(run).toUTCString().replace("GMT", "UTC");
    return done(
      [...events, told(cronJob, "Warning", "MissSchedule", `Missed scheduled time to start a job: ${time}`)],
      next,
    );
  }
  const started = status.active?.some((active) => active.name === name);
  if (started || cronJob.status?.lastScheduleTime === timestamp(run)) return done(events, next);
  if (spec.concurrencyPolicy === "Forbid" && status.active?.length) {
    const message = "Not starting job because prior execution is running and concurrency policy is Forbid";
    return done([...events, told(cronJob, "Normal", "JobAlreadyActive", message)], next);
  }
  if (spec.concurrencyPolicy === "Replace" && status.active?.length) {
    for (const { name: active } of status.active)
      for (const job of jobs) if (job.metadata.name === active) events.push(...removal(cronJob, job));
    delete status.active;
  }
  status.lastScheduleTime = timestamp(run);
  if (jobs.some((job) => job.metadata.name === name)) return done(events, next);
  return done(
    [
      ...events,
      { verb: "create", resource: "jobs.batch", object: jobOf(cronJob, name, run) },
      told(cronJob, "Normal", "SuccessfulCreate", `Created job ${name}`),
    ],
    next,
  );
}

/** Brings `status.active` and `status.lastSuccessfulTime` up to what the Jobs are; the events about it. */
function followJobs(cronJob: CronJob, jobs: readonly Job[], status: CronJobStatus, snapshot: IndexedSnapshot): Write[] {
  const events: Write[] = [];
  let active = [...(status.active ?? [])];
  for (const job of jobs) {
    const listed = active.some(({ uid }) => uid === job.metadata.uid);
    const end = finishedType(job);
    if (!end && !listed)
      active.push({
        kind: "Job",
        namespace: job.metadata.namespace!,
        name: job.metadata.name!,
        uid: job.metadata.uid!,
        apiVersion: "batch/v1",
        resourceVersion: job.metadata.resourceVersion!,
      });
    if (!end) continue;
    if (listed) {
      active = active.filter(({ uid }) => uid !== job.metadata.uid);
      const message = `Saw completed job: ${job.metadata.name}, condition: ${end}`;
      events.push(told(cronJob, "Normal", "SawCompletedJob", message));
    }
    const time = job.status?.completionTime;
    if (end === "Complete" && time && time > (status.lastSuccessfulTime ?? "")) status.lastSuccessfulTime = time;
  }
  for (const gone of active.filter(({ uid }) => !jobs.some((job) => job.metadata.uid === uid))) {
    active = active.filter((other) => other !== gone);
    if (!snapshot.get("jobs.batch", gone.namespace ?? "", gone.name ?? ""))
      events.push(told(cronJob, "Normal", "MissingJob", `Active job went missing: ${gone.name}`));
  }
  if (active.length) status.active = active;
  else delete status.active;
  return events;
}

/** Models getJobFromTemplate2. */
function jobOf(cronJob: CronJob, name: string, run: number): Job {
  const { metadata, spec } = cronJob.spec.jobTemplate;
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: {
      name,
      namespace: cronJob.metadata.namespace!,
      ...(metadata?.labels ? { labels: { ...metadata.labels } } : {}),
      annotations: {
        ...metadata?.annotations,
        "batch.kubernetes.io/cronjob-scheduled-timestamp": scheduledTimestamp(run, cronJob.spec.timeZone),
      },
      ownerReferences: [controllerReference(cronJob)],
    },
    spec: clone(spec!),
  };
}

/** RFC 3339 with the zone's offset. */
function scheduledTimestamp(run: number, zone: string | undefined): string {
  if (!zone || zone === "UTC" || zone === "Etc/UTC") return timestamp(run);
  const format = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
  const name = format.formatToParts(run).find(({ type }) => type === "timeZoneName")?.value ?? "GMT";
  const [, sign = "+", hours = "00", minutes = "00"] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(name) ?? [];
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -1 : 1);
  const suffix = offset === 0 ? "Z" : `${sign}${hours}:${minutes}`;
  return timestamp(run + offset * 60_000).replace("Z", suffix);
}

/** Finished Jobs beyond the limits go, the oldest first. Models cleanupFinishedJobs. */
function history(cronJob: CronJob, jobs: readonly Job[]): Write[] {
  const { failedJobsHistoryLimit, successfulJobsHistoryLimit } = cronJob.spec;
  if (cronJob.metadata.deletionTimestamp) return [];
  const over = (type: "Complete" | "Failed", limit: number | undefined) => {
    const finished = jobs.filter((job) => finishedType(job) === type && !job.metadata.deletionTimestamp);
    return finished
      .filter((job) => !cronJob.status?.active?.some(({ uid }) => uid === job.metadata.uid))
      .sort(byStartTime)
      .slice(0, limit === undefined ? 0 : Math.max(0, finished.length - limit));
  };
  return [...over("Complete", successfulJobsHistoryLimit), ...over("Failed", failedJobsHistoryLimit)].flatMap((job) =>
    removal(cronJob, job),
  );
}

function byStartTime(a: Job, b: Job): number {
  return (
    compareStrings(a.status?.startTime ?? "~", b.status?.startTime ?? "~") ||
    compareStrings(a.metadata.name!, b.metadata.name!)
  );
}

function removal(cronJob: CronJob, job: Job): Write[] {
  const { namespace, name } = job.metadata;
  return [
    { verb: "delete", resource: "jobs.batch", namespace: namespace!, name: name!, propagation: "Background" },
    told(cronJob, "Normal", "SuccessfulDelete", `Deleted job ${name}`),
  ];
}
