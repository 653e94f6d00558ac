#!/usr/bin/env node
// Replays the recorded transcripts against the built bin/kubemu.js. `fixtures/must-pass.json` lists, for each transcript, how many of its
// steps pass; a step that passed may not fail later, so the list only grows (`--update` writes it).
//
//   node scripts/replay.mjs [--update] [--bin COMMAND] [FOLDER]
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const { parseTranscript, runTranscript } = await import(join(root, "fixtures/replay.mjs"));
const argv = process.argv.slice(2);
const update = argv.includes("--update");
const binAt = argv.indexOf("--bin");
const bin = binAt >= 0 ? argv[binAt + 1] : `${process.execPath} ${join(root, "bin/kubemu.js")}`;
const given = argv.find((word, i) => !word.startsWith("--") && i !== binAt + 1);
const folders = given ? [given] : [join(root, "fixtures/transcripts"), join(root, "fixtures/recordings")];
const listPath = join(root, "fixtures/must-pass.json");
const mustPass = JSON.parse(readFileSync(listPath, "utf8"));

let passed = 0;
let failed = 0;
const files = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".transcript"))
    .sort()
    .map((file) => [folder, file]),
);
for (const [folder, file] of files) {
  const results = runTranscript(parseTranscript(readFileSync(join(folder, file), "utf8"), file), bin);
  const good = results.map((result, i) => (result.pass ? i : -1)).filter((i) => i >= 0);
  const known = new Set(mustPass[file] ?? []);
  for (const [i, result] of results.entries()) {
    if (result.skip) continue;
    if (result.pass) passed++;
    else {
      failed++;
      console.log(
        `${known.has(i) ? "BROKEN" : "open  "} ${file} step ${i}: ${result.command.split("\n")[0]} (${result.differs.join(", ")})`,
      );
    }
  }
  if (update) mustPass[file] = [...new Set([...known, ...good])].sort((a, b) => a - b);
}
if (update) {
  const rows = Object.entries(mustPass).map(([file, steps]) => `${JSON.stringify(file)}: ${JSON.stringify(steps)}`);
  writeFileSync(listPath, `{\n${rows.join(",\n")}\n}\n`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed || !passed ? 1 : 0;
