import { formatLabelSelector } from "../../api/meta/label-selector.ts";
import type {
  Container,
  PodSpec,
  PodTemplateSpec,
  Toleration,
  TopologySpreadConstraint,
} from "../../api/types/core.ts";
import { writeAnnotations, writeColumn, writeLabels } from "./common.ts";
import { sortedBy, writeContainers } from "./containers.ts";
import type { DescribePort } from "./port.ts";
import { writeVolumes } from "./volumes.ts";
import type { DescribeWriter } from "./writer.ts";

/** `Pod Template:` of the workloads. Models DescribePodTemplate. */
export function writePodTemplate(w: DescribeWriter, template: PodTemplateSpec | undefined, port: DescribePort): void {
  w.write(0, "Pod Template:\n");
  if (!template) {
    w.write(1, "<unset>");
    return;
  }
  const { metadata, spec = {} as PodSpec } = template;
  writeLabels(w, "  Labels", metadata?.labels);
  if (Object.keys(metadata?.annotations ?? {}).length > 0) writeAnnotations(w, "  Annotations", metadata?.annotations);
  if (spec.serviceAccountName) w.field(1, "Service Account", spec.serviceAccountName);
  const section = (label: string, containers: readonly Container[]) =>
    writeContainers(w, { label, containers, template: true }, port);
  if (spec.initContainers?.length) section("Init Containers", spec.initContainers);
  section("Containers", spec.containers ?? []);
  writeVolumes(w, spec.volumes ?? [], "  ");
  writeSpreadConstraints(w, spec.topologySpreadConstraints, "  ");
  if (spec.priorityClassName) w.field(1, "Priority Class Name", spec.priorityClassName);
  writeLabels(w, "  Node-Selectors", spec.nodeSelector);
  writeTolerations(w, "  Tolerations", spec.tolerations);
}

/** Models printTolerationsMultilineWithIndent. */
export function writeTolerations(w: DescribeWriter, title: string, tolerations: readonly Toleration[] = []): void {
  writeColumn(w, `${title}:`, sortedBy(tolerations, ({ key = "" }) => key).map(tolerationText));
}

function tolerationText({ key = "", value = "", effect, operator, tolerationSeconds }: Toleration): string {
  let text = `${key}${value && `=${value}`}${effect ? `:${effect}` : ""}`;
  if (operator === "Exists" && value === "") text += text === "" ? "op=Exists" : " op=Exists";
  return tolerationSeconds === undefined ? text : `${text} for ${tolerationSeconds}s`;
}

/** Models describeTopologySpreadConstraints. */
export function writeSpreadConstraints(
  w: DescribeWriter,
  constraints: readonly TopologySpreadConstraint[] = [],
  indent = "",
): void {
  if (constraints.length === 0) return;
  const texts = sortedBy(constraints, ({ topologyKey }) => topologyKey).map((constraint) => {
    const { topologyKey, whenUnsatisfiable, maxSkew, labelSelector } = constraint;
    const text = `${topologyKey}:${whenUnsatisfiable} when max skew ${maxSkew} is exceeded`;
    return labelSelector ? `${text} for selector ${formatLabelSelector(labelSelector)}` : text;
  });
  writeColumn(w, `${indent}Topology Spread Constraints:`, texts, indent);
}
