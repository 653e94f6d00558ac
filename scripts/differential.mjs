#!/usr/bin/env node
// Compares kubemu's kubectl with a real one, command by command: the real one talks to kubemu's API server over HTTP on loopback, kubemu's works on a
// second cluster of the same seed.
//
//   KUBECTL=/path/to/kubectl node scripts/differential.mjs [--all] [--requests] [PART-OF-A-SEQUENCE'S-NAME]
import { mkdtempSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "rolldown";

const root = resolve(import.meta.dirname, "..");
const kubectl = process.env.KUBECTL;
if (!kubectl) {
  console.error("KUBECTL must be the path of a real kubectl 1.36");
  process.exit(2);
}
const argv = process.argv.slice(2);
const bundle = mkdtempSync(join(root, "node_modules/.differential-"));
try {
  await build({
    input: join(root, "test/differential/run.ts"),
    platform: "node",
    logLevel: "warn",
    output: { dir: bundle, format: "esm", entryFileNames: "run.mjs" },
  });
  const { run } = await import(join(bundle, "run.mjs"));
  process.exitCode = await run({
    kubectl: resolve(kubectl),
    folder: join(root, "test/differential/sequences"),
    only: argv.find((word) => !word.startsWith("--")) ?? "",
    all: argv.includes("--all"),
    requests: argv.includes("--requests"),
  });
} finally {
  rmSync(bundle, { recursive: true, force: true });
}
