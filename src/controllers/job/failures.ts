import { podCondition } from "../../api/kinds/pod/state.ts";
import type { Job, PodFailurePolicyRule } from "../../api/types/batch.ts";
import type { ContainerStatus, Pod } from "../../api/types/core.ts";

/** Models isPodFailed: a pod that is being deleted counts, unless only failed ones are replaced. */
export function isFailed(job: Job, pod: Pod): boolean {
  if (pod.status?.phase === "Failed") return true;
  if (job.spec!.podReplacementPolicy === "Failed") return false;
  return !!pod.metadata.deletionTimestamp && pod.status?.phase !== "Succeeded";
}

/** Milliseconds since 1970. Models backoff_utils.go getFinishedTime. */
function finishedAt(pod: Pod): number {
  const times = (pod.status?.containerStatuses ?? []).map((status) => status.state?.terminated?.finishedAt);
  if (times.length && times.every(Boolean)) return Math.max(...times.map((time) => Date.parse(time!)));
  const ready = podCondition(pod, "Ready");
  if (ready?.status === "False" && ready.lastTransitionTime) return Date.parse(ready.lastTransitionTime);
  const { deletionTimestamp, deletionGracePeriodSeconds, creationTimestamp } = pod.metadata;
  if (deletionTimestamp) return Date.parse(deletionTimestamp) - (deletionGracePeriodSeconds ?? 0) * 1000;
  return Date.parse(creationTimestamp ?? "");
}

/** Milliseconds since 1970 before which no new pod is made; 0: at once. Models backoffRecord.getRemainingTime: 10 s, doubled to ten minutes. */
export function backoffUntil(job: Job, pods: readonly Pod[]): number {
  const succeeded = pods.filter((pod) => pod.status?.phase === "Succeeded").map(finishedAt);
  const since = succeeded.length ? Math.max(...succeeded) : 0;
  const failed = pods
    .filter((pod) => isFailed(job, pod))
    .map(finishedAt)
    .filter((time) => time > since);
  if (failed.length === 0) return 0;
  return Math.max(...failed) + Math.min(10_000 * 2 ** (failed.length - 1), 600_000);
}

export interface PolicyMatch {
  action: PodFailurePolicyRule["action"];
  message: string;
}

/** The rule that a failed pod falls under. Models pod_failure_policy.go matchPodFailurePolicy. */
export function matchPolicy(job: Job, pod: Pod): PolicyMatch | undefined {
  for (const [index, rule] of (job.spec!.podFailurePolicy?.rules ?? []).entries()) {
    const { namespace, name } = pod.metadata;
    const at = `matching ${rule.action} rule at index ${index}`;
    if (rule.onExitCodes) {
      const status = failedContainer(pod, rule);
      if (!status) continue;
      const code = status.state!.terminated!.exitCode;
      return {
        action: rule.action,
        message: `Container ${status.name} for pod ${namespace}/${name} failed with exit code ${code} ${at}`,
      };
    }
    const condition = pod.status?.conditions?.find(({ type, status }) =>
      rule.onPodConditions?.some((pattern) => pattern.type === type && (pattern.status ?? "True") === status),
    );
    if (condition)
      return { action: rule.action, message: `Pod ${namespace}/${name} has condition ${condition.type} ${at}` };
  }
  return undefined;
}

function failedContainer(pod: Pod, { onExitCodes }: PodFailurePolicyRule): ContainerStatus | undefined {
  const { containerName, operator, values } = onExitCodes!;
  return [...(pod.status?.containerStatuses ?? []), ...(pod.status?.initContainerStatuses ?? [])].find((status) => {
    const code = status.state?.terminated?.exitCode ?? 0;
    if (code === 0 || (containerName && containerName !== status.name)) return false;
    return values.includes(code) === (operator === "In");
  });
}

/** Models pastBackoffLimitOnFailure: containers that are restarted in place count by their restarts. */
export function restartedTooOften(job: Job, pods: readonly Pod[]): boolean {
  if (job.spec!.template.spec?.restartPolicy !== "OnFailure") return false;
  let restarts = 0;
  for (const { status } of pods)
    if (status?.phase === "Running" || status?.phase === "Pending")
      for (const container of [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])])
        restarts += container.restartCount ?? 0;
  const limit = job.spec!.backoffLimit ?? 6;
  return limit === 0 ? restarts > 0 : restarts >= limit;
}
