import type { Json } from "../api/json.ts";
import { namespaceOf } from "./keys.ts";

/** A cell of a stored row, by its number, or the namespace of the object. */
export type RowColumn = number | "namespace";

/** What tables show of objects, in the order of their keys. */
export interface Rows {
  readonly count: number;
  keyAt(index: number): string;
  row(index: number): readonly Json[];
  /** Some columns of the rows of a range, row after row; undefined where not all cells are text of printable ASCII. */
  cells(columns: readonly RowColumn[], from: number, to: number): string[] | undefined;
}

/** The rows of lines as a section has them, `"rows-1/services/default/web": ["web",…]`, with `,\n` between them. @param mark `rows-1` */
export function readRows(lines: string, mark: string): Rows {
  return EvenRows.read(lines, mark) ?? new MixedRows(lines, mark);
}

const NOT_PRINTABLE = /[^ -[\]-~\n]/;

/**
 * Rows of as many cells each, two at least, all of them texts without anything that is escaped: nearly always. They are cut where cells
 * end, which is one call for all of them, and read where they are asked for: a list of thousands is made of nothing else.
 */
class EvenRows implements Rows {
  readonly count: number;
  /** A cell each; but a row's last one, the next line's key and its first cell stand in one piece, `x"],\n"KEY": ["y`. */
  readonly #pieces: readonly string[];
  /** The pieces from a row to the next. */
  readonly #step: number;

  readonly #mark: string;

  private constructor(pieces: readonly string[], step: number, mark: string) {
    this.#mark = mark;
    this.#pieces = pieces;
    this.#step = step;
    this.count = (pieces.length - 1) / step;
  }

  /** Undefined for other rows. */
  static read(lines: string, mark: string): EvenRows | undefined {
    if (lines === "" || NOT_PRINTABLE.test(lines)) return undefined;
    // A cell that is a comma, or ends with one, may look like the end of a cell.
    if (lines.includes(',","') || lines.includes('[","')) return undefined;
    const end = lines.indexOf("\n");
    const [first] = Object.values(
      JSON.parse(`{${end < 0 ? lines : lines.slice(0, end - 1)}}`) as Record<string, Json[]>,
    );
    const step = first!.length - 1;
    if (step < 1 || !first!.every((cell) => typeof cell === "string")) return undefined;
    const pieces = lines.split('","');
    // No row has more cells than the first: where one has less texts, there are less of them altogether.
    return pieces.length === lines.split("\n").length * step + 1 ? new EvenRows(pieces, step, mark) : undefined;
  }

  keyAt(index: number): string {
    const piece = this.#pieces[index * this.#step]!;
    const end = piece.lastIndexOf('": ["');
    return piece.slice(piece.lastIndexOf('"', end - 1) + 1 + this.#mark.length, end);
  }

  row(index: number): readonly Json[] {
    const columns = Array.from({ length: this.#step + 1 }, (_, column) => column);
    return this.cells(columns, index, index + 1);
  }

  cells(columns: readonly RowColumn[], from: number, to: number): string[] {
    const step = this.#step;
    const cells = new Array<string>((to - from) * columns.length);
    // A column at a time, since most of them are pieces as they stand.
    for (const [first, column] of columns.entries()) {
      let into = first;
      if (column !== "namespace" && column > 0 && column < step)
        for (let at = from * step + column; into < cells.length; at += step, into += columns.length)
          cells[into] = this.#pieces[at]!;
      else
        for (let index = from; into < cells.length; index++, into += columns.length)
          cells[into] = this.#cutCell(column, index);
    }
    return cells;
  }

  /** The namespace, or a cell that stands in a piece with others. */
  #cutCell(column: RowColumn, index: number): string {
    if (column === "namespace") return namespaceOf(this.keyAt(index));
    const piece = this.#pieces[index * this.#step + column]!;
    return column === 0 ? piece.slice(piece.lastIndexOf('"') + 1) : piece.slice(0, piece.indexOf('"'));
  }
}

/** Any rows. */
class MixedRows implements Rows {
  readonly count: number;
  readonly #keys: readonly string[];
  readonly #rows: readonly (readonly Json[])[];

  constructor(lines: string, mark: string) {
    // At once, which is cheaper than one by one.
    const rows: Record<string, Json[]> = JSON.parse(`{${lines}}`);
    this.#keys = Object.keys(rows).map((key) => key.slice(mark.length));
    this.#rows = Object.values(rows);
    this.count = this.#keys.length;
  }

  keyAt(index: number): string {
    return this.#keys[index]!;
  }

  row(index: number): readonly Json[] {
    return this.#rows[index]!;
  }

  cells(): undefined {
    return undefined;
  }
}
