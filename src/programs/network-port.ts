import type { KubeObject } from "../api/object.ts";
import type { Snapshot } from "../api/snapshot.ts";
import type { Effect } from "../network/effects.ts";
import { converse, serve } from "../network/http/serve.ts";
import type { Location } from "../network/location.ts";
import { connect } from "../network/proxy/connect.ts";
import { recordEffects } from "../network/record-effects.ts";
import type { NetworkPort, Resolution } from "./program.ts";

/** getaddrinfo(3) as it is at a place. */
export type Resolver = (snapshot: Snapshot, where: Location, name: string, family?: 4 | 6) => Resolution;

/**
 * The network for one program run: over a snapshot, with the records of its own connections laid over it, so that a second request
 * finds what the first has left. `effects` is what is to be stored when it is done (`recordEffects`).
 */
export class RunNetwork implements NetworkPort {
  readonly effects: Effect[] = [];
  private base: Snapshot;
  private readonly where: Location;
  private readonly resolver: Resolver;
  private readonly overlay = new Map<string, KubeObject>();

  constructor(base: Snapshot, where: Location, resolver: Resolver) {
    this.base = base;
    this.where = where;
    this.resolver = resolver;
  }

  /** Goes on with a later snapshot, in which what was done so far is stored. */
  rebase(base: Snapshot): void {
    this.base = base;
    this.overlay.clear();
  }

  snapshot(): Snapshot {
    const { base, overlay } = this;
    return {
      cluster: base.cluster,
      now: base.now,
      get<T extends KubeObject>(resource: string, namespace: string, name: string) {
        return (
          (overlay.get(`${resource}/${namespace}/${name}`) as T | undefined) ?? base.get<T>(resource, namespace, name)
        );
      },
      list: (resource, namespace) => base.list(resource, namespace),
    };
  }

  connect(to: string, port: number, protocol: "TCP" | "UDP" | "SCTP") {
    const path = connect(this.snapshot(), { from: this.where, to, port, protocol });
    this.record(path.effects);
    return path;
  }

  http(path: Parameters<NetworkPort["http"]>[0], request: Parameters<NetworkPort["http"]>[1]) {
    const exchange = serve(this.snapshot(), path, request);
    this.record(exchange.effects);
    return exchange;
  }

  converse(path: Parameters<NetworkPort["converse"]>[0], message: readonly string[]) {
    const { reply, effects } = converse(this.snapshot(), path, message);
    this.record(effects);
    return reply;
  }

  resolve(name: string, family?: 4 | 6): Resolution {
    return this.resolver(this.snapshot(), this.where, name, family);
  }

  record(effects: readonly Effect[]): void {
    this.effects.push(...effects);
    for (const { resource, object } of recordEffects(this.snapshot(), effects))
      this.overlay.set(`${resource}/${object.metadata.namespace ?? ""}/${object.metadata.name}`, object);
  }
}
