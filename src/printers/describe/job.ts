import { humanDuration } from "../../api/meta/human-duration.ts";
import type { Job, JobSpec } from "../../api/types/batch.ts";
import { formatTime, orUnset, writeAnnotations, writeController, writeLabels, writeName } from "./common.ts";
import { writeEventsOf } from "./events.ts";
import { writePodTemplate } from "./pod-template.ts";
import type { Describe, DescribePort } from "./port.ts";
import { selectorText } from "./selector-text.ts";
import { DescribeWriter } from "./writer.ts";

/** Models JobDescriber. */
export const describe: Describe<Job> = async (job, port) => {
  const { metadata, spec = {} as JobSpec } = job;
  const w = new DescribeWriter();
  writeName(w, job, true);
  w.field(0, "Selector", selectorText(spec.selector));
  writeLabels(w, "Labels", metadata.labels);
  writeAnnotations(w, "Annotations", metadata.annotations);
  writeController(w, job);
  if (spec.parallelism !== undefined) w.field(0, "Parallelism", spec.parallelism);
  w.field(0, "Completions", orUnset(spec.completions));
  if (spec.completionMode !== undefined) w.field(0, "Completion Mode", spec.completionMode);
  if (spec.suspend !== undefined) w.field(0, "Suspend", spec.suspend);
  if (spec.backoffLimit !== undefined) w.field(0, "Backoff Limit", spec.backoffLimit);
  if (spec.ttlSecondsAfterFinished !== undefined) {
    w.field(0, "TTL Seconds After Finished", spec.ttlSecondsAfterFinished);
  }
  writeProgress(w, job, port);
  writePodTemplate(w, spec.template, port);
  await writeEventsOf(w, job, port);
  return w.text();
};

function writeProgress(w: DescribeWriter, { spec = {} as JobSpec, status = {} }: Job, port: DescribePort): void {
  const { startTime, completionTime, active = 0, ready, succeeded = 0, failed = 0 } = status;
  if (startTime) w.field(0, "Start Time", formatTime(startTime, port));
  if (completionTime) w.field(0, "Completed At", formatTime(completionTime, port));
  if (startTime && completionTime) {
    w.field(0, "Duration", humanDuration(Date.parse(completionTime) - Date.parse(startTime)));
  }
  if (spec.activeDeadlineSeconds !== undefined) w.field(0, "Active Deadline Seconds", `${spec.activeDeadlineSeconds}s`);
  const readyText = ready === undefined ? "" : ` (${ready} Ready)`;
  w.field(0, "Pods Statuses", `${active} Active${readyText} / ${succeeded} Succeeded / ${failed} Failed`);
  if (spec.completionMode === "Indexed") w.field(0, "Completed Indexes", indexesText(status.completedIndexes ?? ""));
}

const INDEXES_LIMIT = 50;

/** Cut behind the first comma beyond the limit. Models capIndexesListOrNone. */
function indexesText(indexes: string): string {
  if (indexes === "") return "<none>";
  const comma = indexes.indexOf(",", INDEXES_LIMIT);
  return comma < 0 ? indexes : `${indexes.slice(0, comma + 1)}...`;
}
