import type { Controller } from "./controller.ts";
import { cronJobController } from "./cronjob/cronjob.ts";
import { daemonSetController } from "./daemonset/daemonset.ts";
import { deploymentController } from "./deployment/deployment.ts";
import { endpointsController } from "./endpoints/endpoints.ts";
import { endpointSliceController } from "./endpointslice/endpointslice.ts";
import { eventExpiry } from "./events/expiry.ts";
import { garbageCollector } from "./garbage-collector/garbage-collector.ts";
import { jobController } from "./job/job.ts";
import { kubelet } from "./kubelet/kubelet.ts";
import { namespaceController } from "./namespace/namespace.ts";
import { replicaSetController } from "./replicaset/replicaset.ts";
import { scheduler } from "./scheduler/scheduler.ts";
import { serviceLoadBalancerController } from "./service-lb/service-lb.ts";
import { serviceAccountController } from "./serviceaccount/serviceaccount.ts";
import { statefulSetController } from "./statefulset/statefulset.ts";
import { ttlAfterFinishedController } from "./ttl-after-finished/ttl-after-finished.ts";

/** All control loops; what makes pods comes before what looks at them. */
export const controllers: readonly Controller[] = [
  namespaceController,
  serviceAccountController,
  deploymentController,
  cronJobController,
  jobController,
  statefulSetController,
  daemonSetController,
  replicaSetController,
  scheduler,
  kubelet,
  endpointSliceController,
  endpointsController,
  serviceLoadBalancerController,
  garbageCollector,
  ttlAfterFinishedController,
  eventExpiry,
];
