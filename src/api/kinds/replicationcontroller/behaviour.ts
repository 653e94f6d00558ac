import { equal } from "../../json.ts";
import { selectorFromSet } from "../../meta/label-selector.ts";
import { nonnegativeErrors } from "../../meta/object-meta.ts";
import { type FieldError, field } from "../../status.ts";
import type { ReplicationController } from "../../types/core.ts";
import type { KindBehaviour } from "../kind.ts";
import { dropDisabledFields } from "../pod/dropped-fields.ts";
import { podTemplateErrors } from "../pod/spec-validation.ts";
import { setPodTemplateDefaults } from "../pod/template-defaults.ts";
import { runningTemplateErrors, templateLabelsErrors, workloadWarnings } from "../workload-rules.ts";
import { statusErrors } from "../workload-status.ts";

/** Models ValidateReplicationControllerSpec of kubernetes pkg/apis/core/validation/validation.go. */
function validate({ spec }: ReplicationController): FieldError[] {
  const errors = nonnegativeErrors(spec?.minReadySeconds, "spec.minReadySeconds");
  const selector = selectorFromSet(spec?.selector);
  if (selector.empty) errors.push(field.required("spec.selector"));
  errors.push(...nonnegativeErrors(spec?.replicas, "spec.replicas"));
  const template = spec?.template;
  if (!template) return [...errors, field.required("spec.template")];
  return [
    ...errors,
    ...templateLabelsErrors(template, selector),
    ...podTemplateErrors(template, "spec.template"),
    ...runningTemplateErrors(template, "ReplicationController"),
  ];
}

const PARTS = ["fullyLabeledReplicas", "readyReplicas", "availableReplicas"];
const COUNTS = ["replicas", ...PARTS, "observedGeneration"];

/** Models kubernetes pkg/registry/core/replicationcontroller/strategy.go and SetDefaults_ReplicationController. */
export const behaviour: KindBehaviour<ReplicationController> = {
  hasGeneration: true,
  setDefaults(controller) {
    controller.spec ??= {};
    controller.status ??= { replicas: 0 };
    const { spec, metadata } = controller;
    spec.replicas ??= 1;
    const labels = spec.template?.metadata?.labels;
    if (labels && Object.keys(spec.selector ?? {}).length === 0) spec.selector = { ...labels };
    if (labels && Object.keys(metadata.labels ?? {}).length === 0) metadata.labels = { ...labels };
    if (spec.template) setPodTemplateDefaults(spec.template);
  },
  prepareForCreate(controller) {
    controller.status = { replicas: 0 };
    dropDisabledFields(controller.spec?.template?.spec);
  },
  prepareForUpdate: ({ spec }) => dropDisabledFields(spec?.template?.spec),
  validate,
  validateStatusUpdate: (next) => statusErrors(next.status, COUNTS, PARTS),
  validateUpdate: validate,
  warnings: (next, previous) => {
    if (!previous) return workloadWarnings(next.metadata.name, next.spec?.template);
    return equal(next.spec, previous.spec) ? [] : workloadWarnings(undefined, previous.spec?.template);
  },
  selectableFields: ({ status }) => ({ "status.replicas": String(status?.replicas ?? 0) }),
  selectableFieldNames: ["status.replicas"],
  scaleSelector: ({ spec }) => selectorFromSet(spec?.selector).toString(),
};
