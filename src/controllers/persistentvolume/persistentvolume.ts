import type { IndexedSnapshot } from "../../api/indexes.ts";
import { byInvolvedObject } from "../../api/indexes.ts";
import { clone, equal } from "../../api/json.ts";
import { fromLabelSelector } from "../../api/meta/label-selector.ts";
import { parseQuantity } from "../../api/meta/quantity.ts";
import type { KubeObject } from "../../api/object.ts";
import { timestamp } from "../../api/snapshot.ts";
import type { Event, PersistentVolume, PersistentVolumeClaim, Pod } from "../../api/types/core.ts";
import type { Write } from "../../api/writes.ts";
import type { Controller } from "../controller.ts";
import { keyOf, splitKey } from "../keys.ts";
import { isFinished } from "../pods.ts";

const CLAIMS = "persistentvolumeclaims";
const VOLUMES = "persistentvolumes";
const CLASSES = "storageclasses.storage.k8s.io";
const BOUND_BY = "pv.kubernetes.io/bound-by-controller";
const BIND_DONE = "pv.kubernetes.io/bind-completed";
const NO_PROVISIONER = "kubernetes.io/no-provisioner";
const PVC_PROTECTION = "kubernetes.io/pvc-protection";
const PV_PROTECTION = "kubernetes.io/pv-protection";

interface StorageClass extends KubeObject {
  provisioner: string;
  volumeBindingMode?: string;
}

/**
 * Binds claims to the volumes that are there; nothing provisions new ones. Models kubernetes pkg/controller/volume/persistentvolume, and
 * pvcprotection and pvprotection.
 */
export const persistentVolumeController: Controller = {
  name: "persistentvolume-controller",
  manager: "kube-controller-manager",
  watches: [CLAIMS, VOLUMES, "pods", CLASSES],
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

function claimsOf(pod: Pod): string[] {
  return (pod.spec?.volumes ?? []).flatMap(({ persistentVolumeClaim: claim }) => (claim ? [claim.claimName] : []));
}

function isUsed(claim: PersistentVolumeClaim, snapshot: IndexedSnapshot): boolean {
  return snapshot
    .list<Pod>("pods", claim.metadata.namespace)
    .some((pod) => pod.spec?.nodeName && !isFinished(pod) && claimsOf(pod).includes(claim.metadata.name!));
}

function withoutFinalizer<T extends KubeObject>(object: T, finalizer: string): T {
  const next = clone(object);
  next.metadata.finalizers = (next.metadata.finalizers ?? []).filter((name) => name !== finalizer);
  if (next.metadata.finalizers.length === 0) delete next.metadata.finalizers;
  return next;
}

function syncClaim(claim: PersistentVolumeClaim, snapshot: IndexedSnapshot): Write[] {
  if (claim.metadata.deletionTimestamp) {
    const held = claim.metadata.finalizers?.includes(PVC_PROTECTION);
    return held && !isUsed(claim, snapshot)
      ? [{ verb: "update", resource: CLAIMS, object: withoutFinalizer(claim, PVC_PROTECTION) }]
      : [];
  }
  if (claim.metadata.annotations?.[BIND_DONE]) return boundStatus(claim, snapshot);
  const { volumeName } = claim.spec!;
  const storageClass = classOf(claim, snapshot);
  const volume = volumeName ? snapshot.get<PersistentVolume>(VOLUMES, "", volumeName) : bestVolume(claim, snapshot);
  const delayed = storageClass?.volumeBindingMode === "WaitForFirstConsumer" && !volumeName;
  const prebound = !!volume?.spec?.claimRef;
  if (volume && (!delayed || prebound || isAwaited(claim, snapshot)) && mayHave(volume, claim))
    return bind(claim, volume);
  if (volumeName) return [];
  const waits = delayed && !isAwaited(claim, snapshot);
  return [...(waits ? [] : setProvisioner(claim, storageClass)), ...tellWhy(claim, storageClass, waits, snapshot)];
}

const PROVISIONERS = ["volume.beta.kubernetes.io/storage-provisioner", "volume.kubernetes.io/storage-provisioner"];

/** Who is to make a volume for the claim. Models setClaimProvisioner. */
function setProvisioner(claim: PersistentVolumeClaim, storageClass: StorageClass | undefined): Write[] {
  const { provisioner } = storageClass ?? {};
  if (!provisioner || provisioner === NO_PROVISIONER) return [];
  if (PROVISIONERS.every((name) => claim.metadata.annotations?.[name] === provisioner)) return [];
  const object = clone(claim);
  object.metadata.annotations ??= {};
  for (const name of PROVISIONERS) object.metadata.annotations[name] = provisioner;
  return [{ verb: "update", resource: CLAIMS, object }];
}

/** A pod that waits for its node wants the claim. */
function isAwaited(claim: PersistentVolumeClaim, snapshot: IndexedSnapshot): boolean {
  return snapshot
    .list<Pod>("pods", claim.metadata.namespace)
    .some((pod) => claimsOf(pod).includes(claim.metadata.name!));
}

function classOf(claim: PersistentVolumeClaim, snapshot: IndexedSnapshot): StorageClass | undefined {
  const name = claim.spec?.storageClassName;
  return name ? snapshot.get<StorageClass>(CLASSES, "", name) : undefined;
}

function mayHave({ spec }: PersistentVolume, { metadata }: PersistentVolumeClaim): boolean {
  const ref = spec?.claimRef;
  if (!ref) return true;
  return (
    ref.namespace === metadata.namespace &&
    ref.name === metadata.name &&
    (ref.uid === undefined || ref.uid === metadata.uid)
  );
}

/** The one that was kept for the claim, else the smallest that is large enough. Models FindMatchingVolume. */
function bestVolume(claim: PersistentVolumeClaim, snapshot: IndexedSnapshot): PersistentVolume | undefined {
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

function bind(claim: PersistentVolumeClaim, volume: PersistentVolume): Write[] {
  const nextVolume = clone(volume);
  if (nextVolume.spec!.claimRef?.uid !== claim.metadata.uid) {
    if (!nextVolume.spec!.claimRef)
      nextVolume.metadata.annotations = { ...nextVolume.metadata.annotations, [BOUND_BY]: "yes" };
    nextVolume.spec!.claimRef = {
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      name: claim.metadata.name!,
      namespace: claim.metadata.namespace!,
      resourceVersion: claim.metadata.resourceVersion!,
      uid: claim.metadata.uid!,
    };
  }
  const nextClaim = clone(claim);
  nextClaim.metadata.annotations = {
    ...nextClaim.metadata.annotations,
    [BIND_DONE]: "yes",
    ...(claim.spec!.volumeName ? {} : { [BOUND_BY]: "yes" }),
  };
  nextClaim.spec!.volumeName = volume.metadata.name!;
  return [
    { verb: "update", resource: VOLUMES, object: nextVolume },
    { verb: "update", resource: CLAIMS, object: nextClaim },
  ];
}

function boundStatus(claim: PersistentVolumeClaim, snapshot: IndexedSnapshot): Write[] {
  const volume = snapshot.get<PersistentVolume>(VOLUMES, "", claim.spec?.volumeName ?? "");
  const status = volume
    ? {
        ...claim.status,
        phase: "Bound" as const,
        accessModes: volume.spec?.accessModes ?? [],
        capacity: { storage: volume.spec?.capacity?.storage ?? "0" },
      }
    : { ...claim.status, phase: "Lost" as const };
  if (equal(status, claim.status)) return [];
  const write: Write = {
    verb: "updateStatus",
    resource: CLAIMS,
    object: { ...clone(claim), status } as PersistentVolumeClaim,
  };
  if (volume) return [write];
  return [
    write,
    told(claim, "Warning", "ClaimLost", "Bound claim has lost its PersistentVolume. Data on the volume is lost!"),
  ];
}

/** Why a claim waits: told once, where the real controller repeats it every fifteen seconds. */
function tellWhy(
  claim: PersistentVolumeClaim,
  storageClass: StorageClass | undefined,
  waits: boolean,
  snapshot: IndexedSnapshot,
): Write[] {
  const name = claim.spec?.storageClassName;
  let event: Write;
  if (waits)
    event = told(claim, "Normal", "WaitForFirstConsumer", "waiting for first consumer to be created before binding");
  else if (!name)
    event = told(
      claim,
      "Normal",
      "FailedBinding",
      "no persistent volumes available for this claim and no storage class is set",
    );
  else if (!storageClass)
    event = told(claim, "Warning", "ProvisioningFailed", `storageclass.storage.k8s.io "${name}" not found`);
  else if (storageClass.provisioner === NO_PROVISIONER) return [];
  else
    event = told(
      claim,
      "Normal",
      "ExternalProvisioning",
      `Waiting for a volume to be created either by the external provisioner '${storageClass.provisioner}' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.`,
    );
  const { reason, message } = event as Extract<Write, { verb: "event" }>;
  const known = snapshot
    .listBy<Event>("events", byInvolvedObject, claim.metadata.uid!)
    .some((other) => other.reason === reason && other.message === message);
  return known ? [] : [event];
}

function told(about: KubeObject, type: "Normal" | "Warning", reason: string, message: string): Write {
  return { verb: "event", about, type, reason, message, component: "persistentvolume-controller" };
}

function syncVolume(volume: PersistentVolume, snapshot: IndexedSnapshot): Write[] {
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
