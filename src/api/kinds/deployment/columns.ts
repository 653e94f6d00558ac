import { fromLabelSelector } from "../../meta/label-selector.ts";
import { ParseError } from "../../meta/parse-error.ts";
import type { Deployment } from "../../types/apps.ts";
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

/** Models printDeployment. */
export const table: TablePrinter<Deployment> = {
  columns: [
    nameColumn,
    column("Ready"),
    column("Up-to-date"),
    column("Available"),
    ageColumn,
    ...containerColumns,
    wideColumn("Selector"),
  ],
  cells: (deployment, context) => [
    nameOf(deployment),
    `${deployment.status?.readyReplicas ?? 0}/${deployment.spec?.replicas ?? 0}`,
    deployment.status?.updatedReplicas ?? 0,
    deployment.status?.availableReplicas ?? 0,
    ageOf(deployment, context),
    ...containerCells(deployment.spec?.template.spec?.containers),
    selectorText(deployment),
  ],
};

function selectorText(deployment: Deployment): string {
  try {
    return fromLabelSelector(deployment.spec?.selector).toString();
  } catch (error) {
    if (error instanceof ParseError) return "<invalid>";
    throw error;
  }
}
