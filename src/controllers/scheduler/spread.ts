import { hasUntoleratedTaint, matchesAffinity } from "../../api/kinds/pod/node-fit.ts";
import { fromLabelSelector } from "../../api/meta/label-selector.ts";
import type { Pod, TopologySpreadConstraint } from "../../api/types/core.ts";
import type { NodeView } from "./node-view.ts";

const MISMATCH = "node(s) didn't match pod topology spread constraints";

/** Models pkg/scheduler/framework/plugins/podtopologyspread/filtering.go. */
export function spreadProblem(
  pod: Pod,
  view: NodeView,
  views: readonly NodeView[],
): { reason: string; hopeless: boolean } | undefined {
  const constraints = (pod.spec?.topologySpreadConstraints ?? []).filter(
    ({ whenUnsatisfiable }) => whenUnsatisfiable === "DoNotSchedule",
  );
  const labelled = views.filter(({ node }) =>
    constraints.every(({ topologyKey }) => node.metadata.labels?.[topologyKey] !== undefined),
  );
  for (const constraint of constraints) {
    const here = view.node.metadata.labels?.[constraint.topologyKey];
    if (here === undefined) return { reason: `${MISMATCH} (missing required label)`, hopeless: true };
    const matches = matcherOf(constraint, pod);
    const counts = new Map<string, number>();
    for (const { node, pods } of labelled.filter(({ node }) => counted(constraint, pod, node))) {
      const value = node.metadata.labels![constraint.topologyKey]!;
      counts.set(value, (counts.get(value) ?? 0) + pods.filter(matches).length);
    }
    const least = counts.size < (constraint.minDomains ?? 1) ? 0 : Math.min(...counts.values());
    const skew = (counts.get(here) ?? 0) + (matches(pod) ? 1 : 0) - least;
    if (skew > constraint.maxSkew) return { reason: MISMATCH, hopeless: false };
  }
  return undefined;
}

function matcherOf({ labelSelector, matchLabelKeys = [] }: TopologySpreadConstraint, pod: Pod) {
  const selector = fromLabelSelector(labelSelector);
  const own = pod.metadata.labels ?? {};
  return (other: Pod): boolean =>
    other.metadata.namespace === pod.metadata.namespace &&
    !other.metadata.deletionTimestamp &&
    selector.matches(other.metadata.labels ?? {}) &&
    matchLabelKeys.every((key) => own[key] === undefined || other.metadata.labels?.[key] === own[key]);
}

/** Models topologySpreadConstraint.matchNodeInclusionPolicies. */
function counted(constraint: TopologySpreadConstraint, pod: Pod, node: NodeView["node"]): boolean {
  if (constraint.nodeAffinityPolicy !== "Ignore" && !matchesAffinity(pod.spec!, node)) return false;
  return constraint.nodeTaintsPolicy !== "Honor" || !hasUntoleratedTaint(pod.spec!, node);
}
