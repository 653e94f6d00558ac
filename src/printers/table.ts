import { formatGoValue } from "../api/encoding/go-value.ts";
import { compareStrings, type Json } from "../api/json.ts";
import type { Column } from "../api/kinds/kind.ts";
import type { KubeObject } from "../api/object.ts";
import { TABLE_LAYOUT, TabWriter } from "./tabwriter.ts";
import { escapeTerminal } from "./terminal.ts";

/** What is printed of a metav1.Table. */
export interface TableContent {
  columnDefinitions: Column[];
  readonly rows: {
    cells: Json[];
    object?: KubeObject;
    metadata?: Pick<KubeObject["metadata"], "namespace" | "labels">;
  }[];
  /** All rows at once, where that is cheaper: the cells of those columns, row after row, if all are printable ASCII. */
  plainCells?(columns: readonly (number | "namespace")[]): string[] | undefined;
}

export interface TableOptions {
  noHeaders?: boolean;
  /** Also the columns whose priority is above 0. */
  wide?: boolean;
  showLabels?: boolean;
  /** `-L`: one column a label. */
  columnLabels?: readonly string[];
  withNamespace?: boolean;
  /** `--show-kind`: what stands before the slash, `service`, `deployment.apps`. */
  kindPrefix?: string;
}

type Row = Json[];

/**
 * Prints tables of one resource one after another: headers once, again when the columns change. Models cli-runtime
 * HumanReadablePrinter.
 */
export class TablePrinter {
  private readonly options: TableOptions;
  private lastColumns: Column[] = [];
  private lastColumnsText: string | undefined;
  private printedHeaders = false;

  constructor(options: TableOptions) {
    this.options = options;
  }

  /** `eventType` of a watch (`ADDED`) becomes the first column. The caller flushes `tabs`. */
  print(table: TableContent, tabs: TabWriter, eventType = ""): void {
    const given = table.columnDefinitions;
    // Watch events after the first one come without definitions.
    const text = given.length === 0 ? this.lastColumnsText : JSON.stringify(given);
    const same = text === this.lastColumnsText;
    const noHeaders = this.options.noHeaders || (this.printedHeaders && same);
    const columns = given.length === 0 ? this.lastColumns : given;
    if (!same) this.printedHeaders = false;
    this.lastColumns = columns;
    this.lastColumnsText = text;
    const cells = eventType === "" ? this.plainCells(table, columns) : undefined;
    if ((cells ?? table.rows).length === 0) return;
    this.printedHeaders = true;

    const all = decorateColumns(columns, this.options, eventType);
    const shown = all.map((column) => this.options.wide === true || column.priority === 0);
    const nameColumn = this.options.kindPrefix
      ? columns.findIndex((column) => column.format === "name" && column.type === "string")
      : -1;
    const plain = nameColumn === -1 && eventType === "" && !needsObjects(this.options);
    const rows: Row[] = noHeaders ? [] : [all.map((column) => column.name.toUpperCase())];
    for (const row of cells ? [] : table.rows)
      rows.push(plain ? row.cells : decorateRow(row, columns.length, nameColumn, this.options, eventType));
    if (rows.length > 0) writeRows(rows, shown, tabs);
    if (cells) tabs.writeLines(cells, shown.filter(Boolean).length);
  }

  /** The cells that are shown, where the table has them all at once and they are all that is printed. */
  private plainCells(table: TableContent, columns: readonly Column[]): string[] | undefined {
    const { kindPrefix, wide, withNamespace, columnLabels = [], showLabels } = this.options;
    if (!table.plainCells || kindPrefix || columnLabels.length > 0 || showLabels) return undefined;
    const numbers = [...columns.keys()].filter((i) => wide || columns[i]!.priority === 0);
    return table.plainCells(withNamespace ? ["namespace", ...numbers] : numbers);
  }
}

/**
 * Prints the groups of one `get`: each has its own headers and widths, and an empty line before it when something has
 * been printed. Models the loop of kubectl pkg/cmd/get Run.
 */
export class TableGroups {
  private readonly tabs: TabWriter;
  private readonly noHeaders: boolean;
  private printer: TablePrinter | undefined;
  private separate = false;
  private hasWritten = false;

  constructor(write: (text: string) => void, noHeaders = false) {
    this.noHeaders = noHeaders;
    this.tabs = new TabWriter((text) => {
      write(this.separate ? `\n${text}` : text);
      this.separate = false;
      this.hasWritten = true;
    }, TABLE_LAYOUT);
  }

  /** Starts the tables of another resource. */
  begin(options: Omit<TableOptions, "noHeaders">): void {
    this.tabs.flush();
    this.tabs.forgetWidths();
    if (this.printer !== undefined && !this.noHeaders && this.hasWritten) this.separate = true;
    this.printer = new TablePrinter({ ...options, noHeaders: this.noHeaders });
  }

  print(table: TableContent): void {
    if (this.printer === undefined) throw new Error("begin() starts a group of tables");
    this.printer.print(table, this.tabs);
  }

  /** Prints what is still collected; a watch does it after each event. Tells whether anything has been printed so far. */
  flush(): boolean {
    this.tabs.flush();
    return this.hasWritten;
  }
}

function extra(name: string): Column {
  return { name, type: "string", priority: 0 };
}

function decorateColumns(columns: Column[], options: TableOptions, eventType: string): Column[] {
  const labels = (options.columnLabels ?? []).map((label) => extra(label.slice(label.lastIndexOf("/") + 1)));
  return [
    ...(eventType === "" ? [] : [extra("Event")]),
    ...(options.withNamespace ? [extra("Namespace")] : []),
    ...columns,
    ...labels,
    ...(options.showLabels ? [extra("Labels")] : []),
  ];
}

/** Whether more is printed of a row than its cells. */
function needsObjects({ withNamespace, columnLabels = [], showLabels }: TableOptions): boolean {
  return withNamespace === true || columnLabels.length > 0 || showLabels === true;
}

const EVENT_TYPES: Record<string, string> = {
  ADDED: "ADDED   ",
  MODIFIED: "MODIFIED",
  DELETED: "DELETED ",
  ERROR: "ERROR   ",
};

function decorateRow(
  row: TableContent["rows"][number],
  width: number,
  nameColumn: number,
  options: TableOptions,
  eventType: string,
): Row {
  const cells = [...row.cells];
  if (nameColumn !== -1) cells[nameColumn] = `${options.kindPrefix!.toLowerCase()}/${cellText(cells[nameColumn])}`;
  const metadata = row.metadata ?? row.object?.metadata;
  const columnLabels = options.columnLabels ?? [];
  if (options.withNamespace) cells.unshift(metadata === undefined ? null : (metadata.namespace ?? ""));
  if (metadata !== undefined) {
    const labels = columnLabels.length > 0 || options.showLabels ? (metadata.labels ?? {}) : {};
    for (const key of columnLabels) cells.push(Object.hasOwn(labels, key) ? labels[key]! : "");
    if (options.showLabels) cells.push(formatLabels(labels));
  } else if (options.withNamespace || columnLabels.length > 0 || options.showLabels || nameColumn !== -1) {
    const all = width + columnLabels.length + (options.withNamespace ? 1 : 0) + (options.showLabels ? 1 : 0);
    // The original counts up while what is missing shrinks: half of the empty cells are added.
    for (let missing = Math.ceil((all - cells.length) / 2); missing > 0; missing--) cells.push(null);
  }
  if (eventType !== "") cells.unshift(EVENT_TYPES[eventType] ?? eventType);
  return cells;
}

/** `a=b,c=d`, or `<none>`. Models apimachinery labels.FormatLabels. */
function formatLabels(labels: Record<string, string>): string {
  const pairs = Object.keys(labels).map((key) => `${key}=${labels[key]}`);
  return pairs.length === 0 ? "<none>" : pairs.sort(compareStrings).join(",");
}

function joinCells(cells: string[], shown: readonly boolean[]): string {
  let text = "";
  let first = true;
  for (let i = 0; i < cells.length; i++) {
    // Cells beyond the last column are not shown either.
    if (!shown[i]) continue;
    text += first ? cells[i] : `\t${cells[i]}`;
    first = false;
  }
  return text;
}

/** Most tables are plain: their cells go to the writer as they are. */
function writeRows(rows: readonly Row[], shown: readonly boolean[], tabs: TabWriter): void {
  const cells = plainCells(rows, shown);
  if (cells) tabs.writeLines(cells, cells.length / rows.length);
  else for (const row of rows) tabs.write(`${joinCells(row.map(cellText), shown)}\n`);
}

const PLAIN = /^[ -~]*$/;

/** The cells that are shown, row after row, where every row has as many, two at least, and all are printable ASCII. */
function plainCells(rows: readonly Row[], shown: readonly boolean[]): string[] | undefined {
  const cells: string[] = [];
  for (const row of rows) {
    if (row.length !== shown.length) return undefined;
    for (let i = 0; i < row.length; i++) {
      const cell = row[i];
      if (!shown[i]) continue;
      if (typeof cell === "string") cells.push(cell);
      else if (Number.isSafeInteger(cell)) cells.push(String(cell));
      else return undefined;
    }
  }
  return cells.length >= 2 * rows.length && PLAIN.test(cells.join("")) ? cells : undefined;
}

function cellText(cell: Json | undefined): string {
  if (cell === null || cell === undefined) return "";
  if (typeof cell !== "string") return escapeTerminal(formatGoValue(cell));
  if (PLAIN.test(cell)) return cell;
  const end = cell.search(/[\f\n\r]/);
  return end === -1 ? escapeTerminal(cell) : `${escapeTerminal(cell.slice(0, end))}...`;
}
