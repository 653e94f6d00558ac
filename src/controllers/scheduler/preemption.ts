import { clone } from "../../api/json.ts";
import { type Snapshot, timestamp } from "../../api/snapshot.ts";
import type { Node, Pod } from "../../api/types/core.ts";
import type { Write } from "../../api/writes.ts";
import { refusal } from "./filters.ts";
import { type NodeView, priorityOf } from "./node-view.ts";

export interface Preemption {
  node: Node;
  victims: Pod[];
}

const HOPELESS = "Preemption is not helpful for scheduling";
const NOBODY = "No preemption victims found for incoming pod";

/**
 * Who could go so that the pod fits, or the remark on why that does not help. `hopeless`: nodes on which nothing helps. Models
 * pkg/scheduler/framework/preemption and plugins/defaultpreemption.
 */
export function preemption(
  pod: Pod,
  views: readonly NodeView[],
  hopeless: ReadonlySet<NodeView>,
  snapshot: Snapshot,
): Preemption | string {
  if (pod.spec?.preemptionPolicy === "Never") return "not eligible due to preemptionPolicy=Never.";
  const nominated = views.find(({ node }) => node.metadata.name === pod.status?.nominatedNodeName);
  const isGoing = (other: Pod) => !!other.metadata.deletionTimestamp && priorityOf(other) < priorityOf(pod);
  if (nominated?.pods.some(isGoing)) return "not eligible due to a terminating pod on the nominated node.";
  const remarks: string[] = [];
  const found: Preemption[] = [];
  for (const view of views) {
    const answer = hopeless.has(view) ? [HOPELESS] : victimsOn(pod, view, views, snapshot);
    if (!("node" in answer)) remarks.push(...answer);
    else found.push(answer);
  }
  const best = found.sort((a, b) => costOf(a) - costOf(b) || a.victims.length - b.victims.length)[0];
  return best ?? `0/${views.length} nodes are available: ${histogram(remarks)}.`;
}

/** `1 Insufficient cpu, 2 Too many pods`. Models framework.FitError.Error. */
export function histogram(reasons: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts]
    .map(([reason, count]) => `${count} ${reason}`)
    .sort()
    .join(", ");
}

function costOf({ victims }: Preemption): number {
  return Math.max(...victims.map(priorityOf));
}

function victimsOn(pod: Pod, view: NodeView, views: readonly NodeView[], snapshot: Snapshot): Preemption | string[] {
  const less = view.pods.filter((other) => priorityOf(other) < priorityOf(pod));
  if (less.length === 0) return [NOBODY];
  const without = (gone: ReadonlySet<Pod>) => {
    const changed = { node: view.node, pods: view.pods.filter((other) => !gone.has(other)) };
    return refusal(pod, changed, [...views.filter((other) => other !== view), changed], snapshot);
  };
  const gone = new Set(less);
  const refused = without(gone);
  if (refused) return refused.reasons;
  // Those that matter most are spared first.
  for (const one of [...less].sort(byImportance)) {
    gone.delete(one);
    if (without(gone)) gone.add(one);
  }
  return { node: view.node, victims: [...gone].sort(byImportance) };
}

/** Models pkg/scheduler/util MoreImportantPod. */
function byImportance(a: Pod, b: Pod): number {
  const started = (pod: Pod) => Date.parse(pod.status?.startTime ?? "") || Number.POSITIVE_INFINITY;
  return priorityOf(b) - priorityOf(a) || started(a) - started(b) || 0;
}

/** Models Executor.PreemptPod. */
export function preempt(pod: Pod, { node, victims }: Preemption, snapshot: Snapshot): Write[] {
  return victims
    .filter((victim) => !victim.metadata.deletionTimestamp)
    .flatMap((victim): Write[] => {
      const { namespace = "", name = "" } = victim.metadata;
      const next = clone(victim);
      const condition = {
        type: "DisruptionTarget",
        status: "True" as const,
        observedGeneration: victim.metadata.generation ?? 1,
        lastProbeTime: null as unknown as string,
        lastTransitionTime: timestamp(snapshot.now),
        reason: "PreemptionByScheduler",
        message: "default-scheduler: preempting to accommodate a higher priority pod",
      };
      next.status = { ...next.status, conditions: [...(next.status?.conditions ?? []), condition] };
      return [
        { verb: "updateStatus", resource: "pods", object: next },
        { verb: "delete", resource: "pods", namespace, name },
        {
          verb: "event",
          about: victim,
          type: "Normal",
          reason: "Preempted",
          message: `Preempted by pod ${pod.metadata.uid} on node ${node.metadata.name}`,
          component: "default-scheduler",
          action: "Preempting",
        },
      ];
    });
}
