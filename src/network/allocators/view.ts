import { HEADLESS } from "../../api/kinds/service/rules.ts";
import { formatIp, parseCidr, parseIp } from "../../api/meta/ip.ts";
import type { Snapshot } from "../../api/snapshot.ts";
import type { Service } from "../../api/types/core.ts";
import type { ServiceCIDR } from "../../api/types/networking.ts";
import type { AllocationView } from "./service.ts";

/** What a Service holds: its addresses in canonical form, its node ports and the health check's. */
export function heldBy({ spec = {} }: Service): { ips: string[]; ports: number[] } {
  const ips = (spec.type === "ExternalName" ? [] : (spec.clusterIPs ?? [])).flatMap((text) => {
    const ip = text === HEADLESS ? undefined : parseIp(text);
    return ip ? [formatIp(ip)] : [];
  });
  const ports = (spec.ports ?? []).flatMap((port) => (port.nodePort ? [port.nodePort] : []));
  return { ips, ports: spec.healthCheckNodePort ? [...ports, spec.healthCheckNodePort] : ports };
}

/**
 * CIDRs of the ServiceCIDR objects that are ready and stay, `kubernetes`, the cluster's own, first. There are allocators for the families of
 * the cluster's own alone: what other objects define of another family serves nobody. Models isReady of ipallocator/cidrallocator.go, and
 * pkg/registry/core/rest NewLegacyRESTStorage.
 */
export function serviceRanges(objects: readonly ServiceCIDR[]): string[] {
  const ready = objects.filter(({ metadata, status }) => {
    const condition = status?.conditions?.find(({ type }) => type === "Ready");
    return !metadata.deletionTimestamp && (!condition || condition.status === "True");
  });
  const own = ready.filter(({ metadata }) => metadata.name === "kubernetes");
  const cidrs = [...own, ...ready.filter((object) => !own.includes(object))].flatMap(({ spec }) => spec?.cidrs ?? []);
  const families = new Set(
    objects
      .filter(({ metadata }) => metadata.name === "kubernetes")
      .flatMap(({ spec }) => (spec?.cidrs ?? []).map((cidr) => parseCidr(cidr)?.family)),
  );
  return families.size === 0 ? cidrs : cidrs.filter((cidr) => families.has(parseCidr(cidr)?.family));
}

/** The view of a snapshot; it reads all Services at the first question. */
export function allocationView(snapshot: Snapshot): AllocationView {
  let held: { ips: Set<string>; ports: Set<number> } | undefined;
  const all = () => {
    if (held) return held;
    held = { ips: new Set(), ports: new Set() };
    for (const service of snapshot.list<Service>("services")) {
      const { ips, ports } = heldBy(service);
      for (const ip of ips) held.ips.add(ip);
      for (const port of ports) held.ports.add(port);
    }
    return held;
  };
  return {
    ipTaken: (ip) => all().ips.has(ip),
    portTaken: (port) => all().ports.has(port),
    get ranges() {
      return serviceRanges(snapshot.list<ServiceCIDR>("servicecidrs.networking.k8s.io"));
    },
  };
}
