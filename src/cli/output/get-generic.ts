import type { KubeList, KubeObject } from "../../api/object.ts";
import { isList } from "../../printers/printer.ts";
import type { CommandContext } from "../command.ts";
import { flatErrors, isNotFound, throwAll, withoutErrors } from "../errors.ts";
import { findResources } from "../resources/find.ts";
import type { ResourceInfo } from "../resources/visitor.ts";
import { getPrinter } from "./get-printer.ts";
import { type GetOptions, getQuery } from "./get-query.ts";
import { objectWriter } from "./object-writer.ts";

/**
 * Prints objects as data: one alone where one was meant, else a List of all. Models kubectl pkg/cmd/get/get.go (printGeneric).
 */
export async function printGeneric(options: GetOptions, context: CommandContext): Promise<void> {
  const { flags } = options;
  const ignoreNotFound = flags.bool("ignore-not-found");
  const found = findResources(getQuery(options), context);
  const infos: ResourceInfo[] = [];
  const errors: unknown[] = [];
  try {
    await found.infos(infos);
  } catch (error) {
    const left = withoutErrors(error, (one) => ignoreNotFound && isNotFound(one));
    if (left !== undefined) errors.push(left);
    if (found.singleItemImplied) throwAll(errors);
  }
  if (infos.length === 0 && ignoreNotFound) return throwAll(errors);
  const printer = await getPrinter(flags, context);
  const objects = infos.map((info) => info.object!);
  let printed: KubeObject | KubeList;
  if (found.singleItemImplied && objects.length === 1 && !isList(objects[0]!)) printed = objects[0]!;
  else {
    let items = objects as KubeObject[];
    const sortBy = flags.string("sort-by");
    if (sortBy !== "")
      items = await (await import("./sort.ts")).sorted(items, (item) => item, sortBy, "objects", context);
    printed = { apiVersion: "v1", kind: "List", metadata: { resourceVersion: "" }, items };
  }
  try {
    printer.print(printed, objectWriter(context.streams));
  } catch (error) {
    errors.push(error);
  }
  // Aggregates of one are worded as the one: Reduce(Flatten(NewAggregate(errs))).
  throwAll(errors.flatMap(flatErrors));
}
