import type { Json } from "../api/json.ts";
import type { RowContext, TablePrinter } from "../api/kinds/kind.ts";
import { loadTable } from "../api/kinds/load-table.ts";
import { cellsOf } from "../api/kinds/stored-rows.ts";
import { parseFieldSelector } from "../api/meta/field-selector.ts";
import { parseLabelSelector } from "../api/meta/label-selector.ts";
import { ParseError } from "../api/meta/parse-error.ts";
import type { KubeList, KubeObject } from "../api/object.ts";
import { badRequest } from "../api/status.ts";
import type { Brief, Places } from "../store/places.ts";
import type { ListOptions, Table } from "./client.ts";
import type { Request } from "./request.ts";

/** The objects that a list or a watch shows, in key order. @throws ApiError BadRequest for a selector that is none */
export function select(request: Request, options: ListOptions): KubeObject[] {
  const matches = matcher(request, options);
  return request.world.objects.list(request.key, options.namespace || undefined).filter(matches);
}

/** Models apiserver pkg/registry/generic SelectionPredicate, and the field label conversion functions of the kinds. */
function matcher(request: Request, options: ListOptions): (object: KubeObject) => boolean {
  const tests: ((object: KubeObject) => boolean)[] = [];
  if (options.labelSelector) {
    const selector = parsed(parseLabelSelector, options.labelSelector);
    tests.push((object) => selector.matches(object.metadata.labels ?? {}));
  }
  if (options.fieldSelector) {
    const selector = parsed(parseFieldSelector, options.fieldSelector);
    for (const { field } of selector.requirements) checkFieldLabel(request, field);
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

/**
 * Models apimachinery pkg/runtime (Scheme.ConvertFieldLabel): kinds that name fields of their own word the refusal of others themselves.
 * @throws ApiError BadRequest for a field that no selector may name
 */
function checkFieldLabel({ info, behaviour }: Request, label: string): void {
  const own = behaviour.selectableFieldNames;
  const names = ["metadata.name", ...(info.namespaced || !own ? ["metadata.namespace"] : []), ...(own ?? [])];
  if (names.includes(label)) return;
  if (!own) throw badRequest(`"${label}" is not a known field selector: only "metadata.name", "metadata.namespace"`);
  throw badRequest(behaviour.refuseFieldLabel?.(label) ?? `field label not supported: ${label}`);
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

export interface Page<T> {
  rows: T[];
  metadata: KubeList["metadata"];
}

/**
 * A page of a list: what `take` makes of each object. `continue` is the place in the list to go on from, as text. No more is parsed than
 * the page needs.
 */
export function page<T>(
  request: Request,
  options: ListOptions,
  take: (brief: Brief) => T,
  { count, at: look }: Places = request.world.objects.places(request.key, options.namespace || undefined),
): Page<T> {
  const { header } = request.world;
  // As in etcd3's store, a negative limit is none.
  const limit = options.limit && options.limit > 0 ? options.limit : Number.POSITIVE_INFINITY;
  const selects = hasSelector(options);
  const matches = matcher(request, options);
  const rows: T[] = [];
  const metadata: KubeList["metadata"] = { resourceVersion: String(header.resourceVersion) };
  for (let at = options.continue ? Number(options.continue) : 0; at < count; at++) {
    if (rows.length === limit && !selects) return { rows, metadata: following(metadata, at, count - at) };
    const brief = selects ? seen(look(at)) : look(at);
    if (selects && !matches(brief.object)) continue;
    if (rows.length === limit) return { rows, metadata: following(metadata, at) };
    rows.push(take(brief));
  }
  return { rows, metadata };
}

/** A look at an object parses it: one is enough to match it and to print it. */
function seen(brief: Brief): Brief {
  return { object: brief.object, whole: () => brief.whole() };
}

function hasSelector({ labelSelector, fieldSelector }: ListOptions): boolean {
  return !!labelSelector || !!fieldSelector;
}

function following(metadata: KubeList["metadata"], at: number, remaining?: number): KubeList["metadata"] {
  return {
    ...metadata,
    continue: String(at),
    ...(remaining === undefined ? {} : { remainingItemCount: remaining }),
  };
}

/** The objects as a Table: how the kind prints itself. */
export async function tableOf(request: Request, objects: KubeObject[], metadata: Table["metadata"]): Promise<Table> {
  const { columnDefinitions, row } = await tableMaker(request);
  return {
    kind: "Table",
    apiVersion: "meta.k8s.io/v1",
    metadata,
    columnDefinitions,
    rows: objects.map((object) => row({ object, whole: () => object })),
  };
}

/** A page of a list as a Table. */
export async function tablePage(request: Request, options: ListOptions): Promise<Table> {
  const { columnDefinitions, row, order } = await tableMaker(request);
  const { objects } = request.world;
  const places = hasSelector(options) ? undefined : objects.rows(request.key, options.namespace || undefined);
  // Row by row: an object that was only looked at is not kept.
  const { rows, metadata } = page(request, options, row, places);
  if (order) rows.sort((a, b) => order(a.object as KubeObject, b.object as KubeObject));
  return { kind: "Table", apiVersion: "meta.k8s.io/v1", metadata, columnDefinitions, rows };
}

async function tableMaker(request: Request) {
  const printer = await loadTable(request.info);
  const context = { now: request.world.objects.now };
  return {
    columnDefinitions: printer.columns,
    order: printer.order,
    row(brief: Brief): Table["rows"][number] {
      if (brief.row) return new StoredRow(brief, printer, context);
      const { object } = brief;
      return new TableRow(printer.cells(object, context), object.metadata, brief);
    },
  };
}

/** A row whose object is read when somebody looks at more of it than its metadata. */
class TableRow {
  readonly cells: Json[];
  readonly metadata: KubeObject["metadata"];
  readonly #brief: Brief;

  constructor(cells: Json[], metadata: KubeObject["metadata"], brief: Brief) {
    this.cells = cells;
    this.metadata = metadata;
    this.#brief = brief;
  }

  get object(): KubeObject {
    return this.#brief.whole();
  }
}

/** A row that was stored: its cells are made when they are printed, and nobody keeps them. */
class StoredRow {
  readonly #brief: Brief;
  readonly #printer: TablePrinter;
  readonly #context: RowContext;

  constructor(brief: Brief, printer: TablePrinter, context: RowContext) {
    this.#brief = brief;
    this.#printer = printer;
    this.#context = context;
  }

  get cells(): Json[] {
    return cellsOf(this.#printer, this.#brief.row!, this.#context);
  }

  get object(): KubeObject {
    return this.#brief.whole();
  }

  get metadata() {
    const brief = this.#brief;
    return {
      namespace: brief.namespace ?? "",
      get labels() {
        return brief.object.metadata.labels ?? {};
      },
    };
  }
}
