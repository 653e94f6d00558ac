import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, unlinkSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LAUNCHER, NIGHTLY, temporaryFolder } from "../support/processes.ts";

const HOOK = new URL("../support/run-at-file-call.cjs", import.meta.url).pathname;
let folder: string;
let start: string;
beforeAll(() => {
  folder = temporaryFolder();
  start = `${folder}/start.json`;
  for (const line of ["create deployment web --image=nginx", "expose deployment web --port=80"]) kubemu(start, line);
});
afterAll(() => rmSync(folder, { recursive: true }));

function kubemu(state: string, line: string, more: Record<string, string> = {}) {
  const env = {
    PATH: process.env.PATH,
    HOME: "/nonexistent",
    KUBEMU_STATE: state,
    KUBEMU_SEED: "interleaved",
    KUBEMU_NOW: "2026-11-22T15:00:00Z",
    ...more,
  };
  const hook = more.KUBEMU_TEST_AT === undefined ? [] : ["--require", HOOK];
  return spawnSync(process.execPath, [...hook, LAUNCHER, ...line.split(" ")], { env, encoding: "utf8" });
}

/** The file after one command and then the other. */
function inOrder(name: string, ...lines: string[]): string {
  const state = `${folder}/${name}.json`;
  copyFileSync(start, state);
  for (const line of lines) kubemu(state, line);
  return readFileSync(state, "utf8");
}

const PAIRS: [string, string][] = [
  ["create service nodeport a --tcp=80", "create service nodeport b --tcp=80"],
  ["expose deployment web --name=again --port=80", "expose deployment web --name=again --port=81"],
  ["scale deployment web --replicas=3", "delete deployment web"],
  ["label service web a=b", 'patch service web -p {"spec":{"type":"NodePort"}}'],
];

test.each(PAIRS)(
  "%s | %s: one within the other, at any call of the file system, leaves what some order of the two leaves",
  (first, second) => {
    const orders = [inOrder("first", first, second), inOrder("second", second, first)];
    const own = `${folder}/interleaved`;
    const seen = new Set<number>();
    let refused = 0;
    for (let at = 1, count = Number.POSITIVE_INFINITY; at <= count; at += NIGHTLY ? 1 : 3) {
      mkdirSync(own, { recursive: true });
      const state = `${own}/state.json`;
      copyFileSync(start, state);
      const more = {
        KUBEMU_TEST_AT: String(at),
        KUBEMU_TEST_FOLDER: own,
        KUBEMU_TEST_OTHER: JSON.stringify(second.split(" ")),
        KUBEMU_TEST_RESULT: `${folder}/result.json`,
        KUBEMU_TEST_COUNT: `${folder}/count`,
      };
      const ran = kubemu(state, first, more);
      count = Number(readFileSync(more.KUBEMU_TEST_COUNT, "utf8"));
      expect(ran.stderr, `call ${at}`).not.toContain("    at ");
      if (existsSync(more.KUBEMU_TEST_RESULT)) {
        const other = JSON.parse(readFileSync(more.KUBEMU_TEST_RESULT, "utf8")) as { status: number; stderr: string };
        unlinkSync(more.KUBEMU_TEST_RESULT);
        expect(other.stderr, `call ${at}`).not.toContain("    at ");
        // It could not wait for the one that it runs in.
        if (other.stderr.includes("the state file is locked by")) {
          refused++;
          kubemu(state, second);
        }
      } else kubemu(state, second);
      expect(readdirSync(own), `call ${at}`).toEqual(["state.json"]);
      const which = orders.indexOf(readFileSync(state, "utf8"));
      expect(which, `call ${at} of ${count}`).toBeGreaterThanOrEqual(0);
      seen.add(which);
    }
    expect(refused).toBeGreaterThan(0);
    expect([...seen].sort()).toEqual(orders[0] === orders[1] ? [0] : [0, 1]);
  },
  600_000,
);
