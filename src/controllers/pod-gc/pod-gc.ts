import { byNode } from "../../api/indexes.ts";
import type { Pod } from "../../api/types/core.ts";
import type { Controller } from "../controller.ts";

/** How long a node has to be gone before its pods are taken away (milliseconds). */
const QUARANTINE = 40_000;

/** Removes the pods of nodes that are no more. Models kubernetes pkg/controller/podgc gcOrphaned. */
export const podGarbageCollector: Controller = {
  name: "pod-garbage-collector",
  manager: "kube-controller-manager",
  affected: ({ before, after }, snapshot) =>
    before && !after ? [`${before.metadata.name} ${snapshot.now + QUARANTINE}`] : [],
  reconcile(key, snapshot) {
    const [name = "", at] = key.split(" ");
    if (snapshot.get("nodes", "", name)) return { writes: [] };
    if (snapshot.now < Number(at)) return { writes: [], wakeAt: Number(at) };
    return {
      writes: snapshot.listBy<Pod>("pods", byNode, name).map(({ metadata }) => ({
        verb: "delete",
        resource: "pods",
        namespace: metadata.namespace!,
        name: metadata.name!,
        gracePeriodSeconds: 0,
      })),
    };
  },
};
