import { containerStatusesOf, containersOf } from "../api/kinds/pod/state.ts";
import { type ContainerLog, RECORDS } from "../api/records.ts";
import type { Snapshot } from "../api/snapshot.ts";
import type { ContainerStatus, Pod } from "../api/types/core.ts";
import { processOf } from "../images/catalogue.ts";
import { podView } from "../network/http/serve.ts";

type Lines = ContainerLog["lines"];

/**
 * What a container has printed, oldest first: what its process says at its start, which follows from the pod, and what has been
 * recorded since. `previous`: the instance before its last restart.
 */
export function containerLog(snapshot: Snapshot, pod: Pod, name: string, previous: boolean): Lines {
  const { namespace = "default", name: podName = "", uid = "" } = pod.metadata;
  const container = containersOf(pod).find((candidate) => candidate.name === name);
  const status = statusOf(pod, name);
  const state = previous ? status?.lastState : status?.state?.waiting ? status.lastState : status?.state;
  const startedAt = Date.parse(state?.running?.startedAt ?? state?.terminated?.startedAt ?? "");
  if (!container || Number.isNaN(startedAt) || startedAt <= 0) return [];
  const record = snapshot.get<ContainerLog>(RECORDS.logs, namespace, `${podName}.${name}`);
  const instance = (status?.restartCount ?? 0) - (previous ? 1 : 0);
  const kept = [record, record?.previous].find((entry) => entry?.podUid === `${uid}/${instance}`);
  const own = kept?.lines ?? [];
  const view = podView(snapshot, pod, container);
  const ended = Date.parse(state?.terminated?.finishedAt ?? "");
  const now = Number.isNaN(ended) ? view.now : Math.min(view.now, ended);
  const start = processOf(snapshot, pod, container).startLines?.({ ...view, startedAt, now }) ?? [];
  return [...start.map(({ at = startedAt, ...line }) => ({ time: nanoTime(at), ...line })), ...own];
}

export function statusOf(pod: Pod, container: string): ContainerStatus | undefined {
  return containerStatusesOf(pod.status).find((status) => status.name === container);
}

/** RFC 3339 with nanoseconds, as the runtime stamps its lines. */
function nanoTime(ms: number): string {
  return new Date(ms).toISOString().replace("Z", "000000Z");
}
