import { type FieldError, field } from "../../status.ts";
import type {
  ConfigMapVolumeSource,
  DownwardAPIVolumeFile,
  DownwardAPIVolumeSource,
  KeyToPath,
  ProjectedVolumeSource,
  SecretVolumeSource,
  ServiceAccountTokenProjection,
  VolumeProjection,
} from "../../types/core.ts";
import { fieldRefErrors, resourceFieldErrors } from "./field-refs-validation.ts";
import { localPathErrors } from "./paths-validation.ts";

/** Volumes whose files the cluster writes. Models their functions of kubernetes pkg/apis/core/validation/validation.go. */

const MODE = "must be a number between 0 and 0777 (octal), both inclusive";
const FIELDS = ["metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"];

function modeErrors(mode: number | undefined, path: string): FieldError[] {
  return mode !== undefined && (mode > 0o777 || mode < 0) ? [field.invalid(path, mode, MODE)] : [];
}

export function secretErrors(source: SecretVolumeSource, path: string): FieldError[] {
  return [...(source.secretName ? [] : [field.required(`${path}.secretName`)]), ...itemsErrors(source, path)];
}

export function configMapErrors(source: ConfigMapVolumeSource, path: string): FieldError[] {
  return [...(source.name ? [] : [field.required(`${path}.name`)]), ...itemsErrors(source, path)];
}

function itemsErrors({ defaultMode, items = [] }: ConfigMapVolumeSource | SecretVolumeSource, path: string) {
  return [
    ...modeErrors(defaultMode, `${path}.defaultMode`),
    ...items.flatMap((item, i) => keyToPathErrors(item, `${path}.items[${i}]`)),
  ];
}

function keyToPathErrors({ key, path: target = "", mode }: KeyToPath, path: string): FieldError[] {
  return [
    ...(key ? [] : [field.required(`${path}.key`)]),
    ...(target ? [] : [field.required(`${path}.path`)]),
    ...filePathErrors(target, `${path}.path`),
    ...modeErrors(mode, `${path}.mode`),
  ];
}

/** Models ValidateLocalNonReservedPath. */
function filePathErrors(text: string, path: string): FieldError[] {
  const errors = localPathErrors(text, path);
  if (text.startsWith("..") && !text.startsWith("../"))
    errors.push(field.invalid(path, text, "must not start with '..'"));
  return errors;
}

/** The real one leaves the index of a file out. */
export function downwardErrors({ defaultMode, items = [] }: DownwardAPIVolumeSource, path: string): FieldError[] {
  return [
    ...modeErrors(defaultMode, `${path}.defaultMode`),
    ...items.flatMap((file) => downwardFileErrors(file, path)),
  ];
}

function downwardFileErrors(file: DownwardAPIVolumeFile, path: string): FieldError[] {
  const { path: target = "", fieldRef, resourceFieldRef } = file;
  const errors = target ? [] : [field.required(`${path}.path`)];
  errors.push(...filePathErrors(target, `${path}.path`));
  if (fieldRef) {
    errors.push(...fieldRefErrors(fieldRef, FIELDS, `${path}.fieldRef`));
    if (resourceFieldRef)
      errors.push(field.invalid(path, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously"));
  } else if (resourceFieldRef) errors.push(...resourceFieldErrors(resourceFieldRef, true, `${path}.resourceFieldRef`));
  else errors.push(field.required(path, "one of fieldRef and resourceFieldRef is required"));
  return [...errors, ...modeErrors(file.mode, `${path}.mode`)];
}

export function projectedErrors({ defaultMode, sources = [] }: ProjectedVolumeSource, path: string): FieldError[] {
  const taken = new Set<string>();
  return [
    ...modeErrors(defaultMode, `${path}.defaultMode`),
    ...sources.flatMap((source, i) => projectionErrors(source, path, `${path}.sources[${i}]`, taken)),
  ];
}

/** `taken`: the files that the volume has already. What the server drops before (dropped-fields.ts) is not looked at. */
function projectionErrors(source: VolumeProjection, volume: string, path: string, taken: Set<string>): FieldError[] {
  const { secret, configMap, downwardAPI, serviceAccountToken } = source;
  const errors: FieldError[] = [];
  const take = (target: string | undefined, shown: string) => {
    if (!target) return;
    if (taken.has(target)) errors.push(field.invalid(volume, shown, "conflicting duplicate paths"));
    taken.add(target);
  };
  for (const [projection, name] of [
    [secret, "secret"],
    [configMap, "configMap"],
  ] as const) {
    if (!projection) continue;
    if (!projection.name) errors.push(field.required(`${path}.${name}.name`));
    for (const [i, item] of (projection.items ?? []).entries()) {
      errors.push(...keyToPathErrors(item, `${path}.${name}.items[${i}]`));
      take(item.path, projection.name ?? "");
    }
  }
  for (const file of downwardAPI?.items ?? []) {
    errors.push(...downwardFileErrors(file, `${path}.downwardAPI`));
    take(file.path, file.path);
  }
  if (serviceAccountToken) errors.push(...tokenErrors(serviceAccountToken, volume, `${path}.serviceAccountToken`));
  if ([secret, configMap, downwardAPI, serviceAccountToken].filter((it) => it).length > 1)
    errors.push(field.forbidden(path, "may not specify more than 1 volume type per source"));
  return errors;
}

function tokenErrors(token: ServiceAccountTokenProjection, volume: string, path: string): FieldError[] {
  const { expirationSeconds = 0, path: target } = token;
  const at = `${path}.expirationSeconds`;
  const errors: FieldError[] = [];
  if (expirationSeconds < 600)
    errors.push(field.invalid(at, expirationSeconds, "may not specify a duration less than 10 minutes"));
  if (expirationSeconds > 2 ** 32)
    errors.push(field.invalid(at, expirationSeconds, "may not specify a duration larger than 2^32 seconds"));
  return [...errors, ...(target ? filePathErrors(target, `${volume}.path`) : [field.required(`${volume}.path`)])];
}
