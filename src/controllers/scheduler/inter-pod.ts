import { fromLabelSelector } from "../../api/meta/label-selector.ts";
import type { KubeObject } from "../../api/object.ts";
import type { Snapshot } from "../../api/snapshot.ts";
import type { Pod, PodAffinityTerm } from "../../api/types/core.ts";
import type { NodeView } from "./node-view.ts";

const NO_AFFINITY = "node(s) didn't match pod affinity rules";
const ANTI_AFFINITY = "node(s) didn't match pod anti-affinity rules";
const OTHERS = "node(s) didn't satisfy existing pods anti-affinity rules";

function affinityTerms(pod: Pod): readonly PodAffinityTerm[] {
  return pod.spec?.affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
}

function antiAffinityTerms(pod: Pod): readonly PodAffinityTerm[] {
  return pod.spec?.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
}

/** Whether a term of `owner` speaks of `pod`. Models framework.AffinityTerm.Matches. */
function speaksOf(term: PodAffinityTerm, owner: Pod, pod: Pod, snapshot: Snapshot): boolean {
  const namespace = pod.metadata.namespace!;
  const { namespaces = [], namespaceSelector, labelSelector } = term;
  const here =
    namespaces.length === 0 && !namespaceSelector
      ? namespace === owner.metadata.namespace
      : namespaces.includes(namespace) ||
        (!!namespaceSelector &&
          fromLabelSelector(namespaceSelector).matches(
            snapshot.get<KubeObject>("namespaces", "", namespace)?.metadata.labels ?? {},
          ));
  if (!here) return false;
  const labels = pod.metadata.labels ?? {};
  const own = owner.metadata.labels ?? {};
  const same = (term.matchLabelKeys ?? []).every((key) => own[key] === undefined || labels[key] === own[key]);
  const other = (term.mismatchLabelKeys ?? []).every((key) => own[key] === undefined || labels[key] !== own[key]);
  return same && other && fromLabelSelector(labelSelector).matches(labels);
}

/**
 * Why pods that are there keep the pod from a node; the first says that nobody's going would help. `views`: all nodes. Models
 * pkg/scheduler/framework/plugins/interpodaffinity/filtering.go.
 */
export function interPodProblem(
  pod: Pod,
  view: NodeView,
  views: readonly NodeView[],
  snapshot: Snapshot,
): { reason: string; hopeless: boolean } | undefined {
  const labels = view.node.metadata.labels ?? {};
  /** The pods in the part of the cluster that this node is of, as a label cuts it. */
  const around = (key: string) =>
    labels[key] === undefined
      ? []
      : views.filter(({ node }) => node.metadata.labels?.[key] === labels[key]).flatMap(({ pods }) => pods);
  const wanted = affinityTerms(pod);
  const matchesAll = (other: Pod) => wanted.every((term) => speaksOf(term, pod, other, snapshot));
  if (wanted.length > 0) {
    if (wanted.some(({ topologyKey }) => labels[topologyKey] === undefined))
      return { reason: NO_AFFINITY, hopeless: true };
    const met = wanted.every(({ topologyKey }) => around(topologyKey).some(matchesAll));
    const first = () => matchesAll(pod) && !views.some(({ pods }) => pods.some(matchesAll));
    if (!met && !first()) return { reason: NO_AFFINITY, hopeless: true };
  }
  const shunned = antiAffinityTerms(pod).some((term) =>
    around(term.topologyKey).some((other) => speaksOf(term, pod, other, snapshot)),
  );
  if (shunned) return { reason: ANTI_AFFINITY, hopeless: false };
  const shuns = views.some(({ node, pods }) =>
    pods.some((other) =>
      antiAffinityTerms(other).some(
        (term) =>
          labels[term.topologyKey] !== undefined &&
          node.metadata.labels?.[term.topologyKey] === labels[term.topologyKey] &&
          speaksOf(term, other, pod, snapshot),
      ),
    ),
  );
  return shuns ? { reason: OTHERS, hopeless: false } : undefined;
}
