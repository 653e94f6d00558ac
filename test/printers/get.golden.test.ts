import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Json } from "../../src/api/json.ts";
import type { KubeObject } from "../../src/api/object.ts";
import { CustomColumnsPrinter, parseCustomColumns, parseCustomColumnsFile } from "../../src/printers/custom-columns.ts";
import { JsonPathError } from "../../src/printers/jsonpath/node.ts";
import { KlogExit, sortedObjects, sortedRows } from "../../src/printers/sorter.ts";

// Both files are under test/goldens/get; main.go there writes the golden with kubectl v0.36.2's pkg/cmd/get.
interface Columns {
  data: string[];
  spec?: string;
  file?: string;
  noHeaders?: boolean;
}
interface Sorting {
  keys: Json[];
  by: string;
}
interface Sorted {
  objects?: number[];
  objectsError?: string;
  rows?: number[];
  rowsError?: string;
}
const read = (name: string) => JSON.parse(readFileSync(new URL(`../goldens/get/${name}`, import.meta.url), "utf8"));
const cases = read("cases.json") as { data: Record<string, KubeObject>; columns: Columns[]; sorting: Sorting[] };
const golden = read("golden.json") as { columns: { output?: string; error?: string }[]; sorting: Sorted[] };

function printed(row: Columns): { output?: string; error?: string } {
  let output = "";
  try {
    const columns = row.file === undefined ? parseCustomColumns(row.spec ?? "") : parseCustomColumnsFile(row.file);
    const printer = new CustomColumnsPrinter(columns, {
      noHeaders: row.file === undefined && row.noHeaders === true,
    });
    for (const name of row.data) {
      printer.print(cases.data[name]!, (text) => {
        output += text;
      });
    }
    return output === "" ? {} : { output };
  } catch (error) {
    if (!(error instanceof JsonPathError)) throw error;
    return output === "" ? { error: error.message } : { output, error: error.message };
  }
}

type Sorter = (objects: Json[], by: string) => number[];

/** The positions, or the text of the failure as the golden has it. */
function order(sorter: Sorter, { keys, by }: Sorting): number[] | string {
  const objects = keys.map((key, i): Json => (key === "absent" ? { kind: "T", i } : { kind: "T", i, k: key }));
  try {
    return sorter(objects, by);
  } catch (error) {
    if (error instanceof KlogExit) return `exit ${error.exitCode}: ${error.line}] ${error.message}`;
    if (error instanceof JsonPathError) return error.message;
    throw error;
  }
}

test("there are as many goldens as rows", () => {
  expect(golden.columns.length).toBe(cases.columns.length);
  expect(golden.sorting.length).toBe(cases.sorting.length);
  expect(cases.columns.length + cases.sorting.length).toBeGreaterThan(200);
});

describe("custom columns as kubectl's CustomColumnsPrinter", () => {
  test.each(cases.columns.map((row, i) => ({ row, want: golden.columns[i], name: `${i} ${JSON.stringify(row)}` })))(
    "$name",
    ({ row, want }) => {
      expect(printed(row)).toEqual(want);
    },
  );
});

const sortings = cases.sorting.map((row, i) => ({ row, want: golden.sorting[i]!, name: `${i} ${row.by}` }));

describe("--sort-by on objects as kubectl's SortObjects", () => {
  test.each(sortings)("$name", ({ row, want }) => {
    expect(order(sortedObjects, row)).toEqual(want.objectsError ?? want.objects ?? []);
  });
});

describe("--sort-by on table rows as kubectl get", () => {
  test.each(sortings)("$name", ({ row, want }) => {
    expect(order(sortedRows, row)).toEqual(want.rowsError ?? want.rows ?? []);
  });
});
