import { type FieldError, field } from "../../status.ts";
import type { Container, Volume, VolumeDevice, VolumeMount } from "../../types/core.ts";
import { hasBackstep, localPathErrors } from "./paths-validation.ts";

/** Where a container has its volumes. Models ValidateVolumeMounts and ValidateVolumeDevices of kubernetes pkg/apis/core/validation/validation.go. */

type Volumes = ReadonlyMap<string, Volume>;

const PROPAGATIONS = ["Bidirectional", "HostToContainer", "None"];
const RECURSIVE = ["Disabled", "Enabled", "IfPossible"];

export function mountsErrors(container: Container, volumes: Volumes, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const paths = new Set<string>();
  const devices = container.volumeDevices ?? [];
  for (const [i, mount] of (container.volumeMounts ?? []).entries()) {
    const at = `${path}[${i}]`;
    const { name = "", mountPath = "", subPath, subPathExpr } = mount;
    if (!name) errors.push(field.required(`${at}.name`));
    if (!volumes.has(name)) errors.push(field.notFound(`${at}.name`, name));
    if (!mountPath) errors.push(field.required(`${at}.mountPath`));
    if (paths.has(mountPath)) errors.push(field.invalid(`${at}.mountPath`, mountPath, "must be unique"));
    paths.add(mountPath);
    if (devices.some((device) => (device.name ?? "") === name))
      errors.push(field.invalid(`${at}.name`, name, "must not already exist in volumeDevices"));
    if (lastPaths(devices, "devicePath").includes(mountPath))
      errors.push(field.invalid(`${at}.mountPath`, mountPath, "must not already exist as a path in volumeDevices"));
    // The real one leaves the index out of these paths.
    if (subPath) errors.push(...localPathErrors(subPath, `${path}.subPath`));
    if (subPathExpr) {
      if (subPath)
        errors.push(field.invalid(`${at}.subPathExpr`, subPathExpr, "subPathExpr and subPath are mutually exclusive"));
      errors.push(...localPathErrors(subPathExpr, `${path}.subPathExpr`));
    }
    errors.push(
      ...propagationErrors(mount, container, `${path}.mountPropagation`),
      ...recursiveErrors(mount, `${path}.recursiveReadOnly`),
    );
  }
  return errors;
}

/** Of those with one name the last counts. */
function lastPaths<K extends string>(items: readonly ({ name: string } & Record<K, string>)[], member: K): string[] {
  return [...new Map(items.map((item) => [item.name ?? "", item[member] ?? ""])).values()];
}

function propagationErrors({ mountPropagation: mode }: VolumeMount, container: Container, path: string): FieldError[] {
  if (mode === undefined) return [];
  if (!PROPAGATIONS.includes(mode)) return [field.notSupported(path, mode, PROPAGATIONS)];
  if (mode !== "Bidirectional" || container.securityContext?.privileged) return [];
  return [field.forbidden(path, "Bidirectional mount propagation is available only to privileged containers")];
}

function recursiveErrors(mount: VolumeMount, path: string): FieldError[] {
  const { recursiveReadOnly: mode, readOnly, mountPropagation } = mount;
  if (mode === undefined || mode === "Disabled") return [];
  if (!RECURSIVE.includes(mode)) return [field.notSupported(path, mode, RECURSIVE)];
  const errors: FieldError[] = [];
  if (!readOnly) errors.push(field.forbidden(path, "may only be specified when readOnly is true"));
  if (mountPropagation !== undefined && mountPropagation !== "None")
    errors.push(field.forbidden(path, "may only be specified when mountPropagation is None or not specified"));
  return errors;
}

export function devicesErrors({ volumeDevices, volumeMounts }: Container, volumes: Volumes, path: string) {
  const errors: FieldError[] = [];
  const names = new Set<string>();
  const paths = new Set<string>();
  const mounts: VolumeMount[] = volumeMounts ?? [];
  for (const [i, device] of (volumeDevices ?? ([] as VolumeDevice[])).entries()) {
    const { name = "", devicePath = "" } = device;
    const at = { name: `${path}[${i}].name`, path: `${path}[${i}].devicePath` };
    const volume = volumes.get(name);
    if (!name) errors.push(field.required(at.name));
    if (names.has(name)) errors.push(field.invalid(at.name, name, "must be unique"));
    if (!volume) errors.push(field.notFound(at.name, name));
    else if (!volume.persistentVolumeClaim && !volume.ephemeral) {
      const text = "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode";
      errors.push(field.invalid(at.name, name, text));
    }
    if (!devicePath) errors.push(field.required(at.path));
    if (paths.has(devicePath)) errors.push(field.invalid(at.path, devicePath, "must be unique"));
    if (hasBackstep(devicePath)) errors.push(field.invalid(at.path, devicePath, "can not contain backsteps ('..')"));
    else paths.add(devicePath);
    if (mounts.some((mount) => (mount.name ?? "") === name))
      errors.push(field.invalid(at.name, name, "must not already exist in volumeMounts"));
    if (lastPaths(mounts, "mountPath").includes(devicePath))
      errors.push(field.invalid(at.path, devicePath, "must not already exist as a path in volumeMounts"));
    if (name) names.add(name);
  }
  return errors;
}
