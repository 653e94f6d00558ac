import { getKey, sortedKeys } from "../../api/json.ts";
import { serviceNameOf } from "../../api/kinds/endpointslice/marks.ts";
import { formatLabels, selectorFromSet } from "../../api/meta/label-selector.ts";
import type { Pod } from "../../api/types/core.ts";
import type { EndpointSlice } from "../../api/types/discovery.ts";
import { editDistance, nearest } from "./distance.ts";
import { about, type Case, type Finding, inNamespace, patchService } from "./finding.ts";
import { livePods, ownerRef, workloads } from "./workloads.ts";

/** Why a Service has no pods: its selector, another namespace, or nobody that runs any. */
export function checkSelector(subject: Case): Finding[] {
  const { snapshot, service, namespace } = subject;
  const labels = service.spec?.selector;
  if (!labels || Object.keys(labels).length === 0) return withoutSelector(subject);
  const selector = selectorFromSet(labels);
  if (podsOf(subject).length > 0) return [];
  const text = formatLabels(labels);
  const idle = workloads(snapshot, namespace).find((workload) => selector.matches(workload.labels));
  if (idle) {
    const [kind, name] = idle.ref.split("/");
    const problem =
      idle.replicas === 0 ? `${idle.ref} is scaled to 0: no pod has ${text}` : `${idle.ref} has no pod yet`;
    const fix =
      idle.replicas === 0
        ? `kubectl scale ${kind} ${name}${inNamespace(subject)} --replicas=1`
        : `kubectl describe ${kind} ${name}${inNamespace(subject)}`;
    return [about(subject, "error", idle.replicas === 0 ? "scaled-to-zero" : "no-pods-yet", problem, fix)];
  }
  return [near(subject, labels, text) ?? elsewhere(subject, text) ?? nowhere(subject, text)];
}

/** The live pods that the Service selects. */
export function podsOf({ snapshot, service, namespace }: Case): Pod[] {
  const labels = service.spec?.selector;
  if (!labels || Object.keys(labels).length === 0) return [];
  const selector = selectorFromSet(labels);
  return livePods(snapshot, namespace).filter((pod) => selector.matches(pod.metadata.labels));
}

/** Further than so is another word, not a slip. */
const MAX_DISTANCE_SHARE = 0.5;

/** Labels of this namespace that the selector nearly names. */
function near(subject: Case, wanted: Readonly<Record<string, string>>, text: string): Finding | undefined {
  const { snapshot, namespace } = subject;
  const candidates = [
    ...workloads(snapshot, namespace).map(({ ref, labels }) => ({ ref, labels })),
    ...livePods(snapshot, namespace).map((pod) => ({
      ref: ownerRef(snapshot, pod),
      labels: pod.metadata.labels ?? {},
    })),
  ].flatMap(({ ref, labels }) => {
    const match = nearestLabels(wanted, labels);
    return match ? [{ ref, ...match }] : [];
  });
  candidates.sort((a, b) => a.cost - b.cost);
  const best = candidates[0];
  if (!best) return undefined;
  // Keys that go must be named in a merge patch.
  const patch: Record<string, string | null> = {};
  for (const key of sortedKeys(wanted)) if (!Object.hasOwn(best.labels, key)) patch[key] = null;
  for (const key of sortedKeys(best.labels))
    if (getKey(wanted, key) !== getKey(best.labels, key)) patch[key] = best.labels[key]!;
  return about(
    subject,
    "error",
    "selector-matches-nothing",
    `selector ${text} matches no pod; the nearest label is ${formatLabels(best.labels)} of ${best.ref}`,
    patchService(subject, { spec: { selector: patch } }),
  );
}

/** For each pair of a selector the nearest label; undefined when one of them is nowhere near. */
function nearestLabels(
  wanted: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>>,
): { labels: Record<string, string>; cost: number } | undefined {
  // What controllers add belongs to one generation of pods.
  const pairs = Object.entries(labels).filter(([key]) => !GENERATED.has(key));
  const found: Record<string, string> = {};
  let total = 0;
  for (const [key, value] of Object.entries(wanted)) {
    const pair = `${key}=${value}`;
    const best = nearest(pair, pairs, ([k, v]) => `${k}=${v}`);
    if (!best) return undefined;
    const cost = distanceOf(key, value, best);
    if (cost > MAX_DISTANCE_SHARE) return undefined;
    found[best[0]] = best[1];
    total += cost;
  }
  return { labels: found, cost: total };
}

const GENERATED = new Set([
  "pod-template-hash",
  "controller-revision-hash",
  "statefulset.kubernetes.io/pod-name",
  "apps.kubernetes.io/pod-index",
]);

/** 0: the same; a share of the longer of the differing parts. The same value under another key, or a case apart, is near. */
function distanceOf(key: string, value: string, [otherKey, otherValue]: readonly [string, string]): number {
  const share = (a: string, b: string) => (a === b ? 0 : a.toLowerCase() === b.toLowerCase() ? 0.1 : editShare(a, b));
  if (value === otherValue) return Math.min(0.4, share(key, otherKey));
  return share(key, otherKey) + share(value, otherValue);
}

function editShare(a: string, b: string): number {
  return editDistance(a, b) / Math.max(a.length, b.length);
}

function elsewhere(subject: Case, text: string): Finding | undefined {
  const { snapshot, service, namespace } = subject;
  const selector = selectorFromSet(service.spec?.selector);
  const pod = livePods(snapshot).find(
    (candidate) => candidate.metadata.namespace !== namespace && selector.matches(candidate.metadata.labels),
  );
  if (!pod) return undefined;
  const there = pod.metadata.namespace ?? "default";
  const port = service.spec?.ports?.[0];
  const target = port?.targetPort === undefined ? "" : ` --target-port=${port.targetPort}`;
  return about(
    subject,
    "error",
    "pods-in-another-namespace",
    `selector ${text} matches pods in namespace ${there} alone; a Service selects in its own namespace`,
    `kubectl delete service ${subject.name}${inNamespace(subject)}`,
    `kubectl expose ${ownerRef(snapshot, pod)} -n ${there} --name=${subject.name} --port=${port?.port ?? 80}${target}`,
  );
}

function nowhere(subject: Case, text: string): Finding {
  return about(
    subject,
    "error",
    "selector-matches-nothing",
    `selector ${text} matches no pod, and no label in namespace ${subject.namespace} is near it`,
    `kubectl get pods --show-labels${inNamespace(subject)}`,
  );
}

/** Without a selector somebody must write the EndpointSlices. */
function withoutSelector(subject: Case): Finding[] {
  const { snapshot, name, namespace } = subject;
  const slices = snapshot
    .list<EndpointSlice>("endpointslices.discovery.k8s.io", namespace)
    .filter((slice) => serviceNameOf(slice) === name);
  if (slices.some((slice) => (slice.endpoints ?? []).some((endpoint) => endpoint.conditions?.ready !== false)))
    return [];
  const same = workloads(snapshot, namespace).find((workload) => workload.ref.endsWith(`/${name}`));
  const fix = same
    ? patchService(subject, { spec: { selector: same.labels } })
    : `kubectl explain endpointslice.endpoints`;
  const which = same ? `; ${same.ref} has ${formatLabels(same.labels)}` : "";
  return [about(subject, "error", "no-selector", `it has neither a selector nor an EndpointSlice${which}`, fix)];
}
