import type { Effect } from "./effects.ts";
import type { Location } from "./location.ts";

export type Protocol = "TCP" | "UDP" | "SCTP";

/** One station of a packet. `rule` names what sent it on from here (an iptables chain, a route, a listener). */
export interface Hop {
  kind:
    | "host"
    | "loadBalancer"
    | "node"
    | "nodePort"
    | "externalIP"
    | "clusterIP"
    | "endpoint"
    | "pod"
    | "container"
    | "outside"
    | "process";
  name: string;
  namespace?: string;
  address?: string;
  port?: number;
  rule?: string;
}

/** An address that was rewritten on the way. `from` and `to` are `address` for SNAT, `address:port` for DNAT. */
export interface Translation {
  kind: "DNAT" | "SNAT";
  /** Node, or load balancer, that did it. */
  at: string;
  from: string;
  to: string;
  rule: string;
}

/**
 * `answered`: something accepted. `refused`: a reset or an ICMP rejection (curl 7). `dropped`: nothing comes back (curl 28).
 * `noRoute`: the sender has no way there (EHOSTUNREACH or ENETUNREACH, curl 7). `nameNotFound`: no address at all (curl 6).
 */
export type Verdict = "answered" | "refused" | "dropped" | "noRoute" | "nameNotFound";

/** What accepted the connection. */
export type Listener =
  | { kind: "container"; namespace: string; pod: string; container: string; port: number }
  /** A machine of the simulated internet; `name` is one of those that lead to its address. */
  | { kind: "outside"; address: string; port: number }
  | { kind: "process"; node: string; process: "kube-apiserver" | "kubelet" | "kube-proxy"; port: number }
  | { kind: "healthCheck"; node: string; namespace: string; service: string; localEndpoints: number };

export interface NetworkPath {
  from: Location;
  /** As asked for. */
  to: string;
  port: number;
  protocol: Protocol;
  hops: Hop[];
  translations: Translation[];
  verdict: Verdict;
  /** Milliseconds after which the sender learns the verdict when it waits: 0 for an answer or a refusal. */
  afterMs: number;
  /** The rule that decided, in words that name it: `KUBE-SERVICES: default/web has no endpoints -> REJECT`. */
  rule: string;
  /** Set when answered. */
  listener?: Listener;
  /** The source address that the listener sees. */
  clientAddress?: string;
  effects: Effect[];
}
