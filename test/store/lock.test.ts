import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { realFiles } from "../../src/platform/files.ts";
import type { Processes } from "../../src/platform/platform.ts";
import { Lock } from "../../src/store/lock.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kubemu-lock-"));
  path = join(folder, "state.json.lock");
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A process of that number, in a world where only those in `alive` run. */
function processes(
  pid: number,
  alive: Record<number, string>,
  host = "here",
  env: Record<string, string> = {},
): Processes {
  return {
    pid,
    hostname: host,
    numberSpace: "pid:[1]",
    env: { KUBEMU_LOCK_TIMEOUT: "0.1", ...env },
    cwd: "/",
    program: ["kubemu"],
    identityOf: (other) => alive[other],
    onInterrupt: () => () => {},
    untilInterrupt: async () => {},
    run: () => ({ status: 0, stdout: "" }),
  };
}
const lockOf = (...args: Parameters<typeof processes>) =>
  new Lock(path, realFiles, processes(...args), (pid) => [join(folder, `left.${pid}`)]);
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => "no failure",
    (error: Error) => error.message,
  );

test("the lock is one file, and goes with its release", async () => {
  const lock = lockOf(1, { 1: "a" });
  await lock.acquire();
  expect(readdirSync(folder)).toEqual(["state.json.lock"]);
  expect(JSON.parse(readFileSync(path, "utf8"))).toEqual({
    host: "here",
    space: "pid:[1]",
    pid: 1,
    identity: "a",
  });
  lock.release();
  expect(readdirSync(folder)).toEqual([]);
  lock.release();
});

test("a live owner is waited for, and named when it does not let go", async () => {
  const alive = { 1: "a", 2: "b" };
  const first = lockOf(1, alive);
  const second = lockOf(2, alive);
  await first.acquire();
  expect(await failure(second.acquire())).toBe(
    `the state file is locked by process 1 on here for more than 0.1 s (${path}); end that process, or remove the lock when it no longer runs`,
  );
  expect(readdirSync(folder)).toEqual(["state.json.lock"]);
  setTimeout(() => first.release(), 30);
  await second.acquire();
  second.release();
});

test("a dead owner's lock is taken over, with what the dead one left", async () => {
  await lockOf(1, { 1: "a" }).acquire();
  writeFileSync(join(folder, "left.1"), "half");
  writeFileSync(`${path}.1.here`, "half");
  const next = lockOf(2, { 2: "b" });
  await next.acquire();
  expect(JSON.parse(readFileSync(path, "utf8")).pid).toBe(2);
  next.release();
  expect(readdirSync(folder)).toEqual([]);
});

test("a later process of the same number is not the owner", async () => {
  await lockOf(1, { 1: "before the restart" }).acquire();
  const next = lockOf(2, { 1: "after the restart", 2: "b" });
  await next.acquire();
  expect(JSON.parse(readFileSync(path, "utf8")).pid).toBe(2);
});

test("where processes cannot be told apart, one that runs is the owner", async () => {
  await lockOf(1, { 1: "" }).acquire();
  expect(await failure(lockOf(2, { 1: "b", 2: "" }).acquire())).toContain("locked by process 1");
});

test("another host's lock is never stolen, whatever runs here", async () => {
  await lockOf(1, { 1: "a" }, "there").acquire();
  expect(await failure(lockOf(2, { 2: "b" }, "here").acquire())).toContain("locked by process 1 on there");
  expect(JSON.parse(readFileSync(path, "utf8")).host).toBe("there");
});

test("nor is that of another container with this host's name", async () => {
  const there = { ...processes(1, { 1: "a" }), numberSpace: "pid:[2]" };
  await new Lock(path, realFiles, there).acquire();
  expect(await failure(lockOf(2, { 2: "b" }).acquire())).toContain("locked by process 1 on here");
  expect(JSON.parse(readFileSync(path, "utf8")).space).toBe("pid:[2]");
});

test("a lock that names nobody is not stolen either", async () => {
  writeFileSync(path, "");
  expect(await failure(lockOf(2, { 2: "b" }).acquire())).toContain("locked by another process");
});

test("many that find a dead owner's lock: one at a time gets it", async () => {
  await lockOf(1, { 1: "a" }).acquire();
  const alive = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [i + 2, `p${i}`]));
  let holders = 0;
  let most = 0;
  await Promise.all(
    Object.keys(alive).map(async (pid) => {
      const lock = lockOf(Number(pid), alive, "here", { KUBEMU_LOCK_TIMEOUT: "30" });
      await lock.acquire();
      most = Math.max(most, ++holders);
      await new Promise((resolve) => setTimeout(resolve, 3));
      holders--;
      lock.release();
    }),
  );
  expect(most).toBe(1);
  expect(readdirSync(folder)).toEqual([]);
});

test("KUBEMU_LOCK_TIMEOUT is a number of seconds", async () => {
  const lock = lockOf(1, { 1: "a" }, "here", { KUBEMU_LOCK_TIMEOUT: "soon" });
  expect(await failure(lock.acquire())).toBe('KUBEMU_LOCK_TIMEOUT: "soon" is no number of seconds, as 60 or 0.5');
});
