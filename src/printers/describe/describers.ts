import type { Describe } from "./port.ts";

interface Describer {
  /** The resource that is asked for: a describer reads one version, whichever was named. */
  resource: string;
  load: () => Promise<{ describe: unknown }>;
}

const role = () => import("./role.ts");
const roleBinding = () => import("./rolebinding.ts");

/** By kind and group. Models describerMap. */
// biome-ignore format: one line a kind
const DESCRIBERS: Readonly<Record<string, Describer>> = {
  Pod: { resource: "pods", load: () => import("./pod.ts") },
  ReplicationController: { resource: "replicationcontrollers", load: () => import("./replicationcontroller.ts") },
  Secret: { resource: "secrets", load: () => import("./secret.ts") },
  Service: { resource: "services", load: () => import("./service.ts") },
  ServiceAccount: { resource: "serviceaccounts", load: () => import("./serviceaccount.ts") },
  Node: { resource: "nodes", load: () => import("./node.ts") },
  LimitRange: { resource: "limitranges", load: () => import("./limitrange.ts") },
  ResourceQuota: { resource: "resourcequotas", load: () => import("./resourcequota.ts") },
  PersistentVolume: { resource: "persistentvolumes", load: () => import("./persistentvolume.ts") },
  PersistentVolumeClaim: { resource: "persistentvolumeclaims", load: () => import("./persistentvolumeclaim.ts") },
  Namespace: { resource: "namespaces", load: () => import("./namespace.ts") },
  Endpoints: { resource: "endpoints", load: () => import("./endpoints.ts") },
  ConfigMap: { resource: "configmaps", load: () => import("./configmap.ts") },
  "EndpointSlice.discovery.k8s.io": { resource: "endpointslices.discovery.k8s.io", load: () => import("./endpointslice.ts") },
  "HorizontalPodAutoscaler.autoscaling": { resource: "horizontalpodautoscalers.autoscaling", load: () => import("./horizontalpodautoscaler.ts") },
  "Ingress.networking.k8s.io": { resource: "ingresses.networking.k8s.io", load: () => import("./ingress.ts") },
  "IngressClass.networking.k8s.io": { resource: "ingressclasses.networking.k8s.io", load: () => import("./ingressclass.ts") },
  "ServiceCIDR.networking.k8s.io": { resource: "servicecidrs.networking.k8s.io", load: () => import("./servicecidr.ts") },
  "IPAddress.networking.k8s.io": { resource: "ipaddresses.networking.k8s.io", load: () => import("./ipaddress.ts") },
  "Job.batch": { resource: "jobs.batch", load: () => import("./job.ts") },
  "CronJob.batch": { resource: "cronjobs.batch", load: () => import("./cronjob.ts") },
  "StatefulSet.apps": { resource: "statefulsets.apps", load: () => import("./statefulset.ts") },
  "Deployment.apps": { resource: "deployments.apps", load: () => import("./deployment.ts") },
  "DaemonSet.apps": { resource: "daemonsets.apps", load: () => import("./daemonset.ts") },
  "ReplicaSet.apps": { resource: "replicasets.apps", load: () => import("./replicaset.ts") },
  "CertificateSigningRequest.certificates.k8s.io": { resource: "certificatesigningrequests.certificates.k8s.io", load: () => import("./certificatesigningrequest.ts") },
  "StorageClass.storage.k8s.io": { resource: "storageclasses.storage.k8s.io", load: () => import("./storageclass.ts") },
  "CSINode.storage.k8s.io": { resource: "csinodes.storage.k8s.io", load: () => import("./csinode.ts") },
  "VolumeAttributesClass.storage.k8s.io": { resource: "volumeattributesclasses.storage.k8s.io", load: () => import("./volumeattributesclass.ts") },
  "PodDisruptionBudget.policy": { resource: "poddisruptionbudgets.policy", load: () => import("./poddisruptionbudget.ts") },
  "Role.rbac.authorization.k8s.io": { resource: "roles.rbac.authorization.k8s.io", load: role },
  "ClusterRole.rbac.authorization.k8s.io": { resource: "clusterroles.rbac.authorization.k8s.io", load: role },
  "RoleBinding.rbac.authorization.k8s.io": { resource: "rolebindings.rbac.authorization.k8s.io", load: roleBinding },
  "ClusterRoleBinding.rbac.authorization.k8s.io": { resource: "clusterrolebindings.rbac.authorization.k8s.io", load: roleBinding },
  "NetworkPolicy.networking.k8s.io": { resource: "networkpolicies.networking.k8s.io", load: () => import("./networkpolicy.ts") },
  "PriorityClass.scheduling.k8s.io": { resource: "priorityclasses.scheduling.k8s.io", load: () => import("./priorityclass.ts") },
};

/**
 * How a kind is described: by its own describer, else field by field. `resource` says in which version it has to be read; undefined: in
 * the one that was named.
 */
export async function loadDescriber(group: string, kind: string): Promise<{ resource?: string; describe: Describe }> {
  const found = DESCRIBERS[group === "" ? kind : `${kind}.${group}`];
  if (!found) return { describe: (await import("./generic.ts")).describe };
  // A describer reads objects of its own kind only.
  return { resource: found.resource, describe: (await found.load()).describe as Describe };
}
