import { clone } from "../../api/json.ts";
import type { Job } from "../../api/types/batch.ts";
import type { Container, Pod } from "../../api/types/core.ts";
import type { Write } from "../../api/writes.ts";
import { deletionOrder, podFromTemplate } from "../pods.ts";
import { COMPLETION_INDEX, indexOf, isIndexed } from "./indexes.ts";

const TRACKING = "batch.kubernetes.io/job-tracking";
export const COMPONENT = "job-controller";

/** The pod of a Job, or of one index of it. Models manageJob and indexed_job_utils.go. */
export function creation(job: Job, index: number | undefined): Write {
  const pod = podFromTemplate(job.spec!.template, job);
  if (!pod.metadata.finalizers?.includes(TRACKING))
    pod.metadata.finalizers = [...(pod.metadata.finalizers ?? []), TRACKING];
  if (index !== undefined) {
    pod.metadata.generateName = `${job.metadata.name}-${index}-`;
    pod.metadata.annotations = { ...pod.metadata.annotations, [COMPLETION_INDEX]: String(index) };
    pod.metadata.labels = { ...pod.metadata.labels, [COMPLETION_INDEX]: String(index) };
    pod.spec!.hostname = `${job.metadata.name}-${index}`;
    for (const container of [...(pod.spec!.initContainers ?? []), ...pod.spec!.containers]) addIndex(container);
  }
  return { verb: "create", resource: "pods", object: pod, announce: { about: job, component: COMPONENT } };
}

function addIndex(container: Container): void {
  if (container.env?.some((variable) => variable.name === "JOB_COMPLETION_INDEX")) return;
  const fieldPath = `metadata.labels['${COMPLETION_INDEX}']`;
  container.env = [...(container.env ?? []), { name: "JOB_COMPLETION_INDEX", valueFrom: { fieldRef: { fieldPath } } }];
}

export function isTracked(pod: Pod): boolean {
  return pod.metadata.finalizers?.includes(TRACKING) ?? false;
}

/** Counted pods are let go. */
export function untracked(pod: Pod): Write {
  const next = clone(pod);
  next.metadata.finalizers = next.metadata.finalizers!.filter((name) => name !== TRACKING);
  if (next.metadata.finalizers.length === 0) delete next.metadata.finalizers;
  return { verb: "update", resource: "pods", object: next };
}

/** Which active pods go when there are `count` too many. Models activePodsForRemoval. */
export function tooMany(job: Job, active: readonly Pod[], count: number): Pod[] {
  const order = deletionOrder(active);
  if (!isIndexed(job)) return order.slice(0, count);
  const seen = new Set<number>();
  const spare: Pod[] = [];
  for (const pod of [...order].reverse()) {
    const index = indexOf(job, pod);
    if (index === undefined || seen.has(index)) spare.push(pod);
    else seen.add(index);
  }
  return [...spare, ...order.filter((pod) => !spare.includes(pod)).slice(0, Math.max(0, count - spare.length))];
}
