import { dns1123LabelErrors } from "../../meta/names.ts";
import { invalidEach } from "../../meta/object-meta.ts";
import { portNameErrors, portNumberErrors } from "../../meta/value-rules.ts";
import { type FieldError, field } from "../../status.ts";
import type {
  Container,
  ContainerPort,
  ContainerResizePolicy,
  ContainerRestartRule,
  Lifecycle,
  PodSpec,
  Volume,
} from "../../types/core.ts";
import { PROTOCOLS } from "../shared-rules.ts";
import { envErrors, envFromErrors } from "./env-validation.ts";
import { handlerErrors, probeErrors } from "./handlers-validation.ts";
import { devicesErrors, mountsErrors } from "./mounts-validation.ts";
import { containerResourcesErrors } from "./resources-validation.ts";
import { containerSecurityErrors } from "./security-validation.ts";
import { PULL_POLICIES } from "./volume-sources-validation.ts";

/** Models validateContainers and validateInitContainers of kubernetes pkg/apis/core/validation/validation.go. */

const RESTART_POLICIES = ["Always", "Never", "OnFailure"];
const NOT_FOR_INIT = "may not be set for init containers without restartPolicy=Always";

/** What containers are seen with: the pod they are of, its volumes that are valid, the names of its claims. */
export interface PodParts {
  spec: PodSpec;
  volumes: ReadonlyMap<string, Volume>;
  claims: readonly string[];
}

export function containersErrors(parts: PodParts, path: string): FieldError[] {
  const { spec } = parts;
  const containers = spec.containers ?? [];
  if (containers.length === 0) return [field.required(path)];
  const errors: FieldError[] = [];
  const names = new Set<string>();
  for (const [i, container] of containers.entries()) {
    const at = `${path}[${i}]`;
    errors.push(...containerCommonErrors(container, parts, at));
    if (names.has(container.name ?? "")) errors.push(field.duplicate(`${at}.name`, container.name ?? ""));
    names.add(container.name ?? "");
    errors.push(...lifecycleErrors(container.lifecycle, spec, `${at}.lifecycle`), ...probesErrors(container, spec, at));
    errors.push(...restartPolicyErrors(container, at), ...restartRulesErrors(container.restartPolicyRules ?? [], at));
  }
  return [...errors, ...hostPortErrors(containers, path)];
}

export function initContainersErrors(parts: PodParts, path: string): FieldError[] {
  const { spec } = parts;
  const errors: FieldError[] = [];
  const names = new Set((spec.containers ?? []).map((container) => container.name ?? ""));
  for (const [i, container] of (spec.initContainers ?? []).entries()) {
    const at = `${path}[${i}]`;
    const { name = "", restartPolicy } = container;
    errors.push(...containerCommonErrors(container, parts, at), ...restartPolicyErrors(container, at));
    if (restartPolicy !== undefined) errors.push(...restartRulesErrors(container.restartPolicyRules ?? [], at));
    if (names.has(name)) errors.push(field.duplicate(`${at}.name`, name));
    else if (name) names.add(name);
    errors.push(...hostPortErrors([container], path));
    if (restartPolicy === "Always") {
      errors.push(
        ...lifecycleErrors(container.lifecycle, spec, `${at}.lifecycle`),
        ...probesErrors(container, spec, at),
      );
      continue;
    }
    for (const member of ["lifecycle", "livenessProbe", "readinessProbe", "startupProbe"] as const)
      if (container[member]) errors.push(field.forbidden(`${at}.${member}`, NOT_FOR_INIT));
    for (const [j, { restartPolicy: policy }] of (container.resizePolicy ?? []).entries())
      if (policy === "RestartContainer") {
        const text = "must not be set to 'RestartContainer' for non-sidecar initContainers";
        errors.push(field.invalid(`${at}.resizePolicy[${j}].restartPolicy`, policy, text));
      }
  }
  return errors;
}

/** What holds for containers of any sort. Models validateContainerCommon. */
export function containerCommonErrors(container: Container, parts: PodParts, path: string): FieldError[] {
  const { spec, volumes, claims } = parts;
  const errors: FieldError[] = [];
  if (container.name) errors.push(...invalidEach(`${path}.name`, container.name, dns1123LabelErrors(container.name)));
  else errors.push(field.required(`${path}.name`));
  if (!container.image) errors.push(field.required(`${path}.image`));
  const policies = ["File", "FallbackToLogsOnError"];
  if (!policies.includes(container.terminationMessagePolicy!))
    errors.push(field.notSupported(`${path}.terminationMessagePolicy`, container.terminationMessagePolicy, policies));
  errors.push(
    ...portsErrors(container.ports ?? [], `${path}.ports`),
    ...envErrors(container.env ?? [], `${path}.env`),
    ...envFromErrors(container.envFrom ?? [], `${path}.envFrom`),
    ...mountsErrors(container, volumes, `${path}.volumeMounts`),
    ...devicesErrors(container, volumes, `${path}.volumeDevices`),
  );
  if (!PULL_POLICIES.includes(container.imagePullPolicy!))
    errors.push(field.notSupported(`${path}.imagePullPolicy`, container.imagePullPolicy, PULL_POLICIES));
  errors.push(
    ...containerResourcesErrors(container.resources ?? {}, `${path}.resources`, claims),
    ...resizePolicyErrors(container.resizePolicy ?? [], spec, `${path}.resizePolicy`),
    ...containerSecurityErrors(container.securityContext, spec.hostUsers !== false, `${path}.securityContext`),
  );
  return errors;
}

const RESIZABLE = ["cpu", "memory"];
const RESIZE_POLICIES = ["NotRequired", "RestartContainer"];

/** Models validateResizePolicy, which names an item for a duplicate alone. */
function resizePolicyErrors(policies: ContainerResizePolicy[], spec: PodSpec, path: string): FieldError[] {
  const resources = new Set<string>();
  const choose = (value: string, choices: readonly string[]) => {
    if (!value) return [field.required(path)];
    return choices.includes(value) ? [] : [field.notSupported(path, value, choices)];
  };
  return policies.flatMap(({ resourceName = "", restartPolicy = "" }, i) => {
    const errors = resources.has(resourceName) ? [field.duplicate(`${path}[${i}]`, resourceName)] : [];
    resources.add(resourceName);
    errors.push(...choose(resourceName, RESIZABLE), ...choose(restartPolicy, RESIZE_POLICIES));
    if (spec.restartPolicy === "Never" && restartPolicy !== "NotRequired") {
      const text = "must be 'NotRequired' when pod `restartPolicy` is 'Never'";
      errors.push(field.invalid(path, restartPolicy, text));
    }
    return errors;
  });
}

function portsErrors(ports: ContainerPort[], path: string): FieldError[] {
  const errors: FieldError[] = [];
  const names = new Set<string>();
  for (const [index, port] of ports.entries()) {
    let at = `${path}[${index}]`;
    if (port.name) {
      const complaints = portNameErrors(port.name);
      errors.push(...invalidEach(`${at}.name`, port.name, complaints));
      if (complaints.length === 0 && names.has(port.name)) errors.push(field.duplicate(`${at}.name`, port.name));
      if (complaints.length === 0) names.add(port.name);
    }
    at = `${path}[${index}]`;
    if (!port.containerPort) errors.push(field.required(`${at}.containerPort`));
    else errors.push(...invalidEach(`${at}.containerPort`, port.containerPort, portNumberErrors(port.containerPort)));
    if (port.hostPort) errors.push(...invalidEach(`${at}.hostPort`, port.hostPort, portNumberErrors(port.hostPort)));
    if (!PROTOCOLS.includes(port.protocol!))
      errors.push(field.notSupported(`${at}.protocol`, port.protocol, PROTOCOLS));
  }
  return errors;
}

function hostPortErrors(containers: Container[], path: string): FieldError[] {
  const errors: FieldError[] = [];
  const taken = new Set<string>();
  for (const [i, { ports }] of containers.entries())
    for (const [j, { hostPort, hostIP, protocol }] of (ports ?? []).entries()) {
      if (!hostPort) continue;
      const key = `${protocol}/${hostIP ?? ""}/${hostPort}`;
      if (taken.has(key)) errors.push(field.duplicate(`${path}[${i}].ports[${j}].hostPort`, key));
      taken.add(key);
    }
  return errors;
}

function lifecycleErrors(lifecycle: Lifecycle | undefined, spec: PodSpec, path: string): FieldError[] {
  if (!lifecycle) return [];
  const errors: FieldError[] = [];
  if (lifecycle.postStart) errors.push(...handlerErrors(lifecycle.postStart, spec, `${path}.postStart`));
  if (lifecycle.preStop) errors.push(...handlerErrors(lifecycle.preStop, spec, `${path}.preStop`));
  return errors;
}

function probesErrors(container: Container, spec: PodSpec, path: string): FieldError[] {
  return [
    ...probeErrors(container.livenessProbe, "liveness", spec, `${path}.livenessProbe`),
    ...probeErrors(container.readinessProbe, "readiness", spec, `${path}.readinessProbe`),
    ...probeErrors(container.startupProbe, "startup", spec, `${path}.startupProbe`),
  ];
}

function restartPolicyErrors({ restartPolicy, restartPolicyRules }: Container, path: string): FieldError[] {
  if (restartPolicy === undefined)
    return restartPolicyRules?.length
      ? [field.required(`${path}.restartPolicy`, "must specify restartPolicy when restart rules are used")]
      : [];
  return RESTART_POLICIES.includes(restartPolicy)
    ? []
    : [field.notSupported(`${path}.restartPolicy`, restartPolicy, RESTART_POLICIES)];
}

const ACTIONS = ["Restart", "RestartAllContainers"];
const OPERATORS = ["In", "NotIn"];

function restartRulesErrors(rules: ContainerRestartRule[], path: string): FieldError[] {
  const errors = rules.length > 20 ? [field.tooMany(`${path}.restartPolicyRules`, rules.length, 20)] : [];
  for (const [i, { action = "", exitCodes }] of rules.entries()) {
    const at = `${path}.restartPolicyRules[${i}]`;
    if (!ACTIONS.includes(action)) errors.push(field.notSupported(`${at}.action`, action, ACTIONS));
    if (!exitCodes) {
      errors.push(field.required(`${at}.exitCodes`, "must be specified"));
      continue;
    }
    const { operator = "", values = [] } = exitCodes;
    if (!OPERATORS.includes(operator)) errors.push(field.notSupported(`${at}.exitCodes.operator`, operator, OPERATORS));
    if (values.length > 255) errors.push(field.tooMany(`${at}.exitCodes.values`, values.length, 255));
  }
  return errors;
}
