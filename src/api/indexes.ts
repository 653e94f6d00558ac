import type { KubeObject } from "./object.ts";
import type { ResourceKey, Snapshot } from "./snapshot.ts";
import type { Event, Pod, Service } from "./types/core.ts";

/** A way to find objects without looking at all of them; models client-go's cache.Indexers. */
export interface Indexer {
  readonly name: string;
  /** The values under which an object is found. */
  values(object: KubeObject): string[];
  /** A text that stands in the JSON of every object found under `value`. */
  needle(value: string): string;
}

/** A snapshot that can be asked by index, as the controllers and allocators need it. */
export interface IndexedSnapshot extends Snapshot {
  /** In key order. */
  listBy<T extends KubeObject = KubeObject>(resource: ResourceKey, indexer: Indexer, value: string): T[];
  /** The last resourceVersion that was handed out: the order of all writes. */
  readonly version: number;
  /** The resources of which there are objects, records included, in key order. */
  resources(): readonly ResourceKey[];
}

const quoted = (value: string) => JSON.stringify(value);

/** By the uid of any owner. */
export const byOwner: Indexer = {
  name: "owner",
  values: (object) => object.metadata.ownerReferences?.map((owner) => owner.uid) ?? [],
  needle: quoted,
};

/** By `key=value` of each label. */
export const byLabel: Indexer = {
  name: "label",
  values: (object) => Object.entries(object.metadata.labels ?? {}).map(([key, value]) => `${key}=${value}`),
  needle: (pair) => {
    const at = pair.indexOf("=");
    return `${quoted(pair.slice(0, at))}:${quoted(pair.slice(at + 1))}`;
  },
};

/** Pods by spec.nodeName; the empty name finds those that have none. */
export const byNode: Indexer = {
  name: "node",
  values: (object) => [(object as Pod).spec?.nodeName ?? ""],
  needle: (node) => (node === "" ? '"spec":' : `"nodeName":${quoted(node)}`),
};

/** Pods and Services by their addresses. */
export const byAddress: Indexer = {
  name: "address",
  values: (object) =>
    object.kind === "Pod"
      ? ((object as Pod).status?.podIPs?.flatMap((entry) => entry.ip ?? []) ?? [])
      : ((object as Service).spec?.clusterIPs ?? []),
  needle: quoted,
};

/** Services by node port, a health check's included; of whatever protocol. */
export const byNodePort: Indexer = {
  name: "nodePort",
  values: (object) => {
    const spec = (object as Service).spec;
    const ports = (spec?.ports ?? []).flatMap((port) => (port.nodePort ? [String(port.nodePort)] : []));
    return spec?.healthCheckNodePort ? [...ports, String(spec.healthCheckNodePort)] : ports;
  },
  needle: (port) => `odePort":${port}`,
};

/** Services by the first `key=value` of their selectors: those that may select a pod are found by its labels. */
export const bySelector: Indexer = {
  name: "selector",
  values: (object) => {
    const [pair] = Object.entries((object as Service).spec?.selector ?? {});
    return pair ? [`${pair[0]}=${pair[1]}`] : [];
  },
  needle: byLabel.needle,
};

/** Events by the uid of what they are about. */
export const byInvolvedObject: Indexer = {
  name: "involvedObject",
  values: (object) => [(object as Event).involvedObject?.uid ?? ""],
  needle: quoted,
};
