import { formatLabelSelector, fromLabelSelector } from "../../api/meta/label-selector.ts";
import { ApiError } from "../../api/status.ts";
import type { ReplicaSet, ReplicaSetSpec } from "../../api/types/apps.ts";
import { writeAnnotations, writeController, writeLabels, writeName, writeShortConditions } from "./common.ts";
import { writeEventsOf } from "./events.ts";
import { podsStatusText } from "./owned-pods.ts";
import { writePodTemplate } from "./pod-template.ts";
import type { Describe } from "./port.ts";
import { DescribeWriter } from "./writer.ts";

/** Models ReplicaSetDescriber. */
export const describe: Describe<ReplicaSet> = async (set, port) => {
  const { metadata, spec = {} as ReplicaSetSpec, status } = set;
  const w = new DescribeWriter();
  writeName(w, set, true);
  w.field(0, "Selector", formatLabelSelector(spec.selector));
  writeLabels(w, "Labels", metadata.labels);
  writeAnnotations(w, "Annotations", metadata.annotations);
  writeController(w, set);
  w.field(0, "Replicas", `${status?.replicas ?? 0} current / ${spec.replicas ?? 0} desired`);
  w.write(0, "Pods Status:\t");
  try {
    w.write(0, `${await podsStatusText(set, fromLabelSelector(spec.selector), port)}\n`);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    w.write(0, `error in fetching pods: ${error.message}\n`);
  }
  writePodTemplate(w, spec.template, port);
  writeShortConditions(w, status?.conditions);
  await writeEventsOf(w, set, port);
  return w.text();
};
