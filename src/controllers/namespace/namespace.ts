import { clone } from "../../api/json.ts";
import { kindByResource } from "../../api/registry.ts";
import type { Namespace } from "../../api/types/core.ts";
import type { Write } from "../../api/writes.ts";
import type { Controller } from "../controller.ts";

/** Milliseconds until the controller turns to a namespace: who deletes one and what is in it in one command finds all of it there. */
const UNTIL_SEEN = 50;

/** Empties a namespace that is being deleted, then lets it go; a key is `NAME@WHEN`. Models kubernetes pkg/controller/namespace. */
export const namespaceController: Controller = {
  name: "namespace-controller",
  manager: "kube-controller-manager",
  affected({ resource, before, after }, snapshot) {
    const key = (name: string) => [`${name}@${snapshot.now + UNTIL_SEEN}`];
    if (resource === "namespaces") return after?.metadata.deletionTimestamp ? key(after.metadata.name!) : [];
    const name = before?.metadata.namespace;
    // What has gone may have been the last thing that a namespace waited for.
    return !after && name && snapshot.get("namespaces", "", name)?.metadata.deletionTimestamp ? key(name) : [];
  },
  reconcile(key, snapshot) {
    const [name = "", when] = key.split("@");
    if (Number(when) > snapshot.now) return { writes: [], wakeAt: Number(when) };
    const namespace = snapshot.get<Namespace>("namespaces", "", name);
    if (!namespace?.metadata.deletionTimestamp) return { writes: [] };
    const content = snapshot
      .resources()
      .filter((resource) => kindByResource(resource)?.namespaced)
      .flatMap((resource) => snapshot.list(resource, name).map((object) => ({ resource, object })));
    const writes: Write[] = content
      .filter(({ object }) => !object.metadata.deletionTimestamp)
      .map(({ resource, object }) => ({ verb: "delete", resource, namespace: name, name: object.metadata.name! }));
    if (content.length) return { writes };
    const next = clone(namespace);
    next.spec = { ...next.spec, finalizers: [] };
    return { writes: [{ verb: "update", resource: "namespaces", object: next, subresource: "finalize" }] };
  },
};
