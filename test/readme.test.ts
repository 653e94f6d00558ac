import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { supportTable } from "../scripts/support-table/table.ts";

const readme = readFileSync(resolve(import.meta.dirname, "../README.md"), "utf8");

test("the tables of what is simulated are those of the code (npm run docs:table)", async () => {
  const table = /<!-- table: begin -->\n([\s\S]*?)<!-- table: end -->/.exec(readme)?.[1];
  expect(table).toBe(`${await supportTable()}\n`);
});

test("the README's session is what its commands print (npm run docs:session)", () => {
  const script = resolve(import.meta.dirname, "../scripts/session.mjs");
  const { status, stderr } = spawnSync(process.execPath, [script, "--check"], { encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
}, 60_000);
