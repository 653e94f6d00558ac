import { equal } from "../../api/json.ts";
import { kubernetesServiceObjects } from "../../api/profiles/kubernetes-service.ts";
import { profileOf } from "../../api/profiles/profiles.ts";
import type { Namespace } from "../../api/types/core.ts";
import type { ObjectChange, Write } from "../../api/writes.ts";
import type { Controller } from "../controller.ts";

/** Milliseconds between two rounds of the loop, which begins with the cluster. */
const INTERVAL = 10_000;

/** The API server's own loop: the Service `kubernetes` comes back when somebody deletes it, and its endpoints are put right, at the next round. */
export const kubernetesServiceController: Controller = {
  name: "kubernetes-service",
  manager: "kube-apiserver",
  affected: ({ before, after }: ObjectChange) => {
    const { namespace, name } = (after ?? before)!.metadata;
    return before && namespace === "default" && name === "kubernetes" ? ["kubernetes"] : [];
  },
  reconcile(_key, snapshot) {
    const writes: Write[] = [];
    for (const { resource, object } of kubernetesServiceObjects(profileOf(snapshot.cluster.profile))) {
      const found = snapshot.get(resource, "default", "kubernetes");
      if (!found) writes.push({ verb: "create", resource, object });
      else if (resource === "endpoints" && !equal(found.subsets, object.subsets))
        writes.push({ verb: "update", resource, object: { ...found, subsets: object.subsets } });
      else if (resource !== "services" && resource !== "endpoints" && !equal(found.endpoints, object.endpoints))
        writes.push({ verb: "update", resource, object: { ...found, endpoints: object.endpoints } });
    }
    if (writes.length === 0) return { writes };
    const start = snapshot.get<Namespace>("namespaces", "", "default")?.metadata.creationTimestamp;
    const since = start === undefined ? 0 : snapshot.now - Date.parse(start);
    return since > 0 && since % INTERVAL === 0
      ? { writes }
      : { writes: [], wakeAt: snapshot.now + INTERVAL - (since % INTERVAL) };
  },
};
