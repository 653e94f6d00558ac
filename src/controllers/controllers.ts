import { kindByResource } from "../api/registry.ts";
import type { ResourceKey } from "../api/snapshot.ts";
import type { ControllerEntry } from "./controller.ts";

/** All but what kubemu stores beside the objects. */
function isOfTheApi(resource: ResourceKey): boolean {
  return kindByResource(resource) !== undefined;
}

function isUnderQuota(resource: ResourceKey): boolean {
  const info = kindByResource(resource);
  return info?.namespaced === true && info.verbs.includes("list");
}

/** All control loops; what makes pods comes before what looks at them. A loop is loaded when something that it watches has changed. */
export const controllers: readonly ControllerEntry[] = [
  {
    name: "namespace-controller",
    watches: isOfTheApi,
    load: async () => (await import("./namespace/namespace.ts")).namespaceController,
  },
  { name: "node-controller", watches: ["nodes"], load: async () => (await import("./node/node.ts")).nodeController },
  {
    name: "kubernetes-service",
    watches: ["services", "endpoints", "endpointslices.discovery.k8s.io"],
    load: async () => (await import("./kubernetes-service/kubernetes-service.ts")).kubernetesServiceController,
  },
  {
    name: "service-account-controller",
    watches: ["namespaces", "serviceaccounts", "configmaps"],
    load: async () => (await import("./serviceaccount/serviceaccount.ts")).serviceAccountController,
  },
  {
    name: "deployment-controller",
    watches: ["deployments.apps", "replicasets.apps"],
    load: async () => (await import("./deployment/deployment.ts")).deploymentController,
  },
  {
    name: "cronjob-controller",
    watches: ["cronjobs.batch", "jobs.batch"],
    load: async () => (await import("./cronjob/cronjob.ts")).cronJobController,
  },
  {
    name: "job-controller",
    watches: ["jobs.batch", "pods"],
    load: async () => (await import("./job/job.ts")).jobController,
  },
  {
    name: "statefulset-controller",
    watches: ["statefulsets.apps", "pods", "controllerrevisions.apps"],
    load: async () => (await import("./statefulset/statefulset.ts")).statefulSetController,
  },
  {
    name: "daemonset-controller",
    watches: ["daemonsets.apps", "pods", "nodes", "controllerrevisions.apps"],
    load: async () => (await import("./daemonset/daemonset.ts")).daemonSetController,
  },
  {
    name: "replicaset-controller",
    watches: ["replicasets.apps", "pods"],
    load: async () => (await import("./replicaset/replicaset.ts")).replicaSetController,
  },
  {
    name: "replication-controller",
    watches: ["replicationcontrollers", "pods"],
    load: async () => (await import("./replicaset/replicaset.ts")).replicationController,
  },
  {
    name: "default-scheduler",
    watches: ["pods", "nodes", "persistentvolumeclaims"],
    load: async () => (await import("./scheduler/scheduler.ts")).scheduler,
  },
  {
    name: "kubelet",
    watches: ["pods", "runtime.kubemu.dev"],
    load: async () => (await import("./kubelet/kubelet.ts")).kubelet,
  },
  {
    name: "kubelet-configuration",
    watches: ["configmaps", "secrets"],
    onlyReads: true,
    load: async () => (await import("./kubelet/configuration-watch.ts")).configurationWatch,
  },
  {
    name: "endpointslice-controller",
    watches: ["services", "pods", "endpointslices.discovery.k8s.io"],
    load: async () => (await import("./endpointslice/endpointslice.ts")).endpointSliceController,
  },
  {
    name: "endpoint-controller",
    watches: ["services", "pods", "endpoints"],
    load: async () => (await import("./endpoints/endpoints.ts")).endpointsController,
  },
  {
    name: "endpointslice-mirroring-controller",
    watches: ["services", "endpoints", "endpointslices.discovery.k8s.io"],
    load: async () =>
      (await import("./endpointslice-mirroring/endpointslice-mirroring.ts")).endpointSliceMirroringController,
  },
  {
    name: "ip-addresses",
    watches: ["services", "ipaddresses.networking.k8s.io"],
    load: async () => (await import("./service-ip/ip-addresses.ts")).ipAddressController,
  },
  {
    name: "service-cidr-controller",
    watches: ["servicecidrs.networking.k8s.io", "ipaddresses.networking.k8s.io"],
    load: async () => (await import("./service-ip/service-cidrs.ts")).serviceCidrController,
  },
  {
    name: "service-lb-controller",
    watches: ["services"],
    load: async () => (await import("./service-lb/service-lb.ts")).serviceLoadBalancerController,
  },
  {
    name: "garbage-collector",
    watches: isOfTheApi,
    load: async () => (await import("./garbage-collector/garbage-collector.ts")).garbageCollector,
  },
  {
    name: "ttl-after-finished-controller",
    watches: ["jobs.batch"],
    load: async () => (await import("./ttl-after-finished/ttl-after-finished.ts")).ttlAfterFinishedController,
  },
  {
    name: "taint-eviction-controller",
    watches: ["nodes", "pods"],
    load: async () => (await import("./taint-eviction/taint-eviction.ts")).taintEvictionController,
  },
  {
    name: "pod-garbage-collector",
    watches: ["nodes"],
    load: async () => (await import("./pod-gc/pod-gc.ts")).podGarbageCollector,
  },
  {
    name: "disruption-controller",
    watches: ["poddisruptionbudgets.policy", "pods"],
    load: async () => (await import("./disruption/disruption.ts")).disruptionController,
  },
  {
    name: "horizontal-pod-autoscaler",
    watches: [
      "horizontalpodautoscalers.autoscaling",
      "deployments.apps",
      "statefulsets.apps",
      "replicasets.apps",
      "replicationcontrollers",
    ],
    load: async () => (await import("./autoscaler/autoscaler.ts")).autoscalerController,
  },
  { name: "event-expiry", watches: ["events"], load: async () => (await import("./events/expiry.ts")).eventExpiry },
  {
    name: "service-history",
    watches: ["services"],
    load: async () => (await import("./records/service-history.ts")).serviceHistory,
  },
  {
    name: "released-addresses",
    watches: ["services"],
    load: async () => (await import("./records/released.ts")).releasedAddresses,
  },
  {
    name: "record-cleaner",
    watches: ["pods", "services"],
    load: async () => (await import("./records/records.ts")).recordCleaner,
  },
  {
    name: "persistentvolume-controller",
    watches: ["persistentvolumeclaims", "persistentvolumes", "pods", "storageclasses.storage.k8s.io"],
    load: async () => (await import("./persistentvolume/persistentvolume.ts")).persistentVolumeController,
  },
  {
    name: "volumeattributesclass-protection-controller",
    watches: ["volumeattributesclasses.storage.k8s.io", "persistentvolumeclaims", "persistentvolumes"],
    load: async () => (await import("./persistentvolume/attributes-class.ts")).attributesClassProtection,
  },
  {
    name: "resourcequota-controller",
    watches: isUnderQuota,
    load: async () => (await import("./resourcequota/resourcequota.ts")).resourceQuotaController,
  },
  {
    name: "clusterrole-aggregation-controller",
    watches: ["clusterroles.rbac.authorization.k8s.io"],
    load: async () =>
      (await import("./clusterrole-aggregation/clusterrole-aggregation.ts")).clusterRoleAggregationController,
  },
  {
    name: "csrsigning",
    watches: ["certificatesigningrequests.certificates.k8s.io"],
    load: async () => (await import("./certificate-signer/certificate-signer.ts")).certificateSigner,
  },
];
