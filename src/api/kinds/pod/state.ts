import { timestamp } from "../../snapshot.ts";
import type { Container, ContainerStatus, Pod, PodCondition, PodSpec } from "../../types/core.ts";

/** All containers have ended, and none is started again. Models podutil.IsPodTerminal of kubernetes pkg/api/v1/pod. */
export function isFinished(pod: Pod): boolean {
  return pod.status?.phase === "Succeeded" || pod.status?.phase === "Failed";
}

/** Models podutil.GetPodCondition. */
export function podCondition(pod: Pod, type: string): PodCondition | undefined {
  return pod.status?.conditions?.find((condition) => condition.type === type);
}

/** Sets a condition of a private copy; its time is that of its last change. Models podutil.UpdatePodCondition. */
export function updatePodCondition(
  pod: Pod,
  condition: Pick<PodCondition, "type" | "status" | "reason" | "message">,
  now: number,
): void {
  pod.status ??= {};
  pod.status.conditions ??= [];
  const { conditions } = pod.status;
  const at = conditions.findIndex(({ type }) => type === condition.type);
  const old = conditions[at];
  const lastTransitionTime = old?.status === condition.status ? old.lastTransitionTime : timestamp(now);
  // Go writes a zero time of this type as null.
  const lastProbeTime = null as unknown as string;
  conditions[at < 0 ? conditions.length : at] = {
    ...condition,
    lastProbeTime,
    ...(lastTransitionTime && { lastTransitionTime }),
  };
}

/** Models podutil.IsPodReady. */
export function isReady(pod: Pod): boolean {
  return podCondition(pod, "Ready")?.status === "True";
}

/** The containers of every sort: those of the pod, those before them, those that came later. */
export function containersOf({ spec }: Pod): Container[] {
  const { containers = [], initContainers = [], ephemeralContainers = [] } = spec ?? {};
  return [...containers, ...initContainers, ...(ephemeralContainers as Container[])];
}

/** What is reported of them, in the same order. */
export function containerStatusesOf(status: Pod["status"]): ContainerStatus[] {
  const { containerStatuses = [], initContainerStatuses = [], ephemeralContainerStatuses = [] } = status ?? {};
  return [...containerStatuses, ...initContainerStatuses, ...ephemeralContainerStatuses];
}

/** The same with the path of each, below that of the specification; those before the pod's come first. */
export function containersWithPaths(spec: PodSpec, path: string): [Container, string][] {
  return (["initContainers", "containers", "ephemeralContainers"] as const).flatMap((list) =>
    ((spec[list] ?? []) as Container[]).map((container, i): [Container, string] => [
      container,
      `${path}.${list}[${i}]`,
    ]),
  );
}
