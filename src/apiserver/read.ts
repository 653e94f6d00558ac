import type { Json } from "../api/json.ts";
import { loadTable } from "../api/kinds/load-table.ts";
import { parseFieldSelector } from "../api/meta/field-selector.ts";
import { parseLabelSelector } from "../api/meta/label-selector.ts";
import { ParseError } from "../api/meta/parse-error.ts";
import type { KubeList, KubeObject } from "../api/object.ts";
import { badRequest } from "../api/status.ts";
import type { Brief } from "../store/objects.ts";
import type { ListOptions, Table } from "./client.ts";
import type { Request } from "./request.ts";

/** The objects that a list or a watch shows, in key order. @throws ApiError BadRequest for a selector that is none */
export function select(request: Request, options: ListOptions): KubeObject[] {
  const matches = matcher(request, options);
  return request.world.objects.list(request.key, options.namespace || undefined).filter(matches);
}

/** Models apiserver pkg/registry/generic SelectionPredicate, and the field label conversion functions of the kinds. */
export function matcher(request: Request, options: ListOptions): (object: KubeObject) => boolean {
  const tests: ((object: KubeObject) => boolean)[] = [];
  if (options.labelSelector) {
    const selector = parsed(parseLabelSelector, options.labelSelector);
    tests.push((object) => selector.matches(object.metadata.labels ?? {}));
  }
  if (options.fieldSelector) {
    const selector = parsed(parseFieldSelector, options.fieldSelector);
    const names = ["metadata.name", ...(request.info.namespaced ? ["metadata.namespace"] : [])];
    const known = [...names, ...(request.behaviour.selectableFieldNames ?? [])];
    for (const { field } of selector.requirements)
      if (!known.includes(field)) throw badRequest(`field label not supported: ${field}`);
    tests.push((object) =>
      selector.matches({
        "metadata.name": object.metadata.name ?? "",
        "metadata.namespace": object.metadata.namespace ?? "",
        ...request.behaviour.selectableFields?.(object),
      }),
    );
  }
  return (object) => tests.every((test) => test(object));
}

/** @throws ApiError BadRequest with the text of what is wrong */
function parsed<T>(parse: (text: string) => T, text: string): T {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof ParseError) throw badRequest(error.message);
    throw error;
  }
}

export interface Page {
  rows: Brief[];
  metadata: KubeList["metadata"];
}

/** A page of a list; `continue` is the place in the list to go on from, as text. No more is parsed than the page needs. */
export function page(request: Request, options: ListOptions): Page {
  const { objects, header } = request.world;
  const namespace = options.namespace || undefined;
  const count = objects.count(request.key, namespace);
  // As in etcd3's store, a negative limit is none.
  const limit = options.limit && options.limit > 0 ? options.limit : Number.POSITIVE_INFINITY;
  const selects = !!options.labelSelector || !!options.fieldSelector;
  const matches = matcher(request, options);
  const rows: Brief[] = [];
  const metadata: KubeList["metadata"] = { resourceVersion: String(header.resourceVersion) };
  for (let at = options.continue ? Number(options.continue) : 0; at < count; at++) {
    if (rows.length === limit && !selects) return { rows, metadata: following(metadata, at, count - at) };
    const row = objects.brief(request.key, namespace, at);
    if (!matches(row.object)) continue;
    if (rows.length === limit) return { rows, metadata: following(metadata, at) };
    rows.push(row);
  }
  return { rows, metadata };
}

function following(metadata: KubeList["metadata"], at: number, remaining?: number): KubeList["metadata"] {
  return {
    ...metadata,
    continue: String(at),
    ...(remaining === undefined ? {} : { remainingItemCount: remaining }),
  };
}

/** The objects as a Table: how the kind prints itself. */
export async function tableOf(request: Request, rows: Brief[], metadata: Table["metadata"]): Promise<Table> {
  const printer = await loadTable(request.info);
  const context = { now: request.world.objects.now };
  return {
    kind: "Table",
    apiVersion: "meta.k8s.io/v1",
    metadata,
    columnDefinitions: printer.columns,
    rows: rows.map((row) => new TableRow(printer.cells(row.object, context), row)),
  };
}

/** A row whose object is read whole when somebody looks at it. */
class TableRow {
  readonly cells: Json[];
  readonly #row: Brief;

  constructor(cells: Json[], row: Brief) {
    this.cells = cells;
    this.#row = row;
  }

  get object(): KubeObject {
    return this.#row.whole();
  }
}

/** What is at hand already, as `tableOf` takes it. */
export function whole(object: KubeObject): Brief {
  return { object, whole: () => object };
}
