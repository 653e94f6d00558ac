import { goQuote } from "../api/encoding/go-quote.ts";
import { compareStrings, type Json } from "../api/json.ts";
import { ParseError } from "../api/meta/parse-error.ts";
import { parseQuantity } from "../api/meta/quantity.ts";
import { goSyntax } from "./go/format.ts";
import { goSort } from "./go/sort.ts";
import { type GoData, kindOf, numberOf, typeOf } from "./go/value.ts";
import { JsonPath } from "./jsonpath/jsonpath.ts";
import { JsonPathError } from "./jsonpath/node.ts";
import { relaxedJsonPath } from "./jsonpath/relaxed.ts";

/**
 * The end of a program by klog: two values have no order, or the field cannot be read. kubectl prints `message` with klog's header,
 * `F<MMDD> <time> <pid> sorter.go:<line>] `, and is gone with `exitCode`.
 */
export class KlogExit extends Error {
  readonly line: number;
  readonly exitCode: number;
  constructor(message: string, line: number, exitCode: number) {
    super(message);
    this.name = "KlogExit";
    this.line = line;
    this.exitCode = exitCode;
  }
}

type Key = GoData | undefined;

/**
 * The order that `--sort-by` gives to objects: positions in `objects`. Models SortObjects of kubectl pkg/cmd/get/sorter.go, what
 * SortingPrinter does with a list (`-o yaml`, `-o jsonpath` …).
 * @throws JsonPathError, KlogExit
 */
export function sortedObjects(objects: readonly Json[], sortBy: string): number[] {
  if (objects.length === 0) return [];
  const field = relaxedJsonPath(sortBy);
  const path = new JsonPath(field, true);
  const read = (object: Json): Key => path.findResults(object)[0]?.[0];
  // The objects up to the first that has the field: an error in them is kubectl's own, one behind them ends the program.
  if (!objects.some((object) => read(object) !== undefined)) throw notFound(field);
  const readOrExit = (i: number, side: "i" | "j"): Key => {
    try {
      return read(objects[i]!);
    } catch (error) {
      if (!(error instanceof JsonPathError)) throw error;
      const shown = side === "i" ? goError(error) : error.message;
      const object = `&unstructured.Unstructured{Object:${goSyntax(objects[i]!)}}`;
      const text = `Failed to get ${side} values for ${object} using ${field} (${shown})`;
      throw new KlogExit(text, side === "i" ? 310 : 315, 255);
    }
  };
  return sortedPositions(objects.length, readOrExit, (error) => {
    const text = `Field ${field} in *unstructured.Unstructured is an unsortable type: interface, err: ${error}`;
    return new KlogExit(text, 329, 1);
  });
}

/**
 * The order that `--sort-by` gives to the rows of a table, by the objects in them; a single row is not looked at. Models TableSorter and
 * SortingPrinter.
 * @throws JsonPathError, KlogExit
 */
export function sortedRows(objects: readonly Json[], sortBy: string): number[] {
  if (objects.length < 2) return objects.map((_, i) => i);
  const field = relaxedOr(sortBy);
  let path: JsonPath;
  try {
    path = new JsonPath(field, true);
  } catch (error) {
    if (!(error instanceof JsonPathError)) throw error;
    throw new JsonPathError(`sorting error: ${error.message}`);
  }
  const keys = objects.map((object): Key => {
    try {
      return path.findResults(object)[0]?.[0];
    } catch (error) {
      if (!(error instanceof JsonPathError)) throw error;
      throw new JsonPathError(`Failed to get values for [][]reflect.Value(nil) using ${field} (${goError(error)})`);
    }
  });
  if (keys.every((key) => key === undefined)) throw notFound(field);
  return sortedPositions(
    keys.length,
    (i) => keys[i],
    (error) => {
      const text = `Field ${field} in [][][]reflect.Value is an unsortable type: interface, err: ${error}`;
      return new KlogExit(text, 375, 1);
    },
  );
}

/** The error as `%#v` shows it. */
function goError(error: JsonPathError): string {
  return `&errors.errorString{s:${goQuote(error.message)}}`;
}

function relaxedOr(sortBy: string): string {
  try {
    return relaxedJsonPath(sortBy);
  } catch (error) {
    if (error instanceof JsonPathError) return sortBy;
    throw error;
  }
}

function notFound(field: string): JsonPathError {
  return new JsonPathError(`couldn't find any field with path ${goQuote(field)} in the list of objects`);
}

/** `key` gives an element's key; `side` tells which operand of the comparison it is. */
function sortedPositions(
  length: number,
  key: (element: number, side: "i" | "j") => Key,
  unsortable: (error: string) => KlogExit,
): number[] {
  const positions = Array.from({ length }, (_, i) => i);
  goSort({
    length,
    less(i, j) {
      const a = key(positions[i]!, "i");
      const b = key(positions[j]!, "j");
      // What lacks the field is less than everything, another one that lacks it included.
      if (a === undefined) return true;
      if (b === undefined) return false;
      const less = isLess(a, b);
      if (typeof less === "string") throw unsortable(less);
      return less;
    },
    swap(i, j) {
      [positions[i], positions[j]] = [positions[j]!, positions[i]!];
    },
  });
  return positions;
}

/** True, false, or why there is no order. Models isLess of kubectl pkg/cmd/get/sorter.go for data that interfaces hold. */
function isLess(a: GoData, b: GoData): boolean | string {
  if (a === null || b === null) return a === null && b !== null;
  const type = typeOf(a);
  const kind = kindOf(a);
  if (kind === "bool" || kind === "map" || kind === "slice") return `unsortable type: ${type}`;
  if (type !== typeOf(b)) return "unsortable interface: interface";
  if (typeof a !== "string" || typeof b !== "string") return (numberOf(a) ?? 0) < (numberOf(b) ?? 0);
  const left = nanos(a);
  const right = left === undefined ? undefined : nanos(b);
  return left === undefined || right === undefined ? compareStrings(a, b) < 0 : left < right;
}

/** The text as a quantity, in billionths. */
function nanos(text: string): bigint | undefined {
  try {
    return parseQuantity(text).nano;
  } catch (error) {
    if (error instanceof ParseError) return undefined;
    throw error;
  }
}
