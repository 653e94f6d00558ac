import { TRIGGER_TIME } from "../../api/kinds/endpointslice/marks.ts";
import { isReady, podCondition } from "../../api/kinds/pod/state.ts";
import type { ObjectMeta } from "../../api/object.ts";
import type { Pod, Service } from "../../api/types/core.ts";

/** Before the key of a Service that had addresses already, and lost them to somebody. */
export const AGAIN = "again ";

/** What the addresses said, when they have just been lost. */
export function readyNow(pods: readonly Pod[]): Map<string, boolean> {
  return new Map(pods.map((pod) => [pod.metadata.uid!, isReady(pod)]));
}

/**
 * Notes when that happened which the written addresses follow: the creation of the Service on the first sync, then the earliest change
 * of the readiness of a pod. Changes of another origin, such as labels or pods that go, leave no time at all.
 * Models k8s.io/endpointslice/util TriggerTimeTracker, which remembers what the stored addresses say as well.
 */
export function noteTriggerTime(
  meta: ObjectMeta,
  service: Service,
  /** The pods that the addresses are made of, by uid. */
  pods: ReadonlyMap<string, Pod>,
  /** Which pods were addresses before, by uid, and whether ready; undefined on the first sync. */
  before: ReadonlyMap<string, boolean> | undefined,
): void {
  const time = before ? firstChange(pods, before) : service.metadata.creationTimestamp;
  const { [TRIGGER_TIME]: _, ...annotations } = meta.annotations ?? {};
  if (time) annotations[TRIGGER_TIME] = time;
  if (Object.keys(annotations).length > 0) meta.annotations = annotations;
  else delete meta.annotations;
}

function firstChange(pods: ReadonlyMap<string, Pod>, before: ReadonlyMap<string, boolean>): string | undefined {
  let first: string | undefined;
  for (const [uid, pod] of pods) {
    if (before.get(uid) === isReady(pod)) continue;
    const time = podCondition(pod, "Ready")?.lastTransitionTime;
    if (time && (!first || time < first)) first = time;
  }
  return first;
}
