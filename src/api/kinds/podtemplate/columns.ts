import { formatLabels } from "../../meta/label-selector.ts";
import type { PodTemplate } from "../../types/core.ts";
import { column, containerCells, nameColumn, nameOf } from "../cells.ts";
import type { TablePrinter } from "../kind.ts";

/** Models printPodTemplate. */
export const table: TablePrinter<PodTemplate> = {
  columns: [nameColumn, column("Containers"), column("Images"), column("Pod Labels")],
  cells: (template) => [
    nameOf(template),
    ...containerCells(template.template?.spec?.containers),
    formatLabels(template.template?.metadata?.labels),
  ],
};
