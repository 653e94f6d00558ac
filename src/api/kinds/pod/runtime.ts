import { getKey } from "../../json.ts";
import { type ContainerRuntime, type PodRuntime, RECORDS } from "../../records.ts";
import type { Snapshot } from "../../snapshot.ts";
import type { Pod } from "../../types/core.ts";
import { containerStatusesOf } from "./state.ts";

/** The record of a pod, when it is this pod's and not an earlier one's of the same name. */
export function runtimeOf(snapshot: Snapshot, pod: Pod): PodRuntime | undefined {
  const { namespace = "default", name = "", uid = "" } = pod.metadata;
  const record = snapshot.get<PodRuntime>(RECORDS.runtime, namespace, name);
  return record?.podUid === uid ? record : undefined;
}

export function restartsOf(pod: Pod, container: string): number {
  return containerStatusesOf(pod.status).find((status) => status.name === container)?.restartCount ?? 0;
}

/** What a container has done by itself since its last start; undefined: nothing, or it was an instance before. */
export function instanceOf(
  snapshot: Snapshot,
  pod: Pod,
  container: string,
  restart = restartsOf(pod, container),
): ContainerRuntime | undefined {
  const runtime = getKey(runtimeOf(snapshot, pod)?.containers ?? {}, container);
  return runtime?.restart === restart ? runtime : undefined;
}
