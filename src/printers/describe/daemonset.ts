import { formatLabels, fromLabelSelector } from "../../api/meta/label-selector.ts";
import type { DaemonSet, DaemonSetSpec, DaemonSetStatus } from "../../api/types/apps.ts";
import { writeAnnotations, writeLabels, writeName } from "./common.ts";
import { writeEventsOf } from "./events.ts";
import { podsStatusText } from "./owned-pods.ts";
import { writePodTemplate } from "./pod-template.ts";
import type { Describe } from "./port.ts";
import { DescribeWriter } from "./writer.ts";

/** Models DaemonSetDescriber. */
export const describe: Describe<DaemonSet> = async (set, port) => {
  const { metadata, spec = {} as DaemonSetSpec, status = {} as Partial<DaemonSetStatus> } = set;
  const selector = fromLabelSelector(spec.selector);
  const pods = await podsStatusText(set, selector, port);
  const w = new DescribeWriter();
  writeName(w, set, true);
  w.field(0, "Selector", selector.toString());
  w.field(0, "Node-Selector", formatLabels(spec.template?.spec?.nodeSelector));
  writeLabels(w, "Labels", metadata.labels);
  writeAnnotations(w, "Annotations", metadata.annotations);
  // No columns: these are plain lines.
  w.write(0, `Desired Number of Nodes Scheduled: ${status.desiredNumberScheduled ?? 0}\n`);
  w.write(0, `Current Number of Nodes Scheduled: ${status.currentNumberScheduled ?? 0}\n`);
  w.write(0, `Number of Nodes Scheduled with Up-to-date Pods: ${status.updatedNumberScheduled ?? 0}\n`);
  w.write(0, `Number of Nodes Scheduled with Available Pods: ${status.numberAvailable ?? 0}\n`);
  w.write(0, `Number of Nodes Misscheduled: ${status.numberMisscheduled ?? 0}\n`);
  w.field(0, "Pods Status", pods);
  writePodTemplate(w, spec.template, port);
  await writeEventsOf(w, set, port);
  return w.text();
};
