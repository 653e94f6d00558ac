import { formatLabelSelector } from "../../meta/label-selector.ts";
import type { ReplicaSet } from "../../types/apps.ts";
import {
  ageColumn,
  ageOf,
  column,
  containerCells,
  containerColumns,
  nameColumn,
  nameOf,
  wideColumn,
} from "../cells.ts";
import type { TablePrinter } from "../kind.ts";

/** Models printReplicaSet. */
export const table: TablePrinter<ReplicaSet> = {
  columns: [
    nameColumn,
    column("Desired", "integer"),
    column("Current", "integer"),
    column("Ready", "integer"),
    ageColumn,
    ...containerColumns,
    wideColumn("Selector"),
  ],
  cells: (set, context) => [
    nameOf(set),
    set.spec?.replicas ?? 0,
    set.status?.replicas ?? 0,
    set.status?.readyReplicas ?? 0,
    ageOf(set, context),
    ...containerCells(set.spec?.template?.spec?.containers),
    formatLabelSelector(set.spec?.selector),
  ],
};
