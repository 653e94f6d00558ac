import type { Pod, PodCondition } from "../../types/core.ts";

/** All containers have ended, and none is started again. Models podutil.IsPodTerminal of kubernetes pkg/api/v1/pod. */
export function isFinished(pod: Pod): boolean {
  return pod.status?.phase === "Succeeded" || pod.status?.phase === "Failed";
}

/** Models podutil.GetPodCondition. */
export function podCondition(pod: Pod, type: string): PodCondition | undefined {
  return pod.status?.conditions?.find((condition) => condition.type === type);
}

/** Models podutil.IsPodReady. */
export function isReady(pod: Pod): boolean {
  return podCondition(pod, "Ready")?.status === "True";
}
