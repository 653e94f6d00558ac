#!/usr/bin/env node
// Writes the tables of what is simulated into the README: `npm run docs:table`.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { rolldown } from "rolldown";

const folder = mkdtempSync(join(tmpdir(), "kubemu-table-"));
try {
  const bundle = await rolldown({ input: resolve(import.meta.dirname, "table.ts"), platform: "node" });
  await bundle.write({ dir: folder, format: "esm", entryFileNames: "table.mjs" });
  const { supportTable } = await import(join(folder, "table.mjs"));
  const table = await supportTable();
  const path = resolve(import.meta.dirname, "../../README.md");
  const text = readFileSync(path, "utf8");
  writeFileSync(
    path,
    text.replace(/(<!-- table: begin -->\n)[\s\S]*?(<!-- table: end -->)/, (_, a, b) => `${a}${table}\n${b}`),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
