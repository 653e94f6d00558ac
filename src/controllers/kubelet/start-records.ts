import type { IndexedSnapshot } from "../../api/indexes.ts";
import { getKey, setKey } from "../../api/json.ts";
import { containerStatusesOf } from "../../api/kinds/pod/state.ts";
import { type PodRuntime, RECORDS } from "../../api/records.ts";
import type { Pod, PodStatus } from "../../api/types/core.ts";
import type { Write } from "../../api/writes.ts";

/** When the kubelet first saw a container that came later than its pod; undefined: it does so now. */
export function seenAt(snapshot: IndexedSnapshot, pod: Pod, container: string): number | undefined {
  const { namespace = "", name = "", uid = "" } = pod.metadata;
  const stored = snapshot.get<PodRuntime>(RECORDS.runtime, namespace, name);
  return stored?.podUid === uid ? getKey(stored.containers, container)?.seen : undefined;
}

/** Notes when each container that runs has started, in the order of all writes: its environment tells of the Services of that time. */
export function startRecords(snapshot: IndexedSnapshot, pod: Pod, status: PodStatus): Write[] {
  const { namespace = "", name = "", uid = "" } = pod.metadata;
  const stored = snapshot.get<PodRuntime>(RECORDS.runtime, namespace, name);
  const known = stored?.podUid === uid ? stored : undefined;
  const runtimeOf = (container: string) => known && getKey(known.containers, container);
  const started = containerStatusesOf(status).filter(({ name: container, state, restartCount = 0 }) => {
    const runtime = runtimeOf(container);
    return state?.running && (runtime?.restart !== restartCount || runtime.started === undefined);
  });
  const late = (status.ephemeralContainerStatuses ?? []).filter(
    ({ name: container }) => runtimeOf(container)?.seen === undefined,
  );
  if (started.length === 0 && late.length === 0) return [];
  const containers = { ...known?.containers };
  for (const { name: container } of late)
    setKey(containers, container, { restart: 0, files: {}, ...runtimeOf(container), seen: snapshot.now });
  for (const { name: container, restartCount: restart = 0 } of started) {
    const before = getKey(containers, container);
    const kept = before?.restart === restart ? before : { restart, files: {} };
    setKey(containers, container, { ...kept, started: snapshot.version });
  }
  const object: PodRuntime = {
    apiVersion: "kubemu.dev/v1",
    kind: "PodRuntime",
    metadata: { name, namespace },
    podUid: uid,
    containers,
    volumes: known?.volumes ?? {},
  };
  return [{ verb: "record", resource: RECORDS.runtime, object }];
}
