import { ipWarnings } from "../../meta/ip.ts";
import { dns1123LabelErrors } from "../../meta/names.ts";
import { parseQuantity, quantityMilliValue } from "../../meta/quantity.ts";
import { goQuote } from "../../status.ts";
import type { Container, ContainerPort, Pod, PodSpec } from "../../types/core.ts";

/** Models kubernetes pkg/api/pod/warnings.go, the parts of common use. */

/** `path` is "" for a pod, `spec.template` for a workload's template. */
export function podSpecWarnings(spec: PodSpec, path: string): string[] {
  const at = path ? `${path}.spec` : "spec";
  const containers: [Container, string][] = [
    ...(spec.initContainers ?? []).map((container, i): [Container, string] => [
      container,
      `${at}.initContainers[${i}]`,
    ]),
    ...(spec.containers ?? []).map((container, i): [Container, string] => [container, `${at}.containers[${i}]`]),
  ];
  const warnings = containers.flatMap(([container, where]) => [
    ...fractionWarnings(container, where),
    ...envWarnings(container, where),
  ]);
  const ports = containers.flatMap(([container, where]) =>
    (container.ports ?? []).map((port, i): [ContainerPort, string] => [port, `${where}.ports[${i}]`]),
  );
  warnings.push(...portWarnings(ports), ...portNameWarnings(ports));
  if ((spec.terminationGracePeriodSeconds ?? 0) < 0)
    warnings.push(
      `${at}.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1`,
    );
  for (const [i, ip] of (spec.dnsConfig?.nameservers ?? []).entries())
    warnings.push(...ipWarnings(`${at}.dnsConfig.nameservers[${i}]`, ip));
  for (const [i, { ip }] of (spec.hostAliases ?? []).entries())
    warnings.push(...ipWarnings(`${at}.hostAliases[${i}].ip`, ip));
  return warnings;
}

function fractionWarnings({ resources = {} }: Container, path: string): string[] {
  const warnings: string[] = [];
  for (const name of ["memory", "ephemeral-storage"])
    for (const list of ["limits", "requests"] as const) {
      const value = resources[list]?.[name];
      if (value === undefined || quantityMilliValue(parseQuantity(String(value))) % 1000n === 0n) continue;
      const text = goQuote(String(value));
      warnings.push(`${path}.resources.${list}[${name}]: fractional byte value ${text} is invalid, must be an integer`);
    }
  return warnings;
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
  for (const [i, [port, where]] of ports.entries())
    for (const [other, elsewhere] of ports.slice(0, i)) {
      if (other.containerPort !== port.containerPort || other.protocol !== port.protocol) continue;
      const [ip, otherIp] = [port.hostIP ?? "", other.hostIP ?? ""];
      const [host, otherHost] = [port.hostPort ?? 0, other.hostPort ?? 0];
      if (ip === otherIp && host === otherHost) warnings.push(`${where}: duplicate port definition with ${elsewhere}`);
      else if (host === 0 || otherHost === 0) warnings.push(`${where}: overlapping port definition with ${elsewhere}`);
      else if (host === otherHost && (ip === "") !== (otherIp === ""))
        warnings.push(`${where}: dangerously ambiguous port definition with ${elsewhere}`);
    }
  return warnings;
}

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
  return [
    ...(name.length > 0 ? [`metadata.name: ${text}: [${name.join(" ")}]`] : []),
    ...podSpecWarnings(pod.spec ?? { containers: [] }, ""),
  ];
}
