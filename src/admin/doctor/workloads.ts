import { isFinished } from "../../api/kinds/pod/state.ts";
import { controllerOf, type KubeObject } from "../../api/object.ts";
import type { Snapshot } from "../../api/snapshot.ts";
import type { Pod, PodSpec } from "../../api/types/core.ts";
import { type Case, inNamespace, shellWord } from "./finding.ts";

/** What makes pods. */
export interface Workload {
  /** `deployment/web`. */
  ref: string;
  kind: string;
  name: string;
  namespace: string;
  /** Of the pods that it makes. */
  labels: Readonly<Record<string, string>>;
  /** Of itself. */
  ownLabels: Readonly<Record<string, string>>;
  replicas: number;
  object: Templated;
}

export interface Templated extends KubeObject {
  spec?: {
    replicas?: number;
    paused?: boolean;
    template?: { metadata?: { labels?: Record<string, string> }; spec?: PodSpec };
  };
  status?: { conditions?: { type: string; status?: string; message?: string }[] };
}

const KINDS = [
  ["deployments.apps", "deployment"],
  ["statefulsets.apps", "statefulset"],
  ["daemonsets.apps", "daemonset"],
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
        kind,
        name: object.metadata.name!,
        namespace: object.metadata.namespace ?? "default",
        labels: object.spec?.template?.metadata?.labels ?? {},
        ownLabels: object.metadata.labels ?? {},
        replicas: object.spec?.replicas ?? 1,
        object,
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

/** One step of a JSON patch, its path below `/spec` of a pod. */
export interface PodChange {
  op: "add" | "replace" | "remove";
  path: string;
  value?: unknown;
}

/** `kubectl patch deployment web --type=json -p '…'`, which changes its pods; undefined where a pod itself would have to change. */
export function patchTemplate(
  subject: Pick<Case, "namespace" | "currentNamespace">,
  ref: string,
  ...changes: PodChange[]
): string | undefined {
  const [kind = "", name = ""] = ref.split("/");
  if (!KINDS.some(([, known]) => known === kind)) return undefined;
  const patch = changes.map((change) => ({ ...change, path: `/spec/template/spec${change.path}` }));
  return `kubectl patch ${kind} ${name}${inNamespace(subject)} --type=json -p ${shellWord(JSON.stringify(patch))}`;
}
