import type { IndexedSnapshot } from "../../api/indexes.ts";
import { clone } from "../../api/json.ts";
import { timestamp } from "../../api/snapshot.ts";
import type { PersistentVolume, PersistentVolumeClaim } from "../../api/types/core.ts";
import type { Write } from "../../api/writes.ts";
import { CLAIMS, told, VOLUMES, withoutFinalizer } from "./storage.ts";

const PV_PROTECTION = "kubernetes.io/pv-protection";

/** What is to be done about a volume: its phase, and what becomes of it without its claim. Models syncVolume, and pvprotection. */
export function syncVolume(volume: PersistentVolume, snapshot: IndexedSnapshot): Write[] {
  const phase = phaseOf(volume, snapshot);
  const { deletionTimestamp, finalizers } = volume.metadata;
  if (deletionTimestamp && finalizers?.includes(PV_PROTECTION) && phase !== "Bound")
    return [{ verb: "update", resource: VOLUMES, object: withoutFinalizer(volume, PV_PROTECTION) }];
  const isReleased = volume.status?.phase === "Released" || volume.status?.phase === "Failed";
  if (phase === "Released" && isReleased) return reclaim(volume, snapshot);
  if (volume.status?.phase === phase) return [];
  const { message: _, reason: __, ...before } = volume.status ?? {};
  const status = { ...before, phase, lastPhaseTransitionTime: timestamp(snapshot.now) };
  return [{ verb: "updateStatus", resource: VOLUMES, object: { ...clone(volume), status } as PersistentVolume }];
}

/** What becomes of a volume whose claim has gone. Models reclaimVolume and deleteVolumeOperation. */
function reclaim(volume: PersistentVolume, snapshot: IndexedSnapshot): Write[] {
  const { spec, metadata, status } = volume;
  if (spec?.persistentVolumeReclaimPolicy !== "Delete" || metadata.deletionTimestamp || spec.csi) return [];
  if (metadata.annotations?.["pv.kubernetes.io/provisioned-by"]) return [];
  if (spec.hostPath && /\/tmp\/.+/.test(spec.hostPath.path))
    return [{ verb: "delete", resource: VOLUMES, namespace: "", name: metadata.name! }];
  if (status?.phase === "Failed") return [];
  const message = spec.hostPath
    ? `host_path deleter only supports /tmp/.+ but received provided ${spec.hostPath.path}`
    : `error getting deleter volume plugin for volume "${metadata.name}": no deletable volume plugin matched`;
  const next = { ...status, phase: "Failed" as const, message, lastPhaseTransitionTime: timestamp(snapshot.now) };
  return [
    { verb: "updateStatus", resource: VOLUMES, object: { ...clone(volume), status: next } as PersistentVolume },
    told(volume, "Warning", "VolumeFailedDelete", message),
  ];
}

function phaseOf({ spec }: PersistentVolume, snapshot: IndexedSnapshot): "Available" | "Bound" | "Released" {
  const ref = spec?.claimRef;
  if (!ref?.uid) return "Available";
  const claim = snapshot.get<PersistentVolumeClaim>(CLAIMS, ref.namespace ?? "", ref.name ?? "");
  return claim?.metadata.uid === ref.uid ? "Bound" : "Released";
}
