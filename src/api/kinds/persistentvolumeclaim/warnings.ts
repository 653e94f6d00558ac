import { fractionWarning } from "../../meta/fractions.ts";
import type { PersistentVolumeClaim, VolumeResourceRequirements } from "../../types/core.ts";

/** The annotation that chose a class before there was a field for it. */
export const BETA_CLASS = "volume.beta.kubernetes.io/storage-class";

/** Models kubernetes pkg/api/persistentvolumeclaim/util.go GetWarningsForPersistentVolumeClaim. */
export function claimWarnings({ metadata, spec }: PersistentVolumeClaim): string[] {
  const old = metadata.annotations?.[BETA_CLASS] !== undefined;
  return [
    ...(old
      ? [`metadata.annotations[${BETA_CLASS}]: deprecated since v1.8; use "storageClassName" attribute instead`]
      : []),
    ...storageWarnings(spec?.resources, "spec"),
  ];
}

/** Of a claim's spec, also where a pod has the claim's template. */
export function storageWarnings(resources: VolumeResourceRequirements | undefined, path: string): string[] {
  return [
    ...fractionWarning(resources?.requests?.storage, `${path}.resources.requests[storage]`),
    ...fractionWarning(resources?.limits?.storage, `${path}.resources.limits[storage]`),
  ];
}
