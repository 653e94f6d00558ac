import { since } from "../../meta/human-duration.ts";
import type { ContainerState, ContainerStatus, Pod } from "../../types/core.ts";
import { isReady, podCondition } from "./state.ts";

/** What a pod's line in a table says of its containers. */
export interface PodSummary {
  ready: number;
  /** Containers and sidecars (init containers that restart always). */
  total: number;
  /** `Running`, `Init:0/1`, `CrashLoopBackOff`, `Terminating` … */
  status: string;
  /** `0`, `3 (5s ago)`. */
  restarts: string;
}

/** Restarts, and when the last one was: milliseconds since 1970, 0 for never. */
interface Restarts {
  count: number;
  last: number;
}

/** Models printPod of kubernetes pkg/printers/internalversion/printers.go. @param now milliseconds since 1970 */
export function podSummary(pod: Pod, now: number): PodSummary {
  const { spec, status } = pod;
  const initContainers = spec?.initContainers ?? [];
  const isSidecar = (name: string) => initContainers.find((it) => it.name === name)?.restartPolicy === "Always";
  const total = (spec?.containers?.length ?? 0) + initContainers.filter(({ name }) => isSidecar(name)).length;
  let reason: string = status?.reason || status?.phase || "";
  if (podCondition(pod, "PodScheduled")?.reason === "SchedulingGated") reason = "SchedulingGated";

  let ready = 0;
  let initializing = false;
  let restarts: Restarts = { count: 0, last: 0 };
  let sidecarRestarts: Restarts = { count: 0, last: 0 };
  for (const [i, container] of (status?.initContainerStatuses ?? []).entries()) {
    restarts = addRestarts(restarts, container);
    const sidecar = isSidecar(container.name);
    if (sidecar) sidecarRestarts = addRestarts(sidecarRestarts, container);
    if (container.state?.terminated?.exitCode === 0) continue;
    if (sidecar && container.started) {
      if (container.ready) ready++;
      continue;
    }
    reason = `Init:${initReason(container.state) ?? `${i}/${initContainers.length}`}`;
    initializing = true;
    break;
  }

  if (!initializing || podCondition(pod, "Initialized")?.status === "True") {
    restarts = sidecarRestarts;
    let running = false;
    let failure = "";
    for (const container of [...(status?.containerStatuses ?? [])].reverse()) {
      restarts = addRestarts(restarts, container);
      const { waiting, terminated, running: runningState } = container.state ?? {};
      if (waiting?.reason) reason = waiting.reason;
      else if (terminated) {
        reason = terminatedReason(terminated);
        if (terminated.exitCode !== 0) failure = reason;
      } else if (container.ready && runningState) {
        running = true;
        ready++;
      }
    }
    if (reason === "Completed") {
      if (running && isReady(pod)) reason = "Running";
      else if (failure) reason = failure;
      else if (running) reason = "NotReady";
    }
  }

  if (pod.metadata.deletionTimestamp) {
    if (status?.reason === "NodeLost") reason = "Unknown";
    else if (status?.phase !== "Succeeded" && status?.phase !== "Failed") reason = "Terminating";
  }
  return { ready, total, status: reason, restarts: restartsText(restarts, now) };
}

function addRestarts({ count, last }: Restarts, container: ContainerStatus): Restarts {
  const finished = container.lastState?.terminated?.finishedAt;
  return {
    count: count + (container.restartCount ?? 0),
    last: Math.max(last, finished ? Date.parse(finished) : 0),
  };
}

function restartsText({ count, last }: Restarts, now: number): string {
  if (count === 0 || last === 0) return String(count);
  return `${count} (${since(new Date(last).toISOString(), now)} ago)`;
}

function terminatedReason(state: NonNullable<ContainerState["terminated"]>): string {
  if (state.reason) return state.reason;
  return state.signal ? `Signal:${state.signal}` : `ExitCode:${state.exitCode}`;
}

/** Undefined: it waits for its turn, or runs. */
function initReason(state: ContainerState | undefined): string | undefined {
  if (state?.terminated) return terminatedReason(state.terminated);
  const waiting = state?.waiting?.reason;
  return waiting && waiting !== "PodInitializing" ? waiting : undefined;
}
