import { timestamp } from "../snapshot.ts";
import { ageColumn, ageOf, column, nameColumn, nameOf } from "./cells.ts";
import type { TablePrinter } from "./kind.ts";

/** Of kinds that have no columns of their own. Models apiserver pkg/registry/rest/table.go (NewDefaultTableConvertor). */
export const defaultTable: TablePrinter = {
  columns: [nameColumn, column("Created At", "date")],
  cells: (object) => {
    const created = object.metadata.creationTimestamp;
    return [nameOf(object), created ? timestamp(Date.parse(created)) : "0001-01-01T00:00:00Z"];
  },
};

/** Name and age, which some kinds have as their whole table. */
export const table: TablePrinter = {
  columns: [nameColumn, ageColumn],
  cells: (object, context) => [nameOf(object), ageOf(object, context)],
};
