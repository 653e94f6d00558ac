import { ageColumn, ageOf, column, nameColumn, nameOf } from "../cells.ts";
import type { TablePrinter } from "../kind.ts";
import type { CSINode } from "./types.ts";

/** Models printCSINode. */
export const table: TablePrinter<CSINode> = {
  columns: [nameColumn, column("Drivers", "integer"), ageColumn],
  cells: (node, context) => [nameOf(node), node.spec?.drivers?.length ?? 0, ageOf(node, context)],
};
