import type { StatefulSet } from "../../types/apps.ts";
import { ageColumn, ageOf, column, containerCells, containerColumns, nameColumn, nameOf } from "../cells.ts";
import type { TablePrinter } from "../kind.ts";

/** Models printStatefulSet. */
export const table: TablePrinter<StatefulSet> = {
  columns: [nameColumn, column("Ready"), ageColumn, ...containerColumns],
  cells: (set, context) => [
    nameOf(set),
    `${set.status?.readyReplicas ?? 0}/${set.spec?.replicas ?? 0}`,
    ageOf(set, context),
    ...containerCells(set.spec?.template?.spec?.containers),
  ],
};
