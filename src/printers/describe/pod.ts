import { qosClassOf } from "../../api/kinds/pod/qos.ts";
import { isFinished } from "../../api/kinds/pod/state.ts";
import { since } from "../../api/meta/human-duration.ts";
import type { Container, Pod, PodSpec } from "../../api/types/core.ts";
import { formatTime, writeAnnotations, writeController, writeLabels, writeName } from "./common.ts";
import { type ContainerSection, writeContainers, writeResources } from "./containers.ts";
import { fieldsOf } from "./env.ts";
import { searchEvents, subjectOf, writeEvents } from "./events.ts";
import { writeSpreadConstraints, writeTolerations } from "./pod-template.ts";
import type { Describe, DescribePort } from "./port.ts";
import { writeVolumes } from "./volumes.ts";
import { DescribeWriter } from "./writer.ts";

const MIRROR = "kubernetes.io/config.mirror";

/** Models PodDescriber. */
export const describe: Describe<Pod> = async (pod, port) => {
  const w = new DescribeWriter();
  const { spec = {} as PodSpec, status } = pod;
  writePlace(w, pod, port);
  writeStatus(w, pod, port);
  writeAllContainers(w, pod, port);
  if (spec.readinessGates?.length) {
    w.write(0, "Readiness Gates:\n  Type\tStatus\n");
    for (const { conditionType } of spec.readinessGates) {
      const found = status?.conditions?.find(({ type }) => type === conditionType)?.status;
      w.write(1, `${conditionType} \t${found ?? "<none>"} \n`);
    }
  }
  if (status?.conditions?.length) {
    w.write(0, "Conditions:\n  Type\tStatus\n");
    for (const condition of status.conditions) w.write(1, `${condition.type} \t${condition.status} \n`);
  }
  writeVolumes(w, spec.volumes ?? [], "");
  w.field(0, "QoS Class", status?.qosClass || qosClassOf(pod));
  writeLabels(w, "Node-Selectors", spec.nodeSelector);
  writeTolerations(w, "Tolerations", spec.tolerations);
  writeSpreadConstraints(w, spec.topologySpreadConstraints);
  if (port.showEvents) {
    const subject = { ...subjectOf(pod), kind: "" };
    // The kubelet reports of a static pod under its own name for it.
    const mirror = pod.metadata.annotations?.[MIRROR];
    writeEvents(w, await searchEvents(mirror === undefined ? subject : { ...subject, uid: mirror }, port), port);
  }
  return w.text();
};

function writePlace(w: DescribeWriter, pod: Pod, port: DescribePort): void {
  const { spec = {} as PodSpec, status } = pod;
  writeName(w, pod, true);
  if (spec.priority !== undefined) w.field(0, "Priority", spec.priority);
  if (spec.priorityClassName) w.field(0, "Priority Class Name", spec.priorityClassName);
  if (spec.runtimeClassName) w.field(0, "Runtime Class Name", spec.runtimeClassName);
  if (spec.serviceAccountName) w.field(0, "Service Account", spec.serviceAccountName);
  w.field(0, "Node", spec.nodeName ? `${spec.nodeName}/${status?.hostIP ?? ""}` : "<none>");
  if (status?.startTime) w.field(0, "Start Time", formatTime(status.startTime, port));
  writeLabels(w, "Labels", pod.metadata.labels);
  writeAnnotations(w, "Annotations", pod.metadata.annotations);
}

function writeStatus(w: DescribeWriter, pod: Pod, port: DescribePort): void {
  const { metadata, spec = {} as PodSpec, status = {} } = pod;
  if (metadata.deletionTimestamp && !isFinished(pod)) {
    w.field(0, "Status", `Terminating (lasts ${since(metadata.deletionTimestamp, port.now)})`);
    w.field(0, "Termination Grace Period", `${metadata.deletionGracePeriodSeconds ?? 0}s`);
  } else w.field(0, "Status", status.phase ?? "");
  if (status.reason) w.field(0, "Reason", status.reason);
  if (status.message) w.field(0, "Message", status.message);
  const profile = spec.securityContext?.seccompProfile;
  if (profile) w.field(0, "SeccompProfile", profile.type);
  if (profile?.type === "Localhost") w.field(0, "LocalhostProfile", profile.localhostProfile ?? "");
  w.field(0, "IP", status.podIP ?? "");
  w.write(0, status.podIPs?.length ? "IPs:\n" : "IPs:\t<none>\n");
  for (const { ip = "" } of status.podIPs ?? []) w.field(1, "IP", ip);
  writeController(w, pod);
  if (status.nominatedNodeName) w.field(0, "NominatedNodeName", status.nominatedNodeName);
  if (!spec.resources) return;
  w.write(0, "Resources:\n");
  writeResources(w, spec.resources, 1);
}

function writeAllContainers(w: DescribeWriter, pod: Pod, port: DescribePort): void {
  const { spec = {} as PodSpec, status = {} } = pod;
  const section = (label: string, containers: readonly Container[], statuses: ContainerSection["statuses"]) =>
    writeContainers(w, { label, containers, statuses: statuses ?? [], resolve: fieldsOf(pod) }, port);
  if (spec.initContainers?.length) section("Init Containers", spec.initContainers, status.initContainerStatuses);
  section("Containers", spec.containers ?? [], status.containerStatuses);
  if (!spec.ephemeralContainers?.length) return;
  section("Ephemeral Containers", spec.ephemeralContainers as Container[], status.ephemeralContainerStatuses);
}
