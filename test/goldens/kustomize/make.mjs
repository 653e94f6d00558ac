#!/usr/bin/env node
// Writes what a real kubectl 1.36.2 answers into the cases beside this file: the command line, the files (`-- path --`), and then stdout, stderr and status.
//
//   KUBECTL=/path/to/kubectl node test/goldens/kustomize/make.mjs [PART-OF-A-CASE'S-NAME]
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const kubectl = process.env.KUBECTL;
if (!kubectl) throw new Error("KUBECTL must be the path of a real kubectl 1.36");
const folder = join(import.meta.dirname, "cases");
for (const name of readdirSync(folder).filter((file) => file.includes(process.argv[2] ?? ""))) {
  const given = readFileSync(join(folder, name), "utf8").split(/^== stdout ==\n/m)[0];
  const [command, ...sections] = given.split(/^-- (.*) --\n/m);
  const at = realpathSync(mkdtempSync(join(tmpdir(), "kustomize-")));
  for (let i = 0; i + 1 < sections.length; i += 2) {
    const [path, encoding] = sections[i].split(" ");
    const file = join(at, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, encoding ? Buffer.from(sections[i + 1], "base64") : sections[i + 1]);
  }
  const args = command.trim().split(" ").slice(1);
  const real = spawnSync(kubectl, args, { cwd: at, encoding: "utf8", env: { ...process.env, TZ: "UTC" } });
  rmSync(at, { recursive: true });
  // Where it ran, when, and where in memory something lay differ from time to time.
  const stable = (text) =>
    text
      .replaceAll(at, "/home/user")
      .replace(/^I\d{4} \d\d:\d\d:\d\d\.\d{6} +\d+ /gm, "I0102 03:04:05.000000       1 ")
      .replace(/0x[0-9a-f]{9,}/g, "0xc000a1c3e0");
  const { stdout, stderr, status } = real;
  const golden = `== stdout ==\n${stable(stdout)}== stderr ==\n${stable(stderr)}== status ==\n${status}\n`;
  writeFileSync(join(folder, name), given + golden);
}
