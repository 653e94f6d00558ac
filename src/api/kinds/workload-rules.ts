import { equal, type Json } from "../json.ts";
import { type Selector, selectorFromSet, trySelector } from "../meta/label-selector.ts";
import { dns1123LabelErrors } from "../meta/names.ts";
import { FIELD_IMMUTABLE, invalidEach, labelSelectorErrors } from "../meta/object-meta.ts";
import { percentErrors } from "../meta/value-rules.ts";
import type { KubeObject, LabelSelector } from "../object.ts";
import { type FieldError, field } from "../status.ts";
import type { PodTemplateSpec } from "../types/core.ts";
import { podTemplateErrors } from "./pod/spec-validation.ts";
import { podTemplateWarnings } from "./pod/warnings.ts";

/** What the kinds that make pods share. Models kubernetes pkg/apis/apps/validation/validation.go. */

/** `what`: the word of the real text, "deployment" also for a ReplicaSet. */
export function selectorErrors(selector: LabelSelector | undefined, what: string): FieldError[] {
  if (!selector) return [field.required("spec.selector")];
  const errors = labelSelectorErrors(selector, "spec.selector");
  if (isEmptySelector(selector))
    errors.push(field.invalid("spec.selector", {}, `empty selector is invalid for ${what}`));
  return errors;
}

export function isEmptySelector({ matchLabels, matchExpressions }: LabelSelector): boolean {
  return Object.keys(matchLabels ?? {}).length + (matchExpressions?.length ?? 0) === 0;
}

/** The order of fields in which Go prints a metav1.LabelSelector. */
export function selectorJson(selector: LabelSelector | undefined): Json {
  if (!selector) return null;
  const { matchLabels, matchExpressions } = selector;
  const out: Record<string, Json> = {};
  if (matchLabels && Object.keys(matchLabels).length > 0) out.matchLabels = selectorMap(matchLabels);
  if (matchExpressions?.length)
    out.matchExpressions = matchExpressions.map(({ key, operator, values }) =>
      values?.length ? { key, operator, values } : { key, operator },
    );
  return out;
}

/** Sorted by key, as Go prints maps; null for none. */
export function selectorMap(labels: Record<string, string> | undefined): Json {
  if (!labels) return null;
  return Object.fromEntries(selectorFromSet(labels).requirements.map(({ key, values }) => [key, values[0]!]));
}

export function templateLabelsErrors(template: PodTemplateSpec, selector: Selector): FieldError[] {
  const labels = template.metadata?.labels;
  if (selector.empty || selector.matches(labels)) return [];
  const text = "`selector` does not match template `labels`";
  return [field.invalid("spec.template.metadata.labels", selectorMap(labels), text)];
}

/** `kind`: ReplicaSet, also for a Deployment. */
export function runningTemplateErrors({ spec }: PodTemplateSpec, kind: string): FieldError[] {
  const errors: FieldError[] = [];
  if (spec?.restartPolicy !== "Always")
    errors.push(field.notSupported("spec.template.spec.restartPolicy", spec?.restartPolicy ?? "", ["Always"]));
  if (spec?.activeDeadlineSeconds !== undefined)
    errors.push(
      field.forbidden("spec.template.spec.activeDeadlineSeconds", `activeDeadlineSeconds in ${kind} is not Supported`),
    );
  return errors;
}

/** Models ValidatePodTemplateSpecForReplicaSet, with the check of the selector before it. */
export function replicatedTemplateErrors(template: PodTemplateSpec, selector: LabelSelector | undefined): FieldError[] {
  const parsed = trySelector(selector);
  if (!parsed) return [field.invalid("spec.selector", selectorJson(selector), "invalid label selector")];
  return [
    ...templateLabelsErrors(template, parsed),
    ...podTemplateErrors(template, "spec.template"),
    ...runningTemplateErrors(template, "ReplicaSet"),
  ];
}

/** A number of pods, or a share of them. Models ValidatePositiveIntOrPercent. */
export function intOrPercentErrors(value: number | string, path: string): FieldError[] {
  if (typeof value === "string") return invalidEach(path, value, percentErrors(value));
  return value < 0 ? [field.invalid(path, value, "must be greater than or equal to 0")] : [];
}

/** The number, or the number of percent; 0 for a text that is neither. Models getIntOrPercentValue, which reads bare numbers too. */
export function intOrPercentValue(value: number | string): number {
  if (typeof value === "number") return value;
  return /^([+-]?\d+|\d+%)$/.test(value) ? Number.parseInt(value, 10) : 0;
}

export function notMoreThan100PercentErrors(value: number | string, path: string): FieldError[] {
  if (typeof value === "number" || percentErrors(value).length > 0 || intOrPercentValue(value) <= 100) return [];
  return [field.invalid(path, value, "must not be greater than 100%")];
}

/** What an update of a Deployment or ReplicaSet may not change. Models ValidateDeploymentUpdate and ValidateReplicaSetUpdate. */
export function selectorChangeErrors(next: Selecting, previous: Selecting): FieldError[] {
  if (equal(next.spec?.selector, previous.spec?.selector)) return [];
  return [field.invalid("spec.selector", selectorJson(next.spec?.selector), FIELD_IMMUTABLE)];
}

interface Selecting {
  spec?: { selector?: LabelSelector };
}

interface Templated extends KubeObject {
  spec?: { template?: PodTemplateSpec };
}

/** Warnings of Deployments and ReplicaSets: an update tells of the template alone, and when something has changed. */
export function templateWarnings(next: Templated, previous: Templated | undefined): string[] {
  if (!previous) return workloadWarnings(next.metadata.name, next.spec?.template);
  return equal(next.spec, previous.spec) ? [] : workloadWarnings(undefined, next.spec?.template);
}

/** Warnings of a workload: its name becomes part of host names, and its template's own. */
export function workloadWarnings(
  name: string | undefined,
  template: PodTemplateSpec | undefined,
  path = "spec.template",
): string[] {
  const complaints = name === undefined ? [] : dns1123LabelErrors(name);
  const text =
    "this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended";
  return [
    ...(complaints.length > 0 ? [`metadata.name: ${text}: [${complaints.join(" ")}]`] : []),
    ...podTemplateWarnings(template ?? {}, path),
  ];
}
