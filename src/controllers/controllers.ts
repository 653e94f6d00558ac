import { autoscalerController } from "./autoscaler/autoscaler.ts";
import type { Controller } from "./controller.ts";
import { cronJobController } from "./cronjob/cronjob.ts";
import { daemonSetController } from "./daemonset/daemonset.ts";
import { deploymentController } from "./deployment/deployment.ts";
import { disruptionController } from "./disruption/disruption.ts";
import { endpointsController } from "./endpoints/endpoints.ts";
import { endpointSliceController } from "./endpointslice/endpointslice.ts";
import { endpointSliceMirroringController } from "./endpointslice-mirroring/endpointslice-mirroring.ts";
import { eventExpiry } from "./events/expiry.ts";
import { garbageCollector } from "./garbage-collector/garbage-collector.ts";
import { jobController } from "./job/job.ts";
import { kubelet } from "./kubelet/kubelet.ts";
import { kubernetesServiceController } from "./kubernetes-service/kubernetes-service.ts";
import { namespaceController } from "./namespace/namespace.ts";
import { nodeController } from "./node/node.ts";
import { persistentVolumeController } from "./persistentvolume/persistentvolume.ts";
import { podGarbageCollector } from "./pod-gc/pod-gc.ts";
import { recordCleaner } from "./records/records.ts";
import { serviceHistory } from "./records/service-history.ts";
import { replicaSetController, replicationController } from "./replicaset/replicaset.ts";
import { resourceQuotaController } from "./resourcequota/resourcequota.ts";
import { scheduler } from "./scheduler/scheduler.ts";
import { ipAddressController } from "./service-ip/ip-addresses.ts";
import { serviceCidrController } from "./service-ip/service-cidrs.ts";
import { serviceLoadBalancerController } from "./service-lb/service-lb.ts";
import { serviceAccountController } from "./serviceaccount/serviceaccount.ts";
import { statefulSetController } from "./statefulset/statefulset.ts";
import { taintEvictionController } from "./taint-eviction/taint-eviction.ts";
import { ttlAfterFinishedController } from "./ttl-after-finished/ttl-after-finished.ts";

/** All control loops; what makes pods comes before what looks at them. */
export const controllers: readonly Controller[] = [
  namespaceController,
  nodeController,
  kubernetesServiceController,
  serviceAccountController,
  deploymentController,
  cronJobController,
  jobController,
  statefulSetController,
  daemonSetController,
  replicaSetController,
  replicationController,
  scheduler,
  kubelet,
  endpointSliceController,
  endpointsController,
  endpointSliceMirroringController,
  ipAddressController,
  serviceCidrController,
  serviceLoadBalancerController,
  garbageCollector,
  ttlAfterFinishedController,
  taintEvictionController,
  podGarbageCollector,
  disruptionController,
  autoscalerController,
  eventExpiry,
  serviceHistory,
  recordCleaner,
  persistentVolumeController,
  resourceQuotaController,
];
