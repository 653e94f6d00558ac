import type { Pod } from "../../api/types/core.ts";
import type { Controller } from "../controller.ts";
import { keyOf } from "../keys.ts";

const WAITING = ["ContainerCreating", "PodInitializing", "CreateContainerConfigError"];

/** Tells the kubelet of ConfigMaps and Secrets that a pod waits for. It is apart from the kubelet, whose code most writes of them spare. */
export const configurationWatch: Controller = {
  name: "kubelet-configuration",
  manager: "kubelet",
  affected({ after }, snapshot) {
    if (!after) return [];
    const isWaiting = ({ status }: Pod) =>
      [...(status?.containerStatuses ?? []), ...(status?.initContainerStatuses ?? [])].some(({ state }) =>
        WAITING.includes(state?.waiting?.reason ?? ""),
      );
    return snapshot
      .list<Pod>("pods", after.metadata.namespace)
      .filter((pod) => pod.spec?.nodeName && isWaiting(pod))
      .map(keyOf);
  },
  async reconcile(key, snapshot) {
    return (await import("./kubelet.ts")).kubelet.reconcile(key, snapshot);
  },
};
