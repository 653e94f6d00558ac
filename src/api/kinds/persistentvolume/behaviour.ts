import { timestamp } from "../../snapshot.ts";
import type { PersistentVolume } from "../../types/core.ts";
import type { KindBehaviour } from "../kind.ts";
import { roundResources, setVendorDefaults } from "../pod/template-defaults.ts";
import { updateErrors } from "./update.ts";
import { mountOptionErrors, volumeSpecErrors } from "./validation.ts";
import { volumeWarnings } from "./warnings.ts";

const specErrors = ({ metadata, spec = {} }: PersistentVolume) => volumeSpecErrors(spec, "spec", metadata.name ?? "");

/** Models kubernetes pkg/registry/core/persistentvolume/strategy.go and SetDefaults_PersistentVolume. */
export const behaviour: KindBehaviour<PersistentVolume> = {
  setDefaults(volume) {
    volume.spec ??= {};
    volume.spec.persistentVolumeReclaimPolicy ??= "Retain";
    volume.spec.volumeMode ??= "Filesystem";
    roundResources(volume.spec.capacity);
    setVendorDefaults(volume.spec);
    if (volume.spec.hostPath) volume.spec.hostPath.type ??= "" as never;
  },
  prepareForCreate(volume, { now }) {
    volume.status = { phase: "Pending", lastPhaseTransitionTime: timestamp(now) };
    // The admission plug-in StorageObjectInUseProtection.
    const finalizers = volume.metadata.finalizers ?? [];
    if (!finalizers.includes("kubernetes.io/pv-protection"))
      volume.metadata.finalizers = [...finalizers, "kubernetes.io/pv-protection"];
  },
  prepareForUpdate({ status }, previous, { subresource, now }) {
    if (subresource !== "status" || !status) return;
    const { phase, lastPhaseTransitionTime: then } = previous.status ?? {};
    if (status.phase === phase) status.lastPhaseTransitionTime ??= then!;
    else if ((status.lastPhaseTransitionTime ?? then) === then) status.lastPhaseTransitionTime = timestamp(now);
  },
  validate: (volume) => [...specErrors(volume), ...mountOptionErrors(volume)],
  // The real one asks twice about the specification.
  validateUpdate: (next, previous) => [
    ...specErrors(next),
    ...mountOptionErrors(next),
    ...specErrors(next),
    ...updateErrors(next.spec ?? {}, previous.spec ?? {}),
  ],
  warnings: volumeWarnings,
};
