import { equal } from "../../api/json.ts";
import { parentReferenceErrors } from "../../api/kinds/ipaddress/parent-reference.ts";
import { HEADLESS, needsClusterIp, needsHealthCheckNodePort, nodePortsOf } from "../../api/kinds/service/rules.ts";
import { formatIp, parseIp } from "../../api/meta/ip.ts";
import { ApiError, field, internalError, invalid } from "../../api/status.ts";
import type { Service, ServicePort } from "../../api/types/core.ts";
import { checkChosenIp, type Family, IpAllocationError, nextIp, type Range, rangeOf } from "./cluster-ips.ts";
import { initIpFamilies, keepsPreferredFamilies } from "./ip-families.ts";
import { PortAllocationError, PortOperation } from "./node-ports.ts";

/**
 * What a Service is given: cluster addresses, node ports, the health check's port. Models kubernetes
 * pkg/registry/core/service/storage (alloc.go, storage.go), which runs after the defaults and before the strategy's preparation
 * and validation.
 */

/** What is taken, read off the stored Services (the one that is being updated included). */
export interface AllocationView {
  /** `ip` in canonical form. */
  ipTaken(ip: string): boolean;
  /** As a node port or a health check's, of any protocol. */
  portTaken(port: number): boolean;
  /** CIDRs of the ready ServiceCIDR objects, the default family's first. */
  readonly ranges: readonly string[];
}

export interface AllocationContext {
  view: AllocationView;
  seed: string;
  /** How often the Service of that name has let go of what it had. */
  times: number;
  dryRun: boolean;
}

/**
 * Fills the allocated fields of `next`, which is changed in place. `previous`: the stored object, undefined on creation.
 * Throws ApiError (Invalid, InternalError) with the real one's texts.
 */
export function allocateService(next: Service, previous: Service | undefined, context: AllocationContext): void {
  const ranges = context.view.ranges.flatMap((cidr) => rangeOf(cidr) ?? []);
  const request = new Allocation(next, previous, context, ranges);
  if (previous) keepAllocatedValues(next, previous);
  normalizeClusterIps(next, previous);
  request.run();
}

/** A replace that leaves allocated values out keeps them. Models patchAllocatedValues. */
function keepAllocatedValues(next: Service, previous: Service): void {
  const spec = next.spec!;
  const before = previous.spec ?? {};
  if (needsClusterIp(previous) && needsClusterIp(next)) {
    spec.clusterIP ||= before.clusterIP;
    if (!spec.clusterIPs?.length && before.clusterIPs?.length) spec.clusterIPs = [...before.clusterIPs];
  }
  if (hasNodePorts(previous) && hasNodePorts(next)) {
    const mine = nodePortsOf(next);
    const inUse = new Set(nodePortsOf(previous).filter((port) => mine.includes(port)));
    const byName = new Map((before.ports ?? []).map((port) => [port.name ?? "", port.nodePort]));
    for (const port of spec.ports ?? []) {
      const former = byName.get(port.name ?? "");
      if (!port.nodePort && former && !inUse.has(former)) port.nodePort = former;
    }
  }
  if (needsHealthCheckNodePort(previous) && needsHealthCheckNodePort(next))
    spec.healthCheckNodePort ||= before.healthCheckNodePort;
}

/** Unlike in type-change.ts, a load balancer that asks for no node ports has none. */
function hasNodePorts({ spec }: Service): boolean {
  return spec?.type === "NodePort" || (spec?.type === "LoadBalancer" && spec.allocateLoadBalancerNodePorts !== false);
}

/** Old clients know `clusterIP` alone. Models normalizeClusterIPs. */
function normalizeClusterIps({ spec = {} }: Service, previous: Service | undefined): void {
  if (!previous) {
    if (spec.clusterIP && !spec.clusterIPs?.length) spec.clusterIPs = [spec.clusterIP];
    return;
  }
  const before = previous.spec ?? {};
  const formerIp = before.clusterIP ?? "";
  const ip = spec.clusterIP ?? "";
  if (before.clusterIPs?.length && !spec.clusterIPs?.length && formerIp === ip)
    spec.clusterIPs = [...before.clusterIPs];
  if (formerIp === ip || !equal(before.clusterIPs ?? [], spec.clusterIPs ?? [])) return;
  if (formerIp && !ip) delete spec.clusterIPs;
  else spec.clusterIPs = [ip];
}

class Allocation {
  readonly #next: Service;
  readonly #previous: Service | undefined;
  readonly #context: AllocationContext;
  readonly #ranges: Range[];
  readonly #ports: PortOperation;

  constructor(next: Service, previous: Service | undefined, context: AllocationContext, ranges: Range[]) {
    this.#next = next;
    this.#previous = previous;
    this.#context = context;
    this.#ranges = ranges;
    const { namespace = "", name = "" } = next.metadata;
    this.#ports = new PortOperation((port) => context.view.portTaken(port), context.dryRun, [
      context.seed,
      "nodePort",
      namespace,
      name,
      ...again(context),
    ]);
  }

  run(): void {
    const families = [...new Set(this.#ranges.map(({ cidr }) => cidr.family))];
    const errors = initIpFamilies(this.#next, this.#previous, families);
    if (errors.length > 0) throw this.#invalid(...errors);
    if (this.#previous) this.#updateClusterIps(this.#previous);
    else this.#allocateClusterIps();
    this.#allocatePorts();
  }

  #invalid(...errors: Parameters<typeof invalid>[2]): ApiError {
    return invalid({ group: "", kind: "Service" }, this.#next.metadata.name ?? "", errors);
  }

  #allocateClusterIps(): void {
    const spec = this.#next.spec!;
    if (spec.type === "ExternalName" || spec.clusterIPs?.[0] === HEADLESS) return;
    const ips = (spec.ipFamilies ?? []).map((family, i) => this.#allocateIp(family, i));
    spec.clusterIPs = ips;
    if (ips[0]) spec.clusterIP = ips[0];
  }

  #updateClusterIps(previous: Service): void {
    const spec = this.#next.spec!;
    if (keepsPreferredFamilies(this.#next, previous)) return;
    if (previous.spec?.type === "ExternalName" && spec.type !== "ExternalName") {
      this.#allocateClusterIps();
      return;
    }
    if (previous.spec?.clusterIPs?.[0] === HEADLESS) return;
    if (previous.spec?.type !== "ExternalName" && spec.type === "ExternalName") return;
    if (previous.spec?.ipFamilies?.length === 1 && spec.ipFamilies?.length === 2)
      spec.clusterIPs = [...(spec.clusterIPs ?? []).slice(0, 1), this.#allocateIp(spec.ipFamilies[1]!, 1)];
  }

  #allocateIp(family: Family, index: number): string {
    const { view, seed, dryRun } = this.#context;
    const { namespace = "", name = "" } = this.#next.metadata;
    const spec = this.#next.spec!;
    const chosen = spec.clusterIPs?.[index];
    // What the real one prints has a place for each address that is yet to be found.
    const shown = (spec.ipFamilies ?? []).map((_, i) => spec.clusterIPs?.[i] ?? "");
    const taken = (ip: string) => view.ipTaken(ip);
    if (chosen) {
      const ip = parseIp(chosen);
      if (!ip) throw internalError(`failed to parse service IP ${JSON.stringify(chosen)}`);
      try {
        checkChosenIp(ip, this.#ranges, taken, dryRun);
      } catch (error) {
        if (!(error instanceof IpAllocationError)) throw error;
        throw this.#invalid(
          field.invalid("spec.clusterIPs", shown, `failed to allocate IP ${chosen}: ${error.message}`),
        );
      }
      const problem = this.#recordProblem(formatIp(ip));
      if (problem !== undefined)
        throw this.#invalid(field.invalid("spec.clusterIPs", shown, `failed to allocate IP ${chosen}: ${problem}`));
      return chosen;
    }
    const found = nextIp(family, this.#ranges, taken, dryRun, [
      seed,
      "clusterIP",
      namespace,
      name,
      ...again(this.#context),
    ]);
    if (found === undefined)
      throw internalError(`failed to allocate a serviceIP for Service ${JSON.stringify(name)}: range is full`);
    const problem = this.#recordProblem(found);
    if (problem !== undefined)
      throw this.#invalid(field.invalid("spec.clusterIPs", shown, `failed to allocate IP: ${problem}`));
    return found;
  }

  /** Why the address cannot be written down: an IPAddress holds the name of its Service. Models ipallocator.go (createIPAddress). */
  #recordProblem(ip: string): string | undefined {
    if (this.#context.dryRun) return undefined;
    const { namespace = "", name = "" } = this.#next.metadata;
    const errors = parentReferenceErrors({ group: "", resource: "services", namespace, name });
    return errors.length ? invalid({ group: "networking.k8s.io", kind: "IPAddress" }, ip, errors).message : undefined;
  }

  #allocatePorts(): void {
    const { spec = {} } = this.#next;
    if (spec.type === "NodePort" || spec.type === "LoadBalancer") {
      if (this.#previous) this.#updateNodePorts(nodePortsOf(this.#previous));
      else this.#initNodePorts();
    }
    const needed = this.#previous !== undefined && needsHealthCheckNodePort(this.#previous);
    if (!needed && needsHealthCheckNodePort(this.#next)) this.#allocateHealthCheckPort();
  }

  #randomPorts(): boolean {
    const { spec = {} } = this.#next;
    return spec.type === "NodePort" || (spec.type === "LoadBalancer" && spec.allocateLoadBalancerNodePorts !== false);
  }

  /** Ports of one number, TCP and UDP, share a node port. Models initNodePorts. */
  #initNodePorts(): void {
    const ports = this.#next.spec?.ports ?? [];
    const byPort = new Map<number, number>();
    for (const [i, port] of ports.entries()) {
      if (!port.nodePort && !this.#randomPorts()) continue;
      const shared = byPort.get(port.port);
      if (shared === undefined) {
        const chosen = ports.find((other) => other.port === port.port && other.nodePort)?.nodePort;
        if (chosen) this.#choosePort(chosen, i);
        port.nodePort = chosen ?? this.#nextPort(port, i);
        byPort.set(port.port, port.nodePort);
      } else if (!port.nodePort) port.nodePort = shared;
      else if (port.nodePort !== shared) this.#choosePort(port.nodePort, i);
    }
  }

  /** Models updateNodePorts. */
  #updateNodePorts(former: number[]): void {
    const chosen = new Set<number>();
    const seen = new Set<string>();
    for (const [i, port] of (this.#next.spec?.ports ?? []).entries()) {
      if (!port.nodePort && !this.#randomPorts()) continue;
      if (!port.nodePort) port.nodePort = this.#nextPort(port, i);
      else if (!former.includes(port.nodePort) && !chosen.has(port.nodePort)) {
        this.#choosePort(port.nodePort, i);
        chosen.add(port.nodePort);
      }
      const key = `{${port.protocol} ${port.nodePort}}`;
      if (seen.has(key)) throw new ApiError({ code: 500, message: `duplicate nodePort: ${key}` });
      seen.add(key);
    }
  }

  #choosePort(nodePort: number, index: number): void {
    try {
      this.#ports.allocate(nodePort);
    } catch (error) {
      if (!(error instanceof PortAllocationError)) throw error;
      throw this.#invalid(field.invalid(`spec.ports[${index}].nodePort`, nodePort, error.message));
    }
  }

  #nextPort(port: ServicePort, index: number): number {
    try {
      return this.#ports.allocateNext(port.name || index);
    } catch (error) {
      if (!(error instanceof PortAllocationError)) throw error;
      throw internalError(`failed to allocate a nodePort: ${error.message}`);
    }
  }

  #allocateHealthCheckPort(): void {
    const spec = this.#next.spec!;
    const chosen = spec.healthCheckNodePort ?? 0;
    try {
      if (chosen) this.#ports.allocate(chosen);
      else spec.healthCheckNodePort = this.#ports.allocateNext("healthCheck");
    } catch (error) {
      if (!(error instanceof PortAllocationError)) throw error;
      throw internalError(
        chosen
          ? `failed to allocate requested HealthCheck NodePort ${chosen}: ${error.message}`
          : `failed to allocate a HealthCheck NodePort 0: ${error.message}`,
      );
    }
  }
}

/** What is drawn anew is something else. */
function again({ times }: AllocationContext): number[] {
  return times > 0 ? [times] : [];
}
