import { accessModesText, STORAGE_CLASS_ANNOTATION } from "../../api/kinds/persistentvolume/access-modes.ts";
import { since } from "../../api/meta/human-duration.ts";
import type { KubeObject } from "../../api/object.ts";
import type { PersistentVolumeClaim } from "../../api/types/core.ts";
import { listText, quantityText, writeAnnotations, writeLabels, writeName } from "./common.ts";
import type { DescribePort } from "./port.ts";
import type { DescribeWriter } from "./writer.ts";

/** The storage class of a volume or a claim: the old annotation's, else the field's. */
export function storageClassOf({ metadata }: KubeObject, storageClassName: string | undefined): string {
  return metadata.annotations?.[STORAGE_CLASS_ANNOTATION] ?? storageClassName ?? "";
}

/** `Finalizers` and a status that says since when an object is being deleted, as volumes and claims have them. */
export function phaseText(object: KubeObject, phase: string | undefined, port: DescribePort): string {
  const { deletionTimestamp } = object.metadata;
  return deletionTimestamp ? `Terminating (lasts ${since(deletionTimestamp, port.now)})` : (phase ?? "");
}

/** A claim, or without `port` a template of one. Models printPersistentVolumeClaim. */
export function writeClaim(w: DescribeWriter, claim: PersistentVolumeClaim, port?: DescribePort): void {
  const { metadata, spec = {}, status } = claim;
  if (port) writeName(w, claim, true);
  w.field(0, "StorageClass", storageClassOf(claim, spec.storageClassName));
  if (port) w.field(0, "Status", phaseText(claim, status?.phase, port));
  w.field(0, "Volume", spec.volumeName ?? "");
  writeLabels(w, "Labels", metadata.labels);
  writeAnnotations(w, "Annotations", metadata.annotations);
  if (port) w.field(0, "Finalizers", listText(metadata.finalizers));
  w.field(0, "Capacity", spec.volumeName ? quantityText(status?.capacity?.storage) : "");
  w.field(0, "Access Modes", spec.volumeName ? accessModesText(status?.accessModes) : "");
  if (spec.volumeMode !== undefined) w.field(0, "VolumeMode", spec.volumeMode);
  if (!spec.dataSource) return;
  w.write(0, "DataSource:\n");
  if (spec.dataSource.apiGroup !== undefined) w.field(1, "APIGroup", spec.dataSource.apiGroup);
  w.field(1, "Kind", spec.dataSource.kind);
  w.field(1, "Name", spec.dataSource.name);
}
