import { humanDuration } from "../../meta/human-duration.ts";
import { formatLabelSelector } from "../../meta/label-selector.ts";
import type { Job } from "../../types/batch.ts";
import {
  ageColumn,
  ageOf,
  column,
  containerCells,
  containerColumns,
  nameColumn,
  nameOf,
  wideColumn,
} from "../cells.ts";
import type { TablePrinter } from "../kind.ts";

/** Models printJob. */
export const table: TablePrinter<Job> = {
  columns: [
    nameColumn,
    column("Status"),
    column("Completions"),
    column("Duration"),
    ageColumn,
    ...containerColumns,
    wideColumn("Selector"),
  ],
  cells: (job, context) => [
    nameOf(job),
    statusText(job),
    completionsText(job),
    durationText(job, context.now),
    ageOf(job, context),
    ...containerCells(job.spec?.template?.spec?.containers),
    formatLabelSelector(job.spec?.selector),
  ],
};

function statusText(job: Job): string {
  const has = (wanted: string) => job.status?.conditions?.find(({ type }) => type === wanted)?.status === "True";
  if (has("Complete")) return "Complete";
  if (has("Failed")) return "Failed";
  if (job.metadata.deletionTimestamp) return "Terminating";
  if (has("Suspended")) return "Suspended";
  return has("FailureTarget") ? "FailureTarget" : "Running";
}

function completionsText(job: Job): string {
  const succeeded = job.status?.succeeded ?? 0;
  const { completions, parallelism = 0 } = job.spec ?? {};
  if (completions !== undefined) return `${succeeded}/${completions}`;
  return parallelism > 1 ? `${succeeded}/1 of ${parallelism}` : `${succeeded}/1`;
}

function durationText(job: Job, now: number): string {
  const { startTime, completionTime } = job.status ?? {};
  if (!startTime) return "";
  return humanDuration((completionTime ? Date.parse(completionTime) : now) - Date.parse(startTime));
}
