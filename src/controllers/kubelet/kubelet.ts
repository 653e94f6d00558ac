import { clone, equal } from "../../api/json.ts";
import { containerStatusesOf, isFinished } from "../../api/kinds/pod/state.ts";
import { settingOf } from "../../api/settings.ts";
import { timestamp } from "../../api/snapshot.ts";
import type { Node, Pod } from "../../api/types/core.ts";
import type { Write } from "../../api/writes.ts";
import type { Controller } from "../controller.ts";
import { keyOf, splitKey } from "../keys.ts";
import { podStep } from "./pod-status.ts";
import { startRecords } from "./start-records.ts";

/** Longer than events live (milliseconds). */
const LONG = 2 * 3_600_000;

/** Runs the pods of every node: starts, watches, restarts and stops their containers. Models kubernetes pkg/kubelet. */
export const kubelet: Controller = {
  name: "kubelet",
  manager: "kubelet",
  affected({ resource, before, after }) {
    if (!after || (resource === "pods" && !(after as Pod).spec?.nodeName)) return [];
    const key = keyOf(after);
    // The order to stop is told of once, however often the pod is looked at while it stops.
    const stops = resource === "pods" && after.metadata.deletionTimestamp && !before?.metadata.deletionTimestamp;
    return stops ? [`${key} stop`, key] : [key];
  },
  reconcile(key, snapshot) {
    const [path = "", task] = key.split(" ");
    const { namespace, name } = splitKey(path);
    const pod = snapshot.get<Pod>("pods", namespace, name);
    const nodeName = pod?.spec?.nodeName;
    if (!pod || !nodeName) return { writes: [] };
    const node = snapshot.get<Node>("nodes", "", nodeName);
    if (!node) return { writes: [] };
    if (task === "stop") return { writes: killing(pod, nodeName) };
    const writes: Write[] = [];
    if (pod.metadata.deletionTimestamp) {
      const grace = (pod.metadata.deletionGracePeriodSeconds ?? 0) * 1000;
      const asked = Date.parse(pod.metadata.deletionTimestamp) - grace;
      const gone = asked + Math.min(grace, settingOf(snapshot.cluster, "pod-stop"));
      return gone <= snapshot.now ? { writes: removal(pod, snapshot.now) } : { writes: [], wakeAt: gone };
    }
    const step = podStep(snapshot, pod, node);
    const status = { ...pod.status, ...step.status };
    writes.push(...startRecords(snapshot, pod, status));
    if (!equal(status, pod.status))
      writes.push({ verb: "updateStatus", resource: "pods", object: { ...clone(pod), status } as Pod });
    for (const { container, ...told } of step.events)
      writes.push({
        verb: "event",
        about: pod,
        ...told,
        component: "kubelet",
        host: nodeName,
        ...(container === undefined ? {} : { fieldPath: fieldPathOf(pod, container) }),
      });
    return step.next === undefined ? { writes } : { writes, wakeAt: step.next };
  },
  // A container that crashes again and again: what it did long ago shows in its last state and its restarts alone.
  catchUp: (_key, _snapshot, due, now) => (now - due > LONG ? now - LONG : due),
};

function fieldPathOf(pod: Pod, container: string): string {
  const lists = ["initContainers", "ephemeralContainers"] as const;
  const list = lists.find((name) => pod.spec?.[name]?.some((candidate) => candidate.name === container));
  return `spec.${list ?? "containers"}{${container}}`;
}

function killing(pod: Pod, host: string): Write[] {
  return (pod.status?.containerStatuses ?? [])
    .filter((status) => status.state?.running)
    .map((status) => ({
      verb: "event",
      about: pod,
      type: "Normal",
      reason: "Killing",
      message: `Stopping container ${status.name}`,
      component: "kubelet",
      host,
      fieldPath: fieldPathOf(pod, status.name),
    }));
}

function removal(pod: Pod, now: number): Write[] {
  const held = pod.metadata.finalizers?.length && !isFinished(pod);
  return [
    // Who holds a pod back learns how it has ended.
    ...(held ? [{ verb: "updateStatus" as const, resource: "pods", object: killed(pod, now) }] : []),
    {
      verb: "delete",
      resource: "pods",
      namespace: pod.metadata.namespace!,
      name: pod.metadata.name!,
      gracePeriodSeconds: 0,
    },
  ];
}

function killed(pod: Pod, now: number): Pod {
  const next = clone(pod);
  const at = timestamp(now);
  for (const status of containerStatusesOf(next.status)) {
    const startedAt = status.state?.running?.startedAt;
    status.ready = false;
    status.started = false;
    if (!status.state?.terminated)
      status.state = {
        terminated: {
          exitCode: 137,
          reason: "Error",
          startedAt: startedAt ?? at,
          finishedAt: at,
          containerID: status.containerID ?? "",
        },
      };
  }
  next.status = { ...next.status, phase: "Failed" };
  return next;
}
