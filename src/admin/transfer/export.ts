import type { KubeObject } from "../../api/object.ts";
import { kinds, storageKey } from "../../api/registry.ts";
import type { Snapshot } from "../../api/snapshot.ts";
import { madeByCluster, portable, SYSTEM_NAMESPACES, withoutChosenAddresses } from "./portable.ts";

/** What others need comes first: an apply from top to bottom works. */
const FIRST = ["Namespace", "ServiceAccount", "ConfigMap", "Secret", "PersistentVolumeClaim", "Service"];

/**
 * Manifests of what somebody wrote, fit for another cluster: without what the cluster chose, objects that others own left out.
 * `namespace` absent: all but the system's own namespaces.
 */
export function exported(snapshot: Snapshot, namespace: string | undefined): KubeObject[] {
  const found: KubeObject[] = [];
  for (const info of kinds) {
    const isNamespace = info.group === "" && info.kind === "Namespace";
    if (!info.namespaced && !isNamespace) continue;
    for (const object of snapshot.list(storageKey(info), info.namespaced ? namespace : undefined)) {
      const place = isNamespace ? object.metadata.name : object.metadata.namespace;
      const wanted = namespace === undefined ? !place?.startsWith("kube-") : place === namespace;
      if (!wanted || madeByCluster(object) || object.metadata.deletionTimestamp) continue;
      found.push(withoutChosenAddresses(object, portable(object)));
    }
  }
  const rank = ({ kind }: KubeObject) => (FIRST.includes(kind) ? FIRST.indexOf(kind) : FIRST.length);
  return found
    .filter(({ kind, metadata }) => kind !== "Namespace" || !SYSTEM_NAMESPACES.includes(metadata.name ?? ""))
    .map((object, at) => ({ object, at }))
    .sort((a, b) => rank(a.object) - rank(b.object) || a.at - b.at)
    .map(({ object }) => object);
}
