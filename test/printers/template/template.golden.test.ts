import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Json } from "../../../src/api/json.ts";
import { TemplateError } from "../../../src/printers/template/node.ts";
import { GoTemplatePrinter, TemplateExecutionError } from "../../../src/printers/template/print.ts";

// Both files are under test/goldens/template; main.go there writes the golden with cli-runtime v0.36.2's printer.
interface Row {
  data: string;
  template: string;
  strict?: boolean;
}
interface Outcome {
  output?: string;
  parse?: string;
  exec?: string;
}
const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../goldens/template/${name}`, import.meta.url), "utf8"));
const cases = read("cases.json") as { data: Record<string, Json>; rows: Row[] };
const golden = read("golden.json") as Outcome[];

function outcome(row: Row): Outcome {
  try {
    const printer = new GoTemplatePrinter(row.template, { allowMissingKeys: row.strict !== true });
    const output = printer.print(cases.data[row.data]!);
    return output === "" ? {} : { output };
  } catch (error) {
    if (error instanceof TemplateExecutionError) return { output: error.output, exec: error.message };
    const prefix = `error parsing template ${row.template}, `;
    if (error instanceof TemplateError && error.message.startsWith(prefix))
      return { parse: error.message.slice(prefix.length) };
    throw error;
  }
}

describe("go-template as kubectl's printer gives it", () => {
  test("there are as many goldens as rows", () => {
    expect(golden.length).toBe(cases.rows.length);
    expect(cases.rows.length).toBeGreaterThanOrEqual(150);
  });
  test.each(cases.rows.map((row, i) => ({ row, want: golden[i], name: `${i} ${JSON.stringify(row)}` })))(
    "$name",
    ({ row, want }) => {
      expect(outcome(row)).toEqual(want);
    },
  );
});
