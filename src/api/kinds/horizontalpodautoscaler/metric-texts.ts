import type { MetricSpec, MetricStatus } from "../../types/autoscaling-v2.ts";

interface Target {
  averageUtilization?: number;
  averageValue?: string | number;
  value?: string | number;
}

/** Each metric as current/target: `cpu: 10%/80%`, `<unknown>/5 (avg)`. Models formatHPAMetrics. */
export function metricTexts(specs: MetricSpec[] = [], statuses: MetricStatus[] = []): string[] {
  return specs.map((spec, i) => {
    const status = statuses[i];
    switch (spec.type) {
      case "External":
        return valueText(spec.external?.target, status?.external?.current);
      case "Object":
        return valueText(spec.object?.target, status?.object?.current);
      case "Pods":
        return `${quantity(status?.pods && { ...status.pods.current }, "averageValue")}/${spec.pods?.target.averageValue ?? "0"}`;
      case "Resource":
        return resourceText(spec.resource, status?.resource?.current);
      case "ContainerResource":
        return resourceText(spec.containerResource, status?.containerResource?.current);
      default:
        return "<unknown type>";
    }
  });
}

/** A status that is there but has no such value counts as 0, as Go's zero value does. */
function quantity(current: Target | undefined, member: "averageValue" | "value"): string {
  return current ? String(current[member] ?? "0") : "<unknown>";
}

function valueText(target: Target | undefined, current: Target | undefined): string {
  if (target?.averageValue === undefined) return `${quantity(current, "value")}/${target?.value ?? "0"}`;
  return `${current?.averageValue ?? "<unknown>"}/${target.averageValue} (avg)`;
}

function resourceText(spec: { name: string; target: Target } | undefined, current: Target | undefined): string {
  const { name = "", target = {} } = spec ?? {};
  if (target.averageValue !== undefined) return `${name}: ${quantity(current, "averageValue")}/${target.averageValue}`;
  const percent = (value: number | undefined, otherwise: string) => (value === undefined ? otherwise : `${value}%`);
  return `${name}: ${percent(current?.averageUtilization, "<unknown>")}/${percent(target.averageUtilization, "<auto>")}`;
}
