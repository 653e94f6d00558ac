import type { IndexedSnapshot } from "../../api/indexes.ts";
import { type PodRuntime, RECORDS } from "../../api/records.ts";
import type { ServiceHistory } from "../../api/service-links.ts";
import type { ResourceKey } from "../../api/snapshot.ts";
import type { Write } from "../../api/writes.ts";
import type { Controller } from "../controller.ts";
import { keyOf, splitKey } from "../keys.ts";

/** Throws away what the simulator keeps of pods and Services that are no more, so that the state does not grow with what has been. */
export const recordCleaner: Controller = {
  name: "record-cleaner",
  manager: "kubemu",
  affected: ({ resource, before, after }) => (before && !after ? [`${resource} ${keyOf(before)}`] : []),
  reconcile(key, snapshot) {
    const [resource = "", path = ""] = key.split(" ");
    const { namespace, name } = splitKey(path);
    // Another of that name has its own records by now, or takes the place of the old ones.
    if (snapshot.get(resource, namespace, name)) return { writes: [] };
    return { writes: resource === "pods" ? ofPod(snapshot, namespace, name) : ofService(namespace, name) };
  },
};

const forget = (resource: ResourceKey, namespace: string, name: string): Write => ({
  verb: "forget",
  resource,
  namespace,
  name,
});

function ofService(namespace: string, name: string): Write[] {
  return [RECORDS.connections, RECORDS.affinities, RECORDS.unshown].map((resource) =>
    forget(resource, namespace, name),
  );
}

function ofPod(snapshot: IndexedSnapshot, namespace: string, name: string): Write[] {
  const logs = snapshot
    .list(RECORDS.logs, namespace)
    .map((log) => log.metadata.name!)
    .filter((log) => log.slice(0, log.lastIndexOf(".")) === name);
  return [
    ...logs.map((log) => forget(RECORDS.logs, namespace, log)),
    forget(RECORDS.runtime, namespace, name),
    ...histories(snapshot, namespace, name),
  ];
}

/** What no container remembers any more of Services that have changed or gone. */
function histories(snapshot: IndexedSnapshot, namespace: string, gone: string): Write[] {
  const kept = snapshot.list<ServiceHistory>(RECORDS.services, namespace).filter(({ past }) => past.length > 0);
  if (kept.length === 0) return [];
  const starts = snapshot
    .list<PodRuntime>(RECORDS.runtime, namespace)
    .filter((runtime) => runtime.metadata.name !== gone)
    .flatMap(({ containers }) => Object.values(containers).map(({ started }) => started ?? Number.POSITIVE_INFINITY));
  const oldest = Math.min(...starts);
  return kept.flatMap((history): Write[] => {
    const past = history.past.filter(({ until }) => until >= oldest);
    if (past.length === history.past.length) return [];
    if (past.length === 0 && history.since === undefined)
      return [forget(RECORDS.services, namespace, history.metadata.name!)];
    return [{ verb: "record", resource: RECORDS.services, object: { ...history, past } as ServiceHistory }];
  });
}
