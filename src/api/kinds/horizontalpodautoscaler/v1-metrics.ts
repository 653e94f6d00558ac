import type { LabelSelector } from "../../object.ts";
import type {
  CrossVersionObjectReference,
  MetricSpec,
  MetricStatus,
  MetricTarget,
} from "../../types/autoscaling-v2.ts";
import { selectorJson } from "../workload-rules.ts";

/**
 * Metrics as autoscaling/v1 has them, where they stand in annotations: in the order of the Go structures' fields, in which they are
 * written. Models kubernetes pkg/apis/autoscaling/v1/conversion.go.
 */

type Amount = string | number;

interface V1Reference {
  target?: CrossVersionObjectReference | undefined;
  metricName?: string | undefined;
  selector?: LabelSelector | undefined;
  metricSelector?: LabelSelector | undefined;
  name?: string | undefined;
  container?: string | undefined;
}

export interface V1Spec extends V1Reference {
  targetValue?: Amount | undefined;
  averageValue?: Amount | undefined;
  targetAverageValue?: Amount | undefined;
  targetAverageUtilization?: number | undefined;
}

export interface V1Status extends V1Reference {
  currentValue?: Amount | undefined;
  averageValue?: Amount | undefined;
  currentAverageValue?: Amount | undefined;
  currentAverageUtilization?: number | undefined;
}

/** One of the members, by the type of the metric. */
export type V1Metric<T> = { type: string } & {
  [member in "object" | "pods" | "resource" | "containerResource" | "external"]?: T;
};

const selectorOf = (selector: LabelSelector | undefined) =>
  selector && (selectorJson(selector) as unknown as LabelSelector);

const referenceOf = ({ kind = "", name = "", apiVersion }: Partial<CrossVersionObjectReference> = {}) => ({
  kind,
  name,
  ...(apiVersion ? { apiVersion } : {}),
});

export function specToV1({ type, object, pods, resource, containerResource, external }: MetricSpec): V1Metric<V1Spec> {
  const out: V1Metric<V1Spec> = { type };
  if (object)
    out.object = {
      target: referenceOf(object.describedObject),
      metricName: object.metric?.name ?? "",
      targetValue: object.target?.value ?? "0",
      selector: selectorOf(object.metric?.selector),
      averageValue: object.target?.averageValue,
    };
  if (pods)
    out.pods = {
      metricName: pods.metric?.name ?? "",
      targetAverageValue: pods.target?.averageValue ?? "0",
      selector: selectorOf(pods.metric?.selector),
    };
  const used = (target: MetricTarget | undefined) => ({
    targetAverageUtilization: target?.averageUtilization,
    targetAverageValue: target?.averageValue,
  });
  if (resource) out.resource = { name: resource.name ?? "", ...used(resource.target) };
  if (containerResource) {
    const { name = "", container = "", target } = containerResource;
    out.containerResource = { name, ...used(target), container };
  }
  if (external)
    out.external = {
      metricName: external.metric?.name ?? "",
      metricSelector: selectorOf(external.metric?.selector),
      targetValue: external.target?.value,
      targetAverageValue: external.target?.averageValue,
    };
  return out;
}

export function specFromV1({ type = "", ...members }: V1Metric<V1Spec>): MetricSpec {
  const { object, pods, resource, containerResource, external } = members;
  const out = { type } as MetricSpec;
  if (object) {
    const { averageValue, targetValue = "0" } = object;
    // The value that the structure cannot leave out says nothing beside an average.
    const value = averageValue === undefined || !/^0*$/.test(String(targetValue)) ? targetValue : undefined;
    out.object = {
      describedObject: referenceOf(object.target),
      metric: metricOf(object.metricName, object.selector),
      target: targetOf(averageValue === undefined ? "Value" : "AverageValue", { value, averageValue }),
    };
  }
  if (pods)
    out.pods = {
      metric: metricOf(pods.metricName, pods.selector),
      target: targetOf("AverageValue", { averageValue: pods.targetAverageValue ?? "0" }),
    };
  if (resource) out.resource = { name: resource.name ?? "", target: utilizationOf(resource) };
  if (containerResource) {
    const { name = "", container = "" } = containerResource;
    out.containerResource = { name, container, target: utilizationOf(containerResource) };
  }
  if (external) {
    const { targetValue: value, targetAverageValue: averageValue } = external;
    out.external = {
      metric: metricOf(external.metricName, external.metricSelector),
      target: targetOf(value === undefined ? "AverageValue" : "Value", { value, averageValue }),
    };
  }
  return out;
}

function utilizationOf({ targetAverageUtilization, targetAverageValue }: V1Spec): MetricTarget {
  return targetOf(targetAverageUtilization === undefined ? "AverageValue" : "Utilization", {
    averageValue: targetAverageValue,
    averageUtilization: targetAverageUtilization,
  });
}

function metricOf(name = "", selector?: LabelSelector) {
  return { name, ...(selector ? { selector } : {}) };
}

function targetOf(type: string, values: { [key in keyof MetricTarget]?: MetricTarget[key] | undefined }): MetricTarget {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null);
  return { type, ...Object.fromEntries(given) } as MetricTarget;
}

export function statusToV1(status: MetricStatus): V1Metric<V1Status> {
  const { type, object, pods, resource, containerResource, external } = status;
  const out: V1Metric<V1Status> = { type };
  if (object)
    out.object = {
      target: referenceOf(object.describedObject),
      metricName: object.metric?.name ?? "",
      currentValue: object.current?.value ?? "0",
      selector: selectorOf(object.metric?.selector),
      averageValue: object.current?.averageValue,
    };
  if (pods)
    out.pods = {
      metricName: pods.metric?.name ?? "",
      currentAverageValue: pods.current?.averageValue ?? "0",
      selector: selectorOf(pods.metric?.selector),
    };
  const used = (current: { averageUtilization?: number; averageValue?: Amount } | undefined) => ({
    currentAverageUtilization: current?.averageUtilization,
    currentAverageValue: current?.averageValue ?? "0",
  });
  if (resource) out.resource = { name: resource.name ?? "", ...used(resource.current) };
  if (containerResource) {
    const { name = "", container = "", current } = containerResource;
    out.containerResource = { name, ...used(current), container };
  }
  if (external)
    out.external = {
      metricName: external.metric?.name ?? "",
      metricSelector: selectorOf(external.metric?.selector),
      currentValue: external.current?.value ?? "0",
      currentAverageValue: external.current?.averageValue,
    };
  return out;
}
