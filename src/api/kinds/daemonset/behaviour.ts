import { equal } from "../../json.ts";
import { trySelector } from "../../meta/label-selector.ts";
import { FIELD_IMMUTABLE, labelSelectorErrors, nonnegativeErrors } from "../../meta/object-meta.ts";
import { type FieldError, field } from "../../status.ts";
import type { DaemonSet, DaemonSetSpec, DaemonSetStatus, DaemonSetUpdateStrategy } from "../../types/apps.ts";
import type { KindBehaviour } from "../kind.ts";
import { dropDisabledFields } from "../pod/dropped-fields.ts";
import { podTemplateErrors } from "../pod/spec-validation.ts";
import { setPodTemplateDefaults } from "../pod/template-defaults.ts";
import {
  intOrPercentErrors,
  intOrPercentValue,
  isEmptySelector,
  notMoreThan100PercentErrors,
  runningTemplateErrors,
  selectorJson,
  templateLabelsErrors,
  workloadWarnings,
} from "../workload-rules.ts";
import { collisionErrors, statusErrors } from "../workload-status.ts";

/** The template's generation, which version v1 keeps as an annotation. */
const GENERATION = "deprecated.daemonset.template.generation";

const NO_STATUS: DaemonSetStatus = {
  currentNumberScheduled: 0,
  desiredNumberScheduled: 0,
  numberMisscheduled: 0,
  numberReady: 0,
};

/** Models SetDefaults_DaemonSet of kubernetes pkg/apis/apps/v1/defaults.go. */
function setDefaults(set: DaemonSet): void {
  set.spec ??= {} as DaemonSetSpec;
  set.status ??= { ...NO_STATUS };
  const { spec } = set;
  spec.updateStrategy ??= {};
  spec.updateStrategy.type ||= "RollingUpdate";
  const { updateStrategy } = spec;
  if (updateStrategy.type === "RollingUpdate") {
    updateStrategy.rollingUpdate ??= {};
    updateStrategy.rollingUpdate.maxUnavailable ??= 1;
  }
  // Neither is a pointer inside of the server.
  if (updateStrategy.rollingUpdate) {
    updateStrategy.rollingUpdate.maxUnavailable ??= 0;
    updateStrategy.rollingUpdate.maxSurge ??= 0;
  }
  spec.revisionHistoryLimit ??= 10;
  spec.template ??= {};
  setPodTemplateDefaults(spec.template);
}

/** Models ValidateDaemonSetSpec of kubernetes pkg/apis/apps/validation/validation.go. */
function validate({ spec }: DaemonSet): FieldError[] {
  if (!spec) return [];
  const errors = labelSelectorErrors(spec.selector, "spec.selector");
  const selector = trySelector(spec.selector);
  if (selector) errors.push(...templateLabelsErrors(spec.template, selector));
  if (spec.selector && isEmptySelector(spec.selector))
    errors.push(field.invalid("spec.selector", {}, "empty selector is invalid for daemonset"));
  return [
    ...errors,
    ...podTemplateErrors(spec.template, "spec.template"),
    ...runningTemplateErrors(spec.template, "DaemonSet"),
    ...nonnegativeErrors(spec.minReadySeconds, "spec.minReadySeconds"),
    ...strategyErrors(spec.updateStrategy ?? {}),
    ...nonnegativeErrors(spec.revisionHistoryLimit, "spec.revisionHistoryLimit"),
  ];
}

function strategyErrors({ type, rollingUpdate }: DaemonSetUpdateStrategy): FieldError[] {
  const path = "spec.updateStrategy.rollingUpdate";
  const { maxUnavailable = 0, maxSurge = 0 } = rollingUpdate ?? {};
  if (type === "OnDelete") return [];
  if (type !== "RollingUpdate") {
    const shown = rollingUpdate ? { MaxUnavailable: maxUnavailable, MaxSurge: maxSurge } : null;
    return [
      field.notSupported("spec.updateStrategy", { Type: type, RollingUpdate: shown }, ["RollingUpdate", "OnDelete"]),
    ];
  }
  const errors = [
    ...intOrPercentErrors(maxUnavailable, `${path}.maxUnavailable`),
    ...intOrPercentErrors(maxSurge, `${path}.maxSurge`),
    ...notMoreThan100PercentErrors(maxUnavailable, `${path}.maxUnavailable`),
    ...notMoreThan100PercentErrors(maxSurge, `${path}.maxSurge`),
  ];
  const unavailable = intOrPercentValue(maxUnavailable) !== 0;
  const surge = intOrPercentValue(maxSurge) !== 0;
  if (unavailable && surge)
    errors.push(field.invalid(`${path}.maxSurge`, maxSurge, "may not be set when maxUnavailable is non-zero"));
  if (!unavailable && !surge) errors.push(field.required(`${path}.maxUnavailable`, "cannot be 0 when maxSurge is 0"));
  return errors;
}

function setGeneration(set: DaemonSet, generation: number): void {
  set.metadata.annotations = { ...set.metadata.annotations, [GENERATION]: String(generation) };
}

const COUNTS = ["currentNumberScheduled", "numberMisscheduled", "desiredNumberScheduled", "numberReady"].concat([
  "observedGeneration",
  "updatedNumberScheduled",
  "numberAvailable",
  "numberUnavailable",
  "collisionCount",
]);

/** Models kubernetes pkg/registry/apps/daemonset/strategy.go. */
export const behaviour: KindBehaviour<DaemonSet> = {
  hasGeneration: true,
  setDefaults,
  prepareForCreate(set) {
    set.status = { ...NO_STATUS };
    dropDisabledFields(set.spec?.template?.spec);
    setGeneration(set, Math.max(1, Number(set.metadata.annotations?.[GENERATION]) || 1));
  },
  prepareForUpdate(next, previous, { subresource }) {
    const before = Number(previous.metadata.annotations?.[GENERATION]) || 0;
    if (subresource === "status") return setGeneration(next, before);
    dropDisabledFields(next.spec?.template?.spec);
    setGeneration(next, before + (equal(next.spec?.template, previous.spec?.template) ? 0 : 1));
  },
  validate,
  validateStatusUpdate: (next, previous) => [
    ...statusErrors(next.status, COUNTS),
    ...collisionErrors(next.status, previous.status),
  ],
  validateUpdate(next, previous) {
    const changed = !equal(next.spec?.selector, previous.spec?.selector);
    return [
      ...(changed ? [field.invalid("spec.selector", selectorJson(next.spec?.selector), FIELD_IMMUTABLE)] : []),
      ...validate(next),
    ];
  },
  warnings: (next, previous) =>
    previous && equal(next.spec?.template, previous.spec?.template)
      ? []
      : workloadWarnings(undefined, next.spec?.template),
};
