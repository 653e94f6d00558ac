import type { Json } from "../json.ts";
import { since } from "../meta/human-duration.ts";
import type { KubeObject } from "../object.ts";
import type { ResourceKey } from "../snapshot.ts";
import { ageColumn } from "./cells.ts";
import type { RowContext, TablePrinter } from "./kind.ts";

/** Resources whose rows are stored beside the objects: those that are listed by the thousand, and whose cells tell no time but the age. */
export const STORED_ROWS: ReadonlySet<ResourceKey> = new Set(["services"]);

/** What is stored of an object for tables: its cells, and in the place of the age the instant that it counts from. */
export function storedRow({ columns, cells }: TablePrinter, object: KubeObject): Json[] {
  const row = cells(object, { now: 0 });
  row[columns.indexOf(ageColumn)] = object.metadata.creationTimestamp ?? null;
  return row;
}

/** The cells of a stored row. */
export function cellsOf({ columns }: TablePrinter, row: readonly Json[], context: RowContext): Json[] {
  const cells = [...row];
  const at = columns.indexOf(ageColumn);
  cells[at] = since(cells[at] as string | null, context.now);
  return cells;
}
