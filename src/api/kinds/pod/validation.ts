import { clone, equal } from "../../json.ts";
import { invalidEach } from "../../meta/object-meta.ts";
import { rangeErrors } from "../../meta/value-rules.ts";
import { type FieldError, field } from "../../status.ts";
import type { Container, Pod, PodSpec, Toleration } from "../../types/core.ts";
import { annotationUpdateErrors, podAnnotationsErrors, seccompMatchErrors } from "./annotations-validation.ts";
import { appArmorMatchErrors } from "./apparmor.ts";
import { ephemeralChangeErrors } from "./ephemeral-validation.ts";
import { podSpecErrors } from "./spec-validation.ts";

/** Models ValidatePodCreate and ValidatePodUpdate of kubernetes pkg/apis/core/validation/validation.go. */

const EMPTY: PodSpec = { containers: [] };
const ANNOTATIONS = "metadata.annotations";

/** Not of metadata. */
export function validatePod(pod: Pod): FieldError[] {
  const spec = pod.spec ?? EMPTY;
  const errors = commonErrors(pod);
  if (spec.ephemeralContainers?.length)
    errors.push(field.forbidden("spec.ephemeralContainers", "cannot be set on create"));
  if (spec.nodeName && spec.schedulingGates?.length)
    errors.push(field.forbidden("spec.nodeName", "cannot be set until all schedulingGates have been cleared"));
  const { annotations } = pod.metadata;
  return [
    ...errors,
    ...seccompMatchErrors(annotations, spec, "spec"),
    ...appArmorMatchErrors(annotations, spec, "spec"),
  ];
}

/** Not of metadata. Models validatePodMetadataAndSpec. */
export function commonErrors({ metadata, spec = EMPTY }: Pod): FieldError[] {
  const errors = podAnnotationsErrors(metadata.annotations, spec, ANNOTATIONS);
  errors.push(...podSpecErrors(spec, "spec", metadata));
  if (!spec.serviceAccountName)
    for (const [i, { projected }] of (spec.volumes ?? []).entries())
      for (const [j, source] of (projected?.sources ?? []).entries())
        if (source.serviceAccountToken) {
          const path = `spec.volumes[${i}].projected.sources[${j}].serviceAccountToken`;
          errors.push(field.forbidden(path, "must not be specified when serviceAccountName is not set"));
        }
  return [
    ...errors,
    ...spaceErrors(spec.containers, "spec.containers"),
    ...spaceErrors(spec.initContainers, "spec.initContainers"),
  ];
}

function spaceErrors(containers: Container[] | undefined, path: string): FieldError[] {
  return (containers ?? []).flatMap(({ image = "" }, i) =>
    image === image.trim()
      ? []
      : [field.invalid(`${path}[${i}].image`, image, "must not have leading or trailing whitespace")],
  );
}

/** Not of metadata. Of a write to the subresource `ephemeralcontainers`. */
export function validateEphemeralContainersUpdate(pod: Pod, previous: Pod): FieldError[] {
  if (previous.metadata.annotations?.["kubernetes.io/config.mirror"] !== undefined)
    return [field.forbidden("", "static pods do not support ephemeral containers")];
  const change = ephemeralChangeErrors(pod.spec ?? EMPTY, previous.spec ?? EMPTY);
  return [...commonErrors(pod), ...annotationChangeErrors(pod, previous), ...change];
}

/** Not of metadata. `describeChange` words what else was changed (spec-diff.ts), which is loaded only when needed. */
export function validatePodUpdate(
  pod: Pod,
  previous: Pod,
  describeChange: (before: PodSpec, after: PodSpec) => string,
): FieldError[] {
  const spec = pod.spec ?? EMPTY;
  const before = previous.spec ?? EMPTY;
  const errors = [...commonErrors(pod), ...annotationChangeErrors(pod, previous)];
  for (const name of ["containers", "initContainers"] as const) {
    const [now, then] = [spec[name] ?? [], before[name] ?? []];
    if (now.length !== then.length)
      return [...errors, field.forbidden(`spec.${name}`, "pod updates may not add or remove containers")];
    for (const [i, { image }] of now.entries()) if (!image) errors.push(field.required(`spec.${name}[${i}].image`));
    errors.push(...spaceErrors(now, `spec.${name}`));
  }
  const deadline = deadlineErrors(spec, before);
  errors.push(...deadline.errors);
  if (deadline.stop) return errors;
  if (!keepsTolerations(spec.tolerations ?? [], before.tolerations ?? []))
    errors.push(
      field.forbidden("spec.tolerations", "existing toleration can not be modified except its tolerationSeconds"),
    );
  const gates = (before.schedulingGates ?? []).map((gate) => gate.name);
  for (const [i, { name }] of (spec.schedulingGates ?? []).entries())
    if (!gates.includes(name)) {
      const text = `only deletion is allowed, but found new scheduling gate '${name}'`;
      errors.push(field.forbidden(`spec.schedulingGates[${i}].name`, text));
    }
  const rest = withAllowedChanges(spec, before);
  if (!equal(rest, before)) {
    const allowed = [
      "`spec.containers[*].image`",
      "`spec.initContainers[*].image`",
      "`spec.activeDeadlineSeconds`",
      "`spec.tolerations` (only additions to existing tolerations)",
      "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)",
    ].join(",");
    const text = `pod updates may not change fields other than ${allowed}\n${describeChange(before, rest)}`;
    errors.push(field.forbidden("spec", text));
  }
  return errors;
}

/** Models ValidatePodSpecificAnnotationUpdates; what it repeats is left out. */
function annotationChangeErrors(pod: Pod, previous: Pod): FieldError[] {
  return annotationUpdateErrors(pod.metadata.annotations, previous.metadata.annotations, ANNOTATIONS);
}

function deadlineErrors(
  { activeDeadlineSeconds: now }: PodSpec,
  { activeDeadlineSeconds: then }: PodSpec,
): { errors: FieldError[]; stop: boolean } {
  const path = "spec.activeDeadlineSeconds";
  if (now === undefined) {
    const text = "must not update from a positive integer to nil value";
    return { errors: then === undefined ? [] : [field.invalid(path, null, text)], stop: false };
  }
  const range = rangeErrors(now, 0, 2 ** 31 - 1);
  if (range.length > 0) return { errors: invalidEach(path, now, range), stop: true };
  if (then === undefined || then >= now) return { errors: [], stop: false };
  return { errors: [field.invalid(path, now, "must be less than or equal to previous value")], stop: true };
}

function keepsTolerations(now: Toleration[], then: Toleration[]): boolean {
  return then.every((old) => now.some((given) => equal({ ...old, tolerationSeconds: given.tolerationSeconds }, given)));
}

/** The new specification with what may change put back, to see whether anything else has changed. */
function withAllowedChanges(spec: PodSpec, before: PodSpec): PodSpec {
  const rest = clone(spec);
  for (const name of ["containers", "initContainers"] as const)
    for (const [i, container] of (rest[name] ?? []).entries()) container.image = before[name]![i]!.image;
  rest.activeDeadlineSeconds = before.activeDeadlineSeconds;
  rest.schedulingGates = before.schedulingGates;
  rest.tolerations = before.tolerations;
  if ((before.terminationGracePeriodSeconds ?? 0) < 0 && rest.terminationGracePeriodSeconds === 1)
    rest.terminationGracePeriodSeconds = before.terminationGracePeriodSeconds;
  return rest;
}
