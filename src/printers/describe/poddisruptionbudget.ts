import { formatLabelSelector } from "../../api/meta/label-selector.ts";
import type { PodDisruptionBudget } from "../../api/types/policy.ts";
import { writeName } from "./common.ts";
import { writeEventsOf } from "./events.ts";
import type { Describe } from "./port.ts";
import { DescribeWriter } from "./writer.ts";

/** Models PodDisruptionBudgetDescriber. */
export const describe: Describe<PodDisruptionBudget> = async (budget, port) => {
  const { spec = {}, status } = budget;
  const w = new DescribeWriter();
  writeName(w, budget, true);
  if (spec.minAvailable !== undefined) w.field(0, "Min available", spec.minAvailable);
  else if (spec.maxUnavailable !== undefined) w.field(0, "Max unavailable", spec.maxUnavailable);
  w.field(0, "Selector", spec.selector ? formatLabelSelector(spec.selector) : "<unset>");
  w.write(0, "Status:\n");
  w.field(2, "Allowed disruptions", status?.disruptionsAllowed ?? 0);
  w.field(2, "Current", status?.currentHealthy ?? 0);
  w.field(2, "Desired", status?.desiredHealthy ?? 0);
  w.field(2, "Total", status?.expectedPods ?? 0);
  await writeEventsOf(w, budget, port);
  return w.text();
};
