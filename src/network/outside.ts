import { compareStrings } from "../api/json.ts";
import { type OutsideHost, RECORDS } from "../api/records.ts";
import type { Snapshot } from "../api/snapshot.ts";
import { clusterView } from "./cluster-view.ts";
import { balancerAddresses } from "./load-balancer.ts";
import type { Listener, Protocol } from "./path.ts";

/** What stands behind an address of the simulated internet. Machines with a page listen on 80 and 443; others on nothing. */
export function outsideListener(
  snapshot: Snapshot,
  address: string,
  port: number,
  protocol: Protocol,
): { known: boolean; name: string; listener?: Listener } {
  const hosts = outsideHostsAt(snapshot, address);
  const first = hosts[0];
  if (!first) return { known: false, name: address };
  const name = first.metadata.name!;
  const listens = protocol === "TCP" && (port === 80 || port === 443) && hosts.some((host) => host.http);
  return listens ? { known: true, name, listener: { kind: "outside", address, port } } : { known: true, name };
}

/** Names that lead to an address, in their order. */
export function outsideHostsAt(snapshot: Snapshot, address: string): OutsideHost[] {
  return snapshot
    .list<OutsideHost>(RECORDS.outside)
    .filter((host) => host.address === address)
    .sort((a, b) => compareStrings(a.metadata.name!, b.metadata.name!));
}

/** What the world's name servers answer for a name without its last dot: addresses of outside machines and of load balancers. */
export function outsideAddresses(snapshot: Snapshot, name: string): string[] {
  const wanted = name.toLowerCase();
  const host = snapshot.list<OutsideHost>(RECORDS.outside).find((candidate) => candidate.metadata.name === wanted);
  return host ? [host.address] : balancerAddresses(clusterView(snapshot), wanted);
}
