import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { NIGHTLY, run, start, temporaryFolder } from "../support/processes.ts";

let folder: string;
beforeAll(() => {
  folder = temporaryFolder();
});
afterAll(() => rmSync(folder, { recursive: true }));

const KILLS = NIGHTLY ? 200 : 24;

test(`${KILLS} kills at random moments of a write: the file always loads, and the next command works`, async () => {
  const env = { KUBEMU_STATE: `${folder}/killed.json` };
  expect((await run(["create", "service", "nodeport", "first", "--tcp=80"], env)).stderr).toBe("");
  let usual = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 4; i++) {
    const began = performance.now();
    await run(["create", "service", "nodeport", `measured-${i}`, "--tcp=80"], env);
    usual = Math.min(usual, performance.now() - began);
  }
  let stopped = 0;
  for (let i = 0; i < KILLS; i++) {
    const { child, ended } = start(["create", "service", "nodeport", `web-${i}`, "--tcp=80"], env, "");
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
  expect(stopped).toBeGreaterThan(KILLS / 8);
  const last = await run(["create", "service", "nodeport", "last", "--tcp=80"], env);
  expect(last).toEqual({ stdout: "service/last created\n", stderr: "", status: 0 });
  expect(existsSync(`${env.KUBEMU_STATE}.lock`)).toBe(false);
}, 600_000);

test("an interrupted writer exits with 130 and leaves neither lock nor half a file", async () => {
  const own = `${folder}/interrupted`;
  mkdirSync(own);
  const env = { KUBEMU_STATE: `${own}/state.json` };
  const began = performance.now();
  await run(["get", "services"], env);
  const usual = performance.now() - began;
  for (let i = 0; i < 10; i++) {
    const { child, ended } = start(["create", "service", "nodeport", `web-${i}`, "--tcp=80"], env, "");
    const timer = setTimeout(() => child.kill("SIGINT"), ((i + 0.5) / 10) * usual * 1.2);
    const { status } = await ended;
    clearTimeout(timer);
    expect([0, 130]).toContain(status);
    expect(readdirSync(own), `interrupt ${i}`).toEqual(["state.json"]);
  }
});

test("signals end what takes long, and leave no lock", async () => {
  const own = `${folder}/long`;
  mkdirSync(own);
  const env = { KUBEMU_STATE: `${own}/state.json` };
  for (const name of ["shell", "web"])
    await run(["run", name, "--image", name === "web" ? "nginx" : "busybox", "--", "sleep", "3600"], env);
  const long: [argv: string[], interrupted: number, terminated: number][] = [
    [["wait", "--for=condition=Nothing", "pod/web", "--timeout=60s"], 130, 143],
    [["exec", "shell", "--", "sleep", "60"], 130, 143],
    [["exec", "-i", "shell", "--", "cat"], 130, 143],
    [["attach", "shell"], 130, 143],
    [["logs", "-f", "web"], 130, 143],
    [["apply", "-f", "-"], 130, 143],
    [["proxy", "--port=0"], 130, 143],
    // A kubectl 1.36.2 ends these as its own code says: pkg/util/interrupt, and the stop channel of port-forward.
    [["get", "pods", "-w"], 1, 1],
    [["events", "-w"], 1, 1],
    [["port-forward", "pod/web", ":80"], 0, 143],
  ];
  for (const [argv, interrupted, terminated] of long)
    for (const [signal, expected] of [
      ["SIGINT", interrupted],
      ["SIGTERM", terminated],
    ] as const) {
      const { child, ended } = start(argv, env);
      // What ends by its own status does so once it is at work, and says so before.
      if (interrupted !== 130) await new Promise((resolve) => child.stdout!.once("data", resolve));
      setTimeout(() => child.kill(signal), 500);
      expect([argv, signal, (await ended).status]).toEqual([argv, signal, expected]);
      expect(readdirSync(own), `${argv} ${signal}`).toEqual(["state.json"]);
    }
}, 60_000);

test("signals end a command that waits, with the status that shells give them", async () => {
  const env = { KUBEMU_STATE: `${folder}/waiting.json` };
  for (const [signal, status] of [
    ["SIGTERM", 143],
    ["SIGINT", 130],
  ] as const) {
    const { child, ended } = start(["create", "-f", "-"], env);
    setTimeout(() => child.kill(signal), 300);
    expect((await ended).status).toBe(status);
  }
});
