import { formatLabels } from "../../meta/label-selector.ts";
import type { ReplicationController } from "../../types/core.ts";
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

/** Models printReplicationController. */
export const table: TablePrinter<ReplicationController> = {
  columns: [
    nameColumn,
    column("Desired", "integer"),
    column("Current", "integer"),
    column("Ready", "integer"),
    ageColumn,
    ...containerColumns,
    wideColumn("Selector"),
  ],
  cells: (controller, context) => [
    nameOf(controller),
    controller.spec?.replicas ?? 0,
    controller.status?.replicas ?? 0,
    controller.status?.readyReplicas ?? 0,
    ageOf(controller, context),
    ...containerCells(controller.spec?.template?.spec?.containers),
    formatLabels(controller.spec?.selector),
  ],
};
