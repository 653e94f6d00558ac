import type { KindInfo } from "../registry.ts";
import type { TablePrinter } from "./kind.ts";

/** What a kind prints in tables: its own columns, else name and creation time. */
export async function loadTable(info: KindInfo): Promise<TablePrinter> {
  if (info.columns) return (await info.columns()).table;
  return (await import("./name-columns.ts")).defaultTable;
}
