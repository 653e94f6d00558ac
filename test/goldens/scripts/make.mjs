// Runs each script of scripts.json by a real dash and writes what it says beside it: `node make.mjs`.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const path = new URL("./golden.json", import.meta.url);
const scripts = JSON.parse(readFileSync(new URL("./scripts.json", import.meta.url), "utf8"));
const rows = scripts.map((script) => {
  const cwd = mkdtempSync(join(tmpdir(), "scripts-"));
  const env = { PATH: "/usr/bin:/bin", WHO: "me", EMPTY: "" };
  const { stdout, stderr, status } = spawnSync("/bin/dash", ["-c", script], { cwd, env, encoding: "utf8" });
  rmSync(cwd, { recursive: true });
  return { script, stdout, stderr: stderr.replaceAll("/bin/dash: ", "sh: "), status };
});
writeFileSync(path, `[\n${rows.map((row) => JSON.stringify(row)).join(",\n")}\n]\n`);
