import { isObject, sortedKeys } from "../../json.ts";
import { dns1123SubdomainErrors } from "../../meta/names.ts";
import { invalidEach } from "../../meta/object-meta.ts";
import { parseQuantity, quantityValue } from "../../meta/quantity.ts";
import { type FieldError, field } from "../../status.ts";
import type { PersistentVolume, PersistentVolumeSpec, VolumeNodeAffinity } from "../../types/core.ts";
import { nodeSelectorErrors } from "../pod/scheduling-validation.ts";
import { SOURCES, volumeSourceErrors } from "./sources.ts";
import { accessModesErrors, classAndModeErrors } from "./volume-rules.ts";
import { MOUNT_OPTIONS } from "./warnings.ts";

const POLICIES = ["Delete", "Recycle", "Retain"];
const INLINE = "in the context of inline volumes";

/** `name`: undefined of an inline volume, which a VolumeAttachment describes instead of naming it. Models ValidatePersistentVolumeSpec of kubernetes pkg/apis/core/validation/validation.go. */
export function volumeSpecErrors(spec: PersistentVolumeSpec, path: string, name: string | undefined): FieldError[] {
  const inline = name === undefined;
  const { accessModes = [], persistentVolumeReclaimPolicy: policy } = spec;
  const errors = inline ? inlineErrors(spec, path) : [];
  if (accessModes.length === 0) errors.push(field.required(`${path}.accessModes`));
  errors.push(...accessModesErrors(accessModes, `${path}.accessModes`));
  if (!inline) errors.push(...capacityErrors(spec.capacity, `${path}.capacity`));
  const policyPath = `${path}.persistentVolumeReclaimPolicy`;
  if (policy && inline && policy !== "Retain") errors.push(field.forbidden(policyPath, `may only be Retain ${INLINE}`));
  else if (policy && !inline && !POLICIES.includes(policy))
    errors.push(field.notSupported(policyPath, policy, POLICIES));
  if (spec.nodeAffinity)
    errors.push(
      ...(inline
        ? [field.forbidden(`${path}.nodeAffinity`, `may not be specified ${INLINE}`)]
        : affinityErrors(spec.nodeAffinity, `${path}.nodeAffinity`)),
    );
  errors.push(...sourceErrors(spec, name, path));
  if (cleaned(spec.hostPath?.path ?? "") === "/" && policy === "Recycle")
    errors.push(field.forbidden(policyPath, "may not be 'recycle' for a hostPath mount of '/'"));
  errors.push(...(inline ? inlineClassErrors(spec, path) : classAndModeErrors(spec, path)));
  return inline ? errors : [...errors, ...attributesClassErrors(spec, path)];
}

/** What an inline volume does without. */
function inlineErrors({ claimRef, capacity, csi }: PersistentVolumeSpec, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (claimRef) errors.push(field.forbidden(`${path}.claimRef`, `may not be specified ${INLINE}`));
  if (Object.keys(capacity ?? {}).length > 0)
    errors.push(field.forbidden(`${path}.capacity`, `may not be specified ${INLINE}`));
  if (!csi) errors.push(field.required(`${path}.csi`, `has to be specified ${INLINE}`));
  return errors;
}

function inlineClassErrors({ storageClassName, volumeMode }: PersistentVolumeSpec, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (storageClassName) errors.push(field.forbidden(`${path}.storageClassName`, `may not be specified ${INLINE}`));
  if (volumeMode !== undefined && volumeMode !== "Filesystem")
    errors.push(field.forbidden(`${path}.volumeMode`, `may not specify volumeMode other than Filesystem ${INLINE}`));
  return errors;
}

/** `/` and what comes to the same: `//`, `/.`. */
function cleaned(path: string): string {
  return path.startsWith("/") && path.split("/").every((part) => part === "" || part === "." || part === "..")
    ? "/"
    : path;
}

function capacityErrors(capacity: PersistentVolumeSpec["capacity"], path: string): FieldError[] {
  const names = sortedKeys(capacity ?? {});
  const errors: FieldError[] = [];
  if (names.length === 0) errors.push(field.required(path));
  if (capacity?.storage === undefined || names.length > 1) {
    const shown =
      capacity && Object.fromEntries(names.map((name) => [name, parseQuantity(String(capacity[name])).text]));
    errors.push(field.notSupported(path, shown ?? null, ["storage"]));
  }
  for (const name of names) {
    const quantity = parseQuantity(String(capacity![name]));
    const { nano, text } = quantity;
    const at = `${path}[${name}]`;
    if (nano < 0n) errors.push(field.invalid(at, Number(quantityValue(quantity)), "must be a valid resource quantity"));
    if (nano <= 0n) errors.push(field.invalid(at, text, "must be greater than zero"));
  }
  return errors;
}

/** Models validateVolumeNodeAffinity. */
function affinityErrors({ required }: VolumeNodeAffinity, path: string): FieldError[] {
  const at = `${path}.required`;
  return required ? nodeSelectorErrors(required, at) : [field.required(at, "must specify required node constraints")];
}

function sourceErrors(spec: PersistentVolumeSpec, volumeName: string | undefined, path: string): FieldError[] {
  const given = SOURCES.filter((name) => isObject(spec[name]));
  if (given.length === 0) return [field.required(path, "must specify a volume type")];
  return given.flatMap((name, i) => {
    // The real one looks into each flexVolume, and has a spelling of its own for one of the others.
    if (i > 0 && name !== "flexVolume")
      return [
        field.forbidden(`${path}.${name === "cephfs" ? "cephFS" : name}`, "may not specify more than 1 volume type"),
      ];
    const errors = volumeSourceErrors(spec, name, `${path}.${name}`, volumeName ?? "");
    if (name === "local" && (!spec.nodeAffinity || volumeName === undefined))
      errors.push(field.required(`${path}.nodeAffinity`, "Local volume requires node affinity"));
    return errors;
  });
}

function attributesClassErrors(spec: PersistentVolumeSpec, path: string): FieldError[] {
  const { volumeAttributesClassName: name, csi } = spec;
  if (name === undefined) return [];
  const at = `${path}.volumeAttributesClassName`;
  return [
    ...(name === ""
      ? [field.required(at, "an empty string is disallowed")]
      : invalidEach(at, name, dns1123SubdomainErrors(name))),
    ...(csi ? [] : [field.required(`${path}.csi`, "has to be specified when using volumeAttributesClassName")]),
  ];
}

/** Models kubernetes pkg/volume/validation/pv_validation.go checkMountOption. */
export function mountOptionErrors({ metadata, spec = {} }: PersistentVolume): FieldError[] {
  if (metadata.annotations?.[MOUNT_OPTIONS] === undefined || WITH_MOUNT_OPTIONS.some((source) => spec[source]))
    return [];
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
