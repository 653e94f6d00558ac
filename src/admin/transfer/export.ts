import type { KubeObject } from "../../api/object.ts";
import { kinds, storageKey } from "../../api/registry.ts";
import type { Snapshot } from "../../api/snapshot.ts";
import { inOrderOfNeed, isSystemNamespace, madeByCluster } from "./made-by-cluster.ts";
import { portable, withoutChosenAddresses } from "./portable.ts";

/**
 * Manifests of what somebody wrote, fit for another cluster: without what the cluster chose, objects that others own left out.
 * `namespace` absent: all but the system's own namespaces, and what stands outside of namespaces.
 */
export function exported(snapshot: Snapshot, namespace: string | undefined): KubeObject[] {
  const found: KubeObject[] = [];
  for (const info of kinds) {
    const isNamespace = info.group === "" && info.kind === "Namespace";
    for (const object of snapshot.list(storageKey(info), info.namespaced ? namespace : undefined)) {
      const place = isNamespace ? object.metadata.name : object.metadata.namespace;
      const wanted = namespace === undefined ? !isSystemNamespace(place) : place === namespace;
      if (!wanted || madeByCluster(object) || object.metadata.deletionTimestamp) continue;
      found.push(withoutChosenAddresses(object, portable(object)));
    }
  }
  return inOrderOfNeed(found, ({ kind }) => kind);
}
