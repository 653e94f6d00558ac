import { clone } from "../api/json.ts";
import { isFinished } from "../api/kinds/pod/state.ts";
import type { KubeObject } from "../api/object.ts";
import { timestamp } from "../api/snapshot.ts";
import { conflict, forbidden } from "../api/status.ts";
import type { Namespace, Pod } from "../api/types/core.ts";
import type { Propagation } from "../api/writes.ts";
import { existing, groupResourceOf, type Request } from "./request.ts";
import { erase, nextResourceVersion, store } from "./world.ts";

export interface Deletion {
  gracePeriodSeconds?: number;
  propagation?: Propagation;
  preconditions?: { uid?: string; resourceVersion?: string };
}

/** Models apiserver pkg/registry/generic/registry Store.Delete. The object as it stood last. @throws ApiError */
export function remove(request: Request, name: string, deletion: Deletion = {}): KubeObject {
  const found = checkPreconditions(request, name, deletion.preconditions ?? {});
  const needed = INDISPENSABLE[request.key];
  if (needed?.names.includes(name)) throw forbidden(groupResourceOf(request.info), name, needed.text);
  if (request.key === "namespaces") return removeNamespace(request, found);
  const next = clone(found);
  const grace = graceOf(request, found, deletion);
  addFinalizer(next, found, deletion.propagation);
  const lingers = grace > 0 || (next.metadata.finalizers ?? []).length > 0;
  if (!lingers) {
    erase(request.world, request.key, found);
    return found;
  }
  const old = found.metadata.deletionGracePeriodSeconds;
  if (found.metadata.deletionTimestamp && old !== undefined && old <= grace && sameFinalizers(next, found))
    return found;
  next.metadata.deletionTimestamp = timestamp(request.world.objects.now + grace * 1000);
  next.metadata.deletionGracePeriodSeconds = grace;
  if (next.metadata.generation !== undefined && !found.metadata.deletionTimestamp) next.metadata.generation += 1;
  next.metadata.resourceVersion = nextResourceVersion(request.world);
  store(request.world, request.key, next, found);
  return finishDeletion(request, next);
}

/** The stored object. Models rest.BeforeDelete of apiserver pkg/registry, which names the kind where others name the resource. @throws ApiError Conflict */
export function checkPreconditions(
  request: Request,
  name: string,
  { uid, resourceVersion }: NonNullable<Deletion["preconditions"]>,
): KubeObject {
  const found = existing(request, name);
  const kind = { group: request.info.group, resource: request.info.kind };
  const differs = (what: string, given: string, stored: string | undefined, then: string) =>
    conflict(
      kind,
      name,
      `the ${what} in the precondition (${given}) does not match the ${what} in record (${stored}). The object might have been ${then}`,
    );
  if (uid && uid !== found.metadata.uid) throw differs("UID", uid, found.metadata.uid, "deleted and then recreated");
  if (resourceVersion && resourceVersion !== found.metadata.resourceVersion)
    throw differs("ResourceVersion", resourceVersion, found.metadata.resourceVersion, "modified");
  return found;
}

/** An object that waits for its deletion goes when its last finalizer has gone and its grace period is over. */
export function finishDeletion(request: Request, object: KubeObject): KubeObject {
  const meta = object.metadata;
  if (!meta.deletionTimestamp || (meta.finalizers ?? []).length > 0 || (meta.deletionGracePeriodSeconds ?? 0) > 0)
    return object;
  if (request.key === "namespaces" && ((object as Namespace).spec?.finalizers ?? []).length > 0) return object;
  erase(request.world, request.key, object);
  return object;
}

/** Seconds. Pods alone are deleted gracefully. Models pkg/registry/core/pod/strategy.go CheckGracefulDelete. */
function graceOf(request: Request, found: KubeObject, deletion: Deletion): number {
  if (request.key !== "pods") return 0;
  const pod = found as Pod;
  const period = deletion.gracePeriodSeconds ?? pod.spec?.terminationGracePeriodSeconds ?? 30;
  if (!pod.spec?.nodeName || isFinished(pod)) return 0;
  return period < 0 ? 1 : period;
}

/** What the garbage collector has to do first. Models rest DeletionFinalizersForGarbageCollection. */
function addFinalizer(next: KubeObject, found: KubeObject, propagation: Propagation | undefined): void {
  const kept = (found.metadata.finalizers ?? []).filter(
    (finalizer) => propagation === undefined || !["orphan", "foregroundDeletion"].includes(finalizer),
  );
  if (propagation === "Foreground") kept.push("foregroundDeletion");
  if (propagation === "Orphan") kept.push("orphan");
  if (kept.length) next.metadata.finalizers = kept;
  else delete next.metadata.finalizers;
}

function sameFinalizers(a: KubeObject, b: KubeObject): boolean {
  return (a.metadata.finalizers ?? []).join() === (b.metadata.finalizers ?? []).join();
}

/** What the cluster cannot do without. Models NamespaceLifecycle's immortal namespaces and pkg/registry/scheduling/priorityclass/storage. */
const INDISPENSABLE: Record<string, { names: readonly string[]; text: string }> = {
  namespaces: { names: ["default", "kube-system", "kube-public"], text: "this namespace may not be deleted" },
  "priorityclasses.scheduling.k8s.io": {
    names: ["system-cluster-critical", "system-node-critical"],
    text: "this is a system priority class and cannot be deleted",
  },
};

/** Models pkg/registry/core/namespace/storage Delete: Terminating until the namespace controller has emptied it. */
function removeNamespace(request: Request, found: KubeObject): KubeObject {
  if (found.metadata.deletionTimestamp) return finishDeletion(request, found);
  const next = clone(found) as Namespace;
  next.metadata.deletionTimestamp = timestamp(request.world.objects.now);
  next.status = { ...next.status, phase: "Terminating" };
  next.metadata.resourceVersion = nextResourceVersion(request.world);
  store(request.world, request.key, next, found);
  return finishDeletion(request, next);
}
