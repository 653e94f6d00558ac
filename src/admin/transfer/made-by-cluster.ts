import { MANAGED_BY, TRIGGER_TIME } from "../../api/kinds/endpointslice/marks.ts";
import type { KubeObject } from "../../api/object.ts";

/** Every cluster has them. */
const SYSTEM_NAMESPACES: readonly string[] = ["default", "kube-node-lease", "kube-public", "kube-system"];

/** Whether a namespace holds what the cluster needs for itself. */
export const isSystemNamespace = (name = "") => name !== "default" && SYSTEM_NAMESPACES.includes(name);

/** Kinds whose objects programs of the cluster write. */
const CLUSTER_KINDS: readonly string[] = [
  "APIService",
  "CertificateSigningRequest",
  "ComponentStatus",
  "ControllerRevision",
  "CSINode",
  "CSIStorageCapacity",
  "Event",
  "IPAddress",
  "Lease",
  "Node",
  "ResourceSlice",
  "VolumeAttachment",
];

/** Objects that every cluster makes for itself, or that a controller keeps: nobody writes them. */
export function madeByCluster(object: KubeObject): boolean {
  const { kind, metadata } = object;
  const { name = "", namespace = "", labels = {}, annotations = {} } = metadata;
  if (metadata.ownerReferences?.some((owner) => owner.controller)) return true;
  if (CLUSTER_KINDS.includes(kind)) return true;
  const isApiServers = namespace === "default" && name === "kubernetes";
  switch (kind) {
    case "Namespace":
      return SYSTEM_NAMESPACES.includes(name);
    case "Service":
      return isApiServers;
    case "Endpoints":
      return isApiServers || isKeptEndpoints(object);
    case "EndpointSlice":
      return isApiServers || isControllers(labels[MANAGED_BY]);
    case "ServiceAccount":
      return name === "default";
    case "ConfigMap":
      return name === "kube-root-ca.crt";
    case "Secret":
      return object.type === "kubernetes.io/service-account-token";
    case "ServiceCIDR":
      return name === "kubernetes";
    case "PersistentVolume":
      return annotations["pv.kubernetes.io/provisioned-by"] !== undefined;
    case "PriorityClass":
      return name.startsWith("system-");
    case "FlowSchema":
    case "PriorityLevelConfiguration":
      return annotations["apf.kubernetes.io/autoupdate-spec"] !== undefined;
    case "ClusterRole":
    case "ClusterRoleBinding":
    case "Role":
    case "RoleBinding":
      return labels["kubernetes.io/bootstrapping"] !== undefined || name.startsWith("system:");
  }
  return false;
}

const isControllers = (manager: string | undefined) => manager?.endsWith("controller.k8s.io") ?? false;

/** Clusters older than 1.33 set no label; their controller leaves the annotation, or no subset at all. */
function isKeptEndpoints({ metadata, subsets }: KubeObject): boolean {
  const { labels = {}, annotations = {} } = metadata;
  if (labels["endpoints.kubernetes.io/managed-by"] !== undefined) return true;
  if (annotations[TRIGGER_TIME] !== undefined) return true;
  return !Array.isArray(subsets) || subsets.length === 0;
}

/** What others need comes first: an apply from top to bottom works. */
const FIRST: readonly string[] = [
  "Namespace",
  "PriorityClass",
  "RuntimeClass",
  "StorageClass",
  "VolumeAttributesClass",
  "IngressClass",
  "PersistentVolume",
  "ServiceAccount",
  "ConfigMap",
  "Secret",
  "PersistentVolumeClaim",
  "Service",
];

/** The same list, what others need first; else in its own order. `of` gives an entry's kind. */
export function inOrderOfNeed<T>(entries: readonly T[], of: (entry: T) => string): T[] {
  const rank = (entry: T) => {
    const at = FIRST.indexOf(of(entry));
    return at < 0 ? FIRST.length : at;
  };
  return [...entries].sort((a, b) => rank(a) - rank(b));
}
