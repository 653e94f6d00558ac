import { legacyIpErrors } from "../../meta/ip.ts";
import { dns1123LabelErrors, dns1123SubdomainErrors, labelKeyErrors, labelValueErrors } from "../../meta/names.ts";
import { annotationsErrors, invalidEach, labelsErrors } from "../../meta/object-meta.ts";
import { rangeErrors } from "../../meta/value-rules.ts";
import { type FieldError, field } from "../../status.ts";
import type { PodSecurityContext, PodSpec, PodTemplateSpec, Toleration, Volume } from "../../types/core.ts";
import { TAINT_EFFECTS } from "../shared-rules.ts";
import { containersErrors, initContainersErrors } from "./containers-validation.ts";
import { ephemeralContainersErrors } from "./ephemeral-validation.ts";
import { affinityErrors, spreadErrors } from "./scheduling-validation.ts";
import { volumesErrors } from "./volumes-validation.ts";

/** Models ValidatePodSpec and ValidatePodTemplateSpec of kubernetes pkg/apis/core/validation/validation.go. */

const RESTART_POLICIES = ["Always", "OnFailure", "Never"];
const DNS_POLICIES = ["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"];
const MAX_INT32 = 2 ** 31 - 1;

/** `isPod`: the specification is a pod's own, not a template's. */
export function podSpecErrors(spec: PodSpec, path: string, isPod = false): FieldError[] {
  const errors: FieldError[] = [];
  const volumes = new Map<string, Volume>();
  errors.push(
    ...volumesErrors(spec.volumes ?? [], `${path}.volumes`, volumes),
    ...containersErrors(spec, volumes, `${path}.containers`),
    ...initContainersErrors(spec, volumes, `${path}.initContainers`),
    ...ephemeralContainersErrors(spec, volumes, `${path}.ephemeralContainers`),
    ...hostNetworkErrors(spec, path, isPod),
  );
  if (!RESTART_POLICIES.includes(spec.restartPolicy!))
    errors.push(field.notSupported(`${path}.restartPolicy`, spec.restartPolicy, RESTART_POLICIES));
  if (!DNS_POLICIES.includes(spec.dnsPolicy!))
    errors.push(field.notSupported(`${path}.dnsPolicy`, spec.dnsPolicy, DNS_POLICIES));
  errors.push(
    ...labelsErrors(spec.nodeSelector, `${path}.nodeSelector`),
    ...securityErrors(spec.securityContext ?? {}, `${path}.securityContext`),
    ...affinityErrors(spec.affinity ?? {}, `${path}.affinity`),
    ...dnsConfigErrors(spec, `${path}.dnsConfig`),
    ...spreadErrors(spec.topologySpreadConstraints ?? [], `${path}.topologySpreadConstraints`),
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
  const preemption = spec.preemptionPolicy;
  if (preemption !== undefined && preemption !== "PreemptLowerPriority" && preemption !== "Never")
    errors.push(field.notSupported(`${path}.preemptionPolicy`, preemption, ["PreemptLowerPriority", "Never"]));
  return errors;
}

/** Of a workload's `spec.template`. */
export function podTemplateErrors({ metadata, spec }: PodTemplateSpec, path: string): FieldError[] {
  const errors = [
    ...labelsErrors(metadata?.labels, `${path}.labels`),
    ...annotationsErrors(metadata?.annotations, `${path}.annotations`),
    ...podSpecErrors(spec ?? { containers: [] }, `${path}.spec`),
  ];
  if (spec?.ephemeralContainers?.length)
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

function securityErrors(security: PodSecurityContext, path: string): FieldError[] {
  const errors: FieldError[] = [];
  for (const name of ["fsGroup", "runAsUser", "runAsGroup"] as const) {
    const id = security[name];
    if (id !== undefined) errors.push(...invalidEach(`${path}.${name}`, id, rangeErrors(id, 0, MAX_INT32)));
  }
  for (const [i, id] of (security.supplementalGroups ?? []).entries())
    errors.push(...invalidEach(`${path}.supplementalGroups[${i}]`, id, rangeErrors(id, 0, MAX_INT32)));
  return errors;
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
  for (const [i, { name }] of (dnsConfig?.options ?? []).entries())
    if (!name) errors.push(field.required(`${path}.options[${i}]`, "must not be empty"));
  return errors;
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
