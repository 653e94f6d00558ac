import type { CronJob, CronJobSpec, JobTemplateSpec } from "../../api/types/batch.ts";
import { boolText, formatTime, orUnset, writeHead } from "./common.ts";
import { writeEventsOf } from "./events.ts";
import { writePodTemplate } from "./pod-template.ts";
import type { Describe, DescribePort } from "./port.ts";
import { selectorText } from "./selector-text.ts";
import { DescribeWriter } from "./writer.ts";

/** Models CronJobDescriber. */
export const describe: Describe<CronJob> = async (cronJob, port) => {
  const { spec = {} as CronJobSpec, status = {} } = cronJob;
  const w = new DescribeWriter();
  writeHead(w, cronJob, true);
  w.field(0, "Schedule", spec.schedule ?? "");
  w.field(0, "Concurrency Policy", spec.concurrencyPolicy ?? "");
  w.field(0, "Suspend", boolText(spec.suspend));
  w.field(0, "Time Zone", orUnset(spec.timeZone));
  w.field(0, "Successful Job History Limit", orUnset(spec.successfulJobsHistoryLimit));
  w.field(0, "Failed Job History Limit", orUnset(spec.failedJobsHistoryLimit));
  const { startingDeadlineSeconds: deadline } = spec;
  w.field(0, "Starting Deadline Seconds", deadline === undefined ? "<unset>" : `${deadline}s`);
  writeJobTemplate(w, spec.jobTemplate, port);
  w.field(0, "Last Schedule Time", status.lastScheduleTime ? formatTime(status.lastScheduleTime, port) : "<unset>");
  w.field(0, "Active Jobs", (status.active ?? []).map(({ name = "" }) => name).join(", ") || "<none>");
  await writeEventsOf(w, cronJob, port);
  return w.text();
};

function writeJobTemplate(w: DescribeWriter, template: JobTemplateSpec | undefined, port: DescribePort): void {
  const spec = template?.spec;
  w.field(0, "Selector", spec?.selector ? selectorText(spec.selector) : "<unset>");
  w.field(0, "Parallelism", orUnset(spec?.parallelism));
  w.field(0, "Completions", orUnset(spec?.completions));
  if (spec?.activeDeadlineSeconds !== undefined) {
    w.field(0, "Active Deadline Seconds", `${spec.activeDeadlineSeconds}s`);
  }
  writePodTemplate(w, spec?.template, port);
}
