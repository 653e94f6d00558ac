import { byNode, type IndexedSnapshot } from "../../api/indexes.ts";
import { isFinished } from "../../api/kinds/pod/state.ts";
import { totalResources } from "../../api/kinds/pod/total-resources.ts";
import type { Quantity } from "../../api/meta/quantity.ts";
import type { Node, Pod } from "../../api/types/core.ts";

/** A node and the pods that take room on it. Models framework.NodeInfo. */
export interface NodeView {
  node: Node;
  pods: readonly Pod[];
}

/** Pods that have ended take no room. */
export function viewOf(node: Node, snapshot: IndexedSnapshot): NodeView {
  const pods = snapshot.listBy<Pod>("pods", byNode, node.metadata.name!);
  return { node, pods: pods.filter((pod) => !isFinished(pod)) };
}

export function priorityOf(pod: Pod): number {
  return pod.spec?.priority ?? 0;
}

const known = new WeakMap<Pod, Map<string, Quantity>>();

/** What a pod asks for; stored objects never change, so that it is worked out once. */
export function requestsOf(pod: Pod): ReadonlyMap<string, Quantity> {
  const before = known.get(pod);
  if (before) return before;
  const found = totalResources(pod, "requests");
  known.set(pod, found);
  return found;
}
