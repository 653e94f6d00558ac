import type { IndexedSnapshot } from "../../api/indexes.ts";
import type { VolumeAttributesClass } from "../../api/kinds/volumeattributesclass/types.ts";
import type { PersistentVolume, PersistentVolumeClaim } from "../../api/types/core.ts";
import type { Controller } from "../controller.ts";
import { keyOf } from "../keys.ts";
import { CLAIMS, VOLUMES, withoutFinalizer } from "./storage.ts";

const CLASSES = "volumeattributesclasses.storage.k8s.io";
const PROTECTION = "kubernetes.io/vac-protection";

/** Lets a class go that nothing uses. Models kubernetes pkg/controller/volume/vacprotection. */
export const attributesClassProtection: Controller = {
  name: "volumeattributesclass-protection-controller",
  manager: "kube-controller-manager",
  affected({ resource, before, after }) {
    if (resource === CLASSES) return after ? [keyOf(after)] : [];
    return [before, after].flatMap((object) => (object ? usedBy(object).map((name) => `/${name}`) : []));
  },
  reconcile(key, snapshot) {
    const found = snapshot.get<VolumeAttributesClass>(CLASSES, "", key.slice(1));
    const { deletionTimestamp, finalizers, name = "" } = found?.metadata ?? {};
    if (!found || !deletionTimestamp || !finalizers?.includes(PROTECTION) || isUsed(name, snapshot))
      return { writes: [] };
    return { writes: [{ verb: "update", resource: CLASSES, object: withoutFinalizer(found, PROTECTION) }] };
  },
};

function isUsed(name: string, snapshot: IndexedSnapshot): boolean {
  return [CLAIMS, VOLUMES].some((resource) =>
    snapshot.list<PersistentVolumeClaim | PersistentVolume>(resource).some((object) => usedBy(object).includes(name)),
  );
}

/** The classes that a volume or a claim has, or is to have. */
function usedBy(object: PersistentVolumeClaim | PersistentVolume): string[] {
  const { currentVolumeAttributesClassName: current, modifyVolumeStatus } =
    (object as PersistentVolumeClaim).status ?? {};
  return [object.spec?.volumeAttributesClassName, current, modifyVolumeStatus?.targetVolumeAttributesClassName].filter(
    (name) => name !== undefined && name !== "",
  ) as string[];
}
