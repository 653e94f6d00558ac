import { hashWords } from "../api/keyed-random.ts";
import type { Snapshot } from "../api/snapshot.ts";
import type { LoadBalancerIngress, Service } from "../api/types/core.ts";
import { formatIPv4 } from "./address.ts";
import type { ClusterView } from "./cluster-view.ts";

/**
 * The address behind a load balancer's own name, in 198.18.0.0/15 (reserved for tests, RFC 2544, so that it is nobody's).
 * `localhost` is not such a name.
 */
export function addressOfBalancerName(hostname: string): string {
  const [word] = hashWords("load balancer", hostname.toLowerCase());
  return formatIPv4(198 * 2 ** 24 + 18 * 2 ** 16 + (word % 2 ** 17));
}

/** A load balancer that stands before the nodes as a machine of its own: a name, or an address in Proxy mode. */
export interface Balancer {
  service: Service;
  name: string;
  address: string;
}

export function balancers(snapshot: Snapshot): Balancer[] {
  return snapshot
    .list<Service>("services")
    .flatMap((service) =>
      service.spec?.type === "LoadBalancer"
        ? (service.status?.loadBalancer?.ingress ?? []).flatMap((ingress) => balancerOf(service, ingress))
        : [],
    );
}

function balancerOf(service: Service, ingress: LoadBalancerIngress): Balancer[] {
  if (ingress.ip) return ingress.ipMode === "Proxy" ? [{ service, name: ingress.ip, address: ingress.ip }] : [];
  const name = ingress.hostname;
  return name && name !== "localhost" ? [{ service, name, address: addressOfBalancerName(name) }] : [];
}

/** The addresses of a load balancer's name, or none when no Service has it. */
export function balancerAddresses(view: ClusterView, name: string): string[] {
  const wanted = name.toLowerCase();
  return balancers(view.snapshot).some((balancer) => balancer.name.toLowerCase() === wanted)
    ? [addressOfBalancerName(wanted)]
    : [];
}
