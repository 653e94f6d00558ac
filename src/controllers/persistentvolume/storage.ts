import { clone } from "../../api/json.ts";
import type { KubeObject } from "../../api/object.ts";
import type { Pod } from "../../api/types/core.ts";
import type { Write } from "../../api/writes.ts";

export const CLAIMS = "persistentvolumeclaims";
export const VOLUMES = "persistentvolumes";
export const CLASSES = "storageclasses.storage.k8s.io";

/** Names of the claims that a pod mounts. */
export function claimsOf(pod: Pod): string[] {
  return (pod.spec?.volumes ?? []).flatMap(({ persistentVolumeClaim: claim }) => (claim ? [claim.claimName] : []));
}

/** A copy without the finalizer. */
export function withoutFinalizer<T extends KubeObject>(object: T, finalizer: string): T {
  const next = clone(object);
  next.metadata.finalizers = (next.metadata.finalizers ?? []).filter((name) => name !== finalizer);
  if (next.metadata.finalizers.length === 0) delete next.metadata.finalizers;
  return next;
}

/** An event of this controller. */
export function told(about: KubeObject, type: "Normal" | "Warning", reason: string, message: string): Write {
  return { verb: "event", about, type, reason, message, component: "persistentvolume-controller" };
}
