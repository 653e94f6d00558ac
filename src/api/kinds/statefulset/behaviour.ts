import { clone, equal } from "../../json.ts";
import { formatLabelSelector, trySelector } from "../../meta/label-selector.ts";
import { dns1123LabelErrors } from "../../meta/names.ts";
import { annotationsErrors, invalidEach, labelsErrors, nonnegativeErrors } from "../../meta/object-meta.ts";
import { nameIsDnsLabel } from "../../meta/value-rules.ts";
import { type FieldError, field } from "../../status.ts";
import type { StatefulSet, StatefulSetSpec, StatefulSetUpdateStrategy } from "../../types/apps.ts";
import type { PodTemplateSpec } from "../../types/core.ts";
import type { KindBehaviour } from "../kind.ts";
import { claimSpecErrors } from "../persistentvolumeclaim/validation.ts";
import { storageWarnings } from "../persistentvolumeclaim/warnings.ts";
import { podAnnotationsErrors } from "../pod/annotations-validation.ts";
import { dropDisabledFields } from "../pod/dropped-fields.ts";
import { podTemplateErrors } from "../pod/spec-validation.ts";
import { roundResources, setPodTemplateDefaults } from "../pod/template-defaults.ts";
import {
  intOrPercentErrors,
  intOrPercentValue,
  notMoreThan100PercentErrors,
  runningTemplateErrors,
  selectorErrors,
  selectorJson,
  templateLabelsErrors,
  workloadWarnings,
} from "../workload-rules.ts";
import { collisionErrors, statusErrors } from "../workload-status.ts";

const RETENTION = ["Retain", "Delete"];

/** Models SetDefaults_StatefulSet of kubernetes pkg/apis/apps/v1/defaults.go. */
function setDefaults(set: StatefulSet): void {
  set.spec ??= {} as StatefulSetSpec;
  set.status ??= { replicas: 0 };
  const { spec } = set;
  spec.podManagementPolicy ||= "OrderedReady";
  spec.updateStrategy ??= {};
  if (!spec.updateStrategy.type) {
    spec.updateStrategy.type = "RollingUpdate";
    spec.updateStrategy.rollingUpdate ??= {};
  }
  if (spec.updateStrategy.type === "RollingUpdate" && spec.updateStrategy.rollingUpdate) {
    spec.updateStrategy.rollingUpdate.partition ??= 0;
  }
  spec.persistentVolumeClaimRetentionPolicy ??= {};
  spec.persistentVolumeClaimRetentionPolicy.whenDeleted ||= "Retain";
  spec.persistentVolumeClaimRetentionPolicy.whenScaled ||= "Retain";
  spec.replicas ??= 1;
  spec.revisionHistoryLimit ??= 10;
  spec.template ??= {};
  setPodTemplateDefaults(spec.template);
  for (const claim of spec.volumeClaimTemplates ?? []) {
    claim.apiVersion = "v1";
    claim.kind = "PersistentVolumeClaim";
    claim.spec ??= {};
    claim.spec.volumeMode ??= "Filesystem";
    roundResources(claim.spec.resources?.limits);
    roundResources(claim.spec.resources?.requests);
    claim.status ??= {};
    claim.status.phase ||= "Pending";
  }
}

/** `stored`: what may not change is not looked at again. Models ValidateStatefulSetSpec of kubernetes pkg/apis/apps/validation/validation.go. */
function specErrors({ spec }: StatefulSet, stored: boolean): FieldError[] {
  if (!spec) return [];
  const errors: FieldError[] = [];
  const policy = spec.podManagementPolicy;
  if (policy !== "OrderedReady" && policy !== "Parallel")
    errors.push(field.invalid("spec.podManagementPolicy", policy, "must be 'OrderedReady' or 'Parallel'"));
  errors.push(...strategyErrors(spec.updateStrategy ?? {}));
  for (const name of ["whenDeleted", "whenScaled"] as const) {
    const value = spec.persistentVolumeClaimRetentionPolicy?.[name];
    const path = `spec.persistentVolumeClaimRetentionPolicy.${name}`;
    if (!RETENTION.includes(value!)) errors.push(field.notSupported(path, value, RETENTION));
  }
  for (const [i, claim] of stored ? [] : (spec.volumeClaimTemplates ?? []).entries())
    errors.push(...claimSpecErrors(claim.spec ?? {}, `spec.volumeClaimTemplates[${i}].spec`));
  errors.push(
    ...nonnegativeErrors(spec.replicas, "spec.replicas"),
    ...nonnegativeErrors(spec.minReadySeconds, "spec.minReadySeconds"),
    ...nonnegativeErrors(spec.ordinals?.start, "spec.ordinals.start"),
  );
  if (spec.serviceName && !stored)
    errors.push(...invalidEach("spec.serviceName", spec.serviceName, dns1123LabelErrors(spec.serviceName)));
  errors.push(...selectorErrors(spec.selector, "statefulset"));
  const selector = trySelector(spec.selector);
  if (!selector) errors.push(field.invalid("spec.selector", selectorJson(spec.selector), ""));
  else {
    const { metadata } = spec.template;
    errors.push(
      ...templateLabelsErrors(spec.template, selector),
      ...podTemplateErrors(withClaims(spec), "spec.template"),
      ...labelsErrors(metadata?.labels, "spec.template.labels"),
      ...annotationsErrors(metadata?.annotations, "spec.template.annotations"),
      ...podAnnotationsErrors(
        metadata?.annotations,
        spec.template.spec ?? { containers: [] },
        "spec.template.annotations",
      ),
    );
  }
  return [...errors, ...runningTemplateErrors(spec.template, "StatefulSet")];
}

/** The template as its pods will have it: with a volume for each claim, and host names that the controller sets. */
function withClaims(spec: StatefulSetSpec): PodTemplateSpec {
  const template = clone(spec.template);
  const claims = [...new Set((spec.volumeClaimTemplates ?? []).map((claim) => claim.metadata?.name ?? ""))];
  if (!template.spec) return template;
  delete template.spec.hostname;
  delete template.spec.subdomain;
  if (claims.length > 0)
    template.spec.volumes = [
      ...claims.map((name) => ({ name, persistentVolumeClaim: { claimName: name } })),
      ...(template.spec.volumes ?? []).filter(({ name }) => !claims.includes(name)),
    ];
  return template;
}

function strategyErrors({ type, rollingUpdate }: StatefulSetUpdateStrategy): FieldError[] {
  const path = "spec.updateStrategy.rollingUpdate";
  const shown = rollingUpdate
    ? { Partition: rollingUpdate.partition ?? 0, MaxUnavailable: rollingUpdate.maxUnavailable ?? null }
    : null;
  if (type === "OnDelete")
    return shown ? [field.invalid(path, shown, "only allowed for updateStrategy 'RollingUpdate'")] : [];
  if (type !== "RollingUpdate") {
    const value = { Type: type, RollingUpdate: shown };
    return [field.invalid("spec.updateStrategy", value, "must be 'RollingUpdate' or 'OnDelete'")];
  }
  const errors = nonnegativeErrors(rollingUpdate?.partition, `${path}.partition`);
  const most = rollingUpdate?.maxUnavailable;
  if (most === undefined) return errors;
  errors.push(...intOrPercentErrors(most, `${path}.maxUnavailable`));
  if (intOrPercentValue(most) === 0) errors.push(field.invalid(`${path}.maxUnavailable`, most, "cannot be 0"));
  return [...errors, ...notMoreThan100PercentErrors(most, `${path}.maxUnavailable`)];
}

const CHANGEABLE = [
  "replicas",
  "template",
  "updateStrategy",
  "minReadySeconds",
  "ordinals",
  "revisionHistoryLimit",
  "persistentVolumeClaimRetentionPolicy",
] as const;

function fixedPart(spec: StatefulSetSpec | undefined): Partial<StatefulSetSpec> {
  const out: Partial<StatefulSetSpec> = { ...spec };
  for (const name of CHANGEABLE) delete out[name];
  return out;
}

// Behind a feature gate that is off (MaxUnavailableStatefulSet).
function dropMaxUnavailable({ spec }: StatefulSet): void {
  delete spec?.updateStrategy?.rollingUpdate?.maxUnavailable;
}

const PARTS = ["readyReplicas", "currentReplicas", "updatedReplicas", "availableReplicas"];
const COUNTS = ["replicas", ...PARTS, "observedGeneration", "collisionCount"];

/** Models kubernetes pkg/registry/apps/statefulset/strategy.go. */
export const behaviour: KindBehaviour<StatefulSet> = {
  hasGeneration: true,
  validateName: nameIsDnsLabel,
  setDefaults,
  prepareForCreate(set) {
    set.status = { replicas: 0, availableReplicas: 0 };
    dropMaxUnavailable(set);
    dropDisabledFields(set.spec?.template?.spec);
  },
  prepareForUpdate(next, previous) {
    if (previous.spec?.updateStrategy?.rollingUpdate?.maxUnavailable === undefined) dropMaxUnavailable(next);
    dropDisabledFields(next.spec?.template?.spec);
  },
  validate: (set) => specErrors(set, false),
  validateStatusUpdate: (next, previous) => [
    ...statusErrors(next.status, COUNTS, PARTS, "status.readyReplicas"),
    ...collisionErrors(next.status, previous.status),
  ],
  validateUpdate(next, previous) {
    const errors = specErrors(next, true);
    if (!equal(fixedPart(next.spec), fixedPart(previous.spec)))
      errors.push(
        field.forbidden(
          "spec",
          "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
        ),
      );
    return errors;
  },
  warnings(next, previous) {
    const changed = !previous || !equal(next.spec, previous.spec);
    const warnings = changed ? workloadWarnings(undefined, next.spec?.template) : [];
    // On an update the real one names a member as Go does.
    for (const [i, claim] of (next.spec?.volumeClaimTemplates ?? []).entries())
      warnings.push(
        ...storageWarnings(claim.spec?.resources, `spec.volumeClaimTemplates[${i}]${previous ? ".Spec" : ""}`),
      );
    if ((next.spec?.revisionHistoryLimit ?? 0) < 0)
      warnings.push(
        "spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended",
      );
    return warnings;
  },
  scaleSelector: ({ spec }) => formatLabelSelector(spec?.selector),
};
