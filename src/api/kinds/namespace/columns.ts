import type { Namespace } from "../../types/core.ts";
import { ageColumn, ageOf, column, nameColumn, nameOf } from "../cells.ts";
import type { TablePrinter } from "../kind.ts";

/** Models printNamespace. */
export const table: TablePrinter<Namespace> = {
  columns: [nameColumn, column("Status"), ageColumn],
  cells: (namespace, context) => [nameOf(namespace), namespace.status?.phase ?? "", ageOf(namespace, context)],
};
