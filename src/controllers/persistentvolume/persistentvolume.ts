import type { IndexedSnapshot } from "../../api/indexes.ts";
import type { PersistentVolume, PersistentVolumeClaim, Pod } from "../../api/types/core.ts";
import type { Controller } from "../controller.ts";
import { keyOf, splitKey } from "../keys.ts";
import { syncClaim } from "./claim.ts";
import { CLAIMS, CLASSES, claimsOf, VOLUMES } from "./storage.ts";
import { syncVolume } from "./volume.ts";

/**
 * Binds claims to the volumes that are there; nothing provisions new ones. Models kubernetes pkg/controller/volume/persistentvolume, and
 * pvcprotection and pvprotection.
 */
export const persistentVolumeController: Controller = {
  name: "persistentvolume-controller",
  manager: "kube-controller-manager",
  affected({ resource, before, after }, snapshot) {
    const object = after ?? before!;
    if (resource === CLAIMS) {
      const { volumeName } = (object as PersistentVolumeClaim).spec ?? {};
      return [`claim ${keyOf(object)}`, ...(volumeName ? [`volume /${volumeName}`] : [])];
    }
    if (resource === VOLUMES) return [`volume ${keyOf(object)}`, ...waitingClaims(snapshot)];
    if (resource === CLASSES) return waitingClaims(snapshot);
    return claimsOf(object as Pod).map((name) => `claim ${object.metadata.namespace}/${name}`);
  },
  reconcile(key, snapshot) {
    const [what, path = ""] = key.split(" ");
    const { namespace, name } = splitKey(path);
    if (what === "claim") {
      const claim = snapshot.get<PersistentVolumeClaim>(CLAIMS, namespace, name);
      return { writes: claim ? syncClaim(claim, snapshot) : [] };
    }
    const volume = snapshot.get<PersistentVolume>(VOLUMES, "", name);
    return { writes: volume ? syncVolume(volume, snapshot) : [] };
  },
};

function waitingClaims(snapshot: IndexedSnapshot): string[] {
  return snapshot
    .list<PersistentVolumeClaim>(CLAIMS)
    .filter(({ status }) => status?.phase !== "Bound")
    .map((claim) => `claim ${keyOf(claim)}`);
}
