import type { IndexedSnapshot } from "../../api/indexes.ts";
import { getKey, setKey } from "../../api/json.ts";
import { type PodRuntime, RECORDS } from "../../api/records.ts";
import type { Pod, PodStatus } from "../../api/types/core.ts";
import type { Write } from "../../api/writes.ts";

/** Notes when each container that runs has started, in the order of all writes: its environment tells of the Services of that time. */
export function startRecords(snapshot: IndexedSnapshot, pod: Pod, status: PodStatus): Write[] {
  const { namespace = "", name = "", uid = "" } = pod.metadata;
  const stored = snapshot.get<PodRuntime>(RECORDS.runtime, namespace, name);
  const known = stored?.podUid === uid ? stored : undefined;
  const runtimeOf = (container: string) => known && getKey(known.containers, container);
  const started = [...(status.containerStatuses ?? []), ...(status.initContainerStatuses ?? [])].filter(
    ({ name: container, state, restartCount = 0 }) => {
      const runtime = runtimeOf(container);
      return state?.running && (runtime?.restart !== restartCount || runtime.started === undefined);
    },
  );
  if (started.length === 0) return [];
  const containers = { ...known?.containers };
  for (const { name: container, restartCount: restart = 0 } of started) {
    const before = runtimeOf(container);
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
