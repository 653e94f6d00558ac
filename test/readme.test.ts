import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { supportTable } from "../scripts/support-table/table.ts";

const readme = readFileSync(resolve(import.meta.dirname, "../README.md"), "utf8");

test("the tables of what is simulated are those of the code (npm run docs:table)", () => {
  const table = /<!-- table: begin -->\n([\s\S]*?)<!-- table: end -->/.exec(readme)?.[1];
  expect(table).toBe(`${supportTable()}\n`);
});
