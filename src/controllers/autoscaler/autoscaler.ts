import type { IndexedSnapshot } from "../../api/indexes.ts";
import { clone, equal } from "../../api/json.ts";
import type { KubeObject } from "../../api/object.ts";
import { kindByGvk, resourceKey } from "../../api/registry.ts";
import { timestamp } from "../../api/snapshot.ts";
import type {
  HorizontalPodAutoscaler,
  HorizontalPodAutoscalerCondition,
  HorizontalPodAutoscalerStatus,
  MetricSpec,
} from "../../api/types/autoscaling-v2.ts";
import type { Write } from "../../api/writes.ts";
import type { Controller, Reconciled } from "../controller.ts";
import { keyOf, splitKey } from "../keys.ts";
import { recorder } from "../recorder.ts";

const AUTOSCALERS = "horizontalpodautoscalers.autoscaling";
const COMPONENT = "horizontal-pod-autoscaler";
const told = recorder(COMPONENT);
/** How often the real one looks (milliseconds). */
const PERIOD = 15_000;

interface Scaled extends KubeObject {
  spec?: { replicas?: number };
  status?: { replicas?: number };
}

/** Keeps the target within its limits; in a cluster without metrics that is all it can. Models kubernetes pkg/controller/podautoscaler. */
export const autoscalerController: Controller = {
  name: COMPONENT,
  manager: "kube-controller-manager",
  affected({ resource, before, after }, snapshot) {
    const object = (after ?? before)!;
    if (resource === AUTOSCALERS) return after ? [keyOf(after)] : [];
    const [old, next] = [before as Scaled | undefined, after as Scaled | undefined];
    if (old && next && old.spec?.replicas === next.spec?.replicas) return [];
    return snapshot
      .list<HorizontalPodAutoscaler>(AUTOSCALERS, object.metadata.namespace)
      .filter(
        ({ spec }) => spec.scaleTargetRef.kind === object.kind && spec.scaleTargetRef.name === object.metadata.name,
      )
      .map(keyOf);
  },
  reconcile(key, snapshot) {
    const { namespace, name } = splitKey(key);
    const scaler = snapshot.get<HorizontalPodAutoscaler>(AUTOSCALERS, namespace, name);
    if (!scaler || scaler.metadata.deletionTimestamp) return { writes: [] };
    const since = Date.parse(scaler.metadata.creationTimestamp ?? "");
    const due = since + Math.max(1, Math.ceil((snapshot.now - since) / PERIOD)) * PERIOD;
    return due > snapshot.now ? { writes: [], wakeAt: due } : sync(scaler, snapshot);
  },
};

/** Models reconcileAutoscaler where no metrics API answers. */
function sync(scaler: HorizontalPodAutoscaler, snapshot: IndexedSnapshot): Reconciled {
  const { now } = snapshot;
  const { scaleTargetRef: ref, minReplicas = 1, maxReplicas } = scaler.spec;
  const info = kindByGvk(ref.apiVersion ?? "v1", ref.kind);
  const target = info && snapshot.get<Scaled>(resourceKey(info), scaler.metadata.namespace!, ref.name);
  const old = scaler.status;
  const conditions = [...(old?.conditions ?? [])];
  const set = (type: string, status: string, reason: string, message: string) =>
    setCondition(conditions, { type, status, reason, message }, now);
  const done = (status: HorizontalPodAutoscalerStatus, writes: Write[], wakeAt?: number): Reconciled => {
    if (equal(status, old)) return { writes: [] };
    writes.push({ verb: "updateStatus", resource: AUTOSCALERS, object: { ...clone(scaler), status } });
    return wakeAt === undefined ? { writes } : { writes, wakeAt };
  };
  if (!info || !target) {
    const kind = info ? resourceKey(info) : ref.kind;
    const why = info ? `${kind} "${ref.name}" not found` : `no matches for kind "${ref.kind}" in group ""`;
    set(
      "AbleToScale",
      "False",
      "FailedGetScale",
      `the HPA controller was unable to get the target's current scale: ${why}`,
    );
    return done({ ...(old ?? { desiredReplicas: 0 }), conditions }, [told(scaler, "Warning", "FailedGetScale", why)]);
  }
  set("AbleToScale", "True", "SucceededGetScale", "the HPA controller was able to get the target's current scale");
  const current = target.spec?.replicas ?? 1;
  // Metrics that could not be had leave empty entries; where none was asked for, the list is nil.
  const status = (desired: number, metrics: { type: string }[] | null = null): HorizontalPodAutoscalerStatus => ({
    ...(old?.lastScaleTime ? { lastScaleTime: old.lastScaleTime } : {}),
    ...(current ? { currentReplicas: current } : {}),
    desiredReplicas: desired,
    currentMetrics: metrics as [],
    conditions,
  });
  if (current === 0) {
    set(
      "ScalingActive",
      "False",
      "ScalingDisabled",
      "scaling is disabled since the replica count of the target is zero",
    );
    return done(status(0), []);
  }
  const wanted = current > maxReplicas ? maxReplicas : current < minReplicas ? minReplicas : current;
  if (wanted !== current) {
    const reason =
      wanted < current
        ? "Current number of replicas above Spec.MaxReplicas"
        : "Current number of replicas below Spec.MinReplicas";
    set(
      "AbleToScale",
      "True",
      "SucceededRescale",
      `the HPA controller was able to update the target scale to ${wanted}`,
    );
    const next = clone(target);
    next.spec = { ...next.spec, replicas: wanted };
    const writes: Write[] = [
      { verb: "update", resource: resourceKey(info), object: next },
      told(scaler, "Normal", "SuccessfulRescale", `New size: ${wanted}; reason: ${reason}`),
    ];
    return done({ ...status(wanted), lastScaleTime: timestamp(now) }, writes, now + PERIOD);
  }
  const first = scaler.spec.metrics?.[0] ?? DEFAULT_METRIC;
  const { reason, message, error } = unavailable(first);
  set("ScalingActive", "False", reason, `the HPA was unable to compute the replica count: ${message}`);
  const count = scaler.spec.metrics?.length ?? 1;
  const empty = new Array(count).fill({ type: "" });
  return done(status(old?.desiredReplicas ?? 0, empty), [
    told(scaler, "Warning", reason, message),
    told(
      scaler,
      "Warning",
      "FailedComputeMetricsReplicas",
      `invalid metrics (${count} invalid out of ${count}), first error is: ${error}`,
    ),
  ]);
}

const DEFAULT_METRIC: MetricSpec = {
  type: "Resource",
  resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 80 } },
};

const NO_API = "the server could not find the requested resource (get pods.metrics.k8s.io)";

/** Models computeReplicasForMetric and the errors of the metrics clients below it. */
function unavailable(metric: MetricSpec): { reason: string; message: string; error: string } {
  const resource = metric.resource ?? metric.containerResource;
  if (resource) {
    const what = resource.target.averageValue === undefined ? "utilization" : "usage";
    const message = `failed to get ${resource.name} ${what}: unable to get metrics for resource ${resource.name}: unable to fetch metrics from resource metrics API: ${NO_API}`;
    const container = metric.type === "ContainerResource";
    return {
      reason: container ? "FailedGetContainerResourceMetric" : "FailedGetResourceMetric",
      message,
      error: `failed to get ${resource.name} ${container ? "container metric" : "resource metric"} value: ${message}`,
    };
  }
  const kind = metric.type;
  const api = kind === "External" ? "external" : "custom";
  const message = `unable to fetch metrics from ${api} metrics API: no ${api} metrics API (${api}.metrics.k8s.io) registered`;
  return {
    reason: `FailedGet${kind}Metric`,
    message,
    error: `failed to get ${kind.toLowerCase()} metric value: ${message}`,
  };
}

/** Models setConditionInList. */
function setCondition(
  list: HorizontalPodAutoscalerCondition[],
  next: HorizontalPodAutoscalerCondition,
  now: number,
): void {
  const old = list.find(({ type }) => type === next.type);
  if (!old) list.push({ ...next, lastTransitionTime: timestamp(now) });
  else
    list[list.indexOf(old)] = {
      ...next,
      lastTransitionTime: old.status === next.status ? old.lastTransitionTime! : timestamp(now),
    };
}
