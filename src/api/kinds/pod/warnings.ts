import { goQuote } from "../../encoding/go-quote.ts";
import { equal, sortedKeys } from "../../json.ts";
import { fractionWarning } from "../../meta/fractions.ts";
import { ipWarnings } from "../../meta/ip.ts";
import { dns1123LabelErrors } from "../../meta/names.ts";
import type { Container, ContainerPort, Pod, PodSpec, PodTemplateSpec } from "../../types/core.ts";
import { deprecation, selectorTermWarnings } from "../node/deprecated-labels.ts";
import { APP_ARMOR, APP_ARMOR_DEPRECATION, profileOfAnnotation } from "./apparmor.ts";
import { volumeWarnings } from "./volume-warnings.ts";

/** Annotations that do nothing any more. */
const ANNOTATIONS: Readonly<Record<string, string>> = {
  "scheduler.alpha.kubernetes.io/critical-pod": 'non-functional in v1.16+; use the "priorityClassName" field instead',
  "security.alpha.kubernetes.io/sysctls": 'non-functional in v1.11+; use the "sysctls" field instead',
  "security.alpha.kubernetes.io/unsafe-sysctls": 'non-functional in v1.11+; use the "sysctls" field instead',
};
const SECCOMP = 'non-functional in v1.27+; use the "seccompProfile" field instead';
const BYTES = ["memory", "ephemeral-storage"];

/**
 * What is said of a pod's spec and annotations. Models kubernetes pkg/api/pod/warnings.go warningsForPodSpecAndMeta.
 * @param path "" for a pod, `spec.template` for a workload's template
 */
export function podTemplateWarnings({ metadata, spec = { containers: [] } }: PodTemplateSpec, path: string): string[] {
  const before = path ? `${path}.` : "";
  const at = `${before}spec`;
  const annotation = (key: string, text: string) =>
    metadata?.annotations?.[key] === undefined ? [] : [`${before}metadata.annotations[${key}]: ${text}`];
  const containers: [Container, string][] = (["initContainers", "containers"] as const).flatMap((list) =>
    (spec[list] ?? []).map((container, i): [Container, string] => [container, `${at}.${list}[${i}]`]),
  );
  const ports = containers.flatMap(([container, where]) =>
    (container.ports ?? []).map((port, i): [ContainerPort, string] => [port, `${where}.ports[${i}]`]),
  );
  const pod = spec.securityContext;
  return [
    ...nodeLabelWarnings(spec, at),
    ...Object.entries(ANNOTATIONS).flatMap(([key, text]) => annotation(key, text)),
    ...volumeWarnings(spec.volumes ?? [], `${at}.volumes`),
    ...duplicates((spec.hostAliases ?? []).map(({ ip }) => ip)).map(
      (i) => `${at}.hostAliases[${i}].ip: duplicate ip ${goQuote(spec.hostAliases![i]!.ip)}`,
    ),
    ...pullSecretWarnings(spec, `${at}.imagePullSecrets`),
    ...BYTES.flatMap((name) => fractionWarning(spec.overhead?.[name], `${at}.overhead[${name}]`)),
    ...(pod?.seccompProfile ? [] : annotation("seccomp.security.alpha.kubernetes.io/pod", SECCOMP)),
    ...containers.flatMap(([container, where]) => {
      const { name, securityContext: own } = container;
      const armor = APP_ARMOR + name;
      const known = equal(pod?.appArmorProfile, profileOfAnnotation(metadata?.annotations?.[armor] ?? ""));
      // Of a pod it is said when the annotation becomes the field.
      const isSilent = path === "" || own?.appArmorProfile || (pod?.appArmorProfile && known);
      return [
        ...(own?.seccompProfile ? [] : annotation(`container.seccomp.security.alpha.kubernetes.io/${name}`, SECCOMP)),
        ...(isSilent ? [] : annotation(armor, APP_ARMOR_DEPRECATION)),
        ...BYTES.flatMap((bytes) =>
          (["limits", "requests"] as const).flatMap((list) =>
            fractionWarning(container.resources?.[list]?.[bytes], `${where}.resources.${list}[${bytes}]`),
          ),
        ),
        ...envWarnings(container, where),
      ];
    }),
    ...portWarnings(ports),
    ...portNameWarnings(ports),
    ...((spec.terminationGracePeriodSeconds ?? 0) < 0
      ? [`${at}.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1`]
      : []),
    ...affinityWarnings(spec, `${at}.affinity`),
    ...(spec.dnsConfig?.nameservers ?? []).flatMap((ip, i) => ipWarnings(`${at}.dnsConfig.nameservers[${i}]`, ip)),
    ...(spec.hostAliases ?? []).flatMap(({ ip }, i) => ipWarnings(`${at}.hostAliases[${i}].ip`, ip)),
  ];
}

/** Where labels of nodes are named that have other names by now. */
function nodeLabelWarnings({ nodeSelector, affinity, topologySpreadConstraints }: PodSpec, at: string): string[] {
  const node = affinity?.nodeAffinity;
  const inNode = `${at}.affinity.nodeAffinity`;
  return [
    ...sortedKeys(nodeSelector ?? {}).flatMap((label) => {
      const text = deprecation(label);
      return text === undefined ? [] : [`${at}.nodeSelector[${label}]: ${text}`];
    }),
    ...(node?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? []).flatMap((term, i) => {
      const path = `${inNode}.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[${i}]`;
      return selectorTermWarnings(term, false, path);
    }),
    ...(node?.preferredDuringSchedulingIgnoredDuringExecution ?? []).flatMap(({ preference }, i) => {
      const path = `${inNode}.preferredDuringSchedulingIgnoredDuringExecution[${i}].preference`;
      return selectorTermWarnings(preference, true, path);
    }),
    ...(topologySpreadConstraints ?? []).flatMap(({ topologyKey, labelSelector }, i) => {
      const path = `${at}.topologySpreadConstraints[${i}]`;
      const text = deprecation(topologyKey);
      return [
        ...(text === undefined ? [] : [`${path}.topologyKey: ${topologyKey} is ${text}`]),
        ...(labelSelector ? [] : [`${path}.labelSelector: ${NO_POD}`]),
      ];
    }),
  ];
}

const NO_POD = "a null labelSelector results in matching no pod";

function affinityWarnings({ affinity }: PodSpec, at: string): string[] {
  return (["podAffinity", "podAntiAffinity"] as const).flatMap((kind) => {
    const required = affinity?.[kind]?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
    const preferred = affinity?.[kind]?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
    const path = `${at}.${kind}`;
    return [
      ...required.flatMap(({ labelSelector }, i) =>
        labelSelector ? [] : [`${path}.requiredDuringSchedulingIgnoredDuringExecution[${i}].labelSelector: ${NO_POD}`],
      ),
      ...preferred.flatMap(({ podAffinityTerm }, i) =>
        podAffinityTerm.labelSelector
          ? []
          : [`${path}.preferredDuringSchedulingIgnoredDuringExecution[${i}].podAffinityTerm.labelSelector: ${NO_POD}`],
      ),
    ];
  });
}

/** Where in a list what was there before comes again. */
function duplicates(items: readonly string[]): number[] {
  return [...items.keys()].filter((i) => items.indexOf(items[i]!) < i);
}

function pullSecretWarnings({ imagePullSecrets = [] }: PodSpec, path: string): string[] {
  const names = imagePullSecrets.map(({ name = "" }) => name);
  return [
    ...duplicates(names).map((i) => `${path}[${i}].name: duplicate name ${goQuote(names[i]!)}`),
    ...names.flatMap((name, i) => (name === "" ? [`${path}[${i}].name: invalid empty name ""`] : [])),
  ];
}

function envWarnings({ env = [] }: Container, path: string): string[] {
  const names = new Set<string>();
  return env.flatMap(({ name, value = "", valueFrom }, i) => {
    const known = names.has(name);
    names.add(name);
    const self = `$(${name})`;
    if (!known || (!valueFrom && value !== self && value.includes(self))) return [];
    return [`${path}.env[${i}]: hides previous definition of ${goQuote(name)}, which may be dropped when using apply`];
  });
}

function portWarnings(ports: [ContainerPort, string][]): string[] {
  const warnings: string[] = [];
  for (const [i, [port, where]] of ports.entries()) {
    if (port.hostIP && !port.hostPort) warnings.push(`${where}: hostIP set without hostPort: ${goPort(port)}`);
    for (const [other, elsewhere] of ports.slice(0, i)) {
      if (other.containerPort !== port.containerPort || other.protocol !== port.protocol) continue;
      const [ip, otherIp] = [port.hostIP ?? "", other.hostIP ?? ""];
      const [host, otherHost] = [port.hostPort ?? 0, other.hostPort ?? 0];
      if (ip === otherIp && host === otherHost) warnings.push(`${where}: duplicate port definition with ${elsewhere}`);
      else if (host === 0 || otherHost === 0) warnings.push(`${where}: overlapping port definition with ${elsewhere}`);
      else if (host === otherHost && (ip === "") !== (otherIp === ""))
        warnings.push(`${where}: dangerously ambiguous port definition with ${elsewhere}`);
    }
  }
  return warnings;
}

/** A port as Go's `%+v` writes the structure. */
const goPort = ({ name = "", hostPort = 0, containerPort, protocol = "TCP", hostIP = "" }: ContainerPort) =>
  `{Name:${name} HostPort:${hostPort} ContainerPort:${containerPort} Protocol:${protocol} HostIP:${hostIP}}`;

function portNameWarnings(ports: [ContainerPort, string][]): string[] {
  const names = new Map<string, string>();
  return ports.flatMap(([{ name }, where]) => {
    if (!name) return [];
    const other = names.get(name);
    if (other === undefined) {
      names.set(name, where);
      return [];
    }
    return [
      `${where}: duplicate port name ${goQuote(name)} with ${other}, services and probes that select ports by name will use ${other}`,
    ];
  });
}

export function podWarnings(pod: Pod): string[] {
  const name = dns1123LabelErrors(pod.metadata.name ?? "");
  const text =
    "this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended";
  return [...(name.length > 0 ? [`metadata.name: ${text}: [${name.join(" ")}]`] : []), ...podTemplateWarnings(pod, "")];
}
