import { clone, equal } from "../../api/json.ts";
import { kindByResource } from "../../api/registry.ts";
import type { ResourceQuota } from "../../api/types/core.ts";
import type { Write } from "../../api/writes.ts";
import type { Controller } from "../controller.ts";

/** Keeps the status of ResourceQuotas: what their namespaces use. Models kubernetes pkg/controller/resourcequota. */
export const resourceQuotaController: Controller = {
  name: "resourcequota-controller",
  manager: "kube-controller-manager",
  affected({ before, after }, snapshot) {
    const { namespace = "" } = (after ?? before!).metadata;
    return snapshot.list("resourcequotas", namespace).length ? [namespace] : [];
  },
  async reconcile(namespace, snapshot) {
    const { usedOf } = await import("../../api/quota/usage.ts");
    const writes: Write[] = [];
    for (const quota of snapshot.list<ResourceQuota>("resourcequotas", namespace)) {
      if (quota.metadata.deletionTimestamp) continue;
      const used = usedOf(
        quota,
        (resource) => snapshot.list(resource, namespace),
        (resource) => !!kindByResource(resource),
        snapshot.now,
      );
      const status = {
        hard: clone(quota.spec?.hard ?? {}),
        used: Object.fromEntries([...used].map(([name, amount]) => [name, amount.text])),
      };
      if (!equal(status, quota.status))
        writes.push({ verb: "updateStatus", resource: "resourcequotas", object: { ...clone(quota), status } });
    }
    return { writes };
  },
};
