import { isReady } from "../api/kinds/pod/state.ts";
import { trySelector } from "../api/meta/label-selector.ts";
import { ApiError, forbidden } from "../api/status.ts";
import type { Pod } from "../api/types/core.ts";
import type { PodDisruptionBudget } from "../api/types/policy.ts";
import type { Request } from "./request.ts";

const MOST_DISRUPTED = 2000;

/**
 * A pod under a budget with nothing left stays; one that does not run yet, or no more, is under none. Models
 * pkg/registry/core/pod/storage/eviction.go. @throws ApiError TooManyRequests
 */
export function checkBudgets(request: Request, pod: Pod): void {
  if (["Succeeded", "Failed", "Pending"].includes(pod.status?.phase ?? "") || pod.metadata.deletionTimestamp) return;
  const budgets = request.world.objects
    .list<PodDisruptionBudget>("poddisruptionbudgets.policy", pod.metadata.namespace)
    .filter(
      ({ spec }) => spec?.selector !== undefined && trySelector(spec.selector)?.matches(pod.metadata.labels ?? {}),
    );
  if (budgets.length > 1) {
    const message = "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.";
    throw new ApiError({ code: 500, message });
  }
  const budget = budgets[0];
  if (budget && (isReady(pod) || !mayGoUnready(budget))) checkBudget(budget);
}

function mayGoUnready({ spec, status }: PodDisruptionBudget): boolean {
  if (spec?.unhealthyPodEvictionPolicy === "AlwaysAllow") return true;
  const { currentHealthy = 0, desiredHealthy = 0 } = status ?? {};
  return currentHealthy >= desiredHealthy && desiredHealthy > 0;
}

/** Models checkAndDecrement; the controller counts anew after each request. */
function checkBudget({ metadata, status }: PodDisruptionBudget): void {
  const name = metadata.name ?? "";
  if ((status?.observedGeneration ?? 0) < (metadata.generation ?? 0))
    throw tooMany(`The disruption budget ${name} is still being processed by the server.`, 10);
  const allowed = status?.disruptionsAllowed ?? 0;
  const refuse = (why: string) => forbidden({ group: "policy", resource: "poddisruptionbudget" }, name, why);
  if (allowed < 0) throw refuse("pdb disruptions allowed is negative");
  if (Object.keys(status?.disruptedPods ?? {}).length > MOST_DISRUPTED)
    throw refuse("DisruptedPods map too big - too many evictions not confirmed by PDB controller");
  if (allowed === 0) throw tooMany(whyNone(name, status), 0);
}

function whyNone(name: string, status: PodDisruptionBudget["status"]): string {
  const { conditions = [], currentHealthy = 0, desiredHealthy = 0 } = status ?? {};
  const condition = conditions.find(({ type }) => type === "DisruptionAllowed");
  const told = condition?.status === "False" && condition.message ? condition : undefined;
  const budget = `The disruption budget ${name}`;
  if (told?.reason === "SyncFailed")
    return `${budget} does not allow evicting pods currently because it failed sync: ${told.message}`;
  if (currentHealthy <= desiredHealthy)
    return `${budget} needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently`;
  if (told) return `${budget} does not allow evicting pods currently (${told.reason}): ${told.message}`;
  return `${budget} does not allow evicting pods currently`;
}

function tooMany(message: string, retryAfterSeconds: number): ApiError {
  return new ApiError({
    reason: "TooManyRequests",
    code: 429,
    message: "Cannot evict pod as it would violate the pod's disruption budget.",
    details: {
      causes: [{ reason: "DisruptionBudget", message }],
      ...(retryAfterSeconds > 0 ? { retryAfterSeconds } : {}),
    },
  });
}
