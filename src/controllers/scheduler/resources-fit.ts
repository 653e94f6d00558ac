import { parseQuantity } from "../../api/meta/quantity.ts";
import type { Pod } from "../../api/types/core.ts";
import { type NodeView, requestsOf } from "./node-view.ts";

const FIRST = ["cpu", "memory", "ephemeral-storage"];

export interface Shortage {
  reasons: string[];
  /** More than the node has when it is empty: nobody's going would help. */
  hopeless: boolean;
}

/** What a node has too little of. Models pkg/scheduler/framework/plugins/noderesources/fit.go (fitsRequest). */
export function shortageOf(pod: Pod, { node, pods }: NodeView): Shortage | undefined {
  const allocatable = node.status?.allocatable ?? {};
  const reasons: string[] = [];
  let hopeless = false;
  if (pods.length + 1 > Number(allocatable.pods ?? 110)) reasons.push("Too many pods");
  const requests = requestsOf(pod);
  for (const name of [...FIRST, ...[...requests.keys()].filter((other) => !FIRST.includes(other)).sort()]) {
    const wanted = requests.get(name)?.nano ?? 0n;
    if (wanted <= 0n) continue;
    // A node that tells of no amount of the three has not reported yet.
    if (allocatable[name] === undefined && FIRST.includes(name)) continue;
    const room = parseQuantity(String(allocatable[name] ?? "0")).nano;
    const taken = pods.reduce((sum, other) => sum + (requestsOf(other).get(name)?.nano ?? 0n), 0n);
    if (wanted <= room - taken) continue;
    reasons.push(`Insufficient ${name}`);
    hopeless ||= wanted > room;
  }
  return reasons.length > 0 ? { reasons, hopeless } : undefined;
}
