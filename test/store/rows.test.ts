import fc from "fast-check";
import { expect, test } from "vitest";
import { readRows } from "../../src/store/rows.ts";

const linesOf = (rows: readonly (readonly unknown[])[]) =>
  rows.map((row, i) => `${JSON.stringify(`rows-1/things/n${i % 2}/t${i}`)}: ${JSON.stringify(row)}`).join(",\n");
const read = (lines: string) => readRows(lines, "rows-1");

test("the first cell, the last, and the namespace stand beside each other in a file", () => {
  const rows = read(
    linesOf([
      ["a", "b", "c"],
      ["", "", ""],
      ["a b", "[,]", "]: {"],
    ]),
  );
  expect(rows.count).toBe(3);
  expect([0, 1, 2].map((i) => rows.keyAt(i))).toEqual(["/things/n0/t0", "/things/n1/t1", "/things/n0/t2"]);
  expect([0, 1, 2].map((i) => rows.row(i))).toEqual([
    ["a", "b", "c"],
    ["", "", ""],
    ["a b", "[,]", "]: {"],
  ]);
  expect(rows.cells([0, 2], 0, 3)).toEqual(["a", "c", "", "", "a b", "]: {"]);
  expect(rows.cells(["namespace", 1], 1, 3)).toEqual(["n1", "", "n0", "[,]"]);
  expect(rows.cells([0], 1, 1)).toEqual([]);
});

test("what is not plain is read all the same, and not told at once", () => {
  for (const odd of [null, 5, "é", "\u007f", "tab\t", 'quote"', "\\"]) {
    const rows = [
      ["a", "b"],
      ["c", odd],
    ];
    for (const order of [rows, [...rows].reverse()]) {
      const known = read(linesOf(order));
      expect(order.map((_, i) => known.row(i))).toEqual(order);
      expect(known.cells([0, 1], 0, 2)).toBeUndefined();
    }
  }
  expect(read("").count).toBe(0);
  expect(read(linesOf([["one cell"]])).row(0)).toEqual(["one cell"]);
});

const cell = fc.oneof(
  fc.string(),
  fc.constantFrom('","', '"],', '": ["', "", "a", "\n", ",", "[", "a,", ",a"),
  fc.constant(null),
  fc.nat(),
);

test("a comma as a cell is no end of one", () => {
  for (const rows of [
    [
      ["", ""],
      [0, ","],
    ],
    [
      [",", "b"],
      ["a", "b"],
    ],
    [
      ["a", ","],
      [",", ","],
    ],
    [
      ["a", "b,"],
      ["[", ","],
    ],
  ]) {
    const known = read(linesOf(rows));
    expect(rows.map((_, i) => known.row(i))).toEqual(rows);
  }
});

test("any rows are what was written", () => {
  const rows = fc
    .nat({ max: 4 })
    .chain((more) => fc.array(fc.array(cell, { minLength: 1 + more, maxLength: 1 + more }), { maxLength: 5 }));
  fc.assert(
    fc.property(rows, (given) => {
      const known = read(linesOf(given));
      expect(known.count).toBe(given.length);
      expect(given.map((_, i) => known.row(i))).toEqual(given);
      const all = known.cells(
        given.flatMap((row, i) => (i === 0 ? row.map((_, column) => column) : [])),
        0,
        given.length,
      );
      if (all) expect(all).toEqual(given.flat());
    }),
    { numRuns: 20_000 },
  );
});
