import type { DaemonSet } from "../../api/types/apps.ts";
import type { Node, Pod } from "../../api/types/core.ts";
import { isAvailable } from "../pods.ts";
import { scaledValue } from "../scaled-value.ts";
import { isUpdated, placement } from "./placement.ts";

export interface Plan {
  remove: Pod[];
  /** Nodes that get a new pod beside the old one. */
  create: string[];
}

/** Which old pods go, within maxUnavailable, or which nodes surge. Models pkg/controller/daemon/update.go rollingUpdate. */
export function rollingUpdate(
  set: DaemonSet,
  nodes: readonly Node[],
  byNode: ReadonlyMap<string, Pod[]>,
  hash: string,
  now: number,
): Plan {
  const desired = nodes.filter((node) => placement(set, node).run);
  const { maxUnavailable = 1, maxSurge = 0 } = set.spec!.updateStrategy?.rollingUpdate ?? {};
  const surge = scaledValue(maxSurge, desired.length, "up");
  let unavailable = scaledValue(maxUnavailable, desired.length, "up");
  if (desired.length > 0 && unavailable === 0 && surge === 0) unavailable = 1;
  const fine = (pod: Pod) => isAvailable(pod, set.spec!.minReadySeconds ?? 0, now);
  const names = new Set([...desired.map((node) => node.metadata.name!), ...byNode.keys()]);
  const pairs = [...names].map((node) => ({ node, ...newAndOld(set, byNode.get(node) ?? [], hash) }));
  return surge === 0 ? replace(pairs, unavailable, fine) : surgeOver(set, nodes, pairs, surge, desired.length, fine);
}

interface Pair {
  node: string;
  fresh?: Pod;
  old?: Pod;
  excess: boolean;
}

/** Models findUpdatedPodsOnNode. */
function newAndOld(set: DaemonSet, pods: readonly Pod[], hash: string): Omit<Pair, "node"> {
  const live = pods.filter((pod) => !pod.metadata.deletionTimestamp);
  const fresh = live.filter((pod) => isUpdated(set, pod, hash));
  const old = live.filter((pod) => !isUpdated(set, pod, hash));
  if (fresh.length > 1 || old.length > 1) return { excess: true };
  return { ...(fresh[0] ? { fresh: fresh[0] } : {}), ...(old[0] ? { old: old[0] } : {}), excess: false };
}

function replace(pairs: readonly Pair[], most: number, fine: (pod: Pod) => boolean): Plan {
  let unavailable = 0;
  const broken: Pod[] = [];
  const candidates: Pod[] = [];
  for (const { fresh, old, excess } of pairs) {
    if (excess || !fresh === !old) unavailable++;
    else if (fresh) unavailable += fine(fresh) ? 0 : 1;
    else if (!fine(old!)) {
      broken.push(old!);
      unavailable++;
    } else if (unavailable < most) candidates.push(old!);
  }
  return { remove: [...broken, ...candidates.slice(0, Math.max(0, most - unavailable))], create: [] };
}

function surgeOver(
  set: DaemonSet,
  nodes: readonly Node[],
  pairs: readonly Pair[],
  most: number,
  desired: number,
  fine: (pod: Pod) => boolean,
): Plan {
  const mayRun = (name: string) => nodes.some((node) => node.metadata.name === name && placement(set, node).run);
  let surging = 0;
  let available = 0;
  const plan: Plan = { remove: [], create: [] };
  const leaving: Pod[] = [];
  const candidates: string[] = [];
  for (const { node, fresh, old, excess } of pairs) {
    if (excess) {
      surging++;
      continue;
    }
    const shown = old ?? fresh;
    if (shown && fine(shown)) available++;
    if (!old) continue;
    if (fresh) {
      if (fine(fresh)) plan.remove.push(old);
      else surging++;
    } else if (!mayRun(node)) (fine(old) ? leaving : plan.remove).push(old);
    else if (!fine(old)) plan.create.push(node);
    else if (surging < most) candidates.push(node);
  }
  plan.remove.push(...leaving.slice(0, Math.max(0, available - desired)));
  plan.create.push(...candidates.slice(0, Math.max(0, most - surging)));
  return plan;
}
