import { clone } from "../../api/json.ts";
import { matchesAffinity, tolerates } from "../../api/kinds/pod/node-fit.ts";
import type { DaemonSet } from "../../api/types/apps.ts";
import type { Node, Pod, PodSpec, Taint, Toleration } from "../../api/types/core.ts";
import { REVISION_HASH } from "../history.ts";
import { podFromTemplate } from "../pods.ts";

const TEMPLATE_GENERATION = "pod-template-generation";
const GENERATION_ANNOTATION = "deprecated.daemonset.template.generation";

/** Models daemonset_util.go AddOrUpdateDaemonPodTolerations. */
const TOLERATED: readonly [string, "NoExecute" | "NoSchedule"][] = [
  ["not-ready", "NoExecute"],
  ["unreachable", "NoExecute"],
  ["disk-pressure", "NoSchedule"],
  ["memory-pressure", "NoSchedule"],
  ["pid-pressure", "NoSchedule"],
  ["unschedulable", "NoSchedule"],
];

function tolerationsOf(spec: PodSpec): Toleration[] {
  const out = [...(spec.tolerations ?? [])];
  const all = spec.hostNetwork ? [...TOLERATED, ["network-unavailable", "NoSchedule"] as const] : TOLERATED;
  for (const [name, effect] of all) {
    const key = `node.kubernetes.io/${name}`;
    const added: Toleration = { key, operator: "Exists", effect };
    const at = out.findIndex(
      (have) => have.key === key && have.effect === effect && have.operator === "Exists" && !have.value,
    );
    if (at >= 0) out[at] = added;
    else out.push(added);
  }
  return out;
}

/** The pod for one node. Models CreatePodTemplate and ReplaceDaemonSetPodNodeNameNodeAffinity. */
export function podFor(set: DaemonSet, node: string, hash: string): Pod {
  const pod = podFromTemplate(set.spec!.template, set);
  const generation = set.metadata.annotations?.[GENERATION_ANNOTATION];
  pod.metadata.labels = {
    ...pod.metadata.labels,
    ...(generation ? { [TEMPLATE_GENERATION]: generation } : {}),
    [REVISION_HASH]: hash,
  };
  const spec = pod.spec!;
  spec.tolerations = tolerationsOf(spec);
  const affinity = clone(spec.affinity ?? {});
  const matchFields = [{ key: "metadata.name", operator: "In" as const, values: [node] }];
  affinity.nodeAffinity = {
    ...affinity.nodeAffinity,
    requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields }] },
  };
  spec.affinity = affinity;
  return pod;
}

/** The node that a pod is on, or is meant for. Models GetTargetNodeName. */
export function targetNode(pod: Pod): string | undefined {
  if (pod.spec?.nodeName) return pod.spec.nodeName;
  const required = pod.spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  for (const term of required?.nodeSelectorTerms ?? [])
    for (const { key, operator, values } of term.matchFields ?? [])
      if (key === "metadata.name" && operator === "In" && values?.length === 1) return values[0];
  return undefined;
}

/** Whether a node gets a pod, and whether one that is there stays. Models NodeShouldRunDaemonPod. */
export function placement(set: DaemonSet, node: Node): { run: boolean; stay: boolean } {
  const { spec } = set.spec!.template;
  if (spec!.nodeName && spec!.nodeName !== node.metadata.name) return { run: false, stay: false };
  if (!matchesAffinity(spec!, node)) return { run: false, stay: false };
  const tolerations = tolerationsOf(spec!);
  const untolerated = (node.spec?.taints ?? []).filter(
    (taint: Taint) => !tolerations.some((toleration) => tolerates(toleration, taint)),
  );
  if (!untolerated.some((taint) => taint.effect !== "PreferNoSchedule")) return { run: true, stay: true };
  return { run: false, stay: !untolerated.some((taint) => taint.effect === "NoExecute") };
}

/** Models IsPodUpdated. */
export function isUpdated(set: DaemonSet, pod: Pod, hash: string): boolean {
  const generation = set.metadata.annotations?.[GENERATION_ANNOTATION];
  const labels = pod.metadata.labels ?? {};
  return labels[REVISION_HASH] === hash || (!!generation && labels[TEMPLATE_GENERATION] === generation);
}
