import { formatLabels } from "../../api/meta/label-selector.ts";
import type { KubeObject } from "../../api/object.ts";
import { writeEventsOf } from "./events.ts";
import type { Describe } from "./port.ts";
import { DescribeWriter } from "./writer.ts";

interface PriorityClass extends KubeObject {
  value?: number;
  globalDefault?: boolean;
  preemptionPolicy?: string;
  description?: string;
}

/** Models PriorityClassDescriber. */
export const describe: Describe<PriorityClass> = async (priority, port) => {
  const w = new DescribeWriter();
  w.field(0, "Name", priority.metadata.name ?? "");
  w.field(0, "Value", priority.value ?? 0);
  w.field(0, "GlobalDefault", priority.globalDefault ?? false);
  w.field(0, "PreemptionPolicy", priority.preemptionPolicy ?? "");
  w.field(0, "Description", priority.description ?? "");
  w.field(0, "Annotations", formatLabels(priority.metadata.annotations));
  await writeEventsOf(w, priority, port);
  return w.text();
};
