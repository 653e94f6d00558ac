import { byteLength } from "../../encoding/text.ts";
import { dns1123LabelErrors, dns1123SubdomainErrors } from "../../meta/names.ts";
import { invalidEach } from "../../meta/object-meta.ts";
import { nameIsDnsLabel, rangeErrors } from "../../meta/value-rules.ts";
import { type FieldError, field } from "../../status.ts";
import type {
  CSIPersistentVolumeSource,
  ISCSIPersistentVolumeSource,
  PersistentVolumeSpec,
  SecretReference,
} from "../../types/core.ts";
import { backstepErrors } from "../pod/paths-validation.ts";
import { initiatorErrors, SOURCE_RULES } from "../pod/volume-sources-validation.ts";
import { csiDriverNameErrors } from "../storage-rules.ts";

/** What a volume may be of, in the order that the server looks at them. */
export const SOURCES = [
  "hostPath",
  "gcePersistentDisk",
  "awsElasticBlockStore",
  "glusterfs",
  "flocker",
  "nfs",
  "rbd",
  "quobyte",
  "cephfs",
  "iscsi",
  "cinder",
  "fc",
  "flexVolume",
  "azureFile",
  "vsphereVolume",
  "photonPersistentDisk",
  "portworxVolume",
  "azureDisk",
  "scaleIO",
  "local",
  "storageos",
  "csi",
] as const;

type Source = (typeof SOURCES)[number];
type Rule<S extends Source> = (
  source: NonNullable<PersistentVolumeSpec[S]>,
  path: string,
  volumeName: string,
) => FieldError[];

/** `volumeName`: "" of an inline volume. What one source of a volume has to say. Models the functions for its sources of kubernetes pkg/apis/core/validation/validation.go. */
export function volumeSourceErrors<S extends Source>(
  spec: PersistentVolumeSpec,
  name: S,
  path: string,
  volumeName: string,
): FieldError[] {
  const own = OWN_RULES[name] as Rule<S> | undefined;
  // Other sources are those of pods.
  const rule = own ?? (SOURCE_RULES[name as keyof typeof SOURCE_RULES] as Rule<S>);
  return [...rule(spec[name]!, path, volumeName)];
}

/** Of sources that pods do not have, or have otherwise. */
const OWN_RULES: { [S in Source]?: Rule<S> } = {
  glusterfs: (source, path) => {
    const { endpointsNamespace: namespace } = source;
    const errors = [...SOURCE_RULES.glusterfs(source, path)];
    if (namespace === undefined) return errors;
    const text = "if the endpointnamespace is set, it must be a valid namespace name";
    const complaints = namespace === "" ? [text] : nameIsDnsLabel(namespace, false);
    return [...errors, ...invalidEach(`${path}.endpointsNamespace`, namespace, complaints)];
  },
  iscsi: iscsiErrors,
  cinder: ({ volumeID, secretRef }, path) => [
    ...(volumeID ? [] : [field.required(`${path}.volumeID`)]),
    ...namedSecretErrors(secretRef, path),
  ],
  azureFile: ({ secretName, shareName, secretNamespace }, path) =>
    Object.entries({ secretName, shareName, ...(secretNamespace === undefined ? {} : { secretNamespace }) })
      .filter(([, value]) => !value)
      .map(([name]) => field.required(`${path}.${name}`)),
  storageos: ({ secretRef, ...source }, path) => [
    ...SOURCE_RULES.storageos(source, path),
    ...namedSecretErrors(secretRef, path),
  ],
  local: ({ path: target }, path) => {
    return target ? backstepErrors(target, `${path}.path`) : [field.required(`${path}.path`)];
  },
  csi: csiErrors,
};

function namedSecretErrors(secret: { name?: string; namespace?: string } | undefined, path: string): FieldError[] {
  return (["name", "namespace"] as const)
    .filter((name) => secret && !secret[name])
    .map((name) => field.required(`${path}.secretRef.${name}`));
}

/** In bytes. */
const LONGEST_TARGET = 64;
const TARGET_TOO_LONG =
  "Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.";

function iscsiErrors(source: ISCSIPersistentVolumeSource, path: string, volumeName: string): FieldError[] {
  const { targetPortal, iqn, lun = 0, initiatorName, secretRef } = source;
  const errors: FieldError[] = [];
  if (!targetPortal) errors.push(field.required(`${path}.targetPortal`));
  if (initiatorName !== undefined && byteLength(`${volumeName}:${targetPortal ?? ""}`) > LONGEST_TARGET)
    errors.push(field.invalid(`${path}.targetportal`, targetPortal ?? "", TARGET_TOO_LONG));
  if (!iqn) errors.push(field.required(`${path}.iqn`));
  else errors.push(...initiatorErrors(iqn, `${path}.iqn`, ""));
  errors.push(...invalidEach(`${path}.lun`, lun, rangeErrors(lun, 0, 255)));
  if ((source.chapAuthDiscovery || source.chapAuthSession) && !secretRef)
    errors.push(field.required(`${path}.secretRef`));
  if (secretRef && !secretRef.name) errors.push(field.required(`${path}.secretRef.name`));
  if (initiatorName !== undefined) errors.push(...initiatorErrors(initiatorName, `${path}.initiatorname`, ""));
  return errors;
}

const CSI_SECRETS = [
  "controllerPublishSecretRef",
  "controllerExpandSecretRef",
  "nodePublishSecretRef",
  "nodeExpandSecretRef",
] as const satisfies (keyof CSIPersistentVolumeSource)[];

function csiErrors(source: CSIPersistentVolumeSource, path: string): FieldError[] {
  return [
    ...csiDriverNameErrors(source.driver ?? "", `${path}.driver`),
    ...(source.volumeHandle ? [] : [field.required(`${path}.volumeHandle`)]),
    ...CSI_SECRETS.flatMap((name) => secretErrors(source[name], `${path}.${name}`)),
  ];
}

/** Models validatePVSecretReference. */
function secretErrors(secret: SecretReference | undefined, path: string): FieldError[] {
  if (!secret) return [];
  const { name, namespace } = secret;
  return [
    ...(name ? invalidEach(`${path}.name`, name, dns1123SubdomainErrors(name)) : [field.required(`${path}.name`)]),
    ...(namespace
      ? invalidEach(`${path}.namespace`, namespace, dns1123LabelErrors(namespace))
      : [field.required(`${path}.namespace`)]),
  ];
}
