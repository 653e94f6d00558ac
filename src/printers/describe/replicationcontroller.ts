import { formatLabels, selectorFromSet } from "../../api/meta/label-selector.ts";
import type { ReplicationController } from "../../api/types/core.ts";
import { writeAnnotations, writeLabels, writeName, writeShortConditions } from "./common.ts";
import { writeEventsOf } from "./events.ts";
import { podsStatusText } from "./owned-pods.ts";
import { writePodTemplate } from "./pod-template.ts";
import type { Describe } from "./port.ts";
import { DescribeWriter } from "./writer.ts";

/** Models ReplicationControllerDescriber. */
export const describe: Describe<ReplicationController> = async (controller, port) => {
  const { metadata, spec = {}, status } = controller;
  const w = new DescribeWriter();
  writeName(w, controller, true);
  w.field(0, "Selector", formatLabels(spec.selector));
  writeLabels(w, "Labels", metadata.labels);
  writeAnnotations(w, "Annotations", metadata.annotations);
  w.field(0, "Replicas", `${status?.replicas ?? 0} current / ${spec.replicas ?? 0} desired`);
  w.field(0, "Pods Status", await podsStatusText(controller, selectorFromSet(spec.selector), port));
  writePodTemplate(w, spec.template, port);
  writeShortConditions(w, status?.conditions);
  await writeEventsOf(w, controller, port);
  return w.text();
};
