import type { PolicyRule, Role, RoleBinding, Subject } from "../../api/types/rbac.ts";

const GROUP = "rbac.authorization.k8s.io";

/** A default role, and the binding that gives it to somebody, written short. */
export interface RoleLine {
  name: string;
  /** Of a Role; without it, it is a ClusterRole. */
  namespace?: string;
  /** `groups | resources | verbs`, perhaps ` | names`, or `paths | verbs`; the core group is written `core`. */
  rules: readonly string[];
  /** The role that this one is a part of, by a label. */
  partOf?: string;
  /** It is made of the roles that are a part of it. */
  aggregates?: boolean;
  /** Whom a binding gives it to: `group:…`, `user:…`, `account:…` for a ServiceAccount of kube-system. */
  to?: readonly string[];
  /** The name of the binding, if it is not the role's. */
  binding?: string;
}

export function roleOf({ name, namespace, rules, partOf, aggregates }: RoleLine): Role {
  const label = (role: string) => ({ [`${GROUP}/aggregate-to-${role}`]: "true" });
  return {
    apiVersion: `${GROUP}/v1`,
    kind: namespace ? "Role" : "ClusterRole",
    metadata: metadataOf(name, namespace, partOf ? label(partOf) : {}),
    ...(aggregates ? { aggregationRule: { clusterRoleSelectors: [{ matchLabels: label(name) }] } } : {}),
    rules: rules.map(ruleOf),
  };
}

export function bindingOf({ name, namespace, binding }: RoleLine, to: readonly string[]): RoleBinding {
  const kind = namespace ? "Role" : "ClusterRole";
  return {
    apiVersion: `${GROUP}/v1`,
    kind: `${kind}Binding`,
    metadata: metadataOf(binding ?? name, namespace, {}),
    roleRef: { apiGroup: GROUP, kind, name },
    ...(to.length > 0 ? { subjects: to.map(subjectOf) } : {}),
  };
}

function metadataOf(name: string, namespace: string | undefined, labels: Record<string, string>): Role["metadata"] {
  return {
    name,
    ...(namespace ? { namespace } : {}),
    annotations: { "rbac.authorization.kubernetes.io/autoupdate": "true" },
    labels: { "kubernetes.io/bootstrapping": "rbac-defaults", ...labels },
  };
}

function subjectOf(text: string): Subject {
  const [kind, name] = [text.slice(0, text.indexOf(":")), text.slice(text.indexOf(":") + 1)];
  if (kind === "account") return { kind: "ServiceAccount", name, namespace: "kube-system" };
  return { apiGroup: GROUP, kind: kind === "group" ? "Group" : "User", name };
}

function ruleOf(text: string): PolicyRule {
  const parts = text.split(" | ").map((part) => part.split(" "));
  if (parts.length === 2) return { nonResourceURLs: parts[0]!, verbs: parts[1]! };
  const [groups, resources, verbs, resourceNames] = parts;
  return {
    apiGroups: groups!.map((group) => (group === "core" ? "" : group)),
    resources: resources!,
    ...(resourceNames ? { resourceNames } : {}),
    verbs: verbs!,
  };
}
