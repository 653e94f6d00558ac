import type { KubeObject } from "../../object.ts";
import { ageColumn, ageOf, column, nameColumn, nameOf } from "../cells.ts";
import type { TablePrinter } from "../kind.ts";

interface PriorityClass extends KubeObject {
  value?: number;
  globalDefault?: boolean;
  preemptionPolicy?: string;
}

/** Models printPriorityClass. */
export const table: TablePrinter<PriorityClass> = {
  columns: [
    nameColumn,
    column("Value", "integer"),
    column("Global-Default", "boolean"),
    ageColumn,
    column("PreemptionPolicy"),
  ],
  cells: (priority, context) => [
    nameOf(priority),
    priority.value ?? 0,
    priority.globalDefault ?? false,
    ageOf(priority, context),
    priority.preemptionPolicy ?? "",
  ],
};
