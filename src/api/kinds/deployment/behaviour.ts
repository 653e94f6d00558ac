import { clone, equal } from "../../json.ts";
import { formatLabelSelector } from "../../meta/label-selector.ts";
import { nonnegativeErrors } from "../../meta/object-meta.ts";
import { type FieldError, field } from "../../status.ts";
import type { Deployment, DeploymentSpec, DeploymentStrategy } from "../../types/apps.ts";
import type { KindBehaviour } from "../kind.ts";
import { dropDisabledFields } from "../pod/dropped-fields.ts";
import { setPodTemplateDefaults } from "../pod/template-defaults.ts";
import {
  intOrPercentErrors,
  intOrPercentValue,
  notMoreThan100PercentErrors,
  replicatedTemplateErrors,
  selectorChangeErrors,
  selectorErrors,
  templateWarnings,
} from "../workload-rules.ts";
import { collisionErrors, statusErrors } from "../workload-status.ts";

/** Models SetDefaults_Deployment of kubernetes pkg/apis/apps/v1/defaults.go. */
function setDefaults(deployment: Deployment): void {
  deployment.spec ??= {} as DeploymentSpec;
  deployment.status ??= {};
  const { spec } = deployment;
  spec.replicas ??= 1;
  spec.strategy ??= {};
  spec.strategy.type ||= "RollingUpdate";
  if (spec.strategy.type === "RollingUpdate") {
    spec.strategy.rollingUpdate ??= {};
    spec.strategy.rollingUpdate.maxUnavailable ??= "25%";
    spec.strategy.rollingUpdate.maxSurge ??= "25%";
  }
  spec.revisionHistoryLimit ??= 10;
  spec.progressDeadlineSeconds ??= 600;
  spec.template ??= {};
  setPodTemplateDefaults(spec.template);
}

/** Models ValidateDeploymentSpec of kubernetes pkg/apis/apps/validation/validation.go. */
function validate({ spec }: Deployment): FieldError[] {
  if (!spec) return [];
  const errors = nonnegativeErrors(spec.replicas, "spec.replicas");
  errors.push(
    ...selectorErrors(spec.selector, "deployment"),
    ...replicatedTemplateErrors(spec.template, spec.selector),
    ...strategyErrors(spec.strategy ?? {}),
    ...nonnegativeErrors(spec.minReadySeconds, "spec.minReadySeconds"),
    ...nonnegativeErrors(spec.revisionHistoryLimit, "spec.revisionHistoryLimit"),
    ...nonnegativeErrors(spec.progressDeadlineSeconds, "spec.progressDeadlineSeconds"),
  );
  const deadline = spec.progressDeadlineSeconds;
  if (deadline !== undefined && deadline <= (spec.minReadySeconds ?? 0))
    errors.push(field.invalid("spec.progressDeadlineSeconds", deadline, "must be greater than minReadySeconds"));
  return errors;
}

function strategyErrors({ type, rollingUpdate }: DeploymentStrategy): FieldError[] {
  const path = "spec.strategy.rollingUpdate";
  if (type === "Recreate")
    return rollingUpdate ? [field.forbidden(path, "may not be specified when strategy `type` is 'Recreate'")] : [];
  if (type !== "RollingUpdate") {
    // The internal structure, whose fields have no JSON names.
    const shown = rollingUpdate
      ? { MaxUnavailable: rollingUpdate.maxUnavailable ?? 0, MaxSurge: rollingUpdate.maxSurge ?? 0 }
      : null;
    return [field.notSupported("spec.strategy", { Type: type, RollingUpdate: shown }, ["Recreate", "RollingUpdate"])];
  }
  const { maxUnavailable = 0, maxSurge = 0 } = rollingUpdate ?? {};
  const errors = intOrPercentErrors(maxUnavailable, `${path}.maxUnavailable`);
  errors.push(...intOrPercentErrors(maxSurge, `${path}.maxSurge`));
  if (intOrPercentValue(maxUnavailable) === 0 && intOrPercentValue(maxSurge) === 0)
    errors.push(field.invalid(`${path}.maxUnavailable`, maxUnavailable, "may not be 0 when `maxSurge` is 0"));
  return [...errors, ...notMoreThan100PercentErrors(maxUnavailable, `${path}.maxUnavailable`)];
}

const COUNTS = ["observedGeneration", "replicas", "updatedReplicas", "readyReplicas", "availableReplicas"].concat([
  "unavailableReplicas",
  "terminatingReplicas",
  "collisionCount",
]);

/** Models kubernetes pkg/registry/apps/deployment/strategy.go. */
export const behaviour: KindBehaviour<Deployment> = {
  hasGeneration: true,
  setDefaults,
  prepareForCreate(deployment) {
    deployment.status = {};
    dropDisabledFields(deployment.spec?.template?.spec);
  },
  prepareForUpdate(next, previous, { subresource }) {
    dropDisabledFields(next.spec?.template?.spec);
    if (subresource !== "status") return;
    if (previous.metadata.labels) next.metadata.labels = clone(previous.metadata.labels);
    else delete next.metadata.labels;
  },
  // They are copied to the ReplicaSets.
  alsoCounts: (next, previous) => !equal(next.metadata.annotations ?? {}, previous.metadata.annotations ?? {}),
  validate,
  validateStatusUpdate: (next, previous) => [
    ...statusErrors(next.status, COUNTS, ["updatedReplicas", "readyReplicas", "availableReplicas"]),
    ...collisionErrors(next.status, previous.status),
  ],
  validateUpdate: (next, previous) => [...validate(next), ...selectorChangeErrors(next, previous)],
  warnings: templateWarnings,
  scaleSelector: ({ spec }) => formatLabelSelector(spec?.selector),
};
