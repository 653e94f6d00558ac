import { getKey, isObject, type JsonObject, sortedKeys } from "../../api/json.ts";
import { parseQuantity } from "../../api/meta/quantity.ts";
import type {
  DownwardAPIVolumeSource,
  EmptyDirVolumeSource,
  EphemeralVolumeSource,
  PersistentVolumeClaim,
  ProjectedVolumeSource,
  Volume,
} from "../../api/types/core.ts";
import { writeClaim } from "./claim.ts";
import { shorten } from "./common.ts";
import { memberText, SOURCES, type SourceText } from "./volume-sources.ts";
import type { DescribeWriter } from "./writer.ts";

/** `Volumes:` of a pod, or with two blanks before it of a template. Models describeVolumes. */
export function writeVolumes(w: DescribeWriter, volumes: readonly Volume[], indent: "" | "  "): void {
  if (volumes.length === 0) {
    w.write(0, `${indent}Volumes:\t<none>\n`);
    return;
  }
  w.write(0, `${indent}Volumes:\n`);
  for (const volume of volumes) {
    w.write(1, `${indent && " "}${volume.name}:\n`);
    writeVolume(w, volume);
  }
}

function writeVolume(w: DescribeWriter, volume: Volume): void {
  if (volume.emptyDir) writeEmptyDir(w, volume.emptyDir);
  else if (volume.ephemeral) writeEphemeral(w, volume.ephemeral);
  else if (volume.downwardAPI) writeDownward(w, volume.downwardAPI);
  else if (volume.projected) writeProjected(w, volume.projected);
  else writeSource(w, volume as unknown as JsonObject, SOURCES);
}

/** The source that a volume has, of those that list their members. */
export function writeSource(
  w: DescribeWriter,
  volume: JsonObject,
  sources: Readonly<Record<string, SourceText>>,
): void {
  const name = Object.keys(sources).find((key) => isObject(getKey(volume, key)));
  if (name === undefined) {
    w.write(1, "<unknown>\n");
    return;
  }
  const source = getKey(volume, name) as JsonObject;
  const { type, rows } = sources[name]!;
  w.field(2, "Type", type);
  for (const [title, member, show] of rows) w.write(2, `${title}\t${memberText(source[member], show)}\n`);
  if (name === "csi") writeAttributes(w, (source.volumeAttributes ?? {}) as Record<string, string>);
}

/** Models printCSIPersistentVolumeAttributesMultiline. */
function writeAttributes(w: DescribeWriter, attributes: Readonly<Record<string, string>>): void {
  w.write(2, "VolumeAttributes:\t");
  const keys = sortedKeys(attributes);
  if (keys.length === 0) {
    w.write(0, "<none>\n");
    return;
  }
  for (const [i, key] of keys.entries()) {
    if (i > 0) {
      w.write(2, "");
      w.write(2, "\t");
    }
    w.write(2, `${shorten(`${key}=${getKey(attributes, key)}`, 140)}\n`);
  }
}

function writeEmptyDir(w: DescribeWriter, { medium = "", sizeLimit }: EmptyDirVolumeSource): void {
  const limit = sizeLimit === undefined ? undefined : parseQuantity(String(sizeLimit));
  w.field(2, "Type", "EmptyDir (a temporary directory that shares a pod's lifetime)");
  w.field(2, "Medium", medium);
  w.field(2, "SizeLimit", limit && limit.nano > 0n ? limit.text : "<unset>");
}

function writeEphemeral(w: DescribeWriter, { volumeClaimTemplate }: EphemeralVolumeSource): void {
  const type = "EphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)";
  w.field(2, "Type", type);
  if (!volumeClaimTemplate) return;
  const { metadata = {}, spec } = volumeClaimTemplate;
  const claim: PersistentVolumeClaim = { apiVersion: "v1", kind: "PersistentVolumeClaim", metadata, spec };
  writeClaim(w.nested(2), claim);
}

function writeDownward(w: DescribeWriter, { items = [] }: DownwardAPIVolumeSource): void {
  w.write(2, "Type:\tDownwardAPI (a volume populated by information about the pod)\n    Items:\n");
  for (const { fieldRef, resourceFieldRef, path } of items) {
    if (fieldRef) w.write(3, `${fieldRef.fieldPath} -> ${path}\n`);
    if (resourceFieldRef) w.write(3, `${resourceFieldRef.resource} -> ${path}\n`);
  }
}

function writeProjected(w: DescribeWriter, { sources = [] }: ProjectedVolumeSource): void {
  w.field(2, "Type", "Projected (a volume that contains injected data from multiple sources)");
  for (const { secret, downwardAPI, configMap, serviceAccountToken } of sources) {
    if (secret) {
      w.field(2, "SecretName", secret.name ?? "");
      w.field(2, "Optional", secret.optional ?? false);
    } else if (downwardAPI) w.field(2, "DownwardAPI", true);
    else if (configMap) {
      w.field(2, "ConfigMapName", configMap.name ?? "");
      w.field(2, "Optional", configMap.optional ?? false);
    } else if (serviceAccountToken) {
      w.field(2, "TokenExpirationSeconds", serviceAccountToken.expirationSeconds ?? 3600);
    }
  }
}
