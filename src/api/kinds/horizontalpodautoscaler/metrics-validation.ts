import { dns1123LabelErrors } from "../../meta/names.ts";
import { invalidEach } from "../../meta/object-meta.ts";
import { parseQuantity } from "../../meta/quantity.ts";
import { nameIsPathSegment } from "../../meta/value-rules.ts";
import { type FieldError, field } from "../../status.ts";
import type {
  ContainerResourceMetricSource,
  CrossVersionObjectReference,
  ExternalMetricSource,
  MetricIdentifier,
  MetricSpec,
  MetricTarget,
  ObjectMetricSource,
  PodsMetricSource,
  ResourceMetricSource,
} from "../../types/autoscaling-v2.ts";
import { containerResourceNameErrors } from "../pod/resources-validation.ts";

/** Models validateMetrics and its helpers of kubernetes pkg/apis/autoscaling/validation/validation.go. */

/** By type; the members of a metric in the order in which they are looked at. */
const MEMBERS = {
  Object: "object",
  External: "external",
  Pods: "pods",
  Resource: "resource",
  ContainerResource: "containerResource",
} as const;
/** As messages list them: sorted. */
const TYPES = Object.keys(MEMBERS).sort();
const TARGET_TYPES = ["Utilization", "Value", "AverageValue"];

/** `rule`: what an apiVersion without a group is: wrong, right, or nothing is asked of the apiVersion at all. */
export type GroupRule = "required" | "optional" | "unchecked";

export function metricsErrors(
  metrics: readonly MetricSpec[],
  minReplicas: number | undefined,
  rule: GroupRule,
  path: string,
): FieldError[] {
  const errors = metrics.flatMap((metric, i) => metricErrors(metric, rule, `${path}[${i}]`));
  const scalesToZero = metrics.some(({ type }) => type === "Object" || type === "External");
  if (minReplicas === 0 && !scalesToZero)
    errors.push(
      field.forbidden(path, "must specify at least one Object or External metric to support scaling to zero replicas"),
    );
  return errors;
}

/** Models ValidateCrossVersionObjectReference. */
export function referenceErrors(
  reference: CrossVersionObjectReference | undefined,
  rule: GroupRule,
  path: string,
): FieldError[] {
  const errors: FieldError[] = [];
  for (const name of ["kind", "name"] as const) {
    const value = reference?.[name];
    const at = `${path}.${name}`;
    errors.push(...(value ? invalidEach(at, value, nameIsPathSegment(value, false)) : [field.required(at)]));
  }
  const version = reference?.apiVersion ?? "";
  const complaint = apiVersionComplaint(version, rule);
  return complaint === undefined ? errors : [...errors, field.invalid(`${path}.apiVersion`, version, complaint)];
}

/** Models ValidateAPIVersion; undefined where nothing is wrong. */
export function apiVersionComplaint(version: string, rule: GroupRule): string | undefined {
  if (rule === "unchecked") return undefined;
  const slashes = version.split("/").length - 1;
  if (slashes > 1) return `unexpected GroupVersion string: ${version}`;
  const hasGroup = slashes === 1 && !version.startsWith("/");
  return rule === "required" && !hasGroup ? "apiVersion must specify API group" : undefined;
}

function metricErrors(metric: MetricSpec, rule: GroupRule, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const { type = "" } = metric;
  const unsupported = () => field.notSupported(`${path}.type`, type, TYPES);
  if (type === "") errors.push(field.required(`${path}.type`, "must specify a metric source type"));
  if (!TYPES.includes(type)) errors.push(unsupported());
  const present = Object.values(MEMBERS).filter((member) => metric[member]);
  // Only the first that is there is looked into.
  const at = `${path}.${present[0]}`;
  if (present[0] === "object") errors.push(...objectErrors(metric.object!, rule, at));
  else if (present[0] === "external") errors.push(...externalErrors(metric.external!, at));
  else if (present[0] === "pods") errors.push(...podsErrors(metric.pods!, at));
  else if (present[0] === "resource") errors.push(...resourceErrors(metric.resource!, at));
  else if (present[0] === "containerResource") errors.push(...containerResourceErrors(metric.containerResource!, at));
  const expected = TYPES.includes(type) ? MEMBERS[type as keyof typeof MEMBERS] : undefined;
  if (expected === undefined) errors.push(unsupported());
  else if (!metric[expected])
    errors.push(field.required(`${path}.${expected}`, "must populate information for the given metric source"));
  if (present.length > 1)
    for (const member of present)
      if (member !== expected)
        errors.push(field.forbidden(`${path}.${member}`, "must populate the given metric source only"));
  // One that is not of the type is forbidden only beside others; alone, what lacks says enough.
  return errors;
}

function objectErrors(source: ObjectMetricSource, rule: GroupRule, path: string): FieldError[] {
  const errors = [
    ...referenceErrors(source.describedObject, rule, `${path}.describedObject`),
    ...identifierErrors(source.metric, `${path}.metric`),
    ...targetErrors(source.target, `${path}.target`),
  ];
  const { value, averageValue } = source.target ?? {};
  if (value === undefined && averageValue === undefined)
    errors.push(field.required(`${path}.target.averageValue`, "must set either a target value or averageValue"));
  return errors;
}

function externalErrors(source: ExternalMetricSource, path: string): FieldError[] {
  const errors = [
    ...identifierErrors(source.metric, `${path}.metric`),
    ...targetErrors(source.target, `${path}.target`),
  ];
  const { value, averageValue } = source.target ?? {};
  if (value === undefined && averageValue === undefined)
    errors.push(
      field.required(`${path}.target.averageValue`, "must set either a target value for metric or a per-pod target"),
    );
  if (value !== undefined && averageValue !== undefined)
    errors.push(
      field.forbidden(`${path}.target.value`, "may not set both a target value for metric and a per-pod target"),
    );
  return errors;
}

function podsErrors(source: PodsMetricSource, path: string): FieldError[] {
  const errors = [
    ...identifierErrors(source.metric, `${path}.metric`),
    ...targetErrors(source.target, `${path}.target`),
  ];
  if (source.target?.averageValue === undefined)
    errors.push(field.required(`${path}.target.averageValue`, "must specify a positive target averageValue"));
  return errors;
}

function resourceErrors({ name, target }: ResourceMetricSource, path: string): FieldError[] {
  return [...(name ? [] : [resourceNameRequired(path)]), ...utilizationErrors(target, `${path}.target`)];
}

function containerResourceErrors(source: ContainerResourceMetricSource, path: string): FieldError[] {
  const { name, container, target } = source;
  return [
    ...(name ? containerResourceNameErrors(name, `${path}.name`) : [resourceNameRequired(path)]),
    ...(container
      ? invalidEach(`${path}.container`, container, dns1123LabelErrors(container))
      : [field.required(`${path}.container`, "must specify a container")]),
    ...utilizationErrors(target, `${path}.target`),
  ];
}

const resourceNameRequired = (path: string) => field.required(`${path}.name`, "must specify a resource name");

function utilizationErrors(target: MetricTarget | undefined, path: string): FieldError[] {
  const errors = targetErrors(target, path);
  const { averageUtilization, averageValue } = target ?? {};
  if (averageUtilization === undefined && averageValue === undefined)
    errors.push(
      field.required(`${path}.averageUtilization`, "must set either a target raw value or a target utilization"),
    );
  if (averageUtilization !== undefined && averageValue !== undefined)
    errors.push(
      field.forbidden(`${path}.averageValue`, "may not set both a target raw value and a target utilization"),
    );
  return errors;
}

/** Models validateMetricTarget. */
function targetErrors(target: MetricTarget | undefined, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const { type = "", averageUtilization } = target ?? {};
  if (type === "") errors.push(field.required(`${path}.type`, "must specify a metric target type"));
  if (!TARGET_TYPES.includes(type))
    errors.push(field.invalid(`${path}.type`, type, "must be either Utilization, Value, or AverageValue"));
  for (const name of ["value", "averageValue"] as const) {
    const value = target?.[name];
    if (value === undefined) continue;
    const { nano, text } = parseQuantity(String(value));
    if (nano <= 0n) errors.push(field.invalid(`${path}.${name}`, text, "must be positive"));
  }
  if (averageUtilization !== undefined && averageUtilization < 1)
    errors.push(field.invalid(`${path}.averageUtilization`, averageUtilization, "must be greater than 0"));
  return errors;
}

/** Models validateMetricIdentifier. */
function identifierErrors(metric: MetricIdentifier | undefined, path: string): FieldError[] {
  const name = metric?.name;
  if (!name) return [field.required(`${path}.name`, "must specify a metric name")];
  return invalidEach(`${path}.name`, name, nameIsPathSegment(name, false));
}
