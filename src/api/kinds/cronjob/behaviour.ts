import { nonnegativeErrors } from "../../meta/object-meta.ts";
import { type FieldError, field } from "../../status.ts";
import type { CronJob, CronJobSpec, JobSpec } from "../../types/batch.ts";
import { jobSpecErrors, setJobTemplateDefaults } from "../job/rules.ts";
import type { KindBehaviour } from "../kind.ts";
import { dropDisabledFields } from "../pod/dropped-fields.ts";
import { selectorJson, workloadWarnings } from "../workload-rules.ts";
import { scheduleComplaint } from "./schedule.ts";

const CONCURRENCY = ["Allow", "Forbid", "Replace"];

/** Models validateCronJobSpec of kubernetes pkg/apis/batch/validation/validation.go. */
function specErrors(spec: CronJobSpec, previous: CronJobSpec | undefined): FieldError[] {
  const errors = spec.schedule ? scheduleErrors(spec, previous) : [field.required("spec.schedule")];
  errors.push(...nonnegativeErrors(spec.startingDeadlineSeconds, "spec.startingDeadlineSeconds"));
  if (!previous || previous.timeZone !== spec.timeZone) errors.push(...timeZoneErrors(spec.timeZone));
  if (!CONCURRENCY.includes(spec.concurrencyPolicy!))
    errors.push(field.notSupported("spec.concurrencyPolicy", spec.concurrencyPolicy, CONCURRENCY));
  const job = spec.jobTemplate.spec!;
  errors.push(...jobSpecErrors(job, "spec.jobTemplate.spec"));
  if (job.selector)
    errors.push(
      field.invalid("spec.jobTemplate.spec.selector", selectorJson(job.selector), "`selector` will be auto-generated"),
    );
  if (job.manualSelector)
    errors.push(field.notSupported("spec.jobTemplate.spec.manualSelector", true, ["nil", "false"]));
  return [
    ...errors,
    ...nonnegativeErrors(spec.successfulJobsHistoryLimit, "spec.successfulJobsHistoryLimit"),
    ...nonnegativeErrors(spec.failedJobsHistoryLimit, "spec.failedJobsHistoryLimit"),
  ];
}

function scheduleErrors({ schedule, timeZone }: CronJobSpec, previous: CronJobSpec | undefined): FieldError[] {
  const complaint = scheduleComplaint(schedule);
  const errors = complaint === undefined ? [] : [field.invalid("spec.schedule", schedule, complaint)];
  if (!schedule.includes("TZ")) return errors;
  if (!previous?.schedule.includes("TZ"))
    errors.push(
      field.invalid("spec.schedule", schedule, "cannot use TZ or CRON_TZ in schedule, use timeZone field instead"),
    );
  else if (timeZone !== undefined)
    errors.push(
      field.invalid("spec.schedule", schedule, "cannot use both timeZone field and TZ or CRON_TZ in schedule"),
    );
  return errors;
}

function timeZoneErrors(zone: string | undefined): FieldError[] {
  if (zone === undefined) return [];
  const path = "spec.timeZone";
  if (zone === "") return [field.invalid(path, zone, "timeZone must be nil or non-empty string")];
  const unknown = [field.invalid(path, zone, `unknown time zone ${zone}`)];
  const good = (part: string) =>
    part !== "." && part !== ".." && !part.startsWith("-") && /^[A-Za-z.\-_0-9+]{1,14}$/.test(part);
  if (!zone.split("/").every(good)) return unknown;
  if (zone.toLowerCase() === "local") {
    const text = "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones";
    return [field.invalid(path, zone, text), ...(zone === "Local" ? [] : unknown)];
  }
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return [];
  } catch {
    return unknown;
  }
}

/** Models kubernetes pkg/registry/batch/cronjob/strategy.go and SetDefaults_CronJob. */
export const behaviour: KindBehaviour<CronJob> = {
  hasGeneration: true,
  setDefaults(cron) {
    cron.spec ??= {} as CronJobSpec;
    cron.status ??= {};
    const { spec } = cron;
    spec.concurrencyPolicy ||= "Allow";
    spec.suspend ??= false;
    spec.successfulJobsHistoryLimit ??= 3;
    spec.failedJobsHistoryLimit ??= 1;
    spec.jobTemplate ??= {};
    spec.jobTemplate.metadata ??= {};
    spec.jobTemplate.spec ??= {} as JobSpec;
    setJobTemplateDefaults(spec.jobTemplate.spec);
  },
  prepareForCreate(cron) {
    cron.status = {};
    dropDisabledFields(cron.spec?.jobTemplate.spec?.template.spec);
  },
  prepareForUpdate: ({ spec }) => dropDisabledFields(spec?.jobTemplate.spec?.template.spec),
  validate({ metadata, spec }) {
    const errors = spec ? specErrors(spec, undefined) : [];
    if ((metadata.name ?? "").length > 52)
      errors.push(field.invalid("metadata.name", metadata.name, "must be no more than 52 characters"));
    return errors;
  },
  validateUpdate: (next, previous) => (next.spec ? specErrors(next.spec, previous.spec) : []),
  warnings: (next, previous) =>
    previous
      ? []
      : workloadWarnings(next.metadata.name, next.spec?.jobTemplate.spec?.template, "spec.jobTemplate.spec.template"),
};
