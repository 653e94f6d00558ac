import type { ClusterView } from "../cluster-view.ts";
import type { Effect } from "../effects.ts";
import type { Hop, Listener, NetworkPath, Translation, Verdict } from "../path.ts";
import type { ConnectRequest } from "./connect.ts";
import type { Pick } from "./spread.ts";

/** How long Linux goes on asking before a connection fails: 7 SYN packets, the last wait included. */
const SYN_TIMEOUT_MS = 131_072;
/** How long ARP asks before the kernel says that there is no route to a host. */
export const ARP_TIMEOUT_MS = 3_072;

/** Collects what happens to one packet on its way. */
export class Trail {
  readonly view: ClusterView;
  readonly request: ConnectRequest;
  readonly pick: Pick;
  readonly effects: Effect[] = [];
  private readonly hops: Hop[] = [];
  private readonly translations: Translation[] = [];
  /** How often the packet has entered a node; a ring of addresses ends it, as its TTL would. */
  entries = 0;

  constructor(view: ClusterView, request: ConnectRequest, pick: Pick) {
    this.view = view;
    this.request = request;
    this.pick = pick;
  }

  hop(hop: Hop): void {
    this.hops.push(hop);
  }

  translate(translation: Translation): void {
    this.translations.push(translation);
  }

  end(verdict: Exclude<Verdict, "answered">, rule: string, afterMs?: number): NetworkPath {
    return this.path(verdict, rule, afterMs ?? (verdict === "dropped" ? SYN_TIMEOUT_MS : 0));
  }

  answered(listener: Listener, clientAddress: string, rule: string): NetworkPath {
    if (listener.kind === "container") this.hop({ kind: "container", name: listener.container, port: listener.port });
    else if (listener.kind === "process") this.hop({ kind: "process", name: listener.process, port: listener.port });
    else if (listener.kind === "healthCheck")
      this.hop({ kind: "process", name: "kube-proxy", port: this.request.port });
    return { ...this.path("answered", rule, 0), listener, clientAddress };
  }

  private path(verdict: Verdict, rule: string, afterMs: number): NetworkPath {
    return {
      ...this.request,
      hops: this.hops,
      translations: this.translations,
      verdict,
      afterMs,
      rule,
      effects: this.effects,
    };
  }
}
