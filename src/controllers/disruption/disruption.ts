import type { IndexedSnapshot } from "../../api/indexes.ts";
import { clone, equal, sortedKeys } from "../../api/json.ts";
import { isFinished, isReady } from "../../api/kinds/pod/state.ts";
import { controllerOf, type KubeObject, type LabelSelector } from "../../api/object.ts";
import { kindByGvk, resourceKey } from "../../api/registry.ts";
import { timestamp } from "../../api/snapshot.ts";
import type { Pod } from "../../api/types/core.ts";
import type { PodDisruptionBudget, PodDisruptionBudgetStatus } from "../../api/types/policy.ts";
import type { Write } from "../../api/writes.ts";
import { podsMatching, selects } from "../claim.ts";
import type { Controller } from "../controller.ts";
import { keyOf, splitKey } from "../keys.ts";
import { recorder } from "../recorder.ts";
import { scaledValue } from "../scaled-value.ts";

const told = recorder("controllermanager");

const BUDGETS = "poddisruptionbudgets.policy";

/** Counts how many pods of a budget may go. Models kubernetes pkg/controller/disruption. */
export const disruptionController: Controller = {
  name: "disruption-controller",
  manager: "kube-controller-manager",
  affected({ resource, before, after }, snapshot) {
    const object = (after ?? before)!;
    if (resource === BUDGETS) return after ? [keyOf(after)] : [];
    return snapshot
      .list<PodDisruptionBudget>(BUDGETS, object.metadata.namespace)
      .filter(({ spec }) => [before, after].some((pod) => pod && selects(spec?.selector, pod)))
      .map(keyOf);
  },
  reconcile(key, snapshot) {
    const { namespace, name } = splitKey(key);
    const budget = snapshot.get<PodDisruptionBudget>(BUDGETS, namespace, name);
    if (!budget) return { writes: [] };
    const status = statusOf(budget, snapshot);
    const told = remarks(budget, snapshot);
    if (equal(status, budget.status)) return { writes: told };
    return { writes: [...told, { verb: "updateStatus", resource: BUDGETS, object: { ...clone(budget), status } }] };
  },
};

/** What the budget's author may not have meant: told at each look. Models trySync. */
function remarks(budget: PodDisruptionBudget, snapshot: IndexedSnapshot): Write[] {
  const { maxUnavailable, minAvailable, selector } = budget.spec ?? {};
  const pods = selector ? podsMatching(snapshot, budget.metadata.namespace!, selector) : [];
  const needsScale = maxUnavailable !== undefined || typeof minAvailable === "string";
  const unmanaged = needsScale && pods.some((pod) => !controllerOf(pod));
  if (pods.length > 0 && !unmanaged) return [];
  return [
    unmanaged
      ? told(budget, "Warning", "UnmanagedPods", unmanagedText(selector!))
      : told(budget, "Normal", "NoPods", "No matching pods found"),
  ];
}

function unmanagedText(selector: LabelSelector): string {
  return `Pods selected by this PodDisruptionBudget (selector: ${goText(selector)}) were found to be unmanaged. As a result, the status of the PDB cannot be calculated correctly, which may result in undefined behavior. To account for these pods please set ".spec.minAvailable" field of the PDB to an integer value.`;
}

/** As the generated String method of metav1.LabelSelector writes it. */
function goText({ matchLabels = {}, matchExpressions = [] }: LabelSelector): string {
  const labels = sortedKeys(matchLabels).map((key) => `${key}: ${matchLabels[key]},`);
  const requirements = matchExpressions.map(
    ({ key, operator, values = [] }) =>
      `LabelSelectorRequirement{Key:${key},Operator:${operator},Values:[${values.join(" ")}],},`,
  );
  return `&LabelSelector{MatchLabels:map[string]string{${labels.join("")}},MatchExpressions:[]LabelSelectorRequirement{${requirements.join("")}},}`;
}

/** Models updatePdbStatus. */
function statusOf(budget: PodDisruptionBudget, snapshot: IndexedSnapshot): PodDisruptionBudgetStatus {
  const { maxUnavailable, minAvailable, selector } = budget.spec ?? {};
  const pods = selector ? podsMatching(snapshot, budget.metadata.namespace!, selector) : [];
  const live = pods.filter((pod) => !isFinished(pod));
  let expectedPods = 0;
  let desiredHealthy = 0;
  if (maxUnavailable !== undefined) {
    expectedPods = expectedScale(pods, snapshot);
    desiredHealthy = Math.max(0, expectedPods - scaledValue(maxUnavailable, expectedPods, "up"));
  } else if (typeof minAvailable === "number") {
    expectedPods = pods.length;
    desiredHealthy = minAvailable;
  } else if (minAvailable !== undefined) {
    expectedPods = expectedScale(pods, snapshot);
    desiredHealthy = scaledValue(minAvailable, expectedPods, "up");
  }
  const currentHealthy = live.filter((pod) => !pod.metadata.deletionTimestamp && isReady(pod)).length;
  const spare = currentHealthy - desiredHealthy;
  const disruptionsAllowed = expectedPods <= 0 || spare <= 0 ? 0 : spare;
  return {
    observedGeneration: budget.metadata.generation ?? 1,
    disruptionsAllowed,
    currentHealthy,
    desiredHealthy,
    expectedPods,
    conditions: [condition(budget, disruptionsAllowed > 0, snapshot.now)],
  };
}

/** What the controllers of the pods want, taken together. Models getExpectedScale. */
function expectedScale(pods: readonly Pod[], snapshot: IndexedSnapshot): number {
  const owners = new Map<string, number>();
  for (const pod of pods) {
    let owner = controllerOf(pod);
    let scale = 0;
    while (owner) {
      const info = kindByGvk(owner.apiVersion, owner.kind);
      const object = info && snapshot.get<Scaled>(resourceKey(info), pod.metadata.namespace!, owner.name);
      if (!object || object.metadata.uid !== owner.uid) break;
      scale = object.spec?.replicas ?? 1;
      owners.set(owner.uid, scale);
      const above = controllerOf(object);
      if (above) owners.delete(owner.uid);
      owner = above;
    }
  }
  return [...owners.values()].reduce((sum, scale) => sum + scale, 0);
}

interface Scaled extends KubeObject {
  spec?: { replicas?: number };
}

function condition(budget: PodDisruptionBudget, allowed: boolean, now: number) {
  const old = budget.status?.conditions?.find(({ type }) => type === "DisruptionAllowed");
  const status = allowed ? "True" : "False";
  return {
    type: "DisruptionAllowed",
    status: status as "True" | "False",
    observedGeneration: budget.metadata.generation ?? 1,
    lastTransitionTime: old?.status === status ? old.lastTransitionTime! : timestamp(now),
    reason: allowed ? "SufficientPods" : "InsufficientPods",
    message: "",
  };
}
