import { fromLabelSelector } from "../../api/meta/label-selector.ts";
import type { StatefulSet, StatefulSetSpec } from "../../api/types/apps.ts";
import type { PersistentVolumeClaim } from "../../api/types/core.ts";
import { storageClassOf } from "./claim.ts";
import { formatTime, listText, quantityText, writeAnnotations, writeLabels, writeName } from "./common.ts";
import { writeEventsOf } from "./events.ts";
import { podsStatusText } from "./owned-pods.ts";
import { writePodTemplate } from "./pod-template.ts";
import type { Describe } from "./port.ts";
import { DescribeWriter } from "./writer.ts";

/** Models StatefulSetDescriber. */
export const describe: Describe<StatefulSet> = async (set, port) => {
  const { metadata, spec = {} as StatefulSetSpec, status } = set;
  const selector = fromLabelSelector(spec.selector);
  const pods = await podsStatusText(set, selector, port);
  const w = new DescribeWriter();
  writeName(w, set, true);
  w.field(0, "CreationTimestamp", formatTime(metadata.creationTimestamp, port));
  w.field(0, "Selector", selector.toString());
  writeLabels(w, "Labels", metadata.labels);
  writeAnnotations(w, "Annotations", metadata.annotations);
  w.field(0, "Replicas", `${spec.replicas ?? 0} desired | ${status?.replicas ?? 0} total`);
  w.field(0, "Update Strategy", spec.updateStrategy?.type ?? "");
  const { partition, maxUnavailable } = spec.updateStrategy?.rollingUpdate ?? {};
  if (partition !== undefined) {
    w.field(1, "Partition", partition);
    if (maxUnavailable !== undefined) w.field(1, "MaxUnavailable", maxUnavailable);
  }
  w.field(0, "Pods Status", pods);
  writePodTemplate(w, spec.template, port);
  writeClaimTemplates(w, spec.volumeClaimTemplates ?? []);
  await writeEventsOf(w, set, port);
  return w.text();
};

function writeClaimTemplates(w: DescribeWriter, templates: readonly PersistentVolumeClaim[]): void {
  w.write(0, templates.length === 0 ? "Volume Claims:\t<none>\n" : "Volume Claims:\n");
  for (const template of templates) {
    const { metadata, spec } = template;
    w.field(1, "Name", metadata.name ?? "");
    w.field(1, "StorageClass", storageClassOf(template, spec?.storageClassName));
    writeLabels(w, "Labels", metadata.labels, "  ");
    writeLabels(w, "Annotations", metadata.annotations, "  ");
    const storage = spec?.resources?.requests?.storage;
    w.field(1, "Capacity", storage === undefined ? "<default>" : quantityText(storage));
    w.field(1, "Access Modes", listText(spec?.accessModes));
  }
}
