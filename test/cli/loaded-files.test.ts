import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LAUNCHER, temporaryFolder } from "../support/processes.ts";

const HOOK = new URL("../support/loaded-files.cjs", import.meta.url).pathname;
let folder: string;
beforeAll(() => {
  folder = temporaryFolder();
  writeFileSync(
    `${folder}/service.yaml`,
    "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {ports: [{port: 80}]}}",
  );
  loadedBy("create deployment web --image=nginx");
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The files of `dist/` that a command reads, without the hashes in their names. */
function loadedBy(line: string): string {
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    KUBEMU_STATE: `${folder}/s.json`,
    KUBEMU_TEST_LOADED: `${folder}/l`,
  };
  spawnSync(process.execPath, ["--require", HOOK, LAUNCHER, ...line.split(" ")], { env, cwd: folder });
  return readFileSync(`${folder}/l`, "utf8");
}

// A file more costs a small command up to a third of its time: a new module of what these commands load belongs into
// scripts/hot-modules.json.
test.each([
  ["get services", "main"],
  ["get pods", "main"],
  ["expose deployment web --port=80", "main write"],
  ["create service nodeport np --tcp=80", "main write"],
  ["create namespace n", "main namespace write"],
  ["create deployment more --image=nginx", "change images main new print workloads write"],
  ["apply -f service.yaml", "change main print write"],
  ["delete service web", "change main print write"],
  ["curl -s localhost:1", "images main network write"],
])("%s loads %s", (line, files) => {
  expect(loadedBy(line)).toBe(files);
});
