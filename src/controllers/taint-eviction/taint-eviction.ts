import { byNode } from "../../api/indexes.ts";
import { equal } from "../../api/json.ts";
import { tolerates } from "../../api/kinds/pod/node-fit.ts";
import type { Node, Pod, Taint, Toleration } from "../../api/types/core.ts";
import type { Controller } from "../controller.ts";
import { keyOf, splitKey } from "../keys.ts";
import { recorder } from "../recorder.ts";

const told = recorder("taint-eviction-controller");

/** Deletes the pods that do not tolerate a NoExecute taint of their node, or no longer. Models kubernetes pkg/controller/tainteviction. */
export const taintEvictionController: Controller = {
  name: "taint-eviction-controller",
  manager: "kube-controller-manager",
  affected({ resource, before, after }, snapshot) {
    if (resource === "pods") {
      const [old, pod] = [before as Pod | undefined, after as Pod | undefined];
      return pod?.spec?.nodeName && old?.spec?.nodeName !== pod.spec.nodeName ? [keyOf(pod)] : [];
    }
    const [old, node] = [before as Node | undefined, after as Node | undefined];
    if (!node || equal(noExecute(old), noExecute(node))) return [];
    return snapshot.listBy<Pod>("pods", byNode, node.metadata.name!).map(keyOf);
  },
  reconcile(key, snapshot) {
    const { namespace, name } = splitKey(key);
    const pod = snapshot.get<Pod>("pods", namespace, name);
    if (!pod?.spec?.nodeName || pod.metadata.deletionTimestamp) return { writes: [] };
    const taints = noExecute(snapshot.get<Node>("nodes", "", pod.spec.nodeName));
    if (taints.length === 0) return { writes: [] };
    const at = evictedAt(taints, pod.spec.tolerations ?? [], snapshot.now);
    if (at === undefined) return { writes: [] };
    if (at > snapshot.now) return { writes: [], wakeAt: at };
    return {
      writes: [
        told(pod, "Normal", "TaintManagerEviction", `Marking for deletion Pod ${namespace}/${name}`),
        { verb: "delete", resource: "pods", namespace, name },
      ],
    };
  },
};

function noExecute(node: Node | undefined): Taint[] {
  return (node?.spec?.taints ?? []).filter((taint) => taint.effect === "NoExecute");
}

/** Milliseconds since 1970; undefined when all taints are tolerated for ever. Models getMinTolerationTime. */
function evictedAt(taints: readonly Taint[], tolerations: readonly Toleration[], now: number): number | undefined {
  const used = taints.map((taint) => tolerations.filter((toleration) => tolerates(toleration, taint)));
  if (used.some((list) => list.length === 0)) return now;
  const seconds = used.flat().flatMap((toleration) => toleration.tolerationSeconds ?? []);
  if (seconds.length === 0) return undefined;
  const since = Math.min(...taints.map((taint) => (taint.timeAdded ? Date.parse(taint.timeAdded) : now)));
  return since + Math.max(0, Math.min(...seconds)) * 1000;
}
