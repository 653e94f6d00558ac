import type { JsonObject } from "../../api/json.ts";
import { ParseError } from "../../api/meta/parse-error.ts";
import { canonicalQuantity } from "../../api/meta/quantity.ts";
import type { KubeObject } from "../../api/object.ts";
import type { MetricTarget } from "../../api/types/autoscaling-v2.ts";
import { CommandError } from "../command.ts";
import { ConvertError, parseInteger } from "../flags/convert.ts";
import type { FlagValues } from "../flags/values.ts";
import type { ResourceInfo } from "../resources/visitor.ts";

/** What --cpu and --memory ask for; absent without them. Throws CommandError. */
export function readTargets(flags: FlagValues): { cpu?: MetricTarget; memory?: MetricTarget } {
  const cpu = flags.string("cpu");
  const memory = flags.string("memory");
  return {
    ...(cpu === "" ? {} : { cpu: parseTarget(cpu, "cpu") }),
    ...(memory === "" ? {} : { memory: parseTarget(memory, "memory") }),
  };
}

/**
 * `70%` of what is requested, `500m` or `1Gi` a pod; a bare number counts thousandths of a CPU, or mebibytes.
 * Models kubectl pkg/cmd/autoscale/autoscale.go (parseResourceInput).
 */
function parseTarget(text: string, resource: "cpu" | "memory"): MetricTarget {
  const input = text.trim();
  if (input === "") throw new CommandError("empty input");
  if (input.endsWith("%")) return { type: "Utilization", averageUtilization: percentage(input.slice(0, -1)) };
  return { type: "AverageValue", averageValue: quantity(input, resource) };
}

function percentage(text: string): number {
  let value = -1;
  try {
    value = parseInteger(text, 32, 10);
  } catch (error) {
    if (!(error instanceof ConvertError)) throw error;
  }
  if (value < 0) throw new CommandError(`invalid percentage value: ${text}`);
  return value;
}

function quantity(input: string, resource: "cpu" | "memory"): string {
  const bare = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/.test(input);
  try {
    return canonicalQuantity(bare ? `${Number(input)}${resource === "cpu" ? "m" : "Mi"}` : input);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    throw new CommandError(bare ? error.message : `invalid resource ${resource} value: ${input}`);
  }
}

/** The HorizontalPodAutoscaler for what was found; `namespace` is "" unless it was given. */
export function autoscaler(version: "v2" | "v1", info: ResourceInfo, namespace: string, flags: FlagValues): KubeObject {
  const { apiVersion, kind } = info.object as KubeObject;
  const min = flags.int("min");
  const percent = flags.int("cpu-percent");
  const spec: JsonObject = {
    scaleTargetRef: { apiVersion, kind, name: info.name },
    ...(min > 0 ? { minReplicas: min } : {}),
    maxReplicas: flags.int("max"),
  };
  if (version === "v1" && percent >= 0) spec.targetCPUUtilizationPercentage = percent;
  const metrics = version === "v1" ? [] : metricsOf(flags, percent);
  return {
    apiVersion: `autoscaling/${version}`,
    kind: "HorizontalPodAutoscaler",
    metadata: { name: flags.string("name") || info.name, ...(namespace === "" ? {} : { namespace }) },
    spec: metrics.length === 0 ? spec : { ...spec, metrics },
  } as KubeObject;
}

function metricsOf(flags: FlagValues, percent: number): JsonObject[] {
  const { cpu, memory } = readTargets(flags);
  const metric = (name: string, target: MetricTarget) => ({
    type: "Resource",
    resource: { name, target: { ...target } },
  });
  return [
    ...(percent > 0 ? [metric("cpu", { type: "Utilization", averageUtilization: percent })] : []),
    ...(cpu ? [metric("cpu", cpu)] : []),
    ...(memory ? [metric("memory", memory)] : []),
  ] as JsonObject[];
}
