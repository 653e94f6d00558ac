import { dns1123LabelErrors } from "../../meta/names.ts";
import { invalidEach } from "../../meta/object-meta.ts";
import { portNameErrors, portNumberErrors, rangeErrors } from "../../meta/value-rules.ts";
import { type FieldError, field } from "../../status.ts";
import type {
  Container,
  ContainerPort,
  Lifecycle,
  PodSpec,
  SecurityContext,
  Volume,
  VolumeMount,
} from "../../types/core.ts";
import { PROTOCOLS } from "../shared-rules.ts";
import { envErrors, envFromErrors } from "./env-validation.ts";
import { handlerErrors, probeErrors } from "./handlers-validation.ts";
import { containerResourcesErrors } from "./resources-validation.ts";
import { internalStructure } from "./spec-diff.ts";
import { localPathErrors } from "./volumes-validation.ts";

/** Models validateContainers and validateInitContainers of kubernetes pkg/apis/core/validation/validation.go. */

const RESTART_POLICIES = ["Always", "Never", "OnFailure"];
const NOT_FOR_INIT = "may not be set for init containers without restartPolicy=Always";

type Volumes = ReadonlyMap<string, Volume>;

export function containersErrors(spec: PodSpec, volumes: Volumes, path: string): FieldError[] {
  const containers = spec.containers ?? [];
  if (containers.length === 0) return [field.required(path)];
  const errors: FieldError[] = [];
  const names = new Set<string>();
  for (const [i, container] of containers.entries()) {
    const at = `${path}[${i}]`;
    errors.push(...containerCommonErrors(container, volumes, at));
    if (names.has(container.name ?? "")) errors.push(field.duplicate(`${at}.name`, container.name ?? ""));
    names.add(container.name ?? "");
    errors.push(...lifecycleErrors(container.lifecycle, spec, `${at}.lifecycle`), ...probesErrors(container, spec, at));
    errors.push(...restartPolicyErrors(container, at));
  }
  return [...errors, ...hostPortErrors(containers, path)];
}

export function initContainersErrors(spec: PodSpec, volumes: Volumes, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const names = new Set((spec.containers ?? []).map((container) => container.name));
  for (const [i, container] of (spec.initContainers ?? []).entries()) {
    const at = `${path}[${i}]`;
    errors.push(...containerCommonErrors(container, volumes, at), ...restartPolicyErrors(container, at));
    if (names.has(container.name)) errors.push(field.duplicate(`${at}.name`, container.name));
    else if (container.name) names.add(container.name);
    errors.push(...hostPortErrors([container], path));
    if (container.restartPolicy === "Always") {
      errors.push(
        ...lifecycleErrors(container.lifecycle, spec, `${at}.lifecycle`),
        ...probesErrors(container, spec, at),
      );
      continue;
    }
    for (const name of ["lifecycle", "livenessProbe", "readinessProbe", "startupProbe"] as const)
      if (container[name]) errors.push(field.forbidden(`${at}.${name}`, NOT_FOR_INIT));
  }
  return errors;
}

/** What holds for containers of any sort. Models validateContainerCommon. */
export function containerCommonErrors(container: Container, volumes: Volumes, path: string): FieldError[] {
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
    ...mountsErrors(container.volumeMounts ?? [], volumes, `${path}.volumeMounts`),
  );
  const pulls = ["Always", "IfNotPresent", "Never"];
  if (!pulls.includes(container.imagePullPolicy!))
    errors.push(field.notSupported(`${path}.imagePullPolicy`, container.imagePullPolicy, pulls));
  errors.push(
    ...containerResourcesErrors(container.resources ?? {}, `${path}.resources`),
    ...securityErrors(container.securityContext, `${path}.securityContext`),
  );
  return errors;
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

function mountsErrors(mounts: VolumeMount[], volumes: Volumes, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const paths = new Set<string>();
  for (const [i, mount] of mounts.entries()) {
    const at = `${path}[${i}]`;
    if (!mount.name) errors.push(field.required(`${at}.name`));
    if (!volumes.has(mount.name ?? "")) errors.push(field.notFound(`${at}.name`, mount.name ?? ""));
    if (!mount.mountPath) errors.push(field.required(`${at}.mountPath`));
    if (paths.has(mount.mountPath ?? ""))
      errors.push(field.invalid(`${at}.mountPath`, mount.mountPath ?? "", "must be unique"));
    paths.add(mount.mountPath ?? "");
    // The real one leaves the index out of these two paths.
    if (mount.subPath) errors.push(...localPathErrors(mount.subPath, `${path}.subPath`));
    if (!mount.subPathExpr) continue;
    if (mount.subPath)
      errors.push(
        field.invalid(`${at}.subPathExpr`, mount.subPathExpr, "subPathExpr and subPath are mutually exclusive"),
      );
    errors.push(...localPathErrors(mount.subPathExpr, `${path}.subPathExpr`));
  }
  return errors;
}

function lifecycleErrors(lifecycle: Lifecycle | undefined, spec: PodSpec, path: string): FieldError[] {
  if (!lifecycle) return [];
  const errors: FieldError[] = [];
  if (lifecycle.postStart) errors.push(...handlerErrors(lifecycle.postStart, spec, `${path}.postStart`));
  if (lifecycle.preStop) errors.push(...handlerErrors(lifecycle.preStop, spec, `${path}.preStop`));
  if (lifecycle.stopSignal && !spec.os)
    errors.push(field.forbidden(`${path}.stopSignal`, "may not be set for containers with empty `spec.os.name`"));
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

const MAX_ID = 2 ** 31 - 1;

function securityErrors(security: SecurityContext | undefined, path: string): FieldError[] {
  if (!security) return [];
  const errors: FieldError[] = [];
  for (const name of ["runAsUser", "runAsGroup"] as const) {
    const id = security[name];
    if (id !== undefined) errors.push(...invalidEach(`${path}.${name}`, id, rangeErrors(id, 0, MAX_ID)));
  }
  if (security.allowPrivilegeEscalation !== false) return errors;
  const refuse = (what: string) =>
    field.invalid(
      path,
      internalStructure(security, "SecurityContext"),
      `cannot set \`allowPrivilegeEscalation\` to false and ${what}`,
    );
  if (security.privileged) errors.push(refuse("`privileged` to true"));
  for (const capability of security.capabilities?.add ?? [])
    if (capability === "CAP_SYS_ADMIN") errors.push(refuse("`capabilities.Add` CAP_SYS_ADMIN"));
  return errors;
}
