import type { Json } from "../api/json.ts";
import type { RowContext, TablePrinter } from "../api/kinds/kind.ts";
import { loadTable } from "../api/kinds/load.ts";
import { ageColumnOf, cellsOf, printAges } from "../api/kinds/stored-rows.ts";
import type { KubeObject } from "../api/object.ts";
import type { Brief, StoredRows } from "../store/places.ts";
import type { RowColumn } from "../store/rows.ts";
import type { ListOptions, Table } from "./client.ts";
import { bounds, hasSelector, page } from "./read.ts";
import type { Request } from "./request.ts";

const META = { kind: "Table", apiVersion: "meta.k8s.io/v1" } as const;

/** The objects as a Table: how the kind prints itself. */
export async function tableOf(request: Request, objects: KubeObject[], metadata: Table["metadata"]): Promise<Table> {
  const printer = await loadTable(request.info);
  const context = contextOf(request);
  const rows = objects.map((object) => ({ cells: printer.cells(object, context), object }));
  return { ...META, metadata, columnDefinitions: printer.columns, rows };
}

/** A page of a list as a Table. */
export async function tablePage(request: Request, options: ListOptions): Promise<Table> {
  const printer = await loadTable(request.info);
  const { columns, order } = printer;
  const context = contextOf(request);
  if (!hasSelector(options) && !order) {
    const stored = request.world.objects.rows(request.key, options.namespace || undefined);
    if (stored) return new StoredTable(stored, bounds(request, options, stored.rows.count), printer, context);
  }
  // Row by row: an object that was only looked at is not kept.
  const row = (brief: Brief) => new TableRow(brief, printer, context);
  const { rows, metadata } = page(request, options, row);
  if (order) rows.sort((a, b) => order(a.object, b.object));
  return { ...META, metadata, columnDefinitions: columns, rows };
}

function contextOf(request: Request): RowContext {
  return { now: request.world.objects.now };
}

/** A row whose object is read when somebody looks at more of it than its metadata. */
class TableRow {
  readonly cells: Json[];
  readonly metadata: KubeObject["metadata"];
  readonly #brief: Brief;

  constructor(brief: Brief, printer: TablePrinter, context: RowContext) {
    const { object } = brief;
    this.cells = printer.cells(object, context);
    this.metadata = object.metadata;
    this.#brief = brief;
  }

  get object(): KubeObject {
    return this.#brief.whole();
  }
}

/** A Table of stored rows: what is printed of it is made when it is asked for. */
class StoredTable implements Table {
  readonly kind = META.kind;
  readonly apiVersion = META.apiVersion;
  readonly metadata: Table["metadata"];
  readonly columnDefinitions: Table["columnDefinitions"];
  readonly #stored: StoredRows;
  readonly #from: number;
  readonly #to: number;
  readonly #printer: TablePrinter;
  readonly #context: RowContext;

  constructor(
    stored: StoredRows,
    { from, to, metadata }: ReturnType<typeof bounds>,
    printer: TablePrinter,
    context: RowContext,
  ) {
    this.metadata = metadata;
    this.columnDefinitions = printer.columns;
    this.#stored = stored;
    this.#from = from;
    this.#to = to;
    this.#printer = printer;
    this.#context = context;
  }

  get rows(): Table["rows"] {
    const row = (_: unknown, i: number) => new StoredRow(this.#stored, this.#from + i, this.#printer, this.#context);
    return Array.from({ length: this.#to - this.#from }, row);
  }

  plainCells(columns: readonly RowColumn[]): string[] | undefined {
    const cells = this.#stored.rows.cells(columns, this.#from, this.#to);
    const age = columns.indexOf(ageColumnOf(this.#printer));
    if (cells && age >= 0) printAges(cells, age, columns.length, this.#context);
    return cells;
  }
}

/** A row that was stored; the object is read when somebody looks at it. */
class StoredRow {
  readonly cells: Json[];
  readonly #stored: StoredRows;
  readonly #index: number;

  constructor(stored: StoredRows, index: number, printer: TablePrinter, context: RowContext) {
    this.cells = cellsOf(printer, stored.rows.row(index), context);
    this.#stored = stored;
    this.#index = index;
  }

  get object(): KubeObject {
    return this.#stored.whole(this.#index);
  }

  get metadata() {
    const stored = this.#stored;
    const index = this.#index;
    return {
      namespace: stored.namespace(index),
      get labels() {
        return stored.brief(index).metadata.labels ?? {};
      },
    };
  }
}
