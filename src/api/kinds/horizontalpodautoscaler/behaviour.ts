import { nonnegativeErrors } from "../../meta/object-meta.ts";
import { type FieldError, field } from "../../status.ts";
import type {
  HorizontalPodAutoscaler,
  HorizontalPodAutoscalerSpec,
  HPAScalingPolicy,
  HPAScalingRules,
} from "../../types/autoscaling-v2.ts";
import type { KindBehaviour } from "../kind.ts";
import { nonnegativeQuantityErrors } from "../pod/resources-validation.ts";
import { apiVersionComplaint, type GroupRule, metricsErrors, referenceErrors } from "./metrics-validation.ts";

/** In seconds. */
const LONGEST_PERIOD = 1800;
const LONGEST_WINDOW = 3600;
// As messages list them: sorted.
const SELECT_POLICIES = ["Disabled", "Max", "Min"];
const POLICY_TYPES = ["Percent", "Pods"];

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

/** Models validateHorizontalPodAutoscalerSpec of kubernetes pkg/apis/autoscaling/validation/validation.go. */
function validate({ spec }: HorizontalPodAutoscaler, previous?: HorizontalPodAutoscaler): FieldError[] {
  const errors: FieldError[] = [];
  const { minReplicas, maxReplicas = 0, scaleTargetRef, behavior } = spec ?? {};
  const least = previous?.spec?.minReplicas === 0 ? 0 : 1;
  if (minReplicas !== undefined && minReplicas < least)
    errors.push(field.invalid("spec.minReplicas", minReplicas, `must be greater than or equal to ${least}`));
  if (maxReplicas === 0) errors.push(field.required("spec.maxReplicas", "must be set and greater than 0"));
  else if (maxReplicas < 0)
    errors.push(field.invalid("spec.maxReplicas", maxReplicas, "must be greater than or equal to 1"));
  if (minReplicas !== undefined && maxReplicas < minReplicas)
    errors.push(field.invalid("spec.maxReplicas", maxReplicas, "must be greater than or equal to `minReplicas`"));
  const then = previous?.spec?.scaleTargetRef;
  const kept =
    previous !== undefined && scaleTargetRef?.apiVersion === then?.apiVersion && scaleTargetRef?.kind === then?.kind;
  // The only kind of the core group that can be scaled.
  const ofCore = scaleTargetRef?.kind === "ReplicationController";
  errors.push(
    ...referenceErrors(scaleTargetRef, kept ? "unchecked" : ofCore ? "optional" : "required", "spec.scaleTargetRef"),
    ...metricsErrors(spec?.metrics ?? [], minReplicas, groupRuleOf(previous), "spec.metrics"),
    ...scalingRulesErrors(behavior?.scaleUp, "spec.behavior.scaleUp"),
    ...scalingRulesErrors(behavior?.scaleDown, "spec.behavior.scaleDown"),
  );
  return errors;
}

/** What was wrong before may stay so. */
function groupRuleOf(previous: HorizontalPodAutoscaler | undefined): GroupRule {
  const wrong = (previous?.spec?.metrics ?? []).some(
    ({ type, object }) =>
      type === "Object" && object && apiVersionComplaint(object.describedObject?.apiVersion ?? "", "optional"),
  );
  return wrong ? "unchecked" : "optional";
}

/** Models validateScalingRules. */
function scalingRulesErrors(rules: HPAScalingRules | undefined, path: string): FieldError[] {
  if (!rules) return [];
  const errors: FieldError[] = [];
  const { stabilizationWindowSeconds: window = 0, selectPolicy, policies = [], tolerance } = rules;
  const windowPath = `${path}.stabilizationWindowSeconds`;
  if (window < 0) errors.push(field.invalid(windowPath, window, "must be greater than or equal to zero"));
  if (window > LONGEST_WINDOW)
    errors.push(field.invalid(windowPath, window, `must be less than or equal to ${LONGEST_WINDOW}`));
  if (selectPolicy !== undefined && !SELECT_POLICIES.includes(selectPolicy))
    errors.push(field.notSupported(`${path}.selectPolicy`, selectPolicy, SELECT_POLICIES));
  if (policies.length === 0) errors.push(field.required(`${path}.policies`, "must specify at least one Policy"));
  for (const [i, policy] of policies.entries()) errors.push(...policyErrors(policy, `${path}.policies[${i}]`));
  if (tolerance !== undefined) errors.push(...nonnegativeQuantityErrors(tolerance, `${path}.tolerance`));
  return errors;
}

/** Models validateScalingPolicy. */
function policyErrors({ type = "", value = 0, periodSeconds = 0 }: HPAScalingPolicy, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (!POLICY_TYPES.includes(type)) errors.push(field.notSupported(`${path}.type`, type, POLICY_TYPES));
  if (value <= 0) errors.push(field.invalid(`${path}.value`, value, "must be greater than zero"));
  if (periodSeconds <= 0)
    errors.push(field.invalid(`${path}.periodSeconds`, periodSeconds, "must be greater than zero"));
  if (periodSeconds > LONGEST_PERIOD)
    errors.push(
      field.invalid(`${path}.periodSeconds`, periodSeconds, `must be less than or equal to ${LONGEST_PERIOD}`),
    );
  return errors;
}

/** Models kubernetes pkg/registry/autoscaling/horizontalpodautoscaler/strategy.go. */
export const behaviour: KindBehaviour<HorizontalPodAutoscaler> = {
  setDefaults,
  prepareForCreate(scaler) {
    scaler.status = { desiredReplicas: 0, currentMetrics: undefined };
  },
  validate: (scaler) => validate(scaler),
  validateUpdate: (next, previous) => validate(next, previous),
  /** Models ValidateHorizontalPodAutoscalerStatusUpdate. */
  validateStatusUpdate: ({ status }) => [
    ...nonnegativeErrors(status?.currentReplicas, "status.currentReplicas"),
    ...nonnegativeErrors(status?.desiredReplicas, "status.desiredReplicas"),
  ],
};
