import { goQuote } from "../../api/encoding/go-quote.ts";
import type {
  HorizontalPodAutoscaler,
  HorizontalPodAutoscalerSpec,
  HPAScalingRules,
  MetricSpec,
  MetricStatus,
  MetricTarget,
  MetricValueStatus,
} from "../../api/types/autoscaling-v2.ts";
import { formatTime, orUnset, quantityText, writeHead } from "./common.ts";
import { writeEventsOf } from "./events.ts";
import type { Describe } from "./port.ts";
import { DescribeWriter } from "./writer.ts";

/** Models describeHorizontalPodAutoscalerV2. */
export const describe: Describe<HorizontalPodAutoscaler> = async (autoscaler, port) => {
  const { metadata, spec = {} as HorizontalPodAutoscalerSpec, status } = autoscaler;
  const { kind, name } = spec.scaleTargetRef;
  const w = new DescribeWriter();
  writeHead(w, autoscaler, true);
  w.field(0, "CreationTimestamp", formatTime(metadata.creationTimestamp, port));
  w.field(0, "Reference", `${kind}/${name}`);
  w.field(0, "Metrics", "( current / target )");
  for (const [i, metric] of (spec.metrics ?? []).entries()) writeMetric(w, metric, status?.currentMetrics?.[i]);
  w.field(0, "Min replicas", orUnset(spec.minReplicas));
  w.field(0, "Max replicas", spec.maxReplicas);
  if (spec.behavior) {
    w.write(0, "Behavior:\n");
    writeRules(w, "Scale Up", spec.behavior.scaleUp);
    writeRules(w, "Scale Down", spec.behavior.scaleDown);
  }
  w.field(0, `${kind} pods`, `${status?.currentReplicas ?? 0} current / ${status?.desiredReplicas ?? 0} desired`);
  if (status?.conditions?.length) {
    w.write(0, "Conditions:\n");
    w.write(1, "Type\tStatus\tReason\tMessage\n");
    w.write(1, "----\t------\t------\t-------\n");
    for (const { type, status: state, reason = "", message = "" } of status.conditions) {
      w.write(1, `${type}\t${state}\t${reason}\t${message}\n`);
    }
  }
  await writeEventsOf(w, autoscaler, port);
  return w.text();
};

function writeMetric(w: DescribeWriter, metric: MetricSpec, status: MetricStatus | undefined): void {
  const { external, pods, object, resource, containerResource } = metric;
  if (metric.type === "External" && external) {
    const value = kindOfValue(external.target.averageValue !== undefined);
    w.write(1, `${goQuote(external.metric.name)} ${value.title}:\t`);
    w.write(0, `${amounts(status?.external?.current, external.target, value.member)}\n`);
  } else if (metric.type === "Pods" && pods) {
    w.write(1, `${goQuote(pods.metric.name)} on pods:\t`);
    w.write(0, `${amounts(status?.pods?.current, pods.target, "averageValue")}\n`);
  } else if (metric.type === "Object" && object) {
    const value = kindOfValue(object.target.type === "AverageValue");
    const { kind, name } = object.describedObject;
    w.write(1, `"${object.metric.name}" on ${kind}/${name} ${value.title}:\t`);
    w.write(0, `${amounts(status?.object?.current, object.target, value.member)}\n`);
  } else if (metric.type === "Resource" && resource) {
    w.write(1, `resource ${resource.name} on pods`);
    writeResource(w, status?.resource?.current, resource.target);
  } else if (metric.type === "ContainerResource" && containerResource) {
    w.write(1, `resource ${containerResource.name} of container "${containerResource.container}" on pods`);
    writeResource(w, status?.containerResource?.current, containerResource.target);
  } else w.write(1, `<unknown metric type ${goQuote(metric.type)}>\n`);
}

function kindOfValue(average: boolean): { title: string; member: "averageValue" | "value" } {
  if (average) return { title: "(target average value)", member: "averageValue" };
  return { title: "(target value)", member: "value" };
}

function amounts(
  current: MetricValueStatus | undefined,
  target: MetricTarget,
  member: "averageValue" | "value",
): string {
  return `${current ? quantityOrNil(current[member]) : "<unknown>"} / ${quantityOrNil(target[member])}`;
}

function quantityOrNil(value: string | number | undefined): string {
  return value === undefined ? "<nil>" : quantityText(value);
}

function writeResource(w: DescribeWriter, current: MetricValueStatus | undefined, target: MetricTarget): void {
  if (target.averageValue !== undefined) {
    w.write(0, `:\t${amounts(current, target, "averageValue")}\n`);
    return;
  }
  const used =
    current?.averageUtilization === undefined
      ? "<unknown>"
      : `${current.averageUtilization}% (${quantityOrNil(current.averageValue)})`;
  const wanted = target.averageUtilization === undefined ? "<auto>" : `${target.averageUtilization}%`;
  w.write(1, `(as a percentage of request):\t${used} / ${wanted}\n`);
}

function writeRules(w: DescribeWriter, direction: string, rules: HPAScalingRules | undefined): void {
  if (!rules) return;
  const { stabilizationWindowSeconds: window, selectPolicy = "Max", policies = [] } = rules;
  w.write(1, `${direction}:\n`);
  if (window !== undefined) w.write(2, `Stabilization Window: ${window} seconds\n`);
  if (policies.length === 0) return;
  w.write(2, `Select Policy: ${selectPolicy}\n`);
  w.write(2, "Policies:\n");
  for (const { type, value, periodSeconds } of policies) {
    w.write(3, `- Type: ${type}\tValue: ${value}\tPeriod: ${periodSeconds} seconds\n`);
  }
}
