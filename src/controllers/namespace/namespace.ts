import { clone } from "../../api/json.ts";
import { kindByResource, kinds, storageKey } from "../../api/registry.ts";
import type { Namespace } from "../../api/types/core.ts";
import type { Write } from "../../api/writes.ts";
import type { Controller } from "../controller.ts";

/** Empties a namespace that is being deleted, then lets it go. Models kubernetes pkg/controller/namespace. */
export const namespaceController: Controller = {
  name: "namespace-controller",
  manager: "kube-controller-manager",
  watches: [...new Set(kinds.map(storageKey))],
  affected({ resource, before, after }, snapshot) {
    if (resource === "namespaces") return after?.metadata.deletionTimestamp ? [after.metadata.name!] : [];
    const name = before?.metadata.namespace;
    // What has gone may have been the last thing that a namespace waited for.
    return !after && name && snapshot.get("namespaces", "", name)?.metadata.deletionTimestamp ? [name] : [];
  },
  reconcile(name, snapshot) {
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
