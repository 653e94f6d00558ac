import type { Json } from "../json.ts";
import { since } from "../meta/human-duration.ts";
import type { KubeObject } from "../object.ts";
import type { ResourceKey } from "../snapshot.ts";
import { ageColumn } from "./cells.ts";
import type { RowContext, TablePrinter } from "./kind.ts";

/** Resources whose rows are stored beside the objects: those that are listed by the thousand, and whose cells tell no time but the age. */
export const STORED_ROWS: ReadonlySet<ResourceKey> = new Set(["services"]);

/** What is stored of an object for tables: its cells, and in the place of the age the instant that it counts from. */
export function storedRow(printer: TablePrinter, object: KubeObject): Json[] {
  const row = printer.cells(object, { now: 0 });
  row[ageColumnOf(printer)] = object.metadata.creationTimestamp ?? null;
  return row;
}

/** Which cell of a row is the age. */
export function ageColumnOf({ columns }: TablePrinter): number {
  return columns.indexOf(ageColumn);
}

/** The cells of a stored row. */
export function cellsOf(printer: TablePrinter, row: readonly Json[], context: RowContext): Json[] {
  const cells = [...row];
  const at = ageColumnOf(printer);
  cells[at] = since(cells[at] as string | null, context.now);
  return cells;
}

/** Puts ages in the place of the instants, of cells of many rows, row after row; those that were made at once are as old as each other. */
export function printAges(cells: string[], first: number, columns: number, { now }: RowContext): void {
  const known = new Map<string, string>();
  for (let at = first; at < cells.length; at += columns) {
    const created = cells[at]!;
    const age = known.get(created) ?? since(created, now);
    known.set(created, age);
    cells[at] = age;
  }
}
