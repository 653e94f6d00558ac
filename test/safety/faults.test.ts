import { expect, test } from "vitest";
import type { Files } from "../../src/platform/platform.ts";
import { Kubectl, type Ran } from "../support/kubectl.ts";

// Every call of `Files` in a write fails once, and dies once: what the file shows afterwards is the old state or the new one.

const WRITE = "create service nodeport web --tcp=80";
const MUTATING: (keyof Files)[] = ["writeNew", "write", "append", "link", "rename", "unlink", "mkdir"];

let made: Buffer | undefined;

async function cluster(): Promise<Kubectl> {
  const kubectl = new Kubectl();
  if (made) kubectl.files.write("/state.json", made);
  else {
    await kubectl.ok("create service clusterip before --tcp=1");
    made = kubectl.files.read("/state.json");
  }
  return kubectl;
}

/** The calls that one write makes. */
async function callsOfAWrite(fresh: boolean): Promise<(keyof Files)[]> {
  const kubectl = fresh ? new Kubectl() : await cluster();
  const calls: (keyof Files)[] = [];
  kubectl.beforeFileCall = (call) => void calls.push(call);
  await kubectl.ok(WRITE);
  return calls;
}

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: made up by a test`), { code });
}

const servicesOf = (kubectl: Kubectl) => kubectl.ok("get services -o name");
const OLD = "service/before\nservice/kubernetes\n";
const NEW = "service/before\nservice/kubernetes\nservice/web\n";

test("a write makes calls enough for this test to mean something", async () => {
  const calls = await callsOfAWrite(false);
  for (const call of ["link", "writeNew", "rename", "syncFolder", "unlink"] as const) expect(calls).toContain(call);
});

/** `create service` puts its own words before the server's, as kubectl does. */
function expectRefusal(ran: Ran, reason: string, where: string): void {
  const stderr = ran.stderr.replace("error: failed to create NodePort service: ", "error: ");
  expect({ ...ran, stderr }, where).toEqual({
    stdout: "",
    stderr: `error: cannot use the state file /state.json: ${reason}\n`,
    status: 1,
  });
}

const REASONS = {
  ENOSPC: "no space left on the disk",
  EROFS: "the file system is read-only",
  EACCES: "permission denied",
  EIO: "the disk does not work (input/output error)",
};

for (const [code, reason] of Object.entries(REASONS)) {
  test(`${code} at any call: told in one line, the old state or the new one`, async () => {
    const calls = await callsOfAWrite(false);
    for (let failing = 0; failing < calls.length; failing++) {
      const kubectl = await cluster();
      let at = 0;
      kubectl.beforeFileCall = () => {
        if (at++ === failing) throw systemError(code);
      };
      const ran = await kubectl.run(WRITE);
      kubectl.beforeFileCall = undefined;
      const where = `${calls[failing]} (call ${failing})`;
      // A failure to tidy up, or to look at what is already stored, is no failure of the command.
      if (ran.status === 0) expect(ran, where).toEqual({ stdout: "service/web created\n", stderr: "", status: 0 });
      else expectRefusal(ran, reason, where);
      const now = await servicesOf(kubectl);
      if (ran.status === 0) expect(now, where).toBe(NEW);
      else expect([OLD, NEW], where).toContain(now);
      await kubectl.ok("create service clusterip after --tcp=1");
      expect(await servicesOf(kubectl), where).toBe(`service/after\n${now}`);
    }
  });

  test(`${code} at every call from one on: told in one line, the file is left as it was`, async () => {
    const calls = await callsOfAWrite(false);
    for (const call of MUTATING.filter((name) => calls.includes(name))) {
      const kubectl = await cluster();
      kubectl.beforeFileCall = (name) => {
        if (name === call) throw systemError(code);
      };
      const ran = await kubectl.run(WRITE);
      kubectl.beforeFileCall = undefined;
      expect([OLD, NEW], call).toContain(await servicesOf(kubectl));
      if (ran.status === 0) expect(ran.stdout, call).toBe("service/web created\n");
      else expectRefusal(ran, reason, call);
    }
  });
}

class Crash extends Error {}

for (const fresh of [false, true]) {
  test(`the process dies at any call of a write${fresh ? " that makes the cluster" : ""}`, async () => {
    const calls = await callsOfAWrite(fresh);
    for (let deadly = 0; deadly < calls.length; deadly++) {
      for (const half of [false, true]) {
        const kubectl = fresh ? new Kubectl() : await cluster();
        let at = 0;
        kubectl.beforeFileCall = (call, args) => {
          if (at++ < deadly) return;
          // What was being written is there by half.
          if (half && at === deadly + 1 && (call === "writeNew" || call === "write")) {
            const data = Buffer.from(args[1] as string);
            kubectl.files.write(args[0] as string, data.subarray(0, data.length / 2));
          }
          throw new Crash();
        };
        await kubectl.run(WRITE);
        kubectl.beforeFileCall = undefined;
        const where = `${calls[deadly]} (call ${deadly})`;
        const now = await servicesOf(kubectl);
        if (fresh) expect(["service/kubernetes\n", "service/kubernetes\nservice/web\n"], where).toContain(now);
        else expect([OLD, NEW], where).toContain(now);
        await kubectl.ok("create service clusterip zz --tcp=1");
        expect(await servicesOf(kubectl), where).toBe(`${now}service/zz\n`);
      }
    }
  });
}

test("after a takeover nothing of the dead is left", async () => {
  const calls = await callsOfAWrite(false);
  const deadly = calls.indexOf("rename");
  const kubectl = await cluster();
  let at = 0;
  kubectl.beforeFileCall = () => {
    if (at++ >= deadly) throw new Crash();
  };
  await kubectl.run(WRITE);
  kubectl.beforeFileCall = undefined;
  expect(kubectl.files.list("/").filter((name) => name.startsWith("state.json")).length).toBe(3);
  await kubectl.ok("create service clusterip zz --tcp=1");
  expect(kubectl.files.list("/").filter((name) => name.startsWith("state.json"))).toEqual(["state.json"]);
});
