import type { Pod, Service } from "../../api/types/core.ts";
import { CommandError } from "../command.ts";

export interface ForwardedPort {
  /** 0: a free one. */
  local: number;
  remote: number;
}

function split(port: string): [local: string, remote: string] {
  const parts = port.split(":");
  return parts.length === 2 ? [parts[0]!, parts[1]!] : [parts[0]!, parts[0]!];
}

const isNumber = (text: string) => /^[+-]?\d+$/.test(text);

function podPort(pod: Pod, name: string): number {
  const { containers = [], initContainers = [] } = pod.spec ?? {};
  const found = [...containers, ...initContainers]
    .flatMap(({ ports = [] }) => ports)
    .find((port) => (port.name ?? "") === name);
  if (found) return found.containerPort;
  throw new CommandError(`Pod '${pod.metadata.name}' does not have a named port '${name}'`);
}

function servicePort(service: Service, name: string): number {
  const found = service.spec?.ports?.find((port) => (port.name ?? "") === name);
  if (found) return found.port;
  throw new CommandError(`Service '${service.metadata.name}' does not have a named port '${name}'`);
}

function targetPort(service: Service, pod: Pod, number: number): number {
  const port = service.spec?.ports?.find((candidate) => candidate.port === number);
  if (!port) throw new CommandError(`Service ${service.metadata.name} does not have a service port ${number}`);
  if (service.spec?.clusterIP === "None") return number;
  if (typeof port.targetPort === "string" && !isNumber(port.targetPort)) return podPort(pod, port.targetPort);
  return Number(port.targetPort) || port.port;
}

/** The ports of a Service's pod. Models kubectl pkg/cmd/portforward/portforward.go (translateServicePortToTargetPort). */
export function servicePorts(ports: readonly string[], service: Service, pod: Pod): string[] {
  refuseUdp(
    ports,
    service.spec?.ports ?? [],
    (port) => port.port,
    (name) => servicePort(service, name),
  );
  return ports.map((port) => {
    let [local, remote] = split(port);
    const number = isNumber(remote) ? Number(remote) : servicePort(service, remote);
    if (!isNumber(remote) && local === remote) local = String(number);
    remote = String(targetPort(service, pod, number));
    return local === remote ? remote : `${local}:${remote}`;
  });
}

/** The ports of a pod, names looked up. Models convertPodNamedPortToNumber. */
export function podPorts(ports: readonly string[], pod: Pod): string[] {
  const declared = (pod.spec?.containers ?? []).flatMap((container) => container.ports ?? []);
  refuseUdp(
    ports,
    declared,
    (port) => port.containerPort,
    (name) => podPort(pod, name),
  );
  return ports.map((port) => {
    const [local, remote] = split(port);
    if (remote === "") throw new CommandError("remote port cannot be empty");
    const number = isNumber(remote) ? remote : String(podPort(pod, remote));
    return local === remote ? number : `${local}:${number}`;
  });
}

/** Models checkUDPPorts. */
function refuseUdp<Port extends { protocol?: string }>(
  ports: readonly string[],
  declared: readonly Port[],
  numberOf: (port: Port) => number,
  lookUp: (name: string) => number,
): void {
  const of = (protocol: string) => declared.filter((port) => (port.protocol ?? "TCP") === protocol).map(numberOf);
  const tcp = of("TCP");
  const udpOnly = of("UDP").filter((port) => !tcp.includes(port));
  for (const port of ports) {
    const [, remote] = split(port);
    if (udpOnly.includes(isNumber(remote) ? Number(remote) : lookUp(remote)))
      throw new CommandError(`UDP protocol is not supported for ${remote}`);
  }
}

/** Models client-go tools/portforward (parsePorts) and Go's strconv.ParseUint. */
export function parsePorts(ports: readonly string[]): ForwardedPort[] {
  return ports.map((text) => {
    const parts = text.split(":");
    if (parts.length > 2) throw new CommandError(`invalid port format '${text}'`);
    const local = parts.length === 2 && parts[0] === "" ? "0" : parts[0]!;
    const remote = parts.at(-1)!;
    const number = (what: string, value: string) => {
      const failure = !/^\d+$/.test(value)
        ? "invalid syntax"
        : Number(value) > 65535
          ? "value out of range"
          : undefined;
      if (failure)
        throw new CommandError(
          `error parsing ${what} port '${value}': strconv.ParseUint: parsing "${value}": ${failure}`,
        );
      return Number(value);
    };
    const forward = { local: number("local", local), remote: number("remote", remote) };
    if (forward.remote === 0) throw new CommandError("remote port must be > 0");
    return forward;
  });
}

/** Models parseAddresses: sorted as Go sorts texts. Only loopback is listened on. */
export function parseAddresses(addresses: readonly string[]): { address: "127.0.0.1" | "::1"; mode: "all" | "any" }[] {
  const found = new Map<string, "all" | "any">();
  for (const address of addresses) {
    if (address === "localhost") {
      for (const one of ["127.0.0.1", "::1"]) if (!found.has(one)) found.set(one, "all");
    } else if (/^\d+(\.\d+){3}$/.test(address) || (address.includes(":") && /^[0-9a-fA-F:.]+$/.test(address)))
      found.set(address, "any");
    else throw new CommandError(`${address} is not a valid IP`);
  }
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([address, mode]) => {
      if (address !== "127.0.0.1" && address !== "::1")
        throw new CommandError(
          `kubemu does not simulate kubectl port-forward --address ${address}: it listens on loopback alone`,
        );
      return { address, mode };
    });
}
