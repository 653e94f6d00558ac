import type { Snapshot } from "../../api/snapshot.ts";
import type { Service } from "../../api/types/core.ts";

/** A name that means a Service which is not where the name says. */
export interface Misplaced {
  service: string;
  /** Where there is one of that name. */
  namespace: string;
}

/**
 * The Service that a host name means but does not reach. `qualified`: only names that say a namespace count (`web.shop`, with or
 * without `.svc.cluster.local`).
 */
export function wrongNamespace(
  snapshot: Snapshot,
  host: string,
  from: string,
  qualified: boolean,
): Misplaced | undefined {
  const parts = /^([a-z0-9-]+)(?:\.([a-z0-9-]+)(\.svc(?:\.cluster\.local)?)?)?\.?$/.exec(host.toLowerCase());
  if (!parts) return undefined;
  const [, service = "", said, suffix] = parts;
  if (said === undefined && qualified) return undefined;
  // `db.example` may be a name of the outside world: only a namespace that is there, or the suffix, makes it a Service's.
  if (said !== undefined && !suffix && !snapshot.get("namespaces", "", said)) return undefined;
  if (snapshot.get("services", said ?? from, service)) return undefined;
  const there = snapshot.list<Service>("services").find((candidate) => candidate.metadata.name === service);
  return there ? { service, namespace: there.metadata.namespace ?? "default" } : undefined;
}
