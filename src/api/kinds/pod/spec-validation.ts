import { byteLength } from "../../encoding/text.ts";
import { legacyIpErrors } from "../../meta/ip.ts";
import {
  dns1123LabelErrors,
  dns1123SubdomainErrors,
  fits,
  labelKeyErrors,
  labelValueErrors,
  lengthComplaint,
  patternComplaint,
} from "../../meta/names.ts";
import { annotationsErrors, invalidEach, labelsErrors } from "../../meta/object-meta.ts";
import { rangeErrors } from "../../meta/value-rules.ts";
import type { ObjectMeta } from "../../object.ts";
import { type FieldError, field } from "../../status.ts";
import type { PodSpec, PodTemplateSpec, Toleration, Volume } from "../../types/core.ts";
import { TAINT_EFFECTS } from "../shared-rules.ts";
import { podAnnotationsErrors, seccompMatchErrors } from "./annotations-validation.ts";
import { appArmorMatchErrors } from "./apparmor.ts";
import { podClaimsErrors } from "./claims-validation.ts";
import { containersErrors, initContainersErrors } from "./containers-validation.ts";
import { fileKeyVolumesErrors } from "./env-validation.ts";
import { ephemeralContainersErrors } from "./ephemeral-validation.ts";
import { podResourcesErrors } from "./pod-resources-validation.ts";
import { containerResourcesErrors } from "./resources-validation.ts";
import { affinityErrors, spreadErrors } from "./scheduling-validation.ts";
import { podSecurityErrors } from "./security-validation.ts";
import { containersWithPaths } from "./state.ts";
import { volumesErrors } from "./volumes-validation.ts";
import { hostProcessErrors, systemErrors } from "./windows-validation.ts";

/** Models ValidatePodSpec and ValidatePodTemplateSpec of kubernetes pkg/apis/core/validation/validation.go. */

const RESTART_POLICIES = ["Always", "OnFailure", "Never"];
const DNS_POLICIES = ["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"];
const PREEMPTION_POLICIES = ["PreemptLowerPriority", "Never"];
const MAX_INT32 = 2 ** 31 - 1;
const EMPTY: PodSpec = { containers: [] };

/** `pod`: the metadata of the pod, when the specification is not a template's. */
export function podSpecErrors(spec: PodSpec, path: string, pod?: ObjectMeta): FieldError[] {
  const errors: FieldError[] = [];
  const volumes = new Map<string, Volume>();
  const claims = (spec.resourceClaims ?? []).flatMap(({ name }) => (name ? [name] : []));
  const parts = { spec, volumes, claims };
  const owner = { name: pod?.name ?? "", isPod: pod !== undefined };
  errors.push(
    // First: it finds the volumes that containers may name.
    ...volumesErrors(spec.volumes ?? [], `${path}.volumes`, volumes, owner),
    ...podClaimsErrors(spec.resourceClaims ?? [], `${path}.resourceClaims`),
    ...containersErrors(parts, `${path}.containers`),
    ...initContainersErrors(parts, `${path}.initContainers`),
    ...ephemeralContainersErrors(parts, `${path}.ephemeralContainers`),
    ...podResourcesErrors(spec, claims, `${path}.resources`),
    ...hostNetworkErrors(spec, path, owner.isPod),
  );
  if (!RESTART_POLICIES.includes(spec.restartPolicy!))
    errors.push(field.notSupported(`${path}.restartPolicy`, spec.restartPolicy, RESTART_POLICIES));
  if (!DNS_POLICIES.includes(spec.dnsPolicy!))
    errors.push(field.notSupported(`${path}.dnsPolicy`, spec.dnsPolicy, DNS_POLICIES));
  errors.push(
    ...labelsErrors(spec.nodeSelector, `${path}.nodeSelector`),
    ...podSecurityErrors(spec, `${path}.securityContext`),
    ...affinityErrors(spec.affinity ?? {}, `${path}.affinity`),
    ...dnsConfigErrors(spec, `${path}.dnsConfig`),
    ...gatesErrors(spec, path),
    ...spreadErrors(spec.topologySpreadConstraints ?? [], `${path}.topologySpreadConstraints`),
    ...hostProcessErrors(spec, path),
    ...hostUsersErrors(spec, path),
    ...hostnameErrors(spec, `${path}.hostnameOverride`),
  );
  const named = (name: "serviceAccountName" | "nodeName" | "priorityClassName", rule = dns1123SubdomainErrors) => {
    const value = spec[name];
    if (value) errors.push(...invalidEach(`${path}.${name}`, value, rule(value)));
  };
  named("serviceAccountName");
  named("nodeName");
  const deadline = spec.activeDeadlineSeconds;
  if (deadline !== undefined)
    errors.push(...invalidEach(`${path}.activeDeadlineSeconds`, deadline, rangeErrors(deadline, 1, MAX_INT32)));
  for (const name of ["hostname", "subdomain"] as const) {
    const value = spec[name];
    if (value) errors.push(...invalidEach(`${path}.${name}`, value, dns1123LabelErrors(value)));
  }
  errors.push(...tolerationsErrors(spec.tolerations ?? [], `${path}.tolerations`));
  for (const [i, { ip, hostnames }] of (spec.hostAliases ?? []).entries()) {
    errors.push(...legacyIpErrors(`${path}.hostAliases[${i}].ip`, ip ?? ""));
    for (const [j, name] of (hostnames ?? []).entries())
      errors.push(...invalidEach(`${path}.hostAliases[${i}].hostnames[${j}]`, name, dns1123SubdomainErrors(name)));
  }
  named("priorityClassName");
  if (spec.runtimeClassName !== undefined)
    errors.push(
      ...invalidEach(`${path}.runtimeClassName`, spec.runtimeClassName, dns1123SubdomainErrors(spec.runtimeClassName)),
    );
  const preemption = spec.preemptionPolicy as string | undefined;
  if (preemption === "") errors.push(field.required(`${path}.preemptionPolicy`));
  else if (preemption !== undefined && !PREEMPTION_POLICIES.includes(preemption))
    errors.push(field.notSupported(`${path}.preemptionPolicy`, preemption, PREEMPTION_POLICIES));
  if (spec.overhead) errors.push(...containerResourcesErrors({ limits: spec.overhead }, `${path}.overhead`));
  return [...errors, ...systemErrors(spec, path), ...fileKeyVolumesErrors(spec, path)];
}

/** Of a workload's `spec.template`. */
export function podTemplateErrors({ metadata, spec = EMPTY }: PodTemplateSpec, path: string): FieldError[] {
  const errors = [
    ...labelsErrors(metadata?.labels, `${path}.labels`),
    ...annotationsErrors(metadata?.annotations, `${path}.annotations`),
    ...podAnnotationsErrors(metadata?.annotations, spec, `${path}.annotations`),
    ...podSpecErrors(spec, `${path}.spec`),
    ...seccompMatchErrors(metadata?.annotations, spec, `${path}.spec`),
    ...appArmorMatchErrors(metadata?.annotations, spec, `${path}.spec`),
  ];
  if (spec.ephemeralContainers?.length)
    errors.push(
      field.forbidden(`${path}.spec.ephemeralContainers`, "ephemeral containers not allowed in pod template"),
    );
  return errors;
}

function hostNetworkErrors(spec: PodSpec, path: string, isPod: boolean): FieldError[] {
  if (!spec.hostNetwork) return [];
  const errors: FieldError[] = [];
  for (const [i, { ports }] of (spec.containers ?? []).entries())
    for (const [j, { hostPort = 0, containerPort }] of (ports ?? []).entries())
      if ((isPod || hostPort !== 0) && hostPort !== containerPort) {
        const text = "must match `containerPort` when `hostNetwork` is true";
        errors.push(field.invalid(`${path}.containers[${i}].ports[${j}].hostPort`, hostPort, text));
      }
  return errors;
}

/** Models validateReadinessGates and validateSchedulingGates. */
function gatesErrors({ readinessGates = [], schedulingGates = [] }: PodSpec, path: string): FieldError[] {
  const names = new Set<string>();
  return [
    ...readinessGates.flatMap(({ conditionType = "" }, i) =>
      invalidEach(`${path}.readinessGates[${i}].conditionType`, conditionType, labelKeyErrors(conditionType)),
    ),
    ...schedulingGates.flatMap(({ name = "" }, i) => {
      const at = `${path}.schedulingGates[${i}]`;
      const again = names.has(name) ? [field.duplicate(at, name)] : [];
      names.add(name);
      return [...invalidEach(at, name, labelKeyErrors(name)), ...again];
    }),
  ];
}

/** Models validateHostUsers. */
function hostUsersErrors(spec: PodSpec, path: string): FieldError[] {
  if (spec.hostUsers !== false) return [];
  const text = "when `hostUsers` is false";
  return [
    ...(spec.hostNetwork ? [field.forbidden(`${path}.hostNetwork`, text)] : []),
    // The real ones begin so.
    ...(spec.hostPID ? [field.forbidden(`${path}.HostPID`, text)] : []),
    ...(spec.hostIPC ? [field.forbidden(`${path}.HostIPC`, text)] : []),
    ...containersWithPaths(spec, path).flatMap(([{ volumeDevices }, at]) =>
      volumeDevices?.length ? [field.forbidden(`${at}.volumeDevices`, text)] : [],
    ),
  ];
}

/** Models validatePodHostName. */
function hostnameErrors(
  { hostnameOverride: name, setHostnameAsFQDN, hostNetwork }: PodSpec,
  path: string,
): FieldError[] {
  if (name === undefined) return [];
  return [
    ...(setHostnameAsFQDN ? [field.forbidden(path, "may not be specified when setHostnameAsFQDN is true")] : []),
    ...(hostNetwork ? [field.forbidden(path, "may not be specified when hostNetwork is true")] : []),
    ...(byteLength(name) > 64 ? [field.tooLong(path, 64)] : []),
    ...invalidEach(path, name, dns1123SubdomainErrors(name)),
  ];
}

function dnsConfigErrors({ dnsPolicy, dnsConfig }: PodSpec, path: string): FieldError[] {
  if (dnsPolicy === "None") {
    if (!dnsConfig) return [field.required(path, "must provide `dnsConfig` when `dnsPolicy` is None")];
    if (!dnsConfig.nameservers?.length)
      return [
        field.required(`${path}.nameservers`, "must provide at least one DNS nameserver when `dnsPolicy` is None"),
      ];
  }
  const errors: FieldError[] = [];
  const servers = dnsConfig?.nameservers ?? [];
  if (servers.length > 3)
    errors.push(field.invalid(`${path}.nameservers`, servers, "must not have more than 3 nameservers"));
  for (const [i, ip] of servers.entries()) errors.push(...legacyIpErrors(`${path}.nameservers[${i}]`, ip));
  const searches = dnsConfig?.searches ?? [];
  if (searches.length > 32)
    errors.push(field.invalid(`${path}.searches`, searches, "must not have more than 32 search paths"));
  if (searches.join(" ").length > 2048) {
    const text = "must not have more than 2048 characters (including spaces) in the search list";
    errors.push(field.invalid(`${path}.searches`, searches, text));
  }
  for (const [i, search] of searches.entries()) {
    const name = search.replace(/\.$/, "");
    if (search !== ".") errors.push(...invalidEach(`${path}.searches[${i}]`, name, searchComplaints(name)));
  }
  for (const [i, { name }] of (dnsConfig?.options ?? []).entries())
    if (!name) errors.push(field.required(`${path}.options[${i}]`, "must not be empty"));
  return errors;
}

const SEARCH_LABEL = "_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
const SEARCH = `${SEARCH_LABEL}(\\.${SEARCH_LABEL})*`;

/** Models IsDNS1123SubdomainWithUnderscore. */
function searchComplaints(value: string): string[] {
  const complaints = byteLength(value) > 253 ? [lengthComplaint(253, "characters")] : [];
  const text =
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character";
  return fits(SEARCH, value) ? complaints : [...complaints, patternComplaint(text, SEARCH, "example.com")];
}

/** Models ValidateTolerations. */
export function tolerationsErrors(tolerations: readonly Toleration[], path: string): FieldError[] {
  const errors: FieldError[] = [];
  for (const [i, { key = "", operator, value = "", effect, tolerationSeconds }] of tolerations.entries()) {
    const at = `${path}[${i}]`;
    if (key) errors.push(...invalidEach(`${at}.key`, key, labelKeyErrors(key)));
    else if (operator !== "Exists") {
      const text = 'operator must be Exists when `key` is empty, which means "match all values and all keys"';
      errors.push(field.invalid(`${at}.operator`, operator ?? "", text));
    }
    if (tolerationSeconds !== undefined && effect !== "NoExecute")
      errors.push(
        field.invalid(`${at}.effect`, effect ?? "", "effect must be 'NoExecute' when `tolerationSeconds` is set"),
      );
    const complaints = labelValueErrors(value);
    if (!operator || operator === "Equal") {
      if (complaints.length > 0) errors.push(field.invalid(`${at}.operator`, value, complaints.join(";")));
    } else if (operator === "Exists") {
      if (value) errors.push(field.invalid(`${at}.operator`, value, "value must be empty when `operator` is 'Exists'"));
    } else if (operator === "Lt" || operator === "Gt")
      errors.push(field.notSupported(`${at}.operator`, operator, ["Equal", "Exists", "Lt", "Gt"]));
    else errors.push(field.notSupported(`${at}.operator`, operator, ["Equal", "Exists"]));
    if (effect && !TAINT_EFFECTS.includes(effect))
      errors.push(field.notSupported(`${at}.effect`, effect, TAINT_EFFECTS));
  }
  return errors;
}
