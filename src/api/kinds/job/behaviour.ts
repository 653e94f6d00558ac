import { equal } from "../../json.ts";
import { FIELD_IMMUTABLE, immutableErrors, labelSelectorErrors } from "../../meta/object-meta.ts";
import { type FieldError, field } from "../../status.ts";
import type { Job, JobSpec } from "../../types/batch.ts";
import type { KindBehaviour } from "../kind.ts";
import { internalTemplate } from "../pod/spec-diff.ts";
import { selectorJson, selectorMap, trySelector, workloadWarnings } from "../workload-rules.ts";
import { jobSpecErrors, setJobSpecDefaults } from "./rules.ts";

const NAMES = ["job-name", "batch.kubernetes.io/job-name"];
const UID = "batch.kubernetes.io/controller-uid";
const UIDS = ["controller-uid", UID];

/** A Job finds its own pods alone: by its uid. Models generateSelector of kubernetes pkg/registry/batch/job/strategy.go. */
function generateSelector({ metadata, spec }: Job): void {
  const template = spec!.template;
  const labels: Record<string, string> = { ...template.metadata?.labels };
  for (const key of NAMES) labels[key] ??= metadata.name ?? "";
  for (const key of UIDS) labels[key] ??= metadata.uid ?? "";
  template.metadata = { ...template.metadata, labels };
  spec!.selector ??= {};
  spec!.selector.matchLabels = { [UID]: metadata.uid ?? "", ...spec!.selector.matchLabels };
}

/** Models ValidateJobSpec of kubernetes pkg/apis/batch/validation/validation.go. */
function validate({ spec }: Job): FieldError[] {
  if (!spec) return [];
  const errors = jobSpecErrors(spec, "spec");
  if (!spec.selector) errors.push(field.required("spec.selector"));
  else errors.push(...labelSelectorErrors(spec.selector, "spec.selector"));
  const labels = spec.template.metadata?.labels;
  const selector = trySelector(spec.selector);
  if (selector && !selector.matches(labels))
    errors.push(
      field.invalid(
        "spec.template.metadata.labels",
        selectorMap(labels),
        "`selector` does not match template `labels`",
      ),
    );
  return errors;
}

/** Models ValidateJobSpecUpdate. */
function updateErrors({ spec }: Job, { spec: before }: Job): FieldError[] {
  const errors: FieldError[] = [];
  if (spec?.completionMode !== "Indexed")
    errors.push(...immutableErrors(spec?.completions, before?.completions, "spec.completions"));
  else if (spec.completions !== before?.completions && spec.completions !== spec.parallelism)
    errors.push(
      field.invalid("spec.completions", spec.completions, "can only be modified in tandem with spec.parallelism"),
    );
  if (!equal(spec?.selector, before?.selector))
    errors.push(field.invalid("spec.selector", selectorJson(spec?.selector), FIELD_IMMUTABLE));
  if (!before?.suspend && spec && !equal(spec.template, before?.template))
    errors.push(field.invalid("spec.template", internalTemplate(spec.template), FIELD_IMMUTABLE));
  for (const name of [
    "completionMode",
    "podFailurePolicy",
    "backoffLimitPerIndex",
    "managedBy",
    "successPolicy",
  ] as const)
    errors.push(...immutableErrors(spec?.[name], before?.[name], `spec.${name}`));
  return errors;
}

/** Models kubernetes pkg/registry/batch/job/strategy.go. */
export const behaviour: KindBehaviour<Job> = {
  hasGeneration: true,
  setDefaults(job) {
    job.spec ??= {} as JobSpec;
    job.status ??= {};
    const labels = job.spec.template?.metadata?.labels;
    if (labels && Object.keys(job.metadata.labels ?? {}).length === 0) job.metadata.labels = { ...labels };
    setJobSpecDefaults(job.spec);
  },
  prepareForCreate(job) {
    job.status = {};
    if (!job.spec!.manualSelector) generateSelector(job);
  },
  validate,
  validateUpdate: (next, previous) => [...validate(next), ...updateErrors(next, previous)],
  warnings: (next, previous) =>
    previous && equal(next.spec, previous.spec)
      ? []
      : workloadWarnings(previous ? undefined : next.metadata.name, next.spec?.template),
  selectableFields: ({ status }) => ({ "status.successful": String(status?.succeeded ?? 0) }),
  selectableFieldNames: ["status.successful"],
};
