import type { RoleLine } from "./role-lines.ts";

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

/** What people are given: each is made of the roles that are a part of it. */
export const USER_ROLES: readonly RoleLine[] = [
  { name: "admin", rules: [...EDIT, ...VIEW, ...ADMIN], aggregates: true },
  { name: "edit", rules: [...EDIT, ...VIEW], aggregates: true, partOf: "admin" },
  { name: "system:aggregate-to-admin", rules: ADMIN, partOf: "admin" },
  { name: "system:aggregate-to-edit", rules: EDIT, partOf: "edit" },
  { name: "system:aggregate-to-view", rules: VIEW, partOf: "view" },
  { name: "view", rules: VIEW, aggregates: true, partOf: "edit" },
];
