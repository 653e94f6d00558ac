import { compareStrings } from "../../src/api/json.ts";
import type { KubeObject } from "../../src/api/object.ts";
import { RECORDS } from "../../src/api/records.ts";
import { kindByGvk, storageKey } from "../../src/api/registry.ts";
import type { ClusterInfo, ResourceKey, Snapshot } from "../../src/api/snapshot.ts";

/** 2026-11-22T15:00:00Z: the day of the recordings. */
export const RECORDED_AT = Date.UTC(2026, 10, 22, 15);

const RECORD_KINDS: Readonly<Record<string, ResourceKey>> = { OutsideHost: RECORDS.outside };

/** The node of a situation of test/goldens/kube-proxy. */
export function proxyNode({
  name,
  ip,
  labels,
}: {
  name: string;
  ip: string;
  labels: Record<string, string>;
}): KubeObject {
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: { name, labels },
    spec: { podCIDR: "10.244.0.0/24" },
    status: { addresses: [{ type: "InternalIP", address: ip }] },
  };
}

/** A snapshot of exactly these objects, as they are: nothing is defaulted, no controller runs. */
export function snapshotOf(objects: readonly KubeObject[], cluster: Partial<ClusterInfo> = {}): Snapshot {
  const lists = new Map<ResourceKey, KubeObject[]>();
  for (const object of objects) {
    const info = kindByGvk(object.apiVersion, object.kind);
    const key = info ? storageKey(info) : RECORD_KINDS[object.kind];
    if (key === undefined) throw new Error(`no resource for ${object.apiVersion} ${object.kind}`);
    lists.set(key, [...(lists.get(key) ?? []), object]);
  }
  for (const list of lists.values()) {
    list.sort(
      (a, b) =>
        compareStrings(a.metadata.namespace ?? "", b.metadata.namespace ?? "") ||
        compareStrings(a.metadata.name ?? "", b.metadata.name ?? ""),
    );
  }
  return {
    cluster: { profile: "docker-desktop", seed: "test", settings: {}, ...cluster },
    now: RECORDED_AT,
    get<T extends KubeObject>(resource: ResourceKey, namespace: string, name: string) {
      const found = lists
        .get(resource)
        ?.find((it) => (it.metadata.namespace ?? "") === namespace && it.metadata.name === name);
      return found as T | undefined;
    },
    list<T extends KubeObject>(resource: ResourceKey, namespace?: string) {
      const all = lists.get(resource) ?? [];
      return (namespace ? all.filter((it) => it.metadata.namespace === namespace) : [...all]) as T[];
    },
  };
}
