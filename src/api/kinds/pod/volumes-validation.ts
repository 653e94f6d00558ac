import { dns1123LabelErrors } from "../../meta/names.ts";
import { invalidEach } from "../../meta/object-meta.ts";
import { parseQuantity } from "../../meta/quantity.ts";
import { type FieldError, field } from "../../status.ts";
import type {
  ConfigMapVolumeSource,
  HostPathVolumeSource,
  KeyToPath,
  SecretVolumeSource,
  Volume,
} from "../../types/core.ts";

/** Models ValidateVolumes and the volume sources of common use of kubernetes pkg/apis/core/validation/validation.go. */

/** The order in which a second source is complained of. */
const SOURCES = [
  "hostPath",
  "gitRepo",
  "gcePersistentDisk",
  "awsElasticBlockStore",
  "secret",
  "nfs",
  "iscsi",
  "glusterfs",
  "flocker",
  "persistentVolumeClaim",
  "rbd",
  "cinder",
  "cephfs",
  "quobyte",
  "downwardAPI",
  "fc",
  "flexVolume",
  "configMap",
  "azureFile",
  "vsphereVolume",
  "photonPersistentDisk",
  "portworxVolume",
  "azureDisk",
  "storageos",
  "projected",
  "scaleIO",
  "csi",
  "ephemeral",
  "image",
] as const;
const HOST_PATH_TYPES = [
  "",
  "BlockDevice",
  "CharDevice",
  "Directory",
  "DirectoryOrCreate",
  "File",
  "FileOrCreate",
  "Socket",
];
const MODE = "must be a number between 0 and 0777 (octal), both inclusive";

/** `valid` collects the volumes that mounts may name: those without errors. */
export function volumesErrors(volumes: Volume[], path: string, valid: Map<string, Volume>): FieldError[] {
  const errors: FieldError[] = [];
  for (const [i, volume] of volumes.entries()) {
    const at = `${path}[${i}]`;
    const found = sourceErrors(volume, at);
    if (!volume.name) found.push(field.required(`${at}.name`));
    else found.push(...invalidEach(`${at}.name`, volume.name, dns1123LabelErrors(volume.name)));
    if (valid.has(volume.name)) found.push(field.duplicate(`${at}.name`, volume.name));
    if (found.length === 0) valid.set(volume.name, volume);
    errors.push(...found);
  }
  return errors;
}

function sourceErrors(volume: Volume, path: string): FieldError[] {
  const errors: FieldError[] = [];
  let count = 0;
  if (volume.emptyDir) {
    count++;
    if (volume.emptyDir.sizeLimit !== undefined && parseQuantity(String(volume.emptyDir.sizeLimit)).nano < 0n)
      errors.push(field.forbidden(`${path}.emptyDir.sizeLimit`, "SizeLimit field must be a valid resource quantity"));
  }
  for (const source of SOURCES) {
    if (volume[source] === undefined) continue;
    if (count > 0) errors.push(field.forbidden(`${path}.${source}`, "may not specify more than 1 volume type"));
    else errors.push(...oneSourceErrors(volume, source, `${path}.${source}`));
    count++;
  }
  if (count === 0) errors.push(field.required(path, "must specify a volume type"));
  return errors;
}

function oneSourceErrors(volume: Volume, source: (typeof SOURCES)[number], path: string): FieldError[] {
  if (source === "hostPath") return hostPathErrors(volume.hostPath!, path);
  if (source === "secret") {
    const missing = volume.secret!.secretName ? [] : [field.required(`${path}.secretName`)];
    return [...missing, ...filesErrors(volume.secret!, path)];
  }
  if (source === "configMap") {
    const missing = volume.configMap!.name ? [] : [field.required(`${path}.name`)];
    return [...missing, ...filesErrors(volume.configMap!, path)];
  }
  if (source === "persistentVolumeClaim")
    return volume.persistentVolumeClaim!.claimName ? [] : [field.required(`${path}.claimName`)];
  if (source !== "nfs") return [];
  const errors: FieldError[] = [];
  if (!volume.nfs!.server) errors.push(field.required(`${path}.server`));
  if (!volume.nfs!.path) errors.push(field.required(`${path}.path`));
  else if (!volume.nfs!.path.startsWith("/"))
    errors.push(field.invalid(`${path}.path`, volume.nfs!.path, "must be an absolute path"));
  return errors;
}

function hostPathErrors(source: HostPathVolumeSource, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (!source.path) return [field.required(`${path}.path`)];
  errors.push(...backstepErrors(source.path, `${path}.path`));
  if (source.type !== undefined && !HOST_PATH_TYPES.includes(source.type))
    errors.push(field.notSupported(`${path}.type`, source.type, HOST_PATH_TYPES));
  return errors;
}

function filesErrors(source: ConfigMapVolumeSource | SecretVolumeSource, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const mode = source.defaultMode ?? 0;
  if (mode > 0o777 || mode < 0) errors.push(field.invalid(`${path}.defaultMode`, mode, MODE));
  for (const [i, item] of (source.items ?? []).entries()) errors.push(...keyToPathErrors(item, `${path}.items[${i}]`));
  return errors;
}

function keyToPathErrors(item: KeyToPath, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (!item.key) errors.push(field.required(`${path}.key`));
  if (!item.path) errors.push(field.required(`${path}.path`));
  errors.push(...localPathErrors(item.path ?? "", `${path}.path`));
  if ((item.path ?? "").startsWith("..") && !(item.path ?? "").startsWith("../"))
    errors.push(field.invalid(`${path}.path`, item.path, "must not start with '..'"));
  const mode = item.mode ?? 0;
  if (mode > 0o777 || mode < 0) errors.push(field.invalid(`${path}.mode`, mode, MODE));
  return errors;
}

/** Models validateLocalDescendingPath. */
export function localPathErrors(text: string, path: string): FieldError[] {
  const errors = text.startsWith("/") ? [field.invalid(path, text, "must be a relative path")] : [];
  return [...errors, ...backstepErrors(text, path)];
}

function backstepErrors(text: string, path: string): FieldError[] {
  return text.split("/").includes("..") ? [field.invalid(path, text, "must not contain '..'")] : [];
}
