import type { ResourceKey } from "./snapshot.ts";

/** What the API says of one kind; what it does with its objects is in `kinds/`, found by `kinds/load.ts`. */
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
  { kind: "ComponentStatus", resource: "componentstatuses", shortNames: ["cs"], namespaced: false, verbs: READ_ONLY, deprecated: "v1 ComponentStatus is deprecated in v1.19+" },
  { kind: "ConfigMap", resource: "configmaps", shortNames: ["cm"], storageVersionHash: "qFsyl6wFWjQ=" },
  { kind: "Endpoints", resource: "endpoints", shortNames: ["ep"], storageVersionHash: "fWeeMqaN/OA=", deprecated: "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice" },
  { kind: "Event", resource: "events", shortNames: ["ev"], storageVersionHash: "r2yiGXH7wu8=" },
  { kind: "LimitRange", resource: "limitranges", shortNames: ["limits"], storageVersionHash: "EBKMFVe6cwo=" },
  { kind: "Namespace", resource: "namespaces", shortNames: ["ns"], namespaced: false, verbs: NO_COLLECTION, subresources: ["finalize", "status"], storageVersionHash: "Q3oi5N2YM8M=" },
  { kind: "Node", resource: "nodes", shortNames: ["no"], namespaced: false, subresources: ["proxy", "status"], storageVersionHash: "XwShjMxG9Fs=" },
  { kind: "PersistentVolumeClaim", resource: "persistentvolumeclaims", shortNames: ["pvc"], subresources: ["status"], storageVersionHash: "QWTyNDq0dC4=" },
  { kind: "PersistentVolume", resource: "persistentvolumes", shortNames: ["pv"], namespaced: false, subresources: ["status"], storageVersionHash: "HN/zwEC+JgM=" },
  { kind: "Pod", resource: "pods", shortNames: ["po"], categories: ["all"], subresources: ["attach", "binding", "ephemeralcontainers", "eviction", "exec", "log", "portforward", "proxy", "resize", "status"], storageVersionHash: "xPOwRZ+Yhw8=" },
  { kind: "PodTemplate", resource: "podtemplates", storageVersionHash: "LIXB2x4IFpk=" },
  { kind: "ReplicationController", resource: "replicationcontrollers", shortNames: ["rc"], categories: ["all"], subresources: ["scale", "status"], storageVersionHash: "Jond2If31h0=" },
  { kind: "ResourceQuota", resource: "resourcequotas", shortNames: ["quota"], subresources: ["status"], storageVersionHash: "8uhSgffRX6w=" },
  { kind: "Secret", resource: "secrets", storageVersionHash: "S6u1pOWzb84=" },
  { kind: "ServiceAccount", resource: "serviceaccounts", shortNames: ["sa"], subresources: ["token"], storageVersionHash: "pbx9ZvyFpBE=" },
  { kind: "Service", resource: "services", shortNames: ["svc"], categories: ["all"], subresources: ["proxy", "status"], storageVersionHash: "0/CO1lhkEBI=" },
  { group: "apiregistration.k8s.io", kind: "APIService", resource: "apiservices", categories: ["api-extensions"], namespaced: false, subresources: ["status"], storageVersionHash: "InPBPD7+PqM=" },
  { group: "apps", kind: "ControllerRevision", resource: "controllerrevisions", storageVersionHash: "85nkx63pcBU=" },
  { group: "apps", kind: "DaemonSet", resource: "daemonsets", shortNames: ["ds"], categories: ["all"], subresources: ["status"], storageVersionHash: "dd7pWHUlMKQ=" },
  { group: "apps", kind: "Deployment", resource: "deployments", shortNames: ["deploy"], categories: ["all"], subresources: ["scale", "status"], storageVersionHash: "8aSe+NMegvE=" },
  { group: "apps", kind: "ReplicaSet", resource: "replicasets", shortNames: ["rs"], categories: ["all"], subresources: ["scale", "status"], storageVersionHash: "P1RzHs8/mWQ=" },
  { group: "apps", kind: "StatefulSet", resource: "statefulsets", shortNames: ["sts"], categories: ["all"], subresources: ["scale", "status"], storageVersionHash: "H+vl74LkKdo=" },
  { group: "events.k8s.io", kind: "Event", resource: "events", storage: "events", shortNames: ["ev"], storageVersionHash: "r2yiGXH7wu8=" },
  { group: "authentication.k8s.io", kind: "SelfSubjectReview", resource: "selfsubjectreviews", namespaced: false, verbs: CREATE_ONLY },
  { group: "authentication.k8s.io", kind: "TokenReview", resource: "tokenreviews", namespaced: false, verbs: CREATE_ONLY },
  { group: "authorization.k8s.io", kind: "LocalSubjectAccessReview", resource: "localsubjectaccessreviews", verbs: CREATE_ONLY },
  { group: "authorization.k8s.io", kind: "SelfSubjectAccessReview", resource: "selfsubjectaccessreviews", namespaced: false, verbs: CREATE_ONLY },
  { group: "authorization.k8s.io", kind: "SelfSubjectRulesReview", resource: "selfsubjectrulesreviews", namespaced: false, verbs: CREATE_ONLY },
  { group: "authorization.k8s.io", kind: "SubjectAccessReview", resource: "subjectaccessreviews", namespaced: false, verbs: CREATE_ONLY },
  { group: "autoscaling", versions: ["v2", "v1"], kind: "HorizontalPodAutoscaler", resource: "horizontalpodautoscalers", shortNames: ["hpa"], categories: ["all"], subresources: ["status"], storageVersionHash: "qwQve8ut294=" },
  { group: "batch", kind: "CronJob", resource: "cronjobs", shortNames: ["cj"], categories: ["all"], subresources: ["status"], storageVersionHash: "sd5LIXh4Fjs=" },
  { group: "batch", kind: "Job", resource: "jobs", categories: ["all"], subresources: ["status"], storageVersionHash: "mudhfqk/qZY=" },
  { group: "certificates.k8s.io", kind: "CertificateSigningRequest", resource: "certificatesigningrequests", shortNames: ["csr"], namespaced: false, subresources: ["approval", "status"], storageVersionHash: "95fRKMXA+00=" },
  { group: "networking.k8s.io", kind: "IngressClass", resource: "ingressclasses", namespaced: false, storageVersionHash: "l/iqIbDgFyQ=" },
  { group: "networking.k8s.io", kind: "Ingress", resource: "ingresses", shortNames: ["ing"], subresources: ["status"], storageVersionHash: "39NQlfNR+bo=" },
  { group: "networking.k8s.io", kind: "IPAddress", resource: "ipaddresses", shortNames: ["ip"], namespaced: false, storageVersionHash: "3f/plJFChNE=" },
  { group: "networking.k8s.io", kind: "NetworkPolicy", resource: "networkpolicies", shortNames: ["netpol"], storageVersionHash: "YpfwF18m1G8=" },
  { group: "networking.k8s.io", kind: "ServiceCIDR", resource: "servicecidrs", namespaced: false, subresources: ["status"], storageVersionHash: "gNLvruQhW2g=" },
  { group: "policy", kind: "PodDisruptionBudget", resource: "poddisruptionbudgets", shortNames: ["pdb"], subresources: ["status"], storageVersionHash: "EVWiDmWqyJw=" },
  { group: "rbac.authorization.k8s.io", kind: "ClusterRoleBinding", resource: "clusterrolebindings", namespaced: false, storageVersionHash: "48tpQ8gZHFc=" },
  { group: "rbac.authorization.k8s.io", kind: "ClusterRole", resource: "clusterroles", namespaced: false, storageVersionHash: "bYE5ZWDrJ44=" },
  { group: "rbac.authorization.k8s.io", kind: "RoleBinding", resource: "rolebindings", storageVersionHash: "eGsCzGH6b1g=" },
  { group: "rbac.authorization.k8s.io", kind: "Role", resource: "roles", storageVersionHash: "7FuwZcIIItM=" },
  { group: "storage.k8s.io", kind: "CSIDriver", resource: "csidrivers", namespaced: false, storageVersionHash: "hL6j/rwBV5w=" },
  { group: "storage.k8s.io", kind: "CSINode", resource: "csinodes", namespaced: false, storageVersionHash: "Pe62DkZtjuo=" },
  { group: "storage.k8s.io", kind: "CSIStorageCapacity", resource: "csistoragecapacities", storageVersionHash: "xeVl+2Ly1kE=" },
  { group: "storage.k8s.io", kind: "StorageClass", resource: "storageclasses", shortNames: ["sc"], namespaced: false, storageVersionHash: "K+m6uJwbjGY=" },
  { group: "storage.k8s.io", kind: "VolumeAttachment", resource: "volumeattachments", namespaced: false, subresources: ["status"], storageVersionHash: "tJx/ezt6UDU=" },
  { group: "storage.k8s.io", kind: "VolumeAttributesClass", resource: "volumeattributesclasses", shortNames: ["vac"], namespaced: false, storageVersionHash: "tIjydgKBC5w=" },
  { group: "admissionregistration.k8s.io", kind: "MutatingAdmissionPolicy", resource: "mutatingadmissionpolicies", categories: ["api-extensions"], namespaced: false, storageVersionHash: "LYmCf+UMVdg=" },
  { group: "admissionregistration.k8s.io", kind: "MutatingAdmissionPolicyBinding", resource: "mutatingadmissionpolicybindings", categories: ["api-extensions"], namespaced: false, storageVersionHash: "90V5FRZZ3Zg=" },
  { group: "admissionregistration.k8s.io", kind: "MutatingWebhookConfiguration", resource: "mutatingwebhookconfigurations", categories: ["api-extensions"], namespaced: false, storageVersionHash: "Sqi0GUgDaX0=" },
  { group: "admissionregistration.k8s.io", kind: "ValidatingAdmissionPolicy", resource: "validatingadmissionpolicies", categories: ["api-extensions"], namespaced: false, subresources: ["status"], storageVersionHash: "6OxvlMmQ6is=" },
  { group: "admissionregistration.k8s.io", kind: "ValidatingAdmissionPolicyBinding", resource: "validatingadmissionpolicybindings", categories: ["api-extensions"], namespaced: false, storageVersionHash: "v9715VZqakg=" },
  { group: "admissionregistration.k8s.io", kind: "ValidatingWebhookConfiguration", resource: "validatingwebhookconfigurations", categories: ["api-extensions"], namespaced: false, storageVersionHash: "B0wHjQmsGNk=" },
  { group: "apiextensions.k8s.io", kind: "CustomResourceDefinition", resource: "customresourcedefinitions", shortNames: ["crd", "crds"], categories: ["api-extensions"], namespaced: false, subresources: ["status"], storageVersionHash: "jfWCUB31mvA=" },
  { group: "scheduling.k8s.io", kind: "PriorityClass", resource: "priorityclasses", shortNames: ["pc"], namespaced: false, storageVersionHash: "1QwjyaZjj3Y=" },
  { group: "coordination.k8s.io", kind: "Lease", resource: "leases", storageVersionHash: "gqkMMb/YqFM=" },
  { group: "node.k8s.io", kind: "RuntimeClass", resource: "runtimeclasses", namespaced: false, storageVersionHash: "WQTu1GL3T2Q=" },
  { group: "discovery.k8s.io", kind: "EndpointSlice", resource: "endpointslices", storageVersionHash: "qgS0xkrxYAI=" },
  { group: "resource.k8s.io", kind: "DeviceClass", resource: "deviceclasses", namespaced: false, storageVersionHash: "Yk2PTc1Ybxk=" },
  { group: "resource.k8s.io", kind: "ResourceClaim", resource: "resourceclaims", subresources: ["status"], storageVersionHash: "wgAZaHcZxUg=" },
  { group: "resource.k8s.io", kind: "ResourceClaimTemplate", resource: "resourceclaimtemplates", storageVersionHash: "TuzjC49aUfM=" },
  { group: "resource.k8s.io", kind: "ResourceSlice", resource: "resourceslices", namespaced: false, storageVersionHash: "KsC072WgaEY=" },
  { group: "flowcontrol.apiserver.k8s.io", kind: "FlowSchema", resource: "flowschemas", namespaced: false, subresources: ["status"], storageVersionHash: "GJVAJZSZBIw=" },
  { group: "flowcontrol.apiserver.k8s.io", kind: "PriorityLevelConfiguration", resource: "prioritylevelconfigurations", namespaced: false, subresources: ["status"], storageVersionHash: "Kir5PVfvNeI=" },
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
