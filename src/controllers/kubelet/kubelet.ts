import { clone, equal } from "../../api/json.ts";
import { RECORDS } from "../../api/records.ts";
import { settingOf } from "../../api/settings.ts";
import type { Node, Pod } from "../../api/types/core.ts";
import type { Write } from "../../api/writes.ts";
import type { Controller } from "../controller.ts";
import { keyOf, splitKey } from "../keys.ts";
import { podStep } from "./pod-status.ts";

/** Runs the pods of every node: starts, watches, restarts and stops their containers. Models kubernetes pkg/kubelet. */
export const kubelet: Controller = {
  name: "kubelet",
  manager: "kubelet",
  watches: ["pods", RECORDS.runtime],
  affected: (change) =>
    change.resource === RECORDS.runtime && change.after
      ? [keyOf(change.after)]
      : change.after && (change.after as Pod).spec?.nodeName
        ? [keyOf(change.after)]
        : [],
  reconcile(key, snapshot) {
    const { namespace, name } = splitKey(key);
    const pod = snapshot.get<Pod>("pods", namespace, name);
    const nodeName = pod?.spec?.nodeName;
    if (!pod || !nodeName) return { writes: [] };
    const node = snapshot.get<Node>("nodes", "", nodeName);
    if (!node) return { writes: [] };
    const writes: Write[] = [];
    if (pod.metadata.deletionTimestamp) {
      const grace = (pod.metadata.deletionGracePeriodSeconds ?? 0) * 1000;
      const asked = Date.parse(pod.metadata.deletionTimestamp) - grace;
      const gone = asked + Math.min(grace, settingOf(snapshot.cluster, "pod-stop"));
      if (gone <= snapshot.now) return { writes: [killing(pod, nodeName), removal(pod)].flat() };
      const stopping = (pod.spec?.containers ?? []).some((_, i) => pod.status?.containerStatuses?.[i]?.state?.running);
      return { writes: stopping ? killing(pod, nodeName) : [], wakeAt: gone };
    }
    const step = podStep(snapshot, pod, node);
    const status = { ...pod.status, ...step.status };
    if (!equal(status, pod.status))
      writes.push({ verb: "updateStatus", resource: "pods", object: { ...clone(pod), status } as Pod });
    for (const { container, ...told } of step.events)
      writes.push({
        verb: "event",
        about: pod,
        ...told,
        component: "kubelet",
        host: nodeName,
        fieldPath: fieldPathOf(pod, container),
      });
    return step.next === undefined ? { writes } : { writes, wakeAt: step.next };
  },
};

function fieldPathOf(pod: Pod, container: string): string {
  const init = pod.spec?.initContainers?.some((candidate) => candidate.name === container);
  return `spec.${init ? "initContainers" : "containers"}{${container}}`;
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

function removal(pod: Pod): Write[] {
  return [
    {
      verb: "delete",
      resource: "pods",
      namespace: pod.metadata.namespace!,
      name: pod.metadata.name!,
      gracePeriodSeconds: 0,
    },
  ];
}
