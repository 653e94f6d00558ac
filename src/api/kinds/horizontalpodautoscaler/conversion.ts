import { isObject, type Json } from "../../json.ts";
import type { KubeObject } from "../../object.ts";
import type {
  HorizontalPodAutoscaler,
  HorizontalPodAutoscalerBehavior,
  HPAScalingRules,
  MetricSpec,
} from "../../types/autoscaling-v2.ts";
import type { KindConversion } from "../kind.ts";
import { specFromV1, specToV1, statusToV1, type V1Metric, type V1Spec } from "./v1-metrics.ts";

/**
 * autoscaling/v1, which knows of the CPU alone: what else there is stands in annotations. The status goes one way, as no client of
 * the older version writes it. Models kubernetes pkg/apis/autoscaling/v1/conversion.go.
 */

const METRICS = "autoscaling.alpha.kubernetes.io/metrics";
const CURRENT_METRICS = "autoscaling.alpha.kubernetes.io/current-metrics";
const CONDITIONS = "autoscaling.alpha.kubernetes.io/conditions";
const BEHAVIOR = "autoscaling.alpha.kubernetes.io/behavior";

interface V1Autoscaler extends KubeObject {
  spec?: {
    scaleTargetRef: HorizontalPodAutoscaler["spec"]["scaleTargetRef"];
    minReplicas?: number;
    maxReplicas: number;
    targetCPUUtilizationPercentage?: number;
  };
}

const cpu = (averageUtilization: number): MetricSpec => ({
  type: "Resource",
  resource: { name: "cpu", target: { type: "Utilization", averageUtilization } },
});

const isCpu = ({ type, resource }: MetricSpec) =>
  type === "Resource" && resource?.name === "cpu" && resource.target?.averageUtilization !== undefined;

function toStored(object: KubeObject): KubeObject {
  const { spec, status, metadata, ...rest } = object as V1Autoscaler;
  const { targetCPUUtilizationPercentage: percentage, ...others } = spec ?? { maxReplicas: 0 };
  const annotations = metadata.annotations ?? {};
  const beside = parsed(annotations[METRICS]);
  const metrics = [
    ...(Array.isArray(beside) ? beside : [])
      .filter(isObject)
      .map((it) => specFromV1(it as unknown as V1Metric<V1Spec>)),
    ...(percentage === undefined ? [] : [cpu(percentage)]),
  ];
  const behavior = behaviorOf(parsed(annotations[BEHAVIOR]));
  return {
    ...rest,
    metadata: withoutRoundTrip(metadata),
    spec: {
      minReplicas: 1,
      ...others,
      metrics: metrics.length > 0 ? metrics : [cpu(80)],
      ...(behavior && { behavior }),
    },
    ...(status === undefined ? {} : { status }),
  };
}

function fromStored(object: KubeObject): KubeObject {
  const { spec, status, metadata, ...rest } = object as HorizontalPodAutoscaler;
  const { metrics = [], behavior, ...others } = spec ?? {};
  const { currentMetrics, conditions, ...counts } = status ?? {};
  const first = metrics.find(isCpu)?.resource?.target.averageUtilization;
  const out: Record<string, string> = {};
  const beside = metrics.filter((metric) => !isCpu(metric));
  if (beside.length > 0) out[METRICS] = JSON.stringify(beside.map(specToV1));
  if (currentMetrics?.length) out[CURRENT_METRICS] = JSON.stringify(currentMetrics.map(statusToV1));
  if (behavior) out[BEHAVIOR] = JSON.stringify(goBehavior(behavior));
  if (conditions?.length)
    out[CONDITIONS] = JSON.stringify(
      conditions.map(({ type, status: value, lastTransitionTime = null, reason, message }) => ({
        type,
        status: value,
        lastTransitionTime,
        ...(reason ? { reason } : {}),
        ...(message ? { message } : {}),
      })),
    );
  const used = currentMetrics?.findLast(
    ({ type, resource }) => type === "Resource" && resource?.name === "cpu" && resource.current?.averageUtilization,
  )?.resource?.current.averageUtilization;
  const plain = withoutRoundTrip(metadata);
  const annotations = { ...plain.annotations, ...out };
  return {
    ...rest,
    metadata: Object.keys(annotations).length > 0 ? { ...plain, annotations } : plain,
    spec: { ...others, ...(first === undefined ? {} : { targetCPUUtilizationPercentage: first }) },
    status: { ...counts, ...(used === undefined ? {} : { currentCPUUtilizationPercentage: used }) },
  };
}

function withoutRoundTrip(metadata: KubeObject["metadata"]): KubeObject["metadata"] {
  const { annotations, ...rest } = metadata;
  if (!annotations) return metadata;
  const { [METRICS]: _1, [CURRENT_METRICS]: _2, [BEHAVIOR]: _3, [CONDITIONS]: _4, ...others } = annotations;
  return Object.keys(others).length > 0 ? { ...rest, annotations: others } : rest;
}

/** What is no JSON is as if it were not there. */
function parsed(text: string | undefined): Json | undefined {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as Json);
  } catch {
    return undefined;
  }
}

// The internal structure, whose fields have no JSON names.
function goBehavior({ scaleUp, scaleDown }: HorizontalPodAutoscalerBehavior) {
  const rules = (given: HPAScalingRules | undefined) =>
    given
      ? {
          StabilizationWindowSeconds: given.stabilizationWindowSeconds ?? null,
          SelectPolicy: given.selectPolicy ?? null,
          Policies: (given.policies ?? []).map(({ type, value, periodSeconds }) => ({
            Type: type,
            Value: value,
            PeriodSeconds: periodSeconds,
          })),
          Tolerance: given.tolerance ?? null,
        }
      : null;
  return { ScaleUp: rules(scaleUp), ScaleDown: rules(scaleDown) };
}

function behaviorOf(value: Json | undefined): HorizontalPodAutoscalerBehavior | undefined {
  if (!isObject(value)) return undefined;
  const { scaleUp, scaleDown } = named(value) as HorizontalPodAutoscalerBehavior;
  return scaleUp || scaleDown ? { ...(scaleUp && { scaleUp }), ...(scaleDown && { scaleDown }) } : undefined;
}

/** With the names that documents have; nulls are as if they were not there. */
function named(value: Json): unknown {
  if (Array.isArray(value)) return value.map(named);
  if (!isObject(value)) return value;
  const members = Object.entries(value).filter(([, member]) => member !== null && member !== undefined);
  return Object.fromEntries(members.map(([key, member]) => [key[0]!.toLowerCase() + key.slice(1), named(member!)]));
}

export const conversion: KindConversion = { toStored, fromStored };
