import type { Selector } from "../../api/meta/label-selector.ts";
import { controllerOf, type KubeObject } from "../../api/object.ts";
import type { Pod } from "../../api/types/core.ts";
import type { DescribePort } from "./port.ts";

/** `2 Running / 1 Waiting / 0 Succeeded / 0 Failed`: the pods that a workload controls. Models getPodStatusForController. */
export async function podsStatusText(owner: KubeObject, selector: Selector, port: DescribePort): Promise<string> {
  const labelSelector = selector.toString();
  const pods = (await port.list("pods", owner.metadata.namespace ?? "", { labelSelector })) as Pod[];
  const own = pods.filter((pod) => controllerOf(pod)?.uid === owner.metadata.uid);
  const count = (phase: string) => own.filter((pod) => pod.status?.phase === phase).length;
  return `${count("Running")} Running / ${count("Pending")} Waiting / ${count("Succeeded")} Succeeded / ${count("Failed")} Failed`;
}
