import { clone, equal, type Json } from "../../json.ts";
import { trySelector } from "../../meta/label-selector.ts";
import { dns1123LabelErrors } from "../../meta/names.ts";
import { FIELD_IMMUTABLE, immutableErrors, labelSelectorErrors } from "../../meta/object-meta.ts";
import { type FieldError, field } from "../../status.ts";
import type { Job, JobSpec, JobStatus } from "../../types/batch.ts";
import type { Container, PodSpec } from "../../types/core.ts";
import type { KindBehaviour } from "../kind.ts";
import { dropDisabledFields } from "../pod/dropped-fields.ts";
import { internalPodSpec, internalTemplate } from "../pod/spec-diff.ts";
import { selectorJson, selectorMap, templateLabelsErrors, workloadWarnings } from "../workload-rules.ts";
import { internalFailurePolicy, internalSuccessPolicy } from "./policies.ts";
import { jobSpecErrors, setJobSpecDefaults } from "./rules.ts";

const NAMES = ["job-name", "batch.kubernetes.io/job-name"];
const UID = "batch.kubernetes.io/controller-uid";
const UIDS = ["controller-uid", UID];

/** A Job finds its own pods alone: by its uid. Models generateSelector of kubernetes pkg/registry/batch/job/strategy.go. */
function generateSelector({ metadata, spec }: Job): void {
  const template = spec!.template;
  template.metadata ??= {};
  // Not a copy: labels that the job has taken over from its template are these.
  template.metadata.labels ??= {};
  const { labels } = template.metadata;
  for (const key of NAMES) labels[key] ??= metadata.name ?? "";
  for (const key of UIDS) labels[key] ??= metadata.uid ?? "";
  spec!.selector ??= {};
  spec!.selector.matchLabels = { [UID]: metadata.uid ?? "", ...spec!.selector.matchLabels };
}

function setLabels({ metadata, spec }: Job): void {
  const labels = spec!.template?.metadata?.labels;
  if (labels && Object.keys(metadata.labels ?? {}).length === 0) metadata.labels = labels;
}

/** Models validateGeneratedSelector. */
function generatedSelectorErrors({ metadata, spec }: Job): FieldError[] {
  if (spec!.manualSelector || !spec!.selector) return [];
  const labels = spec!.template.metadata?.labels ?? {};
  const expected = { [UIDS[0]!]: metadata.uid ?? "", [NAMES[0]!]: metadata.name ?? "" };
  const all = { ...expected, [UID]: metadata.uid ?? "", [NAMES[1]!]: metadata.name ?? "" };
  const errors: FieldError[] = [];
  for (const [key, value] of Object.entries(all)) {
    const path = `spec.template.metadata.labels[${key}]`;
    if (labels[key] === undefined) errors.push(field.required(path, `must be '${value}'`));
    else if (labels[key] !== value) errors.push(field.invalid(path, selectorMap(labels), `must be '${value}'`));
  }
  const selector = trySelector(spec!.selector);
  if (selector && !selector.matches(all))
    errors.push(field.invalid("spec.selector", selectorJson(spec!.selector), "`selector` not auto-generated"));
  return errors;
}

/** Models ValidateJob of kubernetes pkg/apis/batch/validation/validation.go. */
function validate(job: Job): FieldError[] {
  if (!job.spec) return [];
  return [...generatedSelectorErrors(job), ...specErrors(job), ...hostnameErrors(job)];
}

/** The pods of an indexed job are named by their index. */
function hostnameErrors({ metadata, spec }: Job): FieldError[] {
  if (spec!.completionMode !== "Indexed" || !spec!.completions) return [];
  const hostname = `${metadata.name}-${spec!.completions - 1}`;
  if (dns1123LabelErrors(hostname).length === 0) return [];
  const text = `will not able to create pod with invalid DNS label: ${hostname}`;
  return [field.invalid("metadata.name", metadata.name, text)];
}

/** Models ValidateJobSpec. */
function specErrors({ spec }: Job): FieldError[] {
  if (!spec) return [];
  const errors = jobSpecErrors(spec, "spec");
  if (!spec.selector) errors.push(field.required("spec.selector"));
  else errors.push(...labelSelectorErrors(spec.selector, "spec.selector"));
  const selector = trySelector(spec.selector);
  if (selector) errors.push(...templateLabelsErrors(spec.template, selector));
  return errors;
}

/** Models ValidateJobSpecUpdate. */
function updateErrors({ spec }: Job, { spec: before, status }: Job): FieldError[] {
  const errors: FieldError[] = [];
  if (spec?.completionMode !== "Indexed")
    errors.push(...immutableErrors(spec?.completions, before?.completions, "spec.completions"));
  else if (spec.completions !== before?.completions && spec.completions !== spec.parallelism)
    errors.push(
      field.invalid("spec.completions", spec.completions, "can only be modified in tandem with spec.parallelism"),
    );
  if (!equal(spec?.selector, before?.selector))
    errors.push(field.invalid("spec.selector", selectorJson(spec?.selector), FIELD_IMMUTABLE));
  if (spec && before) errors.push(...templateErrors(spec, before, status));
  const immutable = (name: keyof JobSpec, shown: Json) => {
    if (!equal(spec?.[name], before?.[name])) errors.push(field.invalid(`spec.${name}`, shown, FIELD_IMMUTABLE));
  };
  immutable("completionMode", spec?.completionMode ?? null);
  immutable("podFailurePolicy", internalFailurePolicy(spec?.podFailurePolicy));
  immutable("backoffLimitPerIndex", spec?.backoffLimitPerIndex ?? null);
  immutable("managedBy", spec?.managedBy ?? null);
  immutable("successPolicy", internalSuccessPolicy(spec?.successPolicy));
  return errors;
}

/** A suspended job that does not run may change where its pods go and what they ask for. Models validatePodTemplateUpdate. */
function templateErrors(spec: JobSpec, before: JobSpec, status: JobStatus | undefined): FieldError[] {
  const { template } = spec;
  const mutable =
    before.suspend && !status?.active && (!status?.startTime || hasCondition(status, "Suspended", "True"));
  if (!mutable)
    return equal(template, before.template)
      ? []
      : [field.invalid("spec.template", internalTemplate(template), FIELD_IMMUTABLE)];
  const old = clone(before.template.spec!);
  const next = template.spec!;
  const affinity = { ...old.affinity, nodeAffinity: next.affinity?.nodeAffinity };
  const freed: PodSpec = {
    ...old,
    affinity: (next.affinity || Object.keys(old.affinity ?? {}).some((key) => key !== "nodeAffinity")
      ? affinity
      : undefined)!,
    nodeSelector: next.nodeSelector!,
    tolerations: next.tolerations!,
    schedulingGates: next.schedulingGates!,
    containers: withResourcesOf(old.containers, next.containers)!,
    initContainers: withResourcesOf(old.initContainers, next.initContainers)!,
  };
  return equal(next, freed) ? [] : [field.invalid("spec.template.spec", internalPodSpec(next), FIELD_IMMUTABLE)];
}

function hasCondition(status: JobStatus, type: string, value: string): boolean {
  return !!status.conditions?.some((condition) => condition.type === type && condition.status === value);
}

function withResourcesOf(old: Container[] | undefined, next: Container[] | undefined): Container[] | undefined {
  if (old?.length !== next?.length) return old;
  return old?.map((container, i) =>
    container.name === next![i]!.name ? { ...container, resources: next![i]!.resources! } : container,
  );
}

/** Models kubernetes pkg/registry/batch/job/strategy.go. */
export const behaviour: KindBehaviour<Job> = {
  hasGeneration: true,
  setDefaults(job) {
    job.spec ??= {} as JobSpec;
    job.status ??= {};
    setLabels(job);
    setJobSpecDefaults(job.spec);
  },
  prepareForCreate(job) {
    job.status = {};
    dropDisabledFields(job.spec!.template.spec);
    if (!job.spec!.manualSelector) generateSelector(job);
  },
  prepareForUpdate: ({ spec }) => dropDisabledFields(spec?.template.spec),
  validate,
  validateUpdate: (next, previous) => [...validate(next), ...updateErrors(next, previous)],
  warnings: (next, previous) =>
    previous && equal(next.spec, previous.spec)
      ? []
      : workloadWarnings(previous ? undefined : next.metadata.name, next.spec?.template),
  selectableFields: ({ status }) => ({ "status.successful": String(status?.succeeded ?? 0) }),
  selectableFieldNames: ["status.successful"],
  refuseFieldLabel: (label) => `field label "${label}" not supported for Job`,
};
