import { equal } from "../../api/json.ts";
import { fromLabelSelector } from "../../api/meta/label-selector.ts";
import type { Snapshot } from "../../api/snapshot.ts";
import type { PolicyRule, Role } from "../../api/types/rbac.ts";
import type { Controller } from "../controller.ts";

const CLUSTER_ROLES = "clusterroles.rbac.authorization.k8s.io";

/** Gathers the rules of ClusterRoles that are made of others. Models kubernetes pkg/controller/clusterroleaggregation. */
export const clusterRoleAggregationController: Controller = {
  name: "clusterrole-aggregation-controller",
  manager: "clusterrole-aggregation-controller",
  affected: (_, snapshot) =>
    snapshot
      .list<Role>(CLUSTER_ROLES)
      .filter((role) => role.aggregationRule)
      .map((role) => role.metadata.name!),
  reconcile(name, snapshot) {
    const role = snapshot.get<Role>(CLUSTER_ROLES, "", name);
    if (!role?.aggregationRule) return { writes: [] };
    const rules = gathered(role, snapshot);
    if (equal(rules as never, (role.rules ?? []) as never)) return { writes: [] };
    const object = { apiVersion: role.apiVersion, kind: role.kind, metadata: { name }, rules };
    return { writes: [{ verb: "apply", resource: CLUSTER_ROLES, object }] };
  },
};

function gathered(role: Role, snapshot: Snapshot): PolicyRule[] {
  const rules: PolicyRule[] = [];
  for (const one of role.aggregationRule?.clusterRoleSelectors ?? []) {
    const selector = fromLabelSelector(one);
    for (const part of snapshot.list<Role>(CLUSTER_ROLES)) {
      if (part.metadata.name === role.metadata.name || !selector.matches(part.metadata.labels ?? {})) continue;
      for (const rule of part.rules ?? [])
        if (!rules.some((known) => equal(known as never, rule as never))) rules.push(rule);
    }
  }
  return rules;
}
