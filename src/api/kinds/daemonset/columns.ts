import { formatLabelSelector, formatLabels } from "../../meta/label-selector.ts";
import type { DaemonSet } from "../../types/apps.ts";
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

/** Models printDaemonSet. */
export const table: TablePrinter<DaemonSet> = {
  columns: [
    nameColumn,
    column("Desired", "integer"),
    column("Current", "integer"),
    column("Ready", "integer"),
    column("Up-to-date", "integer"),
    column("Available", "integer"),
    column("Node Selector"),
    ageColumn,
    ...containerColumns,
    wideColumn("Selector"),
  ],
  cells: (set, context) => [
    nameOf(set),
    set.status?.desiredNumberScheduled ?? 0,
    set.status?.currentNumberScheduled ?? 0,
    set.status?.numberReady ?? 0,
    set.status?.updatedNumberScheduled ?? 0,
    set.status?.numberAvailable ?? 0,
    formatLabels(set.spec?.template?.spec?.nodeSelector),
    ageOf(set, context),
    ...containerCells(set.spec?.template?.spec?.containers),
    formatLabelSelector(set.spec?.selector),
  ],
};
