import type { ConfigMap } from "../../types/core.ts";
import { ageColumn, ageOf, column, nameColumn, nameOf } from "../cells.ts";
import type { TablePrinter } from "../kind.ts";

/** Models printConfigMap. */
export const table: TablePrinter<ConfigMap> = {
  columns: [nameColumn, column("Data"), ageColumn],
  cells: (map, context) => [
    nameOf(map),
    Object.keys(map.data ?? {}).length + Object.keys(map.binaryData ?? {}).length,
    ageOf(map, context),
  ],
};
