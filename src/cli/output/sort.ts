import type { Json } from "../../api/json.ts";
import type { KubeObject } from "../../api/object.ts";
import { type CommandContext, CommandError } from "../command.ts";
import { ProgramExit } from "../errors.ts";
import { klogLine } from "../klog.ts";

/** Puts objects (or, for `rows`, what stands in a table's rows) in the order of --sort-by. Throws CommandError and ProgramExit. */
export async function sorted<T>(
  items: readonly T[],
  objectOf: (item: T) => KubeObject,
  sortBy: string,
  kind: "objects" | "rows",
  context: Pick<CommandContext, "clock" | "processes">,
): Promise<T[]> {
  const { KlogExit, sortedObjects, sortedRows } = await import("../../printers/sorter.ts");
  const { JsonPathError } = await import("../../printers/jsonpath/node.ts");
  const objects = items.map((item) => objectOf(item) as unknown as Json);
  try {
    const order = kind === "rows" ? sortedRows(objects, sortBy) : sortedObjects(objects, sortBy);
    return order.map((at) => items[at]!);
  } catch (error) {
    if (error instanceof JsonPathError) throw new CommandError(error.message);
    if (!(error instanceof KlogExit)) throw error;
    throw new ProgramExit(klogLine("F", `sorter.go:${error.line}`, error.message, context), error.exitCode);
  }
}
