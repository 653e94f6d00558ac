import type { Node, NodeSelectorTerm, Pod, PodSpec, Taint, Toleration } from "../../types/core.ts";

/** What of a node itself keeps a pod away, in the words of the scheduler's plug-ins. Models pkg/scheduler/framework/plugins. */
export function misfit(pod: Pod, node: Node): string | undefined {
  const spec = pod.spec!;
  if (node.spec?.unschedulable && !spec.tolerations?.some((t) => tolerates(t, UNSCHEDULABLE)))
    return "node(s) were unschedulable";
  if (hasUntoleratedTaint(spec, node)) return "node(s) had untolerated taint(s)";
  if (!matchesAffinity(spec, node)) return "node(s) didn't match Pod's node affinity/selector";
  return undefined;
}

export function hasUntoleratedTaint(spec: PodSpec, node: Node): boolean {
  return (node.spec?.taints ?? []).some(
    (taint) => taint.effect !== "PreferNoSchedule" && !(spec.tolerations ?? []).some((t) => tolerates(t, taint)),
  );
}

const UNSCHEDULABLE: Taint = { key: "node.kubernetes.io/unschedulable", effect: "NoSchedule" };

/** Models corev1helpers.ToleratesTaint. */
export function tolerates(toleration: Toleration, taint: Taint): boolean {
  if (toleration.effect && toleration.effect !== taint.effect) return false;
  if (toleration.key && toleration.key !== taint.key) return false;
  if (toleration.operator === "Exists") return true;
  return !!toleration.key && (toleration.value ?? "") === (taint.value ?? "");
}

/** spec.nodeSelector and the required node affinity. Models component-helpers nodeaffinity.GetRequiredNodeAffinity. */
export function matchesAffinity(spec: PodSpec, node: Node): boolean {
  const labels = node.metadata.labels ?? {};
  const wanted = Object.entries(spec.nodeSelector ?? {});
  if (!wanted.every(([key, value]) => labels[key] === value)) return false;
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  return !required || required.nodeSelectorTerms.some((term) => matchesTerm(term, node));
}

/** Models component-helpers nodeaffinity. */
function matchesTerm(term: NodeSelectorTerm, node: Node): boolean {
  const labels = node.metadata.labels ?? {};
  const byLabel = (term.matchExpressions ?? []).every(({ key, operator, values }) =>
    holds(labels[key], operator, values ?? []),
  );
  const byField = (term.matchFields ?? []).every(
    ({ key, operator, values }) => key === "metadata.name" && holds(node.metadata.name, operator, values ?? []),
  );
  return byLabel && byField && ((term.matchExpressions ?? []).length > 0 || (term.matchFields ?? []).length > 0);
}

function holds(value: string | undefined, operator: string, values: readonly string[]): boolean {
  switch (operator) {
    case "In":
      return value !== undefined && values.includes(value);
    case "NotIn":
      return value === undefined || !values.includes(value);
    case "Exists":
      return value !== undefined;
    case "DoesNotExist":
      return value === undefined;
    case "Gt":
      return value !== undefined && Number(value) > Number(values[0]);
    case "Lt":
      return value !== undefined && Number(value) < Number(values[0]);
    default:
      return false;
  }
}
