import { isObject, sortedKeys } from "../../json.ts";
import { parseQuantity } from "../../meta/quantity.ts";
import type { ObjectMeta } from "../../object.ts";
import { type FieldError, field } from "../../status.ts";
import type { PersistentVolume, PersistentVolumeSpec } from "../../types/core.ts";
import type { KindBehaviour } from "../kind.ts";
import { SOURCES } from "./sources.ts";
import { updateErrors } from "./update.ts";
import { accessModesErrors, classAndModeErrors } from "./volume-rules.ts";
import { MOUNT_OPTIONS, volumeWarnings } from "./warnings.ts";

const POLICIES = ["Delete", "Recycle", "Retain"];

/** Models ValidatePersistentVolumeSpec of kubernetes pkg/apis/core/validation/validation.go; of the sources, those that learners use. */
function validate({ metadata, spec = {} }: PersistentVolume): FieldError[] {
  const { accessModes = [], persistentVolumeReclaimPolicy: policy } = spec;
  const errors: FieldError[] = [];
  if (accessModes.length === 0) errors.push(field.required("spec.accessModes"));
  errors.push(...accessModesErrors(accessModes), ...capacityErrors(spec.capacity));
  if (policy && !POLICIES.includes(policy))
    errors.push(field.notSupported("spec.persistentVolumeReclaimPolicy", policy, POLICIES));
  errors.push(...sourceErrors(spec));
  if (spec.hostPath?.path === "/" && policy === "Recycle")
    errors.push(
      field.forbidden("spec.persistentVolumeReclaimPolicy", "may not be 'recycle' for a hostPath mount of '/'"),
    );
  return [...errors, ...classAndModeErrors(spec), ...mountOptionErrors(metadata.annotations, spec)];
}

/** Models kubernetes pkg/volume/validation/pv_validation.go checkMountOption. */
function mountOptionErrors(annotations: ObjectMeta["annotations"], spec: PersistentVolumeSpec): FieldError[] {
  if (annotations?.[MOUNT_OPTIONS] === undefined || WITH_MOUNT_OPTIONS.some((source) => spec[source])) return [];
  return [
    field.forbidden(`metadata.annotations.${MOUNT_OPTIONS}`, "may not specify mount options for this volume type"),
  ];
}

const WITH_MOUNT_OPTIONS = [
  "gcePersistentDisk",
  "awsElasticBlockStore",
  "glusterfs",
  "nfs",
  "rbd",
  "quobyte",
  "iscsi",
  "cinder",
  "cephfs",
  "azureFile",
  "vsphereVolume",
  "azureDisk",
  "photonPersistentDisk",
] as const satisfies (keyof PersistentVolumeSpec)[];

function capacityErrors(capacity: PersistentVolumeSpec["capacity"]): FieldError[] {
  const names = sortedKeys(capacity ?? {});
  const errors: FieldError[] = [];
  if (names.length === 0) errors.push(field.required("spec.capacity"));
  if (capacity?.storage === undefined || names.length > 1) {
    const shown =
      capacity && Object.fromEntries(names.map((name) => [name, parseQuantity(String(capacity[name])).text]));
    errors.push(field.notSupported("spec.capacity", shown ?? null, ["storage"]));
  }
  for (const name of names) {
    const { nano, text } = parseQuantity(String(capacity![name]));
    if (nano <= 0n) errors.push(field.invalid(`spec.capacity[${name}]`, text, "must be greater than zero"));
  }
  return errors;
}

function sourceErrors(spec: PersistentVolumeSpec): FieldError[] {
  const given = SOURCES.filter((name) => isObject(spec[name]));
  if (given.length === 0) return [field.required("spec", "must specify a volume type")];
  return given.flatMap((name, i) =>
    i > 0
      ? [field.forbidden(`spec.${name}`, "may not specify more than 1 volume type")]
      : name === "hostPath"
        ? hostPathErrors(spec.hostPath!.path ?? "")
        : name === "nfs"
          ? nfsErrors(spec.nfs!.server ?? "", spec.nfs!.path ?? "")
          : name === "local" && !spec.nodeAffinity
            ? [field.required("spec.nodeAffinity", "Local volume requires node affinity")]
            : [],
  );
}

function hostPathErrors(path: string): FieldError[] {
  if (path === "") return [field.required("spec.hostPath.path")];
  return path.split("/").includes("..") ? [field.invalid("spec.hostPath.path", path, "must not contain '..'")] : [];
}

function nfsErrors(server: string, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (server === "") errors.push(field.required("spec.nfs.server"));
  if (path === "") errors.push(field.required("spec.nfs.path"));
  if (!path.startsWith("/")) errors.push(field.invalid("spec.nfs.path", path, "must be an absolute path"));
  return errors;
}

/** Models kubernetes pkg/registry/core/persistentvolume/strategy.go and SetDefaults_PersistentVolume. */
export const behaviour: KindBehaviour<PersistentVolume> = {
  setDefaults(volume) {
    volume.spec ??= {};
    volume.spec.persistentVolumeReclaimPolicy ??= "Retain";
    volume.spec.volumeMode ??= "Filesystem";
    if (volume.spec.hostPath) volume.spec.hostPath.type ??= "" as never;
  },
  prepareForCreate(volume) {
    volume.status = { phase: "Pending" };
    // The admission plug-in StorageObjectInUseProtection.
    const finalizers = volume.metadata.finalizers ?? [];
    if (!finalizers.includes("kubernetes.io/pv-protection"))
      volume.metadata.finalizers = [...finalizers, "kubernetes.io/pv-protection"];
  },
  validate,
  validateUpdate: (next, previous) => [...validate(next), ...updateErrors(next.spec ?? {}, previous.spec ?? {})],
  warnings: volumeWarnings,
};
