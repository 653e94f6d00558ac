import type { CronJob } from "../../api/types/batch.ts";
import type { Schedule } from "./next-run.ts";

/**
 * The last run that is due at `now` and was not started, or undefined. Models cronjob/utils.go mostRecentScheduleTime: what is
 * further back than `startingDeadlineSeconds` is not looked for.
 */
export function dueRun(cronJob: CronJob, schedule: Schedule, now: number): number | undefined {
  const { startingDeadlineSeconds } = cronJob.spec;
  let from = Date.parse(cronJob.status?.lastScheduleTime ?? cronJob.metadata.creationTimestamp ?? "");
  if (startingDeadlineSeconds !== undefined) from = Math.max(from, now - startingDeadlineSeconds * 1000);
  const first = schedule.next(from);
  if (first === undefined || first > now) return undefined;
  const second = schedule.next(first);
  if (second === undefined || second > now) return first;
  const between = Math.round((second - first) / 1000) * 1000;
  const missed = Math.floor((now - first) / between) + 1;
  let recent: number | undefined;
  for (
    let run = schedule.next(first + (missed - 2) * between);
    run !== undefined && run <= now;
    run = schedule.next(run)
  )
    recent = run;
  return recent;
}
