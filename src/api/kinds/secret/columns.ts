import type { Secret } from "../../types/core.ts";
import { ageColumn, ageOf, column, nameColumn, nameOf } from "../cells.ts";
import type { TablePrinter } from "../kind.ts";

/** Models printSecret. */
export const table: TablePrinter<Secret> = {
  columns: [nameColumn, column("Type"), column("Data"), ageColumn],
  cells: (secret, context) => [
    nameOf(secret),
    secret.type ?? "",
    Object.keys(secret.data ?? {}).length,
    ageOf(secret, context),
  ],
};
