import { goQuote } from "../../encoding/go-quote.ts";
import { byteLength } from "../../encoding/text.ts";
import { dns1123SubdomainErrors, fits, patternComplaint } from "../../meta/names.ts";
import { invalidEach, nonnegativeErrors } from "../../meta/object-meta.ts";
import { type FieldError, field } from "../../status.ts";
import type { JobSpec } from "../../types/batch.ts";
import { podTemplateErrors } from "../pod/spec-validation.ts";
import { setPodTemplateDefaults } from "../pod/template-defaults.ts";
import { failurePolicyErrors, successPolicyErrors } from "./policies.ts";

/** What Jobs and the jobs of CronJobs share. Models kubernetes pkg/apis/batch/validation/validation.go and v1/defaults.go. */

const MODES = ["NonIndexed", "Indexed"];

/** Of a CronJob's `jobTemplate.spec`, too. */
export function setJobTemplateDefaults(spec: JobSpec): void {
  for (const { onPodConditions } of spec.podFailurePolicy?.rules ?? [])
    for (const pattern of onPodConditions ?? []) pattern.status ||= "True";
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
  if (spec.managedBy !== undefined) {
    errors.push(...domainPathErrors(spec.managedBy, `${path}.managedBy`));
    if (byteLength(spec.managedBy) > 63) errors.push(field.tooLong(`${path}.managedBy`, 63));
  }
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

const HTTP_PATH = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";

/** Models IsDomainPrefixedPath of k8s.io/apimachinery pkg/util/validation. */
function domainPathErrors(text: string, path: string): FieldError[] {
  if (text === "") return [field.required(path)];
  const [, host, rest] = /^([^/]+)\/(.+)$/s.exec(text) ?? [];
  if (host === undefined || rest === undefined)
    return [field.invalid(path, text, 'must be a domain-prefixed path (such as "acme.io/foo")')];
  const errors = invalidEach(path, host, dns1123SubdomainErrors(host));
  if (fits(HTTP_PATH, rest)) return errors;
  return [...errors, field.invalid(path, rest, patternComplaint("Invalid path", HTTP_PATH))];
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
