import { formatLabels } from "../../meta/label-selector.ts";
import type { ReplicationController } from "../../types/core.ts";
import { replicaCells, replicaColumns } from "../cells.ts";
import type { TablePrinter } from "../kind.ts";

/** Models printReplicationController. */
export const table: TablePrinter<ReplicationController> = {
  columns: replicaColumns(),
  cells: (controller, context) => replicaCells(controller, formatLabels(controller.spec?.selector), context),
};
