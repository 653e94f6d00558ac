import { emitJson, type StructFields } from "../../api/encoding/json-emit.ts";
import type { Json } from "../../api/json.ts";
import type { KubeObject } from "../../api/object.ts";
import type { Table, WatchEvent } from "../../apiserver/client.ts";
import { isList } from "../../printers/printer.ts";
import { TablePrinter } from "../../printers/table.ts";
import { TABLE_LAYOUT, TabWriter } from "../../printers/tabwriter.ts";
import { type CommandContext, CommandError } from "../command.ts";
import { isNotFound } from "../errors.ts";
import { wholeRows } from "../resources/fetch.ts";
import { findResources } from "../resources/find.ts";
import type { Mapping } from "../resources/mapping.ts";
import type { ResourceInfo } from "../resources/visitor.ts";
import { untilInterrupted } from "../watching.ts";
import { getPrinter } from "./get-printer.ts";
import { type GetOptions, getQuery } from "./get-query.ts";
import { clientTable } from "./get-table.ts";
import { objectWriter } from "./object-writer.ts";

/** Prints one object or table, with what happened to it when that is asked for. */
type Show = (thing: KubeObject | Table, type: WatchEvent["type"]) => void;

/**
 * Prints what is there, then each change. Returns the exit status. Models kubectl pkg/cmd/get/get.go (watch): a named object comes
 * twice, once as it was found and once as the watch's first event, which is not printed.
 */
export async function watchResources(options: GetOptions, context: CommandContext): Promise<number> {
  const { flags, allNamespaces, humanReadable } = options;
  const tables = humanReadable && flags.bool("server-print");
  const { subresource: _, continueOnError: __, flatten: ___, ...query } = getQuery(options);
  const found = findResources(
    { ...query, chunkSize: flags.int("chunk-size"), singleResourceType: true, tables },
    context,
  );
  let infos: ResourceInfo[];
  try {
    infos = await found.infos();
  } catch (error) {
    if (flags.bool("ignore-not-found") && isNotFound(error)) return 0;
    throw error;
  }
  const [info] = infos;
  // Models cli-runtime pkg/resource/visitor.go RetrieveLatest: a list in a file is of no one type.
  if (info && !info.mapping)
    throw new CommandError(
      "watch is only supported on individual resources and resource collections, but a list of resources is found",
    );
  if (!info?.mapping) throw new CommandError("no objects were found to watch");
  const { mapping } = info;
  const tabs = new TabWriter(objectWriter(context.streams), TABLE_LAYOUT);
  const show = humanReadable
    ? tableShow(options, mapping, tabs, context)
    : await dataShow(options, (text) => tabs.write(text), context);
  if (!flags.bool("watch-only")) {
    for (const one of infos) for (const thing of await foundThings(one, options, context)) show(thing, "ADDED");
  }
  tabs.flush();
  await context.flush();
  refuseSeveral(infos, options);

  const named = info.name !== "";
  const namespace = mapping.info.namespaced && !allNamespaces ? info.namespace : "";
  const watched = {
    ...(namespace === "" ? {} : { namespace }),
    ...(named ? { name: info.name } : { resourceVersion: info.resourceVersion }),
    ...(query.labelSelector && !named ? { labelSelector: query.labelSelector } : {}),
    ...(query.fieldSelector && !named ? { fieldSelector: query.fieldSelector } : {}),
  };
  return untilInterrupted(flags, context, async (limits) => {
    const events: AsyncIterable<WatchEvent<KubeObject | Table>> = tables
      ? context.client.watchTable(mapping.resource, { ...watched, ...wholeRows(query), ...limits })
      : context.client.watch(mapping.resource, { ...watched, ...limits });
    let output = !named;
    for await (const event of events) {
      if (output) show(event.object, event.type);
      output = true;
      tabs.flush();
      await context.flush();
    }
  });
}

/** Models cli-runtime pkg/resource/result.go (Watch). */
function refuseSeveral(infos: readonly ResourceInfo[], { files, args }: GetOptions): void {
  // Pages of one list are one source.
  if (infos.every((info) => info.name === "")) return;
  if (files.filenames.length > 1 || (args.length > 0 && infos.length > 1)) {
    throw new CommandError("you may only watch a single resource or type of resource at a time");
  }
  if (infos.length !== 1) {
    throw new CommandError(
      `watch is only supported on individual resources and resource collections - ${infos.length} resources were found`,
    );
  }
}

/** The table, or the objects one by one: a list is never printed as one. --sort-by orders tables alone. */
async function foundThings(
  { table, object }: ResourceInfo,
  { flags }: GetOptions,
  context: CommandContext,
): Promise<(KubeObject | Table)[]> {
  if (!table) return isList(object!) ? object.items : [object!];
  const sortBy = flags.string("sort-by");
  if (sortBy === "" || flags.bool("output-watch-events") || table.rows.length < 2) return [table];
  const { sorted } = await import("./sort.ts");
  return [{ ...table, rows: await sorted(table.rows, (row) => row.object, sortBy, "rows", context) }];
}

function tableShow(
  { flags, allNamespaces }: GetOptions,
  mapping: Mapping,
  tabs: TabWriter,
  context: CommandContext,
): Show {
  const group = mapping.info.group === "" ? "" : `.${mapping.info.group}`;
  const printer = new TablePrinter({
    noHeaders: flags.bool("no-headers"),
    wide: flags.string("output") === "wide",
    showLabels: flags.bool("show-labels"),
    columnLabels: flags.list("label-columns"),
    withNamespace: allNamespaces,
    ...(flags.bool("show-kind") ? { kindPrefix: `${mapping.info.kind.toLowerCase()}${group}` } : {}),
  });
  const withEvents = flags.bool("output-watch-events");
  return (thing, type) => {
    const table = "rows" in thing ? (thing as Table) : clientTable(thing as KubeObject, context.clock.now());
    printer.print(table, tabs, withEvents ? type : "");
  };
}

const EVENT_FIELDS: StructFields = { type: null, object: null };

/** With --output-watch-events the printers get a metav1.WatchEvent: JSON on one line, managedFields and all. */
async function dataShow(options: GetOptions, write: (text: string) => void, context: CommandContext): Promise<Show> {
  const { flags } = options;
  if (!flags.bool("output-watch-events")) {
    const printer = await getPrinter(flags, context, { align: false });
    return (thing) => printer.print(thing as KubeObject, write);
  }
  const format = flags.string("output").toLowerCase();
  if (format === "json") {
    return (object, type) => write(`${emitJson({ type, object } as unknown as Json, "", EVENT_FIELDS)}\n`);
  }
  const printer = await getPrinter(flags, context, { align: false, fields: EVENT_FIELDS });
  if (format === "name") return (object) => printer.print(object as KubeObject, write);
  return (object, type) => printer.print({ type, object } as unknown as KubeObject, write);
}
