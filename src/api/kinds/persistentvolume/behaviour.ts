import type { PersistentVolume } from "../../types/core.ts";
import type { KindBehaviour } from "../kind.ts";

/**
 * Nothing binds volumes: they stay Pending. Models SetDefaults_PersistentVolume of kubernetes pkg/apis/core/v1/defaults.go; what it
 * says is left to the schema.
 */
export const behaviour: KindBehaviour<PersistentVolume> = {
  setDefaults(volume) {
    volume.spec ??= {};
    volume.spec.persistentVolumeReclaimPolicy ??= "Retain";
    volume.spec.volumeMode ??= "Filesystem";
  },
  prepareForCreate(volume) {
    volume.status = { phase: "Pending" };
  },
};
