import type { KubeObject } from "../../api/object.ts";
import { notSimulated } from "../../api/status.ts";
import type { CommandContext } from "../command.ts";

/** Puts objects (or, for `rows`, what stands in a table's rows) in the order of --sort-by. */
export async function sorted<T>(
  _items: readonly T[],
  _objectOf: (item: T) => KubeObject,
  _sortBy: string,
  _kind: "objects" | "rows",
  _context: Pick<CommandContext, "clock" | "processes">,
): Promise<T[]> {
  throw notSimulated("--sort-by");
}
