import type { PolicyRule, Role, RoleBinding, Subject } from "../../api/types/rbac.ts";
import { putFirst } from "../first-objects.ts";
import type { World } from "../world.ts";

// What a new cluster's authorizer knows of people. Models kubernetes plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go,
// without the roles of the control plane's own programs.

const GROUP = "rbac.authorization.k8s.io";
const WRITE = "create delete deletecollection patch update";
const READ = "get list watch";

/** `groups | resources | verbs`, or `paths | verbs`; the core group is written `core`. */
const VIEW = [
  `core | configmaps endpoints persistentvolumeclaims persistentvolumeclaims/status pods replicationcontrollers replicationcontrollers/scale serviceaccounts services services/status | ${READ}`,
  `core | bindings limitranges namespaces/status pods/log pods/status replicationcontrollers/status resourcequotas resourcequotas/status | ${READ}`,
  `core | namespaces | ${READ}`,
  `core events.k8s.io | events | ${READ}`,
  `discovery.k8s.io | endpointslices | ${READ}`,
  `apps | controllerrevisions daemonsets daemonsets/status deployments deployments/scale deployments/status replicasets replicasets/scale replicasets/status statefulsets statefulsets/scale statefulsets/status | ${READ}`,
  `autoscaling | horizontalpodautoscalers horizontalpodautoscalers/status | ${READ}`,
  `batch | cronjobs cronjobs/status jobs jobs/status | ${READ}`,
  `extensions | daemonsets daemonsets/status deployments deployments/scale deployments/status ingresses ingresses/status networkpolicies replicasets replicasets/scale replicasets/status replicationcontrollers/scale | ${READ}`,
  `policy | poddisruptionbudgets poddisruptionbudgets/status | ${READ}`,
  `networking.k8s.io | ingresses ingresses/status networkpolicies | ${READ}`,
  `resource.k8s.io | resourceclaims resourceclaims/status resourceclaimtemplates | ${READ}`,
];
const EDIT = [
  `core | pods/attach pods/exec pods/portforward pods/proxy secrets services/proxy | ${READ}`,
  "core | serviceaccounts | impersonate",
  `core | pods pods/attach pods/exec pods/portforward pods/proxy | ${WRITE}`,
  "core | pods/eviction | create",
  `core | configmaps persistentvolumeclaims replicationcontrollers replicationcontrollers/scale secrets serviceaccounts services services/proxy | ${WRITE}`,
  "core | serviceaccounts/token | create",
  `core events.k8s.io | events | ${WRITE}`,
  `apps | daemonsets deployments deployments/rollback deployments/scale replicasets replicasets/scale statefulsets statefulsets/scale | ${WRITE}`,
  `autoscaling | horizontalpodautoscalers | ${WRITE}`,
  `batch | cronjobs jobs | ${WRITE}`,
  `extensions | daemonsets deployments deployments/rollback deployments/scale ingresses networkpolicies replicasets replicasets/scale replicationcontrollers/scale | ${WRITE}`,
  `policy | poddisruptionbudgets | ${WRITE}`,
  `networking.k8s.io | ingresses networkpolicies | ${WRITE}`,
  "coordination.k8s.io | leases | create delete deletecollection get list patch update watch",
  `resource.k8s.io | resourceclaims resourceclaimtemplates | ${WRITE}`,
];
const ADMIN = [
  "authorization.k8s.io | localsubjectaccessreviews | create",
  "rbac.authorization.k8s.io | rolebindings roles | create delete deletecollection get list patch update watch",
];

interface DefaultRole {
  name: string;
  rules: readonly string[];
  /** The role that this one is a part of, by a label. */
  partOf?: string;
  /** It is made of the roles that are a part of it. */
  aggregates?: boolean;
  /** Whom the binding of the same name gives it to. */
  groups?: readonly string[];
}

const ROLES: readonly DefaultRole[] = [
  { name: "admin", rules: [...EDIT, ...VIEW, ...ADMIN], aggregates: true },
  { name: "cluster-admin", rules: ["* | * | *", "* | *"], groups: ["system:masters"] },
  { name: "edit", rules: [...EDIT, ...VIEW], aggregates: true, partOf: "admin" },
  { name: "system:aggregate-to-admin", rules: ADMIN, partOf: "admin" },
  { name: "system:aggregate-to-edit", rules: EDIT, partOf: "edit" },
  { name: "system:aggregate-to-view", rules: VIEW, partOf: "view" },
  {
    name: "system:basic-user",
    rules: [
      "authorization.k8s.io | selfsubjectaccessreviews selfsubjectrulesreviews | create",
      "authentication.k8s.io | selfsubjectreviews | create",
    ],
    groups: ["system:authenticated"],
  },
  {
    name: "system:discovery",
    rules: ["/api /api/* /apis /apis/* /healthz /livez /openapi /openapi/* /readyz /version /version/ | get"],
    groups: ["system:authenticated"],
  },
  {
    name: "system:monitoring",
    rules: [
      "/flagz /healthz /healthz/* /livez /livez/* /metrics /metrics/slis /readyz /readyz/* /statusz | get",
      "core | nodes/metrics | get",
    ],
    groups: ["system:monitoring"],
  },
  {
    name: "system:public-info-viewer",
    rules: ["/healthz /livez /readyz /version /version/ | get"],
    groups: ["system:authenticated", "system:unauthenticated"],
  },
  {
    name: "system:service-account-issuer-discovery",
    rules: [
      "/.well-known/openid-configuration /.well-known/openid-configuration/ /openid/v1/jwks /openid/v1/jwks/ | get",
    ],
    groups: ["system:serviceaccounts"],
  },
  { name: "view", rules: VIEW, aggregates: true, partOf: "edit" },
];

/** Puts the default roles and bindings into a new cluster. */
export async function bootstrapRoles(world: World): Promise<void> {
  for (const role of ROLES) {
    await putFirst(world, `clusterroles.${GROUP}`, clusterRole(role));
    if (role.groups) await putFirst(world, `clusterrolebindings.${GROUP}`, binding(role.name, role.groups));
  }
}

function clusterRole({ name, rules, partOf, aggregates }: DefaultRole): Role {
  const label = (role: string) => ({ [`${GROUP}/aggregate-to-${role}`]: "true" });
  return {
    apiVersion: `${GROUP}/v1`,
    kind: "ClusterRole",
    metadata: metadataOf(name, partOf ? label(partOf) : {}),
    ...(aggregates ? { aggregationRule: { clusterRoleSelectors: [{ matchLabels: label(name) }] } } : {}),
    rules: rules.map(ruleOf),
  };
}

function binding(name: string, groups: readonly string[]): RoleBinding {
  return {
    apiVersion: `${GROUP}/v1`,
    kind: "ClusterRoleBinding",
    metadata: metadataOf(name, {}),
    roleRef: { apiGroup: GROUP, kind: "ClusterRole", name },
    subjects: groups.map((group): Subject => ({ apiGroup: GROUP, kind: "Group", name: group })),
  };
}

function metadataOf(name: string, labels: Record<string, string>): Role["metadata"] {
  return {
    name,
    annotations: { "rbac.authorization.kubernetes.io/autoupdate": "true" },
    labels: { "kubernetes.io/bootstrapping": "rbac-defaults", ...labels },
  };
}

function ruleOf(text: string): PolicyRule {
  const parts = text.split(" | ").map((part) => part.split(" "));
  const verbs = parts.at(-1)!;
  if (parts.length === 2) return { nonResourceURLs: parts[0]!, verbs };
  return { apiGroups: parts[0]!.map((group) => (group === "core" ? "" : group)), resources: parts[1]!, verbs };
}
