#!/usr/bin/env node
// Replays the recorded transcripts against the built bin/kubemu.js. `fixtures/must-pass.json` lists, for each transcript, how many of its
// steps pass; a step that passed may not fail later, so the list only grows (`--update` writes it).
//
//   node scripts/replay.mjs [--update] [--bin COMMAND] [FOLDER]
//
// The files are dealt out to about as many processes as there are processors (`--file FILE` is such a part of the work).
import { spawn } from "node:child_process";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const { parseTranscript, runTranscript } = await import(join(root, "fixtures/replay.mjs"));
const argv = process.argv.slice(2);
const update = argv.includes("--update");
const binAt = argv.indexOf("--bin");
const bin = binAt >= 0 ? argv[binAt + 1] : `${process.execPath} ${join(root, "bin/kubemu.js")}`;
const given = argv.find((word, i) => !word.startsWith("--") && !["--bin", "--file"].includes(argv[i - 1]));
const folders = given ? [given] : [join(root, "fixtures/transcripts"), join(root, "fixtures/recordings")];
const listPath = join(root, "fixtures/must-pass.json");
const mustPass = JSON.parse(readFileSync(listPath, "utf8"));

/** The schedules of CronJobs that fire at the turn of a minute. */
const SCHEDULE = /\*\/\d+ \* \* \* \*|\* \* \* \* \*/;
const minute = () => Math.floor(Date.now() / 60_000);

/** A node port or an address for which no placeholder stands: one that a command of the transcript names. */
const NAMED = /\b3[0-2]\d{3}\b|\b10\.\d+\.\d+\.\d+\b/g;
const named = ({ stdout, stderr }) => `${stdout}\n${stderr}`.replace(/\u2039[^\u203a]*\u203a/g, "").match(NAMED) ?? [];

/** Whether a step failed since the cluster drew, by chance, a value that a command of the transcript names. */
const drewANamedOne = ({ pass, want, got }) => !pass && named(got).some((value) => !named(want).includes(value));

/**
 * `{ command, pass, skip, differs }` for each step of a transcript. What a cluster chooses is drawn from the transcript's name, so that a run is
 * as the run before; where it draws a port or an address that a command names (one in a thousand does), the next seed is taken. Steps run by
 * the real clock: where a schedule fired in the middle and not in the recording, the transcript is played once more.
 */
function replay(path) {
  const text = readFileSync(path, "utf8");
  let results;
  for (let seed = 0; seed < 3; seed++) {
    const began = minute();
    const env = { KUBEMU_SEED: `${basename(path)} ${seed}` };
    results = runTranscript(parseTranscript(text, basename(path)), bin, { env });
    const fired = SCHEDULE.test(text) && minute() !== began && results.some(({ pass }) => !pass);
    if (!fired && !results.some(drewANamedOne)) break;
  }
  return results.map(({ command, pass, skip, differs }) => ({ command, pass, skip, differs }));
}

function inProcess(path) {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, [import.meta.filename, "--bin", bin, "--file", path], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let text = "";
    child.stdout.on("data", (part) => {
      text += part;
    });
    child.on("close", (status) => (status === 0 ? done(JSON.parse(text)) : failed(new Error(`${path}: ${status}`))));
  });
}

async function main() {
  const files = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(".transcript"))
      .sort()
      .map((file) => join(folder, file)),
  );
  const all = [];
  // The longest first: the last to begin are the first to end. A step waits for its file to be on disk now and then, so one more is at work.
  const waiting = [...files.keys()].sort((a, b) => statSync(files[b]).size - statSync(files[a]).size);
  const worker = async () => {
    for (let i = waiting.shift(); i !== undefined; i = waiting.shift()) all[i] = await inProcess(files[i]);
  };
  await Promise.all(Array.from({ length: availableParallelism() + 1 }, worker));
  let passed = 0;
  let failed = 0;
  for (const [at, path] of files.entries()) {
    const file = basename(path);
    const known = new Set(mustPass[file] ?? []);
    for (const [i, result] of all[at].entries()) {
      if (result.skip) continue;
      if (result.pass) passed++;
      else {
        failed++;
        const [line] = result.command.split("\n");
        console.log(`${known.has(i) ? "BROKEN" : "open  "} ${file} step ${i}: ${line} (${result.differs.join(", ")})`);
      }
      if (result.pass && update) known.add(i);
    }
    if (update) mustPass[file] = [...known].sort((a, b) => a - b);
  }
  if (update) {
    const rows = Object.entries(mustPass).map(([file, steps]) => `${JSON.stringify(file)}: ${JSON.stringify(steps)}`);
    writeFileSync(listPath, `{\n${rows.join(",\n")}\n}\n`);
  }
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed || !passed ? 1 : 0;
}

const part = argv.indexOf("--file");
if (part >= 0) process.stdout.write(JSON.stringify(replay(argv[part + 1])));
else await main();
