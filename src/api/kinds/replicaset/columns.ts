import { formatLabelSelector } from "../../meta/label-selector.ts";
import type { ReplicaSet } from "../../types/apps.ts";
import { replicaCells, replicaColumns } from "../cells.ts";
import type { TablePrinter } from "../kind.ts";

/** Models printReplicaSet. */
export const table: TablePrinter<ReplicaSet> = {
  columns: replicaColumns(),
  cells: (set, context) => replicaCells(set, formatLabelSelector(set.spec?.selector), context),
};
