import { byteLength } from "../../encoding/text.ts";
import { sortedKeys } from "../../json.ts";
import { dns1123LabelErrors, dns1123SubdomainErrors } from "../../meta/names.ts";
import { annotationsErrors, invalidEach, labelsErrors } from "../../meta/object-meta.ts";
import { rangeErrors } from "../../meta/value-rules.ts";
import type { ObjectMeta } from "../../object.ts";
import { type FieldError, field } from "../../status.ts";
import type {
  AzureDiskVolumeSource,
  CSIVolumeSource,
  EphemeralVolumeSource,
  FCVolumeSource,
  FlexVolumeSource,
  FlockerVolumeSource,
  HostPathVolumeSource,
  ISCSIVolumeSource,
  LocalObjectReference,
  NFSVolumeSource,
  QuobyteVolumeSource,
  StorageOSVolumeSource,
  Volume,
} from "../../types/core.ts";
import { claimSpecErrors } from "../persistentvolumeclaim/validation.ts";
import { configMapErrors, downwardErrors, projectedErrors, secretErrors } from "./file-volumes-validation.ts";
import { backstepErrors, localPathErrors } from "./paths-validation.ts";

/** What each source of a volume has to say. Models their functions of kubernetes pkg/apis/core/validation/validation.go. */

type Source = Exclude<keyof Volume, "name" | "emptyDir">;
type Rule<S extends Source> = (source: NonNullable<Volume[S]>, path: string) => FieldError[];

/** Texts that have to be there, in the order of the complaints. */
function required<T extends object>(...names: (keyof T & string)[]): (source: T, path: string) => FieldError[] {
  return (source, path) =>
    names.filter((name) => isEmpty(source[name])).map((name) => field.required(`${path}.${name}`));
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
}

/** The order of the complaints about a second source. */
export const SOURCE_RULES: { [S in Source]: Rule<S> } = {
  hostPath: hostPathErrors,
  gitRepo: (source, path) => [
    ...required<typeof source>("repository")(source, path),
    ...localPathErrors(source.directory ?? "", `${path}.directory`),
  ],
  gcePersistentDisk: (source, path) => {
    const at = path.replace(/gcePersistentDisk$/, "persistentDisk");
    return [...required<typeof source>("pdName")(source, at), ...partitionErrors(source, at)];
  },
  awsElasticBlockStore: (source, path) => [
    ...required<typeof source>("volumeID")(source, path),
    ...partitionErrors(source, path),
  ],
  secret: secretErrors,
  nfs: nfsErrors,
  iscsi: iscsiErrors,
  glusterfs: required("endpoints", "path"),
  flocker: flockerErrors,
  persistentVolumeClaim: required("claimName"),
  rbd: required("monitors", "image"),
  cinder: (source, path) => [
    ...required<typeof source>("volumeID")(source, path),
    ...secretRefErrors(source.secretRef, path),
  ],
  cephfs: required("monitors"),
  quobyte: quobyteErrors,
  downwardAPI: downwardErrors,
  fc: fcErrors,
  flexVolume: flexErrors,
  configMap: configMapErrors,
  azureFile: required("secretName", "shareName"),
  vsphereVolume: required("volumePath"),
  photonPersistentDisk: required("pdID"),
  portworxVolume: required("volumeID"),
  azureDisk: azureDiskErrors,
  storageos: storageosErrors,
  projected: projectedErrors,
  scaleIO: required("gateway", "system", "volumeName"),
  csi: csiErrors,
  ephemeral: ephemeralErrors,
  image: ({ pullPolicy = "" as never }, path) =>
    PULL_POLICIES.includes(pullPolicy) ? [] : [field.notSupported(`${path}.pullPolicy`, pullPolicy, PULL_POLICIES)],
};

export const PULL_POLICIES: readonly string[] = ["Always", "IfNotPresent", "Never"];

/** Of its metadata a claim made from a template has labels and annotations alone. Models ValidatePersistentVolumeClaimTemplate. */
function ephemeralErrors({ volumeClaimTemplate: template }: EphemeralVolumeSource, path: string): FieldError[] {
  const at = `${path}.volumeClaimTemplate`;
  if (!template) return [field.required(at)];
  const { labels, annotations, ...others } = template.metadata ?? {};
  return [
    ...annotationsErrors(annotations, `${at}.metadata.annotations`),
    ...labelsErrors(labels, `${at}.metadata.labels`),
    ...META_ORDER.filter((name) => others[name] !== undefined && others[name] !== "").map((name) =>
      field.forbidden(`${at}.metadata.${name === "uid" ? "uID" : name}`, "cannot be set"),
    ),
    ...claimSpecErrors(template.spec, `${at}.spec`),
  ];
}

const META_ORDER = [
  ...(["name", "generateName", "namespace", "selfLink", "uid", "resourceVersion", "generation"] as const),
  ...(["creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds"] as const),
  ...(["ownerReferences", "finalizers", "managedFields"] as const),
] satisfies (keyof ObjectMeta)[];

const HOST_PATH_TYPES = [
  "",
  ...["BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket"],
];

function hostPathErrors({ path: target, type }: HostPathVolumeSource, path: string): FieldError[] {
  if (!target) return [field.required(`${path}.path`)];
  const known = type === undefined || HOST_PATH_TYPES.includes(type);
  return [
    ...backstepErrors(target, `${path}.path`),
    ...(known ? [] : [field.notSupported(`${path}.type`, type, HOST_PATH_TYPES)]),
  ];
}

function partitionErrors({ partition = 0 }: { partition?: number }, path: string): FieldError[] {
  // What is complained of is not what is checked.
  const complaints = partition < 0 || partition > 255 ? rangeErrors(partition, 1, 255) : [];
  return invalidEach(`${path}.partition`, partition, complaints);
}

function nfsErrors(source: NFSVolumeSource, path: string): FieldError[] {
  const errors = required<NFSVolumeSource>("server", "path")(source, path);
  const target = source.path ?? "";
  if (!target.startsWith("/")) errors.push(field.invalid(`${path}.path`, target, "must be an absolute path"));
  return errors;
}

const INITIATORS: readonly [prefix: string, format: RegExp][] = [
  ["iqn", /iqn\.\d{4}-\d{2}\.([\dA-Za-z\-.]+)(:[^,;*&$|\s]+)$/],
  ["eui", /^eui.[\dA-Za-z]{16}$/],
  ["naa", /^naa.[\dA-Za-z]{32}$/],
];

/** `hint`: what is said of a name that begins otherwise; nothing of a PersistentVolume's. */
export function initiatorErrors(name: string, path: string, hint = " starting with iqn, eui, or naa"): FieldError[] {
  const format = INITIATORS.find(([prefix]) => name.startsWith(prefix))?.[1];
  if (!format) return [field.invalid(path, name, `must be valid format${hint}`)];
  return format.test(name) ? [] : [field.invalid(path, name, "must be valid format")];
}

function iscsiErrors(source: ISCSIVolumeSource, path: string): FieldError[] {
  const { iqn, lun = 0, initiatorName } = source;
  const errors = required<ISCSIVolumeSource>("targetPortal", "iqn")(source, path);
  if (iqn) errors.push(...initiatorErrors(iqn, `${path}.iqn`));
  errors.push(...invalidEach(`${path}.lun`, lun, rangeErrors(lun, 0, 255)));
  if ((source.chapAuthDiscovery || source.chapAuthSession) && !source.secretRef)
    errors.push(field.required(`${path}.secretRef`));
  if (initiatorName !== undefined) errors.push(...initiatorErrors(initiatorName, `${path}.initiatorname`));
  return errors;
}

function flockerErrors({ datasetName = "", datasetUUID = "" }: FlockerVolumeSource, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (!datasetName && !datasetUUID) errors.push(field.required(path, "one of datasetName and datasetUUID is required"));
  if (datasetName && datasetUUID)
    errors.push(field.invalid(path, "resource", "datasetName and datasetUUID can not be specified simultaneously"));
  if (datasetName.includes("/")) errors.push(field.invalid(`${path}.datasetName`, datasetName, "must not contain '/'"));
  return errors;
}

function secretRefErrors(ref: LocalObjectReference | undefined, path: string): FieldError[] {
  return ref && !ref.name ? [field.required(`${path}.secretRef.name`)] : [];
}

/** `host:port`, or `[host]:port` where the host has colons. Models Go's net.SplitHostPort. */
const HOST_PORT = /^([^:[\]]*|\[[^[\]]*\]):[^:[\]]*$/;

function quobyteErrors(source: QuobyteVolumeSource, path: string): FieldError[] {
  const { registry, tenant = "" } = source;
  const at = `${path}.registry`;
  const text = "must be a host:port pair or multiple pairs separated by commas";
  const errors: FieldError[] = [];
  if (!registry) errors.push(field.required(at, text));
  else if (byteLength(tenant) >= 65)
    errors.push(field.required(`${path}.tenant`, "must be a UUID and may not exceed a length of 64 characters"));
  else
    for (const pair of registry.split(",")) if (!HOST_PORT.test(pair)) errors.push(field.invalid(at, registry, text));
  return [...errors, ...required<QuobyteVolumeSource>("volume")(source, path)];
}

function fcErrors({ targetWWNs = [], wwids = [], lun }: FCVolumeSource, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const at = `${path}.targetWWNs`;
  if (targetWWNs.length === 0 && wwids.length === 0)
    errors.push(field.required(at, "must specify either targetWWNs or wwids, but not both"));
  if (targetWWNs.length === 0) return errors;
  if (wwids.length > 0)
    errors.push(field.invalid(at, targetWWNs, "targetWWNs and wwids can not be specified simultaneously"));
  if (lun === undefined) errors.push(field.required(`${path}.lun`, "lun is required if targetWWNs is specified"));
  else errors.push(...invalidEach(`${path}.lun`, lun, rangeErrors(lun, 0, 255)));
  return errors;
}

function flexErrors(source: FlexVolumeSource, path: string): FieldError[] {
  const errors = required<FlexVolumeSource>("driver")(source, path);
  for (const key of sortedKeys(source.options ?? {})) {
    const namespace = `.${key.split("/")[0]!.toLowerCase()}`;
    if (namespace.endsWith(".kubernetes.io") || namespace.endsWith(".k8s.io"))
      errors.push(field.invalid(`${path}.options[${key}]`, key, "kubernetes.io and k8s.io namespaces are reserved"));
  }
  return errors;
}

const CACHING_MODES = ["None", "ReadOnly", "ReadWrite"];
const DISK_KINDS = ["Dedicated", "Managed", "Shared"];
const MANAGED_URI = "/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}";
const BLOB_URI = "https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd";

function azureDiskErrors(source: AzureDiskVolumeSource, path: string): FieldError[] {
  const { diskURI = "", cachingMode, kind } = source;
  const errors = required<AzureDiskVolumeSource>("diskName", "diskURI")(source, path);
  if (cachingMode !== undefined && !CACHING_MODES.includes(cachingMode))
    errors.push(field.notSupported(`${path}.cachingMode`, cachingMode, CACHING_MODES));
  if (kind === undefined) return errors;
  if (!DISK_KINDS.includes(kind)) errors.push(field.notSupported(`${path}.kind`, kind, DISK_KINDS));
  const managed = kind === "Managed";
  if (!diskURI.startsWith(managed ? "/subscriptions/" : "https://"))
    errors.push(field.notSupported(`${path}.diskURI`, diskURI, [managed ? MANAGED_URI : BLOB_URI]));
  return errors;
}

function storageosErrors(source: StorageOSVolumeSource, path: string): FieldError[] {
  const errors = required<StorageOSVolumeSource>("volumeName")(source, path);
  for (const name of ["volumeName", "volumeNamespace"] as const) {
    const value = source[name];
    if (value) errors.push(...invalidEach(`${path}.${name}`, value, dns1123LabelErrors(value)));
  }
  return [...errors, ...secretRefErrors(source.secretRef, path)];
}

function csiErrors({ driver, nodePublishSecretRef: ref }: CSIVolumeSource, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (!driver) errors.push(field.required(`${path}.driver`));
  else {
    if (byteLength(driver) > 63) errors.push(field.tooLong(`${path}.driver`, 63));
    errors.push(...invalidEach(`${path}.driver`, driver, dns1123SubdomainErrors(driver.toLowerCase())));
  }
  if (ref && !ref.name) errors.push(field.required(`${path}.nodePublishSecretRef.name`));
  else if (ref) errors.push(...invalidEach(`${path}.name`, ref.name, dns1123SubdomainErrors(ref.name!)));
  return errors;
}
