import { byOwner, type IndexedSnapshot } from "../api/indexes.ts";
import { clone } from "../api/json.ts";
import { isFinished, isReady, podCondition } from "../api/kinds/pod/state.ts";
import { controllerOf, type KubeObject, type ObjectMeta } from "../api/object.ts";
import type { Pod, PodTemplateSpec } from "../api/types/core.ts";
import type { Write } from "../api/writes.ts";
import { controllerReference } from "./keys.ts";
import { recorder } from "./recorder.ts";

/** The pods that `owner` controls. */
export function podsOf(snapshot: IndexedSnapshot, owner: KubeObject): Pod[] {
  return snapshot
    .listBy<Pod>("pods", byOwner, owner.metadata.uid!)
    .filter((pod) => controllerOf(pod)?.uid === owner.metadata.uid);
}

/** Deletes a pod of `owner`, and tells of it. Models RealPodControl.DeletePod of controller_utils.go. */
export function podRemoval(owner: KubeObject, pod: Pod, component: string): Write[] {
  const { namespace = "", name = "" } = pod.metadata;
  return [
    { verb: "delete", resource: "pods", namespace, name },
    recorder(component)(owner, "Normal", "SuccessfulDelete", `Deleted pod: ${name}`),
  ];
}

/** Not finished and not being deleted. Models controller_utils.IsPodActive. */
export function isActive(pod: Pod): boolean {
  return !isFinished(pod) && !pod.metadata.deletionTimestamp;
}

/** Ready for at least `minReadySeconds`. Models podutil.IsPodAvailable. */
export function isAvailable(pod: Pod, minReadySeconds: number, now: number): boolean {
  return isReady(pod) && availableAt(pod, minReadySeconds) <= now;
}

/** Milliseconds since 1970 at which a ready pod counts as available. */
function availableAt(pod: Pod, minReadySeconds: number): number {
  if (minReadySeconds === 0) return 0;
  return Date.parse(podCondition(pod, "Ready")?.lastTransitionTime ?? "") + minReadySeconds * 1000;
}

/** A pod made from a template. Models controller_utils.GetPodFromTemplate. */
export function podFromTemplate(template: PodTemplateSpec, owner: KubeObject, meta: Partial<ObjectMeta> = {}): Pod {
  const prefix = `${owner.metadata.name}-`;
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      generateName: prefix,
      namespace: owner.metadata.namespace ?? "",
      ...(template.metadata?.labels ? { labels: clone(template.metadata.labels) } : {}),
      ...(template.metadata?.annotations ? { annotations: clone(template.metadata.annotations) } : {}),
      ...(template.metadata?.finalizers ? { finalizers: [...template.metadata.finalizers] } : {}),
      ownerReferences: [controllerReference(owner)],
      ...meta,
    },
    spec: clone(template.spec!),
  };
}

/**
 * Which pods go first when there are too many: unscheduled before scheduled, pending before running, not ready before ready, those on
 * nodes with more of them, the younger, those with more restarts. Models controller_utils.ActivePodsWithRanks.
 */
export function deletionOrder(pods: readonly Pod[]): Pod[] {
  const onNode = new Map<string, number>();
  for (const pod of pods) onNode.set(pod.spec?.nodeName ?? "", (onNode.get(pod.spec?.nodeName ?? "") ?? 0) + 1);
  const phase: Record<string, number> = { Pending: 0, Unknown: 1, Running: 2 };
  const rank = (pod: Pod) => [
    pod.spec?.nodeName ? 1 : 0,
    phase[pod.status?.phase ?? ""] ?? 0,
    isReady(pod) ? 1 : 0,
    Number(pod.metadata.annotations?.["controller.kubernetes.io/pod-deletion-cost"] ?? 0),
    -(onNode.get(pod.spec?.nodeName ?? "") ?? 0),
    isReady(pod) ? -Date.parse(podCondition(pod, "Ready")?.lastTransitionTime ?? "") : 0,
    -restarts(pod),
    -Date.parse(pod.metadata.creationTimestamp ?? ""),
    // Younger by the order of creation where the seconds agree.
    -Number.parseInt(pod.metadata.resourceVersion ?? "0", 10),
  ];
  return pods
    .map((pod) => ({ pod, rank: rank(pod) }))
    .sort((a, b) => {
      const at = a.rank.findIndex((value, i) => value !== b.rank[i]);
      return at < 0 ? 0 : a.rank[at]! - b.rank[at]!;
    })
    .map(({ pod }) => pod);
}

function restarts(pod: Pod): number {
  return Math.max(0, ...(pod.status?.containerStatuses ?? []).map((status) => status.restartCount ?? 0));
}

/** The instant at which the next ready pod becomes available, where `minReadySeconds` says to wait. */
export function nextAvailable(pods: readonly Pod[], minReadySeconds: number, now: number): number | undefined {
  if (minReadySeconds === 0) return undefined;
  const times = pods
    .filter(isReady)
    .map((pod) => availableAt(pod, minReadySeconds))
    .filter((at) => at > now);
  return times.length ? Math.min(...times) : undefined;
}
