import { invalidEach } from "../../meta/object-meta.ts";
import { nameIsPathSegment } from "../../meta/value-rules.ts";
import { type FieldError, field } from "../../status.ts";
import type { HorizontalPodAutoscaler, HorizontalPodAutoscalerSpec } from "../../types/autoscaling-v2.ts";
import type { KindBehaviour } from "../kind.ts";

/** Models SetDefaults_HorizontalPodAutoscaler of kubernetes pkg/apis/autoscaling/v2/defaults.go. */
function setDefaults(scaler: HorizontalPodAutoscaler): void {
  scaler.spec ??= {} as HorizontalPodAutoscalerSpec;
  scaler.status ??= { desiredReplicas: 0, currentMetrics: undefined };
  const { spec } = scaler;
  spec.minReplicas ??= 1;
  if (!spec.metrics?.length)
    spec.metrics = [
      { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 80 } } },
    ];
  if (!spec.behavior) return;
  spec.behavior.scaleUp = {
    stabilizationWindowSeconds: 0,
    selectPolicy: "Max",
    policies: [
      { type: "Pods", value: 4, periodSeconds: 15 },
      { type: "Percent", value: 100, periodSeconds: 15 },
    ],
    ...spec.behavior.scaleUp,
  };
  spec.behavior.scaleDown = {
    selectPolicy: "Max",
    policies: [{ type: "Percent", value: 100, periodSeconds: 15 }],
    ...spec.behavior.scaleDown,
  };
}

/** Models validateHorizontalPodAutoscalerSpec of kubernetes pkg/apis/autoscaling/validation/validation.go, metrics and behavior left to the schema. */
function validate({ spec }: HorizontalPodAutoscaler): FieldError[] {
  const errors: FieldError[] = [];
  const { minReplicas, maxReplicas = 0, scaleTargetRef } = spec ?? {};
  if (minReplicas !== undefined && minReplicas < 1)
    errors.push(field.invalid("spec.minReplicas", minReplicas, "must be greater than or equal to 1"));
  if (maxReplicas === 0) errors.push(field.required("spec.maxReplicas", "must be set and greater than 0"));
  else if (maxReplicas < 0)
    errors.push(field.invalid("spec.maxReplicas", maxReplicas, "must be greater than or equal to 1"));
  if (minReplicas !== undefined && maxReplicas < minReplicas)
    errors.push(field.invalid("spec.maxReplicas", maxReplicas, "must be greater than or equal to `minReplicas`"));
  for (const name of ["kind", "name"] as const) {
    const value = scaleTargetRef?.[name];
    const path = `spec.scaleTargetRef.${name}`;
    errors.push(...(value ? invalidEach(path, value, nameIsPathSegment(value, false)) : [field.required(path)]));
  }
  const version = scaleTargetRef?.apiVersion ?? "";
  const slashes = version.split("/").length - 1;
  if (slashes > 1)
    errors.push(field.invalid("spec.scaleTargetRef.apiVersion", version, `unexpected GroupVersion string: ${version}`));
  else if (scaleTargetRef?.kind !== "ReplicationController" && (slashes === 0 || version.startsWith("/")))
    errors.push(field.invalid("spec.scaleTargetRef.apiVersion", version, "apiVersion must specify API group"));
  const scalesToZero = (spec?.metrics ?? []).some(({ type }) => type === "Object" || type === "External");
  if (minReplicas === 0 && !scalesToZero)
    errors.push(
      field.forbidden(
        "spec.metrics",
        "must specify at least one Object or External metric to support scaling to zero replicas",
      ),
    );
  return errors;
}

/** Models kubernetes pkg/registry/autoscaling/horizontalpodautoscaler/strategy.go. */
export const behaviour: KindBehaviour<HorizontalPodAutoscaler> = {
  setDefaults,
  prepareForCreate(scaler) {
    scaler.status = { desiredReplicas: 0, currentMetrics: undefined };
  },
  validate,
  validateUpdate(next, previous) {
    const [now, then] = [next.spec?.scaleTargetRef, previous.spec?.scaleTargetRef];
    const kept = now?.apiVersion === then?.apiVersion && now?.kind === then?.kind;
    return validate(next).filter((error) => !kept || error.field !== "spec.scaleTargetRef.apiVersion");
  },
};
