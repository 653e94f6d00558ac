import { formatLabels } from "../../api/meta/label-selector.ts";
import type { KubeObject } from "../../api/object.ts";
import { writeEventsOf } from "./events.ts";
import type { Describe } from "./port.ts";
import { DescribeWriter } from "./writer.ts";

interface VolumeAttributesClass extends KubeObject {
  driverName?: string;
  parameters?: Record<string, string>;
}

/** Models VolumeAttributesClassDescriber. */
export const describe: Describe<VolumeAttributesClass> = async (attributesClass, port) => {
  const w = new DescribeWriter();
  w.field(0, "Name", attributesClass.metadata.name ?? "");
  w.field(0, "Annotations", formatLabels(attributesClass.metadata.annotations));
  w.field(0, "DriverName", attributesClass.driverName ?? "");
  w.field(0, "Parameters", formatLabels(attributesClass.parameters));
  await writeEventsOf(w, attributesClass, port);
  return w.text();
};
