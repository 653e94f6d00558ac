import { COMPONENT_ROLES } from "./component-roles.ts";
import { CONTROLLER_ROLES } from "./controller-roles.ts";
import type { Made } from "./made.ts";
import { bindingOf, roleOf } from "./role-lines.ts";
import { USER_ROLES } from "./user-roles.ts";

/** Models kubernetes plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go. */
export function clusterRoles(): Made[] {
  const lines = [...USER_ROLES, ...COMPONENT_ROLES, ...CONTROLLER_ROLES];
  return lines.map((line) => {
    const { rules, ...object } = roleOf(line);
    if (!line.aggregates) return { object: { ...object, rules } };
    // The server makes it without rules; a controller gathers them.
    const by = { manager: "clusterrole-aggregation-controller", fields: { "f:rules": {} } };
    return { object, later: { values: { rules: rules as never }, by } };
  });
}

export function clusterRoleBindings(): Made[] {
  return [...COMPONENT_ROLES, ...CONTROLLER_ROLES].flatMap((line) =>
    line.to ? [{ object: bindingOf(line, line.to) }] : [],
  );
}
