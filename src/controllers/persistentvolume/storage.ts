import { clone } from "../../api/json.ts";
import type { KubeObject } from "../../api/object.ts";
import type { Pod } from "../../api/types/core.ts";
import { recorder } from "../recorder.ts";

/** Tells an event of this controller. */
export const told = recorder("persistentvolume-controller");

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
