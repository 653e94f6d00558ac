import { formatLabelSelector } from "../../meta/label-selector.ts";
import { nonnegativeErrors } from "../../meta/object-meta.ts";
import type { FieldError } from "../../status.ts";
import type { ReplicaSet, ReplicaSetSpec } from "../../types/apps.ts";
import type { KindBehaviour } from "../kind.ts";
import { dropDisabledFields } from "../pod/dropped-fields.ts";
import { setPodTemplateDefaults } from "../pod/template-defaults.ts";
import { replicatedTemplateErrors, selectorChangeErrors, selectorErrors, templateWarnings } from "../workload-rules.ts";
import { statusErrors } from "../workload-status.ts";

/** Models ValidateReplicaSetSpec of kubernetes pkg/apis/apps/validation/validation.go. */
function validate({ spec }: ReplicaSet): FieldError[] {
  if (!spec) return [];
  return [
    ...nonnegativeErrors(spec.replicas, "spec.replicas"),
    ...nonnegativeErrors(spec.minReadySeconds, "spec.minReadySeconds"),
    ...selectorErrors(spec.selector, "deployment"),
    ...replicatedTemplateErrors(spec.template ?? {}, spec.selector),
  ];
}

const PARTS = ["fullyLabeledReplicas", "readyReplicas", "availableReplicas"];
const COUNTS = ["replicas", ...PARTS, "observedGeneration", "terminatingReplicas"];

/** Models kubernetes pkg/registry/apps/replicaset/strategy.go and pkg/apis/apps/v1/defaults.go. */
export const behaviour: KindBehaviour<ReplicaSet> = {
  hasGeneration: true,
  setDefaults(set) {
    set.spec ??= {} as ReplicaSetSpec;
    set.status ??= { replicas: 0 };
    set.spec.replicas ??= 1;
    set.spec.template ??= {};
    setPodTemplateDefaults(set.spec.template);
  },
  prepareForCreate(set) {
    set.status = { replicas: 0 };
    dropDisabledFields(set.spec?.template?.spec);
  },
  prepareForUpdate: ({ spec }) => dropDisabledFields(spec?.template?.spec),
  validate,
  validateStatusUpdate: (next) => statusErrors(next.status, COUNTS, PARTS),
  validateUpdate: (next, previous) => [...validate(next), ...selectorChangeErrors(next, previous)],
  warnings: templateWarnings,
  scaleSelector: ({ spec }) => formatLabelSelector(spec?.selector),
};
