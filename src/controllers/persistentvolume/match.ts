import type { IndexedSnapshot } from "../../api/indexes.ts";
import { fromLabelSelector } from "../../api/meta/label-selector.ts";
import { parseQuantity } from "../../api/meta/quantity.ts";
import type { PersistentVolume, PersistentVolumeClaim } from "../../api/types/core.ts";
import { VOLUMES } from "./storage.ts";

/** The volume is kept for nobody, or for this claim. Models IsVolumeBoundToClaim. */
export function mayHave({ spec }: PersistentVolume, { metadata }: PersistentVolumeClaim): boolean {
  const ref = spec?.claimRef;
  if (!ref) return true;
  return (
    ref.namespace === metadata.namespace &&
    ref.name === metadata.name &&
    (ref.uid === undefined || ref.uid === metadata.uid)
  );
}

/** The one that was kept for the claim, else the smallest that is large enough. Models FindMatchingVolume. */
export function bestVolume(claim: PersistentVolumeClaim, snapshot: IndexedSnapshot): PersistentVolume | undefined {
  const { accessModes = [], resources, selector, storageClassName = "", volumeMode } = claim.spec!;
  const size = (amount: string | number | undefined) => parseQuantity(String(amount ?? 0)).nano;
  const wanted = size(resources?.requests?.storage);
  const fitting = snapshot.list<PersistentVolume>(VOLUMES).filter((volume) => {
    const { spec, metadata } = volume;
    return (
      !metadata.deletionTimestamp &&
      mayHave(volume, claim) &&
      (spec?.claimRef !== undefined || volume.status?.phase === "Available") &&
      size(spec?.capacity?.storage) >= wanted &&
      (spec?.storageClassName ?? "") === storageClassName &&
      (spec?.volumeMode ?? "Filesystem") === (volumeMode ?? "Filesystem") &&
      accessModes.every((mode) => spec?.accessModes?.includes(mode)) &&
      (!selector || fromLabelSelector(selector).matches(metadata.labels ?? {}))
    );
  });
  return (
    fitting.find(({ spec }) => spec?.claimRef) ??
    fitting.sort((a, b) => (size(a.spec?.capacity?.storage) < size(b.spec?.capacity?.storage) ? -1 : 1))[0]
  );
}
