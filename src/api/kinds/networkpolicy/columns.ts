import { formatLabelSelector } from "../../meta/label-selector.ts";
import type { KubeObject, LabelSelector } from "../../object.ts";
import { ageColumn, ageOf, column, nameColumn, nameOf } from "../cells.ts";
import type { TablePrinter } from "../kind.ts";

interface NetworkPolicy extends KubeObject {
  spec?: { podSelector?: LabelSelector };
}

/** Models printNetworkPolicy. */
export const table: TablePrinter<NetworkPolicy> = {
  columns: [nameColumn, column("Pod-Selector"), ageColumn],
  cells: (policy, context) => [
    nameOf(policy),
    formatLabelSelector(policy.spec?.podSelector ?? {}),
    ageOf(policy, context),
  ],
};
