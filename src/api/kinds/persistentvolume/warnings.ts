import type { PersistentVolume } from "../../types/core.ts";
import { deprecatedSources } from "../deprecated-volumes.ts";
import { selectorTermWarnings } from "../node/deprecated-labels.ts";
import { BETA_CLASS } from "../persistentvolumeclaim/warnings.ts";

/** The annotation for mount options before there was a field for them. */
export const MOUNT_OPTIONS = "volume.beta.kubernetes.io/mount-options";

const ANNOTATIONS = {
  [BETA_CLASS]: 'deprecated since v1.8; use "storageClassName" attribute instead',
  [MOUNT_OPTIONS]: 'deprecated since v1.31; use "mountOptions" attribute instead',
};
const SOURCES = ["cephfs", "photonPersistentDisk", "scaleIO", "storageos", "glusterfs", "rbd"] as const;

/** Models kubernetes pkg/api/persistentvolume/util.go GetWarningsForPersistentVolume. */
export function volumeWarnings({ metadata, spec = {} }: PersistentVolume): string[] {
  const terms = spec.nodeAffinity?.required?.nodeSelectorTerms ?? [];
  return [
    ...Object.entries(ANNOTATIONS).flatMap(([key, text]) =>
      metadata.annotations?.[key] === undefined ? [] : [`metadata.annotations[${key}]: ${text}`],
    ),
    ...(spec.persistentVolumeReclaimPolicy === "Recycle"
      ? [
          "spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic provisioning.",
        ]
      : []),
    ...terms.flatMap((term, i) =>
      selectorTermWarnings(term, false, `spec.nodeAffinity.required.nodeSelectorTerms[${i}]`),
    ),
    ...deprecatedSources(spec, SOURCES, "spec"),
  ];
}
