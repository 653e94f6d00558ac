import { byInvolvedObject, type IndexedSnapshot } from "../../api/indexes.ts";
import { clone, equal } from "../../api/json.ts";
import { isFinished } from "../../api/kinds/pod/state.ts";
import type { KubeObject } from "../../api/object.ts";
import type { Event, PersistentVolume, PersistentVolumeClaim, Pod } from "../../api/types/core.ts";
import type { Write } from "../../api/writes.ts";
import type { EventWrite } from "../recorder.ts";
import { bestVolume, mayHave } from "./match.ts";
import { CLAIMS, CLASSES, claimsOf, told, VOLUMES, withoutFinalizer } from "./storage.ts";

const PVC_PROTECTION = "kubernetes.io/pvc-protection";
const BOUND_BY = "pv.kubernetes.io/bound-by-controller";
const BIND_DONE = "pv.kubernetes.io/bind-completed";
const NO_PROVISIONER = "kubernetes.io/no-provisioner";

interface StorageClass extends KubeObject {
  provisioner: string;
  volumeBindingMode?: string;
}

/** What is to be done about a claim: bound, told why it waits, or let go. Models syncClaim, and pvcprotection. */
export function syncClaim(claim: PersistentVolumeClaim, snapshot: IndexedSnapshot): Write[] {
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
  if (volume && (!delayed || prebound || isWanted(claim, snapshot)) && mayHave(volume, claim))
    return bind(claim, volume);
  if (volumeName) return [];
  const waits = delayed && !isWanted(claim, snapshot);
  return [...(waits ? [] : setProvisioner(claim, storageClass)), ...tellWhy(claim, storageClass, waits, snapshot)];
}

function isUsed(claim: PersistentVolumeClaim, snapshot: IndexedSnapshot): boolean {
  return snapshot
    .list<Pod>("pods", claim.metadata.namespace)
    .some((pod) => pod.spec?.nodeName && !isFinished(pod) && claimsOf(pod).includes(claim.metadata.name!));
}

/** Some pod wants the claim, be it one that waits for its node. */
function isWanted(claim: PersistentVolumeClaim, snapshot: IndexedSnapshot): boolean {
  return snapshot
    .list<Pod>("pods", claim.metadata.namespace)
    .some((pod) => claimsOf(pod).includes(claim.metadata.name!));
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

function classOf(claim: PersistentVolumeClaim, snapshot: IndexedSnapshot): StorageClass | undefined {
  const name = claim.spec?.storageClassName;
  return name ? snapshot.get<StorageClass>(CLASSES, "", name) : undefined;
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
  let event: EventWrite;
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
  const { reason, message } = event;
  const known = snapshot
    .listBy<Event>("events", byInvolvedObject, claim.metadata.uid!)
    .some((other) => other.reason === reason && other.message === message);
  return known ? [] : [event];
}
