import type { KindBehaviour, KindConversion, TablePrinter } from "./kinds/kind.ts";
import type { ResourceKey } from "./snapshot.ts";

/** What the API knows about one kind. */
export interface KindInfo {
  /** "" for the core group. */
  group: string;
  /** The preferred version: the one that objects are stored and listed in. */
  version: string;
  /** All served versions, the preferred one first. */
  versions: readonly string[];
  kind: string;
  /** The plural, as in a path: `services`. */
  resource: string;
  singular: string;
  shortNames: readonly string[];
  categories: readonly string[];
  namespaced: boolean;
  verbs: readonly string[];
  /** The part after the slash: `status`, `scale`, `log`. */
  subresources: readonly string[];
  /** Of the discovery documents; absent for kinds that are not stored. */
  storageVersionHash?: string;
  /** Where the objects are, if under another resource: both `events` are one storage. */
  storage?: ResourceKey;
  /** What the server warns of at each request. Models apiserver pkg/endpoints/deprecation. */
  deprecated?: string;
  /** Defaults, validation and the other server-side rules of its own. */
  behaviour?: () => Promise<{ behaviour: KindBehaviour }>;
  /** For a version, or a group, that is not the one objects are stored in. */
  conversion?: () => Promise<{ conversion: KindConversion }>;
  /** What it prints in tables; absent: name and creation time. */
  columns?: () => Promise<{ table: TablePrinter }>;
}

type Line = Pick<KindInfo, "kind" | "resource"> & Partial<KindInfo>;

const ALL_VERBS = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"] as const;
const NO_COLLECTION = ["create", "delete", "get", "list", "patch", "update", "watch"] as const;
const READ_ONLY = ["get", "list"] as const;
const CREATE_ONLY = ["create"] as const;

/**
 * One line a kind, in the order of the API server's discovery documents (the core group, then the groups by priority), which is
 * the order of `api-resources`, of categories and of the choice between kinds that share a name. What a line leaves out: the core
 * group, version v1, namespaced, all verbs, singular = the kind in lower case.
 */
// biome-ignore format: one line a kind
const LINES: readonly Line[] = [
  { kind: "Binding", resource: "bindings", verbs: CREATE_ONLY },
  { kind: "ComponentStatus", resource: "componentstatuses", shortNames: ["cs"], namespaced: false, verbs: READ_ONLY, columns: () => import("./kinds/componentstatus/columns.ts"), deprecated: "v1 ComponentStatus is deprecated in v1.19+" },
  { kind: "ConfigMap", resource: "configmaps", behaviour: () => import("./kinds/configmap/behaviour.ts"), shortNames: ["cm"], storageVersionHash: "qFsyl6wFWjQ=", columns: () => import("./kinds/configmap/columns.ts") },
  { kind: "Endpoints", resource: "endpoints", behaviour: () => import("./kinds/endpoints/behaviour.ts"), shortNames: ["ep"], storageVersionHash: "fWeeMqaN/OA=", columns: () => import("./kinds/endpoints/columns.ts"), deprecated: "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice" },
  { kind: "Event", resource: "events", behaviour: () => import("./kinds/event/behaviour.ts"), shortNames: ["ev"], storageVersionHash: "r2yiGXH7wu8=", columns: () => import("./kinds/event/columns.ts") },
  { kind: "LimitRange", resource: "limitranges", behaviour: () => import("./kinds/limitrange/behaviour.ts"), shortNames: ["limits"], storageVersionHash: "EBKMFVe6cwo=" },
  { kind: "Namespace", resource: "namespaces", behaviour: () => import("./kinds/namespace/behaviour.ts"), shortNames: ["ns"], namespaced: false, verbs: NO_COLLECTION, subresources: ["finalize", "status"], storageVersionHash: "Q3oi5N2YM8M=", columns: () => import("./kinds/namespace/columns.ts") },
  { kind: "Node", resource: "nodes", behaviour: () => import("./kinds/node/behaviour.ts"), shortNames: ["no"], namespaced: false, subresources: ["proxy", "status"], storageVersionHash: "XwShjMxG9Fs=", columns: () => import("./kinds/node/columns.ts") },
  { kind: "PersistentVolumeClaim", resource: "persistentvolumeclaims", behaviour: () => import("./kinds/persistentvolumeclaim/behaviour.ts"), shortNames: ["pvc"], subresources: ["status"], storageVersionHash: "QWTyNDq0dC4=", columns: () => import("./kinds/persistentvolumeclaim/columns.ts") },
  { kind: "PersistentVolume", resource: "persistentvolumes", behaviour: () => import("./kinds/persistentvolume/behaviour.ts"), shortNames: ["pv"], namespaced: false, subresources: ["status"], storageVersionHash: "HN/zwEC+JgM=", columns: () => import("./kinds/persistentvolume/columns.ts") },
  { kind: "Pod", resource: "pods", behaviour: () => import("./kinds/pod/behaviour.ts"), shortNames: ["po"], categories: ["all"], subresources: ["attach", "binding", "ephemeralcontainers", "eviction", "exec", "log", "portforward", "proxy", "resize", "status"], storageVersionHash: "xPOwRZ+Yhw8=", columns: () => import("./kinds/pod/columns.ts") },
  { kind: "PodTemplate", resource: "podtemplates", behaviour: () => import("./kinds/podtemplate/behaviour.ts"), storageVersionHash: "LIXB2x4IFpk=", columns: () => import("./kinds/podtemplate/columns.ts") },
  { kind: "ReplicationController", resource: "replicationcontrollers", behaviour: () => import("./kinds/replicationcontroller/behaviour.ts"), shortNames: ["rc"], categories: ["all"], subresources: ["scale", "status"], storageVersionHash: "Jond2If31h0=", columns: () => import("./kinds/replicationcontroller/columns.ts") },
  { kind: "ResourceQuota", resource: "resourcequotas", behaviour: () => import("./kinds/resourcequota/behaviour.ts"), shortNames: ["quota"], subresources: ["status"], storageVersionHash: "8uhSgffRX6w=", columns: () => import("./kinds/resourcequota/columns.ts") },
  { kind: "Secret", resource: "secrets", behaviour: () => import("./kinds/secret/behaviour.ts"), storageVersionHash: "S6u1pOWzb84=", columns: () => import("./kinds/secret/columns.ts") },
  { kind: "ServiceAccount", resource: "serviceaccounts", behaviour: () => import("./kinds/serviceaccount/behaviour.ts"), shortNames: ["sa"], subresources: ["token"], storageVersionHash: "pbx9ZvyFpBE=", columns: () => import("./kinds/name-columns.ts") },
  { kind: "Service", resource: "services", behaviour: () => import("./kinds/service/behaviour.ts"), shortNames: ["svc"], categories: ["all"], subresources: ["proxy", "status"], storageVersionHash: "0/CO1lhkEBI=", columns: () => import("./kinds/service/columns.ts") },
  { group: "apiregistration.k8s.io", kind: "APIService", resource: "apiservices", behaviour: () => import("./kinds/apiservice/behaviour.ts"), categories: ["api-extensions"], namespaced: false, subresources: ["status"], storageVersionHash: "InPBPD7+PqM=", columns: () => import("./kinds/apiservice/columns.ts") },
  { group: "apps", kind: "ControllerRevision", resource: "controllerrevisions", behaviour: () => import("./kinds/controllerrevision/behaviour.ts"), storageVersionHash: "85nkx63pcBU=", columns: () => import("./kinds/controllerrevision/columns.ts") },
  { group: "apps", kind: "DaemonSet", resource: "daemonsets", behaviour: () => import("./kinds/daemonset/behaviour.ts"), shortNames: ["ds"], categories: ["all"], subresources: ["status"], storageVersionHash: "dd7pWHUlMKQ=", columns: () => import("./kinds/daemonset/columns.ts") },
  { group: "apps", kind: "Deployment", resource: "deployments", behaviour: () => import("./kinds/deployment/behaviour.ts"), shortNames: ["deploy"], categories: ["all"], subresources: ["scale", "status"], storageVersionHash: "8aSe+NMegvE=", columns: () => import("./kinds/deployment/columns.ts") },
  { group: "apps", kind: "ReplicaSet", resource: "replicasets", behaviour: () => import("./kinds/replicaset/behaviour.ts"), shortNames: ["rs"], categories: ["all"], subresources: ["scale", "status"], storageVersionHash: "P1RzHs8/mWQ=", columns: () => import("./kinds/replicaset/columns.ts") },
  { group: "apps", kind: "StatefulSet", resource: "statefulsets", behaviour: () => import("./kinds/statefulset/behaviour.ts"), shortNames: ["sts"], categories: ["all"], subresources: ["scale", "status"], storageVersionHash: "H+vl74LkKdo=", columns: () => import("./kinds/statefulset/columns.ts") },
  { group: "events.k8s.io", kind: "Event", resource: "events", storage: "events", behaviour: () => import("./kinds/event/events-behaviour.ts"), conversion: () => import("./kinds/event/conversion.ts"), shortNames: ["ev"], storageVersionHash: "r2yiGXH7wu8=", columns: () => import("./kinds/event/columns.ts") },
  { group: "authentication.k8s.io", kind: "SelfSubjectReview", resource: "selfsubjectreviews", namespaced: false, verbs: CREATE_ONLY },
  { group: "authentication.k8s.io", kind: "TokenReview", resource: "tokenreviews", namespaced: false, verbs: CREATE_ONLY },
  { group: "authorization.k8s.io", kind: "LocalSubjectAccessReview", resource: "localsubjectaccessreviews", verbs: CREATE_ONLY },
  { group: "authorization.k8s.io", kind: "SelfSubjectAccessReview", resource: "selfsubjectaccessreviews", namespaced: false, verbs: CREATE_ONLY },
  { group: "authorization.k8s.io", kind: "SelfSubjectRulesReview", resource: "selfsubjectrulesreviews", namespaced: false, verbs: CREATE_ONLY },
  { group: "authorization.k8s.io", kind: "SubjectAccessReview", resource: "subjectaccessreviews", namespaced: false, verbs: CREATE_ONLY },
  { group: "autoscaling", versions: ["v2", "v1"], kind: "HorizontalPodAutoscaler", resource: "horizontalpodautoscalers", behaviour: () => import("./kinds/horizontalpodautoscaler/behaviour.ts"), conversion: () => import("./kinds/horizontalpodautoscaler/conversion.ts"), shortNames: ["hpa"], categories: ["all"], subresources: ["status"], storageVersionHash: "qwQve8ut294=", columns: () => import("./kinds/horizontalpodautoscaler/columns.ts") },
  { group: "batch", kind: "CronJob", resource: "cronjobs", behaviour: () => import("./kinds/cronjob/behaviour.ts"), shortNames: ["cj"], categories: ["all"], subresources: ["status"], storageVersionHash: "sd5LIXh4Fjs=", columns: () => import("./kinds/cronjob/columns.ts") },
  { group: "batch", kind: "Job", resource: "jobs", behaviour: () => import("./kinds/job/behaviour.ts"), categories: ["all"], subresources: ["status"], storageVersionHash: "mudhfqk/qZY=", columns: () => import("./kinds/job/columns.ts") },
  { group: "certificates.k8s.io", kind: "CertificateSigningRequest", resource: "certificatesigningrequests", shortNames: ["csr"], namespaced: false, subresources: ["approval", "status"], storageVersionHash: "95fRKMXA+00=", behaviour: () => import("./kinds/certificatesigningrequest/behaviour.ts"), columns: () => import("./kinds/certificatesigningrequest/columns.ts") },
  { group: "networking.k8s.io", kind: "IngressClass", resource: "ingressclasses", behaviour: () => import("./kinds/ingressclass/behaviour.ts"), namespaced: false, storageVersionHash: "l/iqIbDgFyQ=", columns: () => import("./kinds/ingressclass/columns.ts") },
  { group: "networking.k8s.io", kind: "Ingress", resource: "ingresses", behaviour: () => import("./kinds/ingress/behaviour.ts"), shortNames: ["ing"], subresources: ["status"], storageVersionHash: "39NQlfNR+bo=", columns: () => import("./kinds/ingress/columns.ts") },
  { group: "networking.k8s.io", kind: "IPAddress", resource: "ipaddresses", behaviour: () => import("./kinds/ipaddress/behaviour.ts"), shortNames: ["ip"], namespaced: false, storageVersionHash: "3f/plJFChNE=", columns: () => import("./kinds/ipaddress/columns.ts") },
  { group: "networking.k8s.io", kind: "NetworkPolicy", resource: "networkpolicies", behaviour: () => import("./kinds/networkpolicy/behaviour.ts"), shortNames: ["netpol"], storageVersionHash: "YpfwF18m1G8=", columns: () => import("./kinds/networkpolicy/columns.ts") },
  { group: "networking.k8s.io", kind: "ServiceCIDR", resource: "servicecidrs", behaviour: () => import("./kinds/servicecidr/behaviour.ts"), namespaced: false, subresources: ["status"], storageVersionHash: "gNLvruQhW2g=", columns: () => import("./kinds/servicecidr/columns.ts") },
  { group: "policy", kind: "PodDisruptionBudget", resource: "poddisruptionbudgets", behaviour: () => import("./kinds/poddisruptionbudget/behaviour.ts"), shortNames: ["pdb"], subresources: ["status"], storageVersionHash: "EVWiDmWqyJw=", columns: () => import("./kinds/poddisruptionbudget/columns.ts") },
  { group: "rbac.authorization.k8s.io", kind: "ClusterRoleBinding", resource: "clusterrolebindings", behaviour: () => import("./kinds/clusterrolebinding/behaviour.ts"), namespaced: false, storageVersionHash: "48tpQ8gZHFc=", columns: () => import("./kinds/clusterrolebinding/columns.ts") },
  { group: "rbac.authorization.k8s.io", kind: "ClusterRole", resource: "clusterroles", behaviour: () => import("./kinds/clusterrole/behaviour.ts"), namespaced: false, storageVersionHash: "bYE5ZWDrJ44=" },
  { group: "rbac.authorization.k8s.io", kind: "RoleBinding", resource: "rolebindings", behaviour: () => import("./kinds/rolebinding/behaviour.ts"), storageVersionHash: "eGsCzGH6b1g=", columns: () => import("./kinds/rolebinding/columns.ts") },
  { group: "rbac.authorization.k8s.io", kind: "Role", resource: "roles", behaviour: () => import("./kinds/role/behaviour.ts"), storageVersionHash: "7FuwZcIIItM=" },
  { group: "storage.k8s.io", kind: "CSIDriver", resource: "csidrivers", behaviour: () => import("./kinds/csidriver/behaviour.ts"), namespaced: false, storageVersionHash: "hL6j/rwBV5w=", columns: () => import("./kinds/csidriver/columns.ts") },
  { group: "storage.k8s.io", kind: "CSINode", resource: "csinodes", behaviour: () => import("./kinds/csinode/behaviour.ts"), namespaced: false, storageVersionHash: "Pe62DkZtjuo=", columns: () => import("./kinds/csinode/columns.ts") },
  { group: "storage.k8s.io", kind: "CSIStorageCapacity", resource: "csistoragecapacities", behaviour: () => import("./kinds/csistoragecapacity/behaviour.ts"), storageVersionHash: "xeVl+2Ly1kE=" },
  { group: "storage.k8s.io", kind: "StorageClass", resource: "storageclasses", behaviour: () => import("./kinds/storageclass/behaviour.ts"), shortNames: ["sc"], namespaced: false, storageVersionHash: "K+m6uJwbjGY=", columns: () => import("./kinds/storageclass/columns.ts") },
  { group: "storage.k8s.io", kind: "VolumeAttachment", resource: "volumeattachments", behaviour: () => import("./kinds/volumeattachment/behaviour.ts"), namespaced: false, subresources: ["status"], storageVersionHash: "tJx/ezt6UDU=", columns: () => import("./kinds/volumeattachment/columns.ts") },
  { group: "storage.k8s.io", kind: "VolumeAttributesClass", resource: "volumeattributesclasses", behaviour: () => import("./kinds/volumeattributesclass/behaviour.ts"), shortNames: ["vac"], namespaced: false, storageVersionHash: "tIjydgKBC5w=", columns: () => import("./kinds/volumeattributesclass/columns.ts") },
  { group: "admissionregistration.k8s.io", kind: "MutatingAdmissionPolicy", resource: "mutatingadmissionpolicies", behaviour: () => import("./kinds/mutatingadmissionpolicy/behaviour.ts"), categories: ["api-extensions"], namespaced: false, storageVersionHash: "LYmCf+UMVdg=", columns: () => import("./kinds/mutatingadmissionpolicy/columns.ts") },
  { group: "admissionregistration.k8s.io", kind: "MutatingAdmissionPolicyBinding", resource: "mutatingadmissionpolicybindings", behaviour: () => import("./kinds/mutatingadmissionpolicybinding/behaviour.ts"), categories: ["api-extensions"], namespaced: false, storageVersionHash: "90V5FRZZ3Zg=", columns: () => import("./kinds/mutatingadmissionpolicybinding/columns.ts") },
  { group: "admissionregistration.k8s.io", kind: "MutatingWebhookConfiguration", resource: "mutatingwebhookconfigurations", behaviour: () => import("./kinds/mutatingwebhookconfiguration/behaviour.ts"), categories: ["api-extensions"], namespaced: false, storageVersionHash: "Sqi0GUgDaX0=", columns: () => import("./kinds/mutatingwebhookconfiguration/columns.ts") },
  { group: "admissionregistration.k8s.io", kind: "ValidatingAdmissionPolicy", resource: "validatingadmissionpolicies", behaviour: () => import("./kinds/validatingadmissionpolicy/behaviour.ts"), categories: ["api-extensions"], namespaced: false, subresources: ["status"], storageVersionHash: "6OxvlMmQ6is=", columns: () => import("./kinds/validatingadmissionpolicy/columns.ts") },
  { group: "admissionregistration.k8s.io", kind: "ValidatingAdmissionPolicyBinding", resource: "validatingadmissionpolicybindings", behaviour: () => import("./kinds/validatingadmissionpolicybinding/behaviour.ts"), categories: ["api-extensions"], namespaced: false, storageVersionHash: "v9715VZqakg=", columns: () => import("./kinds/validatingadmissionpolicybinding/columns.ts") },
  { group: "admissionregistration.k8s.io", kind: "ValidatingWebhookConfiguration", resource: "validatingwebhookconfigurations", behaviour: () => import("./kinds/validatingwebhookconfiguration/behaviour.ts"), categories: ["api-extensions"], namespaced: false, storageVersionHash: "B0wHjQmsGNk=", columns: () => import("./kinds/validatingwebhookconfiguration/columns.ts") },
  { group: "apiextensions.k8s.io", kind: "CustomResourceDefinition", resource: "customresourcedefinitions", shortNames: ["crd", "crds"], categories: ["api-extensions"], namespaced: false, subresources: ["status"], storageVersionHash: "jfWCUB31mvA=" },
  { group: "scheduling.k8s.io", kind: "PriorityClass", resource: "priorityclasses", behaviour: () => import("./kinds/priorityclass/behaviour.ts"), shortNames: ["pc"], namespaced: false, storageVersionHash: "1QwjyaZjj3Y=", columns: () => import("./kinds/priorityclass/columns.ts") },
  { group: "coordination.k8s.io", kind: "Lease", resource: "leases", behaviour: () => import("./kinds/lease/behaviour.ts"), storageVersionHash: "gqkMMb/YqFM=", columns: () => import("./kinds/lease/columns.ts") },
  { group: "node.k8s.io", kind: "RuntimeClass", resource: "runtimeclasses", behaviour: () => import("./kinds/runtimeclass/behaviour.ts"), namespaced: false, storageVersionHash: "WQTu1GL3T2Q=", columns: () => import("./kinds/runtimeclass/columns.ts") },
  { group: "discovery.k8s.io", kind: "EndpointSlice", resource: "endpointslices", behaviour: () => import("./kinds/endpointslice/behaviour.ts"), storageVersionHash: "qgS0xkrxYAI=", columns: () => import("./kinds/endpointslice/columns.ts") },
  { group: "resource.k8s.io", kind: "DeviceClass", resource: "deviceclasses", namespaced: false, storageVersionHash: "Yk2PTc1Ybxk=", columns: () => import("./kinds/name-columns.ts") },
  { group: "resource.k8s.io", kind: "ResourceClaim", resource: "resourceclaims", subresources: ["status"], storageVersionHash: "wgAZaHcZxUg=", columns: () => import("./kinds/resourceclaim/columns.ts") },
  { group: "resource.k8s.io", kind: "ResourceClaimTemplate", resource: "resourceclaimtemplates", storageVersionHash: "TuzjC49aUfM=", columns: () => import("./kinds/name-columns.ts") },
  { group: "resource.k8s.io", kind: "ResourceSlice", resource: "resourceslices", namespaced: false, storageVersionHash: "KsC072WgaEY=", columns: () => import("./kinds/resourceslice/columns.ts") },
  { group: "flowcontrol.apiserver.k8s.io", kind: "FlowSchema", resource: "flowschemas", behaviour: () => import("./kinds/flowschema/behaviour.ts"), namespaced: false, subresources: ["status"], storageVersionHash: "GJVAJZSZBIw=", columns: () => import("./kinds/flowschema/columns.ts") },
  { group: "flowcontrol.apiserver.k8s.io", kind: "PriorityLevelConfiguration", resource: "prioritylevelconfigurations", behaviour: () => import("./kinds/prioritylevelconfiguration/behaviour.ts"), namespaced: false, subresources: ["status"], storageVersionHash: "Kir5PVfvNeI=", columns: () => import("./kinds/prioritylevelconfiguration/columns.ts") },
];

/** What a line leaves out. Inherited, not copied: a copy of all lines takes longer than finding a kind among them. */
const LEFT_OUT: Omit<KindInfo, keyof Pick<KindInfo, "kind" | "resource">> & ThisType<KindInfo> = {
  group: "",
  get version() {
    return this.versions[0]!;
  },
  versions: ["v1"],
  get singular() {
    return this.kind.toLowerCase();
  },
  shortNames: [],
  categories: [],
  namespaced: true,
  verbs: ALL_VERBS,
  subresources: [],
};

export const kinds: readonly KindInfo[] = LINES.map((line) => Object.setPrototypeOf(line, LEFT_OUT));

/** `services`, `deployments.apps`. */
export function resourceKey(info: Pick<KindInfo, "group" | "resource">): ResourceKey {
  return info.group ? `${info.resource}.${info.group}` : info.resource;
}

/** The key under which the objects are stored: the same but for `events.events.k8s.io`. */
export function storageKey(info: KindInfo): ResourceKey {
  return info.storage ?? resourceKey(info);
}

/** `v1`, `apps/v1`: the apiVersion of an object of that kind, in its preferred version unless another one is given. */
export function apiVersionOf(info: Pick<KindInfo, "group" | "version">, version = info.version): string {
  return info.group ? `${info.group}/${version}` : version;
}

const byResource = new Map<string, KindInfo>();
let byGvk: Map<string, KindInfo> | undefined;

/** The kind of `services`, `deployments.apps` or, with the version, `horizontalpodautoscalers.v1.autoscaling`. */
export function kindByResource(key: ResourceKey): KindInfo | undefined {
  const known = byResource.get(key);
  if (known) return known;
  const dot = key.indexOf(".");
  const resource = dot < 0 ? key : key.slice(0, dot);
  const found = kinds.find(
    (info) => info.resource === resource && (resourceKey(info) === key || versionNamedBy(info, key) !== undefined),
  );
  if (found) byResource.set(key, found);
  return found;
}

/** The version that a resource key names, else the preferred one. */
export function versionOfKey(info: KindInfo, key: ResourceKey): string {
  return versionNamedBy(info, key) ?? info.version;
}

function versionNamedBy(info: KindInfo, key: ResourceKey): string | undefined {
  return info.versions.find((version) => key === `${info.resource}.${version}.${info.group}`);
}

/** The kind of an object's `apiVersion` and `kind`, each served version included. */
export function kindByGvk(apiVersion: string, kind: string): KindInfo | undefined {
  if (!byGvk) {
    byGvk = new Map();
    for (const info of kinds)
      for (const version of info.versions) byGvk.set(`${apiVersionOf(info, version)} ${info.kind}`, info);
  }
  return byGvk.get(`${apiVersion} ${kind}`);
}
