import { byOwner, type IndexedSnapshot } from "../../api/indexes.ts";
import { clone } from "../../api/json.ts";
import type { KubeObject } from "../../api/object.ts";
import { kindByGvk, resourceKey } from "../../api/registry.ts";
import type { ResourceKey } from "../../api/snapshot.ts";
import type { Write } from "../../api/writes.ts";
import type { Controller } from "../controller.ts";

interface Dependent {
  resource: ResourceKey;
  object: KubeObject;
}

/** Deletes what has lost its owners. Models kubernetes pkg/controller/garbagecollector. */
export const garbageCollector: Controller = {
  name: "garbage-collector",
  manager: "kube-controller-manager",
  affected(change) {
    const { before, after, resource } = change;
    if (!after) return [`gone ${before!.metadata.uid}`, ...ownersOf(before!)];
    const meta = after.metadata;
    const keys: string[] = [];
    if (meta.deletionTimestamp && meta.finalizers?.some((name) => name === "orphan" || name === "foregroundDeletion"))
      keys.push(`finalize ${resource} ${meta.namespace ?? ""}/${meta.name}`);
    if (!before && meta.ownerReferences?.length) keys.push(`check ${resource} ${meta.namespace ?? ""}/${meta.name}`);
    return keys;
  },
  reconcile(key, snapshot) {
    const [task, subject = "", path = ""] = key.split(" ");
    if (task === "gone")
      return { writes: dependentsOf(snapshot, subject).flatMap((d) => lostOwner(snapshot, d, subject)) };
    const slash = path.indexOf("/");
    const object = snapshot.get(subject, path.slice(0, slash), path.slice(slash + 1));
    if (!object) return { writes: [] };
    if (task === "check") return { writes: check(snapshot, { resource: subject, object }) };
    return finalize(snapshot, { resource: subject, object });
  },
};

/** An owner that is deleted in the foreground waits for its dependents. */
function ownersOf(object: KubeObject): string[] {
  return (object.metadata.ownerReferences ?? []).flatMap((owner) => {
    const info = kindByGvk(owner.apiVersion, owner.kind);
    if (!info) return [];
    return [`finalize ${resourceKey(info)} ${info.namespaced ? (object.metadata.namespace ?? "") : ""}/${owner.name}`];
  });
}

function dependentsOf(snapshot: IndexedSnapshot, uid: string): Dependent[] {
  return snapshot
    .resources()
    .flatMap((resource) => snapshot.listBy(resource, byOwner, uid).map((object) => ({ resource, object })));
}

function ownerExists(snapshot: IndexedSnapshot, object: KubeObject, uid: string): boolean {
  const owner = object.metadata.ownerReferences?.find((reference) => reference.uid === uid);
  const info = owner && kindByGvk(owner.apiVersion, owner.kind);
  if (!owner || !info) return false;
  const namespace = info.namespaced ? (object.metadata.namespace ?? "") : "";
  return snapshot.get(resourceKey(info), namespace, owner.name)?.metadata.uid === uid;
}

/** With another owner left, the reference goes; without, the object does. */
function lostOwner(snapshot: IndexedSnapshot, { resource, object }: Dependent, uid: string): Write[] {
  const owners = object.metadata.ownerReferences ?? [];
  const left = owners.filter((owner) => owner.uid !== uid && ownerExists(snapshot, object, owner.uid));
  if (left.length === 0) return object.metadata.deletionTimestamp ? [] : [deletion({ resource, object })];
  return [withoutOwner({ resource, object }, uid)];
}

function check(snapshot: IndexedSnapshot, dependent: Dependent): Write[] {
  const owners = dependent.object.metadata.ownerReferences ?? [];
  return owners.some((owner) => ownerExists(snapshot, dependent.object, owner.uid)) ? [] : [deletion(dependent)];
}

function deletion({ resource, object }: Dependent): Write {
  const foreground = object.metadata.finalizers?.includes("foregroundDeletion");
  return {
    verb: "delete",
    resource,
    namespace: object.metadata.namespace ?? "",
    name: object.metadata.name!,
    propagation: foreground ? "Foreground" : "Background",
  };
}

function withoutOwner({ resource, object }: Dependent, uid: string): Write {
  const next = clone(object);
  next.metadata.ownerReferences = (next.metadata.ownerReferences ?? []).filter((owner) => owner.uid !== uid);
  if (next.metadata.ownerReferences.length === 0) delete next.metadata.ownerReferences;
  return { verb: "update", resource, object: next };
}

/** An owner that waits: its dependents are let go (orphan), or deleted first (foreground). */
function finalize(snapshot: IndexedSnapshot, owner: Dependent): { writes: Write[] } {
  if (!owner.object.metadata.deletionTimestamp) return { writes: [] };
  const uid = owner.object.metadata.uid!;
  const dependents = dependentsOf(snapshot, uid);
  const finalizers = owner.object.metadata.finalizers ?? [];
  if (finalizers.includes("orphan")) {
    const freed = dependents.map((dependent) => withoutOwner(dependent, uid));
    return { writes: [...freed, withoutFinalizer(owner, "orphan")] };
  }
  if (!finalizers.includes("foregroundDeletion")) return { writes: [] };
  const blocking = dependents.filter(({ object }) =>
    object.metadata.ownerReferences?.some((reference) => reference.uid === uid && reference.blockOwnerDeletion),
  );
  const writes = dependents.filter(({ object }) => !object.metadata.deletionTimestamp).map(deletion);
  if (blocking.length === 0) return { writes: [...writes, withoutFinalizer(owner, "foregroundDeletion")] };
  return { writes };
}

function withoutFinalizer({ resource, object }: Dependent, finalizer: string): Write {
  const next = clone(object);
  next.metadata.finalizers = (next.metadata.finalizers ?? []).filter((name) => name !== finalizer);
  if (next.metadata.finalizers.length === 0) delete next.metadata.finalizers;
  return { verb: "update", resource, object: next };
}
