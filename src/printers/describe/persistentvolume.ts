import type { JsonObject } from "../../api/json.ts";
import { accessModesText } from "../../api/kinds/persistentvolume/access-modes.ts";
import type { PersistentVolume, VolumeNodeAffinity } from "../../api/types/core.ts";
import { phaseText, storageClassOf } from "./claim.ts";
import { listText, quantityText, writeHead } from "./common.ts";
import { writeEventsOf } from "./events.ts";
import type { Describe } from "./port.ts";
import { memberText, PERSISTENT_SOURCES, SOURCES } from "./volume-sources.ts";
import { writeSource } from "./volumes.ts";
import { DescribeWriter } from "./writer.ts";

/** Models PersistentVolumeDescriber. */
export const describe: Describe<PersistentVolume> = async (volume, port) => {
  const { metadata, spec = {}, status } = volume;
  const w = new DescribeWriter();
  writeHead(w, volume, false);
  w.field(0, "Finalizers", listText(metadata.finalizers));
  w.field(0, "StorageClass", storageClassOf(volume, spec.storageClassName));
  w.field(0, "Status", phaseText(volume, status?.phase, port));
  w.field(0, "Claim", spec.claimRef ? `${spec.claimRef.namespace ?? ""}/${spec.claimRef.name ?? ""}` : "");
  w.field(0, "Reclaim Policy", spec.persistentVolumeReclaimPolicy ?? "");
  w.field(0, "Access Modes", accessModesText(spec.accessModes));
  if (spec.volumeMode !== undefined) w.field(0, "VolumeMode", spec.volumeMode);
  w.field(0, "Capacity", quantityText(spec.capacity?.storage));
  writeNodeAffinity(w, spec.nodeAffinity);
  w.field(0, "Message", status?.message ?? "");
  w.write(0, "Source:\n");
  if (spec.scaleIO) writeScaleIO(w, spec.scaleIO as unknown as JsonObject);
  else writeSource(w, spec as unknown as JsonObject, PERSISTENT_SOURCES);
  await writeEventsOf(w, volume, port);
  return w.text();
};

/** As a pod's, with the secret between its members. */
function writeScaleIO(w: DescribeWriter, source: JsonObject): void {
  const { type, rows } = SOURCES.scaleIO!;
  const secret = (source.secretRef ?? {}) as { name?: string; namespace?: string };
  w.field(2, "Type", type);
  for (const [title, member, show] of rows) {
    w.write(2, `${title}\t${memberText(source[member], show)}\n`);
    if (member !== "volumeName") continue;
    w.field(2, "SecretName", secret.name ?? "");
    w.field(2, "SecretNamespace", secret.namespace ?? "");
  }
}

/** Models printVolumeNodeAffinity. */
function writeNodeAffinity(w: DescribeWriter, affinity: VolumeNodeAffinity | undefined): void {
  w.write(0, "Node Affinity:\t");
  if (!affinity?.required) {
    w.write(0, "<none>\n");
    return;
  }
  w.write(0, "\n");
  w.write(1, "Required Terms:\t");
  const terms = affinity.required.nodeSelectorTerms ?? [];
  w.write(0, terms.length === 0 ? "<none>\n" : "\n");
  for (const [i, { matchExpressions = [] }] of terms.entries()) {
    w.write(2, `Term ${i}:\t`);
    if (matchExpressions.length === 0) w.write(0, "<none>\n");
    for (const [j, { key, operator, values }] of matchExpressions.entries()) {
      if (j > 0) w.write(2, "\t");
      w.write(0, `${key} ${operator.toLowerCase()}${values?.length ? ` [${values.join(", ")}]` : ""}\n`);
    }
  }
}
