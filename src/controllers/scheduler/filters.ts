import { misfit } from "../../api/kinds/pod/node-fit.ts";
import type { Snapshot } from "../../api/snapshot.ts";
import type { Pod } from "../../api/types/core.ts";
import { interPodProblem } from "./inter-pod.ts";
import type { NodeView } from "./node-view.ts";
import { portsClash } from "./ports-fit.ts";
import { type Shortage, shortageOf } from "./resources-fit.ts";
import { spreadProblem } from "./spread.ts";

const NO_PORTS = "node(s) didn't have free ports for the requested pod ports";

/**
 * Why a pod cannot go to a node: what the first filter says that refuses it. `views`: all nodes, this one as it would be. Models the
 * order of pkg/scheduler/apis/config/v1/default_plugins.go.
 */
export function refusal(
  pod: Pod,
  view: NodeView,
  views: readonly NodeView[],
  snapshot: Snapshot,
): Shortage | undefined {
  const itself = misfit(pod, view.node);
  if (itself) return { reasons: [itself], hopeless: true };
  if (portsClash(pod, view)) return { reasons: [NO_PORTS], hopeless: false };
  const shortage = shortageOf(pod, view);
  if (shortage) return shortage;
  const problem = spreadProblem(pod, view, views) ?? interPodProblem(pod, view, views, snapshot);
  return problem && { reasons: [problem.reason], hopeless: problem.hopeless };
}
