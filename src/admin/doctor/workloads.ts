import { isFinished } from "../../api/kinds/pod/state.ts";
import { controllerOf, type KubeObject } from "../../api/object.ts";
import type { Snapshot } from "../../api/snapshot.ts";
import type { Pod, PodSpec } from "../../api/types/core.ts";

/** What makes pods. */
export interface Workload {
  /** `deployment/web`. */
  ref: string;
  namespace: string;
  labels: Readonly<Record<string, string>>;
  replicas: number;
}

interface Templated extends KubeObject {
  spec?: { replicas?: number; template?: { metadata?: { labels?: Record<string, string> }; spec?: PodSpec } };
}

const KINDS = [
  ["deployments.apps", "deployment"],
  ["statefulsets.apps", "statefulset"],
  ["replicasets.apps", "replicaset"],
  ["replicationcontrollers", "replicationcontroller"],
] as const;

/** Everything that keeps a number of pods and that nothing else owns. */
export function workloads(snapshot: Snapshot, namespace?: string): Workload[] {
  return KINDS.flatMap(([resource, kind]) =>
    snapshot
      .list<Templated>(resource, namespace)
      .filter((object) => !controllerOf(object))
      .map((object) => ({
        ref: `${kind}/${object.metadata.name}`,
        namespace: object.metadata.namespace ?? "default",
        labels: object.spec?.template?.metadata?.labels ?? {},
        replicas: object.spec?.replicas ?? 1,
      })),
  );
}

/** `deployment/web` of a pod, found over its ReplicaSet; `pod/tmp` for one that nothing owns. */
export function ownerRef(snapshot: Snapshot, pod: Pod): string {
  let object: KubeObject = pod;
  let ref = `pod/${pod.metadata.name}`;
  for (;;) {
    const owner = controllerOf(object);
    if (!owner) return ref;
    ref = `${owner.kind.toLowerCase()}/${owner.name}`;
    const resource = KINDS.find(([, kind]) => kind === owner.kind.toLowerCase())?.[0];
    const next = resource && snapshot.get(resource, pod.metadata.namespace ?? "default", owner.name);
    if (!next) return ref;
    object = next;
  }
}

/** Pods that are there to serve: not ended, not being deleted. */
export function livePods(snapshot: Snapshot, namespace?: string): Pod[] {
  return snapshot.list<Pod>("pods", namespace).filter((pod) => !pod.metadata.deletionTimestamp && !isFinished(pod));
}
