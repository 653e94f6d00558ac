import type { LabelSelector } from "../../object.ts";
import type {
  CrossVersionObjectReference,
  MetricIdentifier,
  MetricSpec,
  MetricStatus,
  MetricTarget,
  MetricValueStatus,
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

/** A metric of a specification, which says its `target`, or of a status, which says what it is at: `current`. */
interface Metric {
  type: string;
  object?: Source;
  pods?: Source;
  resource?: Source;
  containerResource?: Source;
  external?: Source;
}
interface Source {
  describedObject?: CrossVersionObjectReference;
  metric?: MetricIdentifier;
  name?: string;
  container?: string;
  target?: Partial<MetricTarget>;
  current?: MetricValueStatus;
}

export const specToV1 = (metric: MetricSpec): V1Metric<V1Spec> => toV1(metric, "target");
export const statusToV1 = (metric: MetricStatus): V1Metric<V1Status> => toV1(metric, "current");

function toV1(metric: Metric, side: "target" | "current"): V1Metric<V1Spec & V1Status> {
  const { type, object, pods, resource, containerResource, external } = metric;
  // Structures that cannot leave a value out: all of a status, and some of a specification.
  const none = side === "current" ? "0" : undefined;
  const used = ({ name = "", [side]: amounts }: Source) => ({
    name,
    [`${side}AverageUtilization`]: amounts?.averageUtilization,
    [`${side}AverageValue`]: amounts?.averageValue ?? none,
  });
  const out: V1Metric<V1Spec & V1Status> = { type };
  if (object)
    out.object = {
      target: referenceOf(object.describedObject),
      metricName: object.metric?.name ?? "",
      [`${side}Value`]: object[side]?.value ?? "0",
      selector: selectorOf(object.metric?.selector),
      averageValue: object[side]?.averageValue,
    };
  if (pods)
    out.pods = {
      metricName: pods.metric?.name ?? "",
      [`${side}AverageValue`]: pods[side]?.averageValue ?? "0",
      selector: selectorOf(pods.metric?.selector),
    };
  if (resource) out.resource = used(resource);
  if (containerResource)
    out.containerResource = { ...used(containerResource), container: containerResource.container ?? "" };
  if (external)
    out.external = {
      metricName: external.metric?.name ?? "",
      metricSelector: selectorOf(external.metric?.selector),
      [`${side}Value`]: external[side]?.value ?? none,
      [`${side}AverageValue`]: external[side]?.averageValue,
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
