import type { KubeObject } from "./object.ts";
import type { Snapshot } from "./snapshot.ts";
import type { Service } from "./types/core.ts";

/** What containers learn of one Service from their environment. */
export interface ServiceLink {
  clusterIP: string;
  ports: { name?: string; port: number; protocol: string }[];
}

/** What a Service was before: metadata.name is its name. Resource versions tell the time. */
export interface ServiceHistory extends KubeObject {
  kind: "ServiceHistory";
  /** When the link of the Service that there is now began. */
  since?: number;
  /** Links of before, to the last version at which they were true; oldest first. */
  past: { since: number; until: number; link: ServiceLink }[];
}

/** undefined: the Service has no address of its own. */
export function linkOf({ spec }: Service): ServiceLink | undefined {
  if (!spec?.clusterIP || spec.clusterIP === "None") return undefined;
  const ports = (spec.ports ?? []).map(({ name, port, protocol = "TCP" }) => ({
    ...(name ? { name } : {}),
    port,
    protocol,
  }));
  return { clusterIP: spec.clusterIP, ports };
}

/** The links of a namespace's Services, by name, as they were at a resource version; without one, as they are. */
export function linksAt(
  snapshot: Snapshot,
  namespace: string,
  histories: readonly ServiceHistory[],
  version = Number.POSITIVE_INFINITY,
): Map<string, ServiceLink> {
  const found = new Map<string, ServiceLink>();
  const byName = new Map(histories.map((history) => [history.metadata.name ?? "", history]));
  for (const service of snapshot.list<Service>("services", namespace)) {
    const name = service.metadata.name ?? "";
    const since = byName.get(name)?.since ?? Number(service.metadata.resourceVersion ?? 0);
    const link = since <= version ? linkOf(service) : undefined;
    if (link) found.set(name, link);
  }
  for (const [name, { past }] of byName) {
    const link = past.find(({ since, until }) => since <= version && version <= until)?.link;
    if (link) found.set(name, link);
  }
  return found;
}
