import { formatLabels } from "../../api/meta/label-selector.ts";
import type { KubeObject } from "../../api/object.ts";
import { boolText } from "./common.ts";
import { writeEventsOf } from "./events.ts";
import type { Describe } from "./port.ts";
import { DescribeWriter } from "./writer.ts";

interface StorageClass extends KubeObject {
  provisioner?: string;
  parameters?: Record<string, string>;
  allowVolumeExpansion?: boolean;
  mountOptions?: string[];
  reclaimPolicy?: string;
  volumeBindingMode?: string;
  allowedTopologies?: { matchLabelExpressions?: { key: string; values?: string[] }[] }[];
}

/** Models StorageClassDescriber. */
export const describe: Describe<StorageClass> = async (storageClass, port) => {
  const { metadata, mountOptions = [] } = storageClass;
  const isDefault = ["storageclass.kubernetes.io", "storageclass.beta.kubernetes.io"].some(
    (domain) => metadata.annotations?.[`${domain}/is-default-class`] === "true",
  );
  const w = new DescribeWriter();
  w.field(0, "Name", metadata.name ?? "");
  w.field(0, "IsDefaultClass", isDefault ? "Yes" : "No");
  w.field(0, "Annotations", formatLabels(metadata.annotations));
  w.field(0, "Provisioner", storageClass.provisioner ?? "");
  w.field(0, "Parameters", formatLabels(storageClass.parameters));
  w.field(0, "AllowVolumeExpansion", boolText(storageClass.allowVolumeExpansion));
  w.write(0, mountOptions.length === 0 ? "MountOptions:\t<none>\n" : "MountOptions:\n");
  for (const option of mountOptions) w.write(1, `${option}\n`);
  if (storageClass.reclaimPolicy !== undefined) w.field(0, "ReclaimPolicy", storageClass.reclaimPolicy);
  if (storageClass.volumeBindingMode !== undefined) w.field(0, "VolumeBindingMode", storageClass.volumeBindingMode);
  if (storageClass.allowedTopologies) writeTopologies(w, storageClass.allowedTopologies);
  await writeEventsOf(w, storageClass, port);
  return w.text();
};

function writeTopologies(w: DescribeWriter, terms: NonNullable<StorageClass["allowedTopologies"]>): void {
  w.write(0, `AllowedTopologies:\t${terms.length === 0 ? "<none>" : ""}\n`);
  for (const [i, { matchLabelExpressions = [] }] of terms.entries()) {
    w.write(1, `Term ${i}:\t`);
    if (matchLabelExpressions.length === 0) w.write(0, "<none>\n");
    for (const [j, { key, values }] of matchLabelExpressions.entries()) {
      if (j > 0) w.write(1, "\t");
      w.write(0, `${key} in${values?.length ? ` [${values.join(", ")}]` : ""}\n`);
    }
  }
}
