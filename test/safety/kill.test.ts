import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inParallel, NIGHTLY, run, start, temporaryFolder } from "../support/processes.ts";

let folder: string;
beforeAll(() => {
  folder = temporaryFolder();
});
afterAll(() => rmSync(folder, { recursive: true }));

const KILLS = NIGHTLY ? 200 : 24;

test(`${KILLS} kills at random moments of a write: the file always loads, and the next command works`, async () => {
  const env = { KUBEMU_STATE: `${folder}/killed.json` };
  const began = performance.now();
  expect((await run(["create", "service", "nodeport", "first", "--tcp=80"], env)).stderr).toBe("");
  const usual = performance.now() - began;
  let stopped = 0;
  for (let i = 0; i < KILLS; i++) {
    const { child, ended } = start(["create", "service", "nodeport", `web-${i}`, "--tcp=80"], env);
    // Spread over the whole life of the process, more of them at its end, where it writes.
    const after = Math.sqrt((i + 0.5) / KILLS) * usual * 1.2;
    const timer = setTimeout(() => child.kill("SIGKILL"), after);
    const { status, stdout } = await ended;
    clearTimeout(timer);
    if (status === 137) stopped++;
    const names = await run(["get", "services", "-o", "name"], env);
    expect(names, `kill ${i}`).toMatchObject({ stderr: "", status: 0 });
    expect(names.stdout, `kill ${i}`).toContain("service/first\n");
    // What was announced is there.
    if (stdout !== "") expect(names.stdout, `kill ${i}`).toContain(`service/web-${i}\n`);
  }
  expect(stopped).toBeGreaterThan(KILLS / 4);
  const last = await run(["create", "service", "nodeport", "last", "--tcp=80"], env);
  expect(last).toEqual({ stdout: "service/last created\n", stderr: "", status: 0 });
  expect(existsSync(`${env.KUBEMU_STATE}.lock`)).toBe(false);
}, 600_000);

test("an interrupted command exits with 128 + the signal and leaves no lock", async () => {
  const signals = [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const;
  const own = `${folder}/interrupted`;
  mkdirSync(own);
  const env = { KUBEMU_STATE: `${own}/state.json` };
  await run(["get", "services"], env);
  await inParallel(
    3,
    signals.map(([signal, status]) => async () => {
      // It waits for its standard input.
      const { child, ended } = start(["exec", "-i", "nothing-there", "--", "cat"], env);
      child.kill(signal);
      expect((await ended).status).toBe(status);
    }),
  );
  expect(readdirSync(own)).toEqual(["state.json"]);
});
