import { isFinished } from "../api/kinds/pod/state.ts";
import { fromLabelSelector } from "../api/meta/label-selector.ts";
import { ApiError } from "../api/status.ts";
import type { Pod } from "../api/types/core.ts";
import type { PodDisruptionBudget } from "../api/types/policy.ts";
import type { Request } from "./request.ts";

/** Models pkg/registry/core/pod/storage/eviction.go: a pod under a budget with nothing left stays. @throws ApiError TooManyRequests */
export function checkBudgets(request: Request, pod: Pod): void {
  if (isFinished(pod)) return;
  const budgets = request.world.objects
    .list<PodDisruptionBudget>("poddisruptionbudgets.policy", pod.metadata.namespace)
    .filter(
      (budget) => budget.spec?.selector && fromLabelSelector(budget.spec.selector).matches(pod.metadata.labels ?? {}),
    );
  const budget = budgets[0];
  if (!budget || (budget.status?.disruptionsAllowed ?? 0) > 0) return;
  const { expectedPods = 0, currentHealthy = 0, desiredHealthy = 0 } = budget.status ?? {};
  throw new ApiError({
    reason: "TooManyRequests",
    code: 429,
    message: "Cannot evict pod as it would violate the pod's disruption budget.",
    details: {
      causes: [
        {
          reason: "DisruptionBudget",
          message:
            expectedPods === 0
              ? `The disruption budget ${budget.metadata.name} does not currently allow evicting this pod.`
              : `The disruption budget ${budget.metadata.name} needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently`,
        },
      ],
    },
  });
}
