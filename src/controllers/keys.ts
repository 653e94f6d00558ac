import type { KubeObject, OwnerReference } from "../api/object.ts";
import type { KindInfo } from "../api/registry.ts";

/** `namespace/name`, the key of most controllers. */
export function keyOf(object: KubeObject): string {
  return `${object.metadata.namespace ?? ""}/${object.metadata.name ?? ""}`;
}

export function splitKey(key: string): { namespace: string; name: string } {
  const at = key.indexOf("/");
  return { namespace: key.slice(0, at), name: key.slice(at + 1) };
}

/** The owner reference of what a controller makes. Models metav1.NewControllerRef. */
export function controllerReference(owner: KubeObject, info?: Pick<KindInfo, "kind">): OwnerReference {
  return {
    apiVersion: owner.apiVersion,
    kind: info?.kind ?? owner.kind,
    name: owner.metadata.name!,
    uid: owner.metadata.uid!,
    controller: true,
    blockOwnerDeletion: true,
  };
}
