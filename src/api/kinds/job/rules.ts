import { nonnegativeErrors } from "../../meta/object-meta.ts";
import { type FieldError, field, goQuote } from "../../status.ts";
import type { JobSpec } from "../../types/batch.ts";
import { podTemplateErrors } from "../pod/spec-validation.ts";
import { setPodTemplateDefaults } from "../pod/template-defaults.ts";
import { failurePolicyErrors, successPolicyErrors } from "./policies.ts";

/** What Jobs and the jobs of CronJobs share. Models kubernetes pkg/apis/batch/validation/validation.go and v1/defaults.go. */

const MODES = ["NonIndexed", "Indexed"];

/** Of a CronJob's `jobTemplate.spec`, too: only its pod template. */
export function setJobTemplateDefaults(spec: JobSpec): void {
  spec.template ??= {};
  setPodTemplateDefaults(spec.template);
}

/** Models SetDefaults_Job. */
export function setJobSpecDefaults(spec: JobSpec): void {
  if (spec.completions === undefined && spec.parallelism === undefined) spec.completions = 1;
  spec.parallelism ??= 1;
  spec.backoffLimit ??= spec.backoffLimitPerIndex === undefined ? 6 : 2 ** 31 - 1;
  spec.completionMode ??= "NonIndexed";
  spec.suspend ??= false;
  spec.podReplacementPolicy ??= spec.podFailurePolicy ? "Failed" : "TerminatingOrFailed";
  spec.manualSelector ??= false;
  setJobTemplateDefaults(spec);
}

/** Models validateJobSpec. */
export function jobSpecErrors(spec: JobSpec, path: string): FieldError[] {
  const errors: FieldError[] = [];
  for (const name of [
    "parallelism",
    "completions",
    "activeDeadlineSeconds",
    "backoffLimit",
    "ttlSecondsAfterFinished",
    "backoffLimitPerIndex",
    "maxFailedIndexes",
  ] as const)
    errors.push(...nonnegativeErrors(spec[name], `${path}.${name}`));
  if (spec.maxFailedIndexes !== undefined && spec.backoffLimitPerIndex === undefined)
    errors.push(field.required(`${path}.backoffLimitPerIndex`, "when maxFailedIndexes is specified"));
  errors.push(...completionErrors(spec, path));
  if (spec.podFailurePolicy) errors.push(...failurePolicyErrors(spec, `${path}.podFailurePolicy`));
  if (spec.successPolicy) errors.push(...successPolicyErrors(spec, `${path}.successPolicy`));
  const replacement = spec.podReplacementPolicy;
  if (replacement !== undefined && spec.podFailurePolicy && replacement !== "Failed")
    errors.push(field.notSupported(`${path}.podReplacementPolicy`, replacement, ["Failed"]));
  else if (replacement !== undefined && replacement !== "Failed" && replacement !== "TerminatingOrFailed")
    errors.push(field.notSupported(`${path}.podReplacementPolicy`, replacement, ["Failed", "TerminatingOrFailed"]));
  errors.push(...podTemplateErrors(spec.template, `${path}.template`));
  const restart = spec.template.spec?.restartPolicy;
  const at = `${path}.template.spec.restartPolicy`;
  const allowed = ["OnFailure", "Never"];
  if (!restart || restart === "Always")
    errors.push(field.required(at, `valid values: ${allowed.map(goQuote).join(", ")}`));
  else if (!allowed.includes(restart)) errors.push(field.notSupported(at, restart, allowed));
  else if (spec.podFailurePolicy && restart !== "Never")
    errors.push(field.invalid(at, restart, 'only "Never" is supported when podFailurePolicy is specified'));
  return errors;
}

function completionErrors(spec: JobSpec, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const mode = spec.completionMode;
  const { completions, parallelism = 0, maxFailedIndexes } = spec;
  if (mode !== undefined && !MODES.includes(mode))
    errors.push(field.notSupported(`${path}.completionMode`, mode, MODES));
  if (mode === "Indexed") {
    if (completions === undefined)
      errors.push(field.required(`${path}.completions`, "when completion mode is Indexed"));
    if (parallelism > 100000) {
      const text = "must be less than or equal to 100000 when completion mode is Indexed";
      errors.push(field.invalid(`${path}.parallelism`, parallelism, text));
    }
    if (completions !== undefined && maxFailedIndexes !== undefined && maxFailedIndexes > completions)
      errors.push(
        field.invalid(`${path}.maxFailedIndexes`, maxFailedIndexes, "must be less than or equal to completions"),
      );
  }
  if (mode !== undefined && mode !== "NonIndexed") return errors;
  for (const name of ["backoffLimitPerIndex", "maxFailedIndexes"] as const)
    if (spec[name] !== undefined)
      errors.push(field.invalid(`${path}.${name}`, spec[name], "requires indexed completion mode"));
  return errors;
}
