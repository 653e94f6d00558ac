import { since } from "../../api/meta/human-duration.ts";
import type { KubeObject } from "../../api/object.ts";
import { type TableContent, TableGroups } from "../../printers/table.ts";
import { type CommandContext, CommandError } from "../command.ts";
import { AggregateFailure, isNotFound, ProgramExit, withoutErrors } from "../errors.ts";
import { findResources } from "../resources/find.ts";
import type { ResourceInfo } from "../resources/visitor.ts";
import { type GetOptions, getQuery } from "./get-query.ts";
import { objectWriter } from "./object-writer.ts";

/** Prints tables, a group for each kind. Models kubectl pkg/cmd/get/get.go (Run). */
export async function printTables(options: GetOptions, context: CommandContext): Promise<void> {
  const { flags, allNamespaces } = options;
  const ignoreNotFound = flags.bool("ignore-not-found");
  const found = findResources({ ...getQuery(options), tables: flags.bool("server-print") }, context);
  let infos: ResourceInfo[] = [];
  const errors: unknown[] = [];
  try {
    await found.infos(infos);
  } catch (error) {
    const left = withoutErrors(error, (one) => ignoreNotFound && isNotFound(one));
    if (left !== undefined) errors.push(left);
  }
  infos = await sortInfos(infos, flags.string("sort-by"), context);
  const noHeaders = flags.bool("no-headers");
  const groups = new TableGroups(objectWriter(context.streams), noHeaders);
  const kinds = new Set(infos.map((info) => info.mapping?.resource));
  let last: string | undefined;
  let allNamespaced = !allNamespaces;
  for (const info of infos) {
    const { mapping } = info;
    if (!mapping) throw new TypeError("get asks the server for everything");
    allNamespaced &&= mapping.info.namespaced;
    if (mapping.resource !== last) {
      const group = mapping.info.group === "" ? "" : `.${mapping.info.group}`;
      groups.begin({
        wide: flags.string("output") === "wide",
        showLabels: flags.bool("show-labels"),
        columnLabels: flags.list("label-columns"),
        withNamespace: allNamespaces && mapping.info.namespaced,
        ...(kinds.size > 1 || flags.bool("show-kind")
          ? { kindPrefix: `${mapping.info.kind.toLowerCase()}${group}` }
          : {}),
      });
      last = mapping.resource;
    }
    const table = info.table
      ? await sortTable(info.table, flags.string("sort-by"), context)
      : clientTable(info.object as KubeObject, context.clock.now());
    if (table) groups.print(table);
  }
  if (!groups.flush() && !ignoreNotFound && errors.length === 0) {
    context.streams.err.write(
      allNamespaced ? `No resources found in ${options.namespace} namespace.\n` : "No resources found\n",
    );
  }
  if (errors.length > 0) throw new AggregateFailure(errors);
}

/** --sort-by orders several answers of the server by what is in them; a table is to it an object like others. Models RuntimeSorter. */
async function sortInfos(infos: ResourceInfo[], sortBy: string, context: CommandContext): Promise<ResourceInfo[]> {
  if (sortBy === "" || infos.length < 2) return infos;
  const { sorted } = await import("./sort.ts");
  return await sorted(infos, (info) => (info.table ?? info.object) as KubeObject, sortBy, "objects", context);
}

/**
 * The table with its rows in the order of --sort-by; undefined when they have none, which kubectl keeps to itself. Models SortingPrinter
 * and what Run makes of its errors.
 */
async function sortTable<T extends TableContent>(
  table: T,
  sortBy: string,
  context: CommandContext,
): Promise<T | undefined> {
  if (sortBy === "") return table;
  const { sorted } = await import("./sort.ts");
  try {
    return { ...table, rows: await sorted(table.rows, (row) => row.object as KubeObject, sortBy, "rows", context) };
  } catch (error) {
    if (error instanceof ProgramExit || !(error instanceof CommandError)) throw error;
    return undefined;
  }
}

const NAME = { name: "Name", type: "string", format: "name", priority: 0 } as const;
const AGE = { name: "Age", type: "string", priority: 0 } as const;

/** The table of an object that the server made none of: name and age. Models cli-runtime pkg/printers/tableprinter.go. */
export function clientTable(object: KubeObject, now: number): TableContent {
  const created = object.metadata?.creationTimestamp;
  // A file may say `name: true`.
  const name = typeof object.metadata?.name === "string" ? object.metadata.name : "";
  const age = since(created, now);
  if (object.kind === "Scale") {
    const replicas = (part: unknown) => (part as { replicas?: number } | undefined)?.replicas ?? 0;
    const column = (name: string) => ({ name, type: "integer", priority: 0 }) as const;
    return {
      columnDefinitions: [NAME, column("Desired"), column("Available"), AGE],
      rows: [{ cells: [name, replicas(object.spec), replicas(object.status), age], object }],
    };
  }
  return { columnDefinitions: [NAME, AGE], rows: [{ cells: [name, age], object }] };
}
