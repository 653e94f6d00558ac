import { getKey } from "../../api/json.ts";
import { keyedInt } from "../../api/keyed-random.ts";
import { type ConnectionCounts, RECORDS, type ServiceAffinities } from "../../api/records.ts";
import type { Snapshot } from "../../api/snapshot.ts";
import type { Effect } from "../effects.ts";
import type { ProxyEndpoint } from "./endpoints.ts";
import type { ServicePortInfo } from "./service-ports.ts";

/** Which of `n` a connection takes, given how many went before it. */
export type Pick = (n: number, count: number, ...key: string[]) => number;

/**
 * Rounds of a shuffled order, keyed by seed: any n connections in a row that begin a round reach all n, so that few requests already
 * spread as many do.
 */
export function roundPick(seed: string): Pick {
  return (n, count, ...key) => {
    const round = Math.floor(count / n);
    const order = Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = keyedInt(i + 1, seed, "spread", ...key, round, i);
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    return order[count % n]!;
  };
}

const portKey = (service: ServicePortInfo) => `${service.port}/${service.protocol}`;

export function connectionCount(snapshot: Snapshot, service: ServicePortInfo): number {
  const counts = snapshot.get<ConnectionCounts>(RECORDS.connections, service.namespace, service.name);
  return Number((counts && getKey(counts.ports, portKey(service))) ?? 0);
}

/**
 * The endpoint that a policy chain jumps to for a client: the one of its affinity while that lasts, else the next of the round.
 * Models writeServiceToEndpointRules of kubernetes pkg/proxy/iptables/proxier.go. `endpoints` is not empty.
 */
export function chooseEndpoint(
  snapshot: Snapshot,
  service: ServicePortInfo,
  endpoints: readonly ProxyEndpoint[],
  client: string,
  pick: Pick,
): { endpoint: ProxyEndpoint; sticky: boolean; effects: Effect[] } {
  const { namespace, name, affinitySeconds } = service;
  const port = portKey(service);
  const count: Effect = { kind: "connection", namespace, service: name, port };
  const affinity = (endpoint: ProxyEndpoint): Effect[] =>
    affinitySeconds === undefined
      ? []
      : [
          {
            kind: "affinity",
            namespace,
            service: name,
            client,
            port,
            endpoint: `${endpoint.address}:${endpoint.port}`,
            at: snapshot.now,
          },
        ];
  if (affinitySeconds !== undefined) {
    const record = snapshot.get<ServiceAffinities>(RECORDS.affinities, namespace, name);
    const entry = record && getKey(record.clients, affinityKey(client, port));
    const kept =
      entry && snapshot.now - entry.lastUsed < affinitySeconds * 1000
        ? endpoints.find((item) => `${item.address}:${item.port}` === entry.endpoint)
        : undefined;
    if (kept) return { endpoint: kept, sticky: true, effects: affinity(kept) };
  }
  const index = pick(endpoints.length, connectionCount(snapshot, service), namespace, name, port);
  const endpoint = endpoints[index]!;
  return { endpoint, sticky: false, effects: [count, ...affinity(endpoint)] };
}

/** `10.244.0.5|80|TCP`: how a record of affinities names a client. */
export function affinityKey(client: string, port: string): string {
  return `${client}|${port.replace("/", "|")}`;
}
