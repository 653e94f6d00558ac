import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Json } from "../../../src/api/json.ts";
import { goSyntax } from "../../../src/printers/go/format.ts";
import { JsonPath, printResults } from "../../../src/printers/jsonpath/jsonpath.ts";
import { JsonPathError } from "../../../src/printers/jsonpath/node.ts";
import { relaxedJsonPath } from "../../../src/printers/jsonpath/relaxed.ts";

// Both files are under test/goldens/jsonpath; main.go there writes the golden with client-go v0.36.2.
interface Row {
  data: string;
  template: string;
  strict?: boolean;
  json?: boolean;
  times?: number;
}
interface Outcome {
  output?: string;
  parse?: string;
  exec?: string;
}
const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../goldens/jsonpath/${name}`, import.meta.url), "utf8"));
const cases = read("cases.json") as { data: Record<string, Json>; rows: Row[]; relaxed: string[]; dumps: string[] };
const golden = read("golden.json") as {
  rows: Outcome[];
  relaxed: { output?: string; error?: string }[];
  dumps: string[];
};

function outcome(row: Row): Outcome {
  let path: JsonPath;
  try {
    path = new JsonPath(row.template, row.strict !== true);
  } catch (error) {
    if (error instanceof JsonPathError) return { parse: error.message };
    throw error;
  }
  try {
    let output = "";
    for (let i = 0; i <= (row.times ?? 0); i++)
      for (const values of path.findResults(cases.data[row.data])) output += printResults(values, row.json);
    return output === "" ? {} : { output };
  } catch (error) {
    if (error instanceof JsonPathError) return { exec: error.message };
    throw error;
  }
}

describe("jsonpath as client-go evaluates it", () => {
  test("there are as many goldens as rows", () => {
    expect(golden.rows.length).toBe(cases.rows.length);
    expect(cases.rows.length).toBeGreaterThanOrEqual(300);
  });
  test.each(cases.rows.map((row, i) => ({ row, want: golden.rows[i], name: `${i} ${JSON.stringify(row)}` })))(
    "$name",
    ({ row, want }) => {
      expect(outcome(row)).toEqual(want);
    },
  );
});

describe("relaxed paths as kubectl's RelaxedJSONPathExpression", () => {
  test.each(cases.relaxed.map((path, i) => ({ path, want: golden.relaxed[i] })))("$path", ({ path, want }) => {
    try {
      const output = relaxedJsonPath(path);
      expect(output === "" ? {} : { output }).toEqual(want);
    } catch (error) {
      if (!(error instanceof JsonPathError)) throw error;
      expect({ error: error.message }).toEqual(want);
    }
  });
});

describe("objects as %#v", () => {
  test.each(cases.dumps.map((name, i) => ({ name, want: golden.dumps[i] })))("$name", ({ name, want }) => {
    expect(goSyntax(cases.data[name] ?? null)).toBe(want);
  });
});
