import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Kubectl } from "../support/kubectl.ts";
import { LAUNCHER, run, temporaryFolder } from "../support/processes.ts";

// What the system refuses outside of the state file's own write: told in one line, and nothing half done stays.

let folder: string;
beforeAll(() => {
  folder = temporaryFolder();
});
afterAll(() => rmSync(folder, { recursive: true }));

function systemError(code: string, syscall: string, path: string): Error {
  return Object.assign(new Error(`${code}: made up by a test`), { code, syscall, path });
}

/** A cluster in memory whose disk refuses to write what `path` is in. */
function refusing(path: string, code: string): Kubectl {
  const kubectl = new Kubectl();
  kubectl.beforeFileCall = (call, [at]) => {
    if (["write", "writeNew", "append"].includes(call) && String(at).includes(path))
      throw systemError(code, call === "append" ? "open" : "write", String(at));
  };
  return kubectl;
}

test("a snapshot that does not fit leaves nothing behind", async () => {
  const kubectl = refusing(".snapshots/", "ENOSPC");
  expect(await kubectl.run("snapshot save before")).toEqual({
    stdout: "",
    stderr: "error: write /state.json.snapshots/before.json.1.tmp: no space left on device\n",
    status: 1,
  });
  expect(kubectl.files.list("/state.json.snapshots")).toEqual([]);
});

test("two that save one snapshot at once have a file each", async () => {
  const kubectl = new Kubectl();
  let inner: Promise<unknown> | undefined;
  kubectl.beforeFileCall = (call, [from]) => {
    if (call !== "rename" || !String(from).includes(".snapshots/")) return;
    kubectl.beforeFileCall = undefined;
    inner = kubectl.run("snapshot save a");
  };
  const outer = await kubectl.run("snapshot save a");
  expect([outer, await inner]).toEqual(Array(2).fill({ stdout: "snapshot/a saved\n", stderr: "", status: 0 }));
  expect(kubectl.files.list("/state.json.snapshots")).toEqual(["a.json"]);
});

test("a log that cannot be begun is not kept", async () => {
  const kubectl = refusing("state.json.record", "ENOSPC");
  expect(await kubectl.run("record start log.jsonl")).toEqual({
    stdout: "",
    stderr: "error: cannot write the log /home/user/log.jsonl: no space left on device\n",
    status: 1,
  });
  kubectl.beforeFileCall = undefined;
  expect(await kubectl.ok("record status")).toBe("not recording\n");
});

test.each([
  ["config set-context x --kubeconfig=kc", "EROFS", "error: write /home/user/kc: read-only file system\n"],
  ["config set-context x --kubeconfig=kc", "EDQUOT", "error: write /home/user/kc: disk quota exceeded\n"],
  ["env --dir=e", "EACCES", "error: cannot write to the folder /home/user/e: permission denied\n"],
])("%s on a disk that says %s", async (line, code, stderr) => {
  const kubectl = new Kubectl();
  await kubectl.ok("create namespace x");
  kubectl.beforeFileCall = (call, [at]) => {
    if (call === "write" && String(at).startsWith("/home/user/")) throw systemError(code, "write", String(at));
  };
  expect(await kubectl.run(line)).toEqual({ stdout: "", stderr, status: 1 });
});

const THREE = ["a", "b", "c"]
  .map((name) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`)
  .join("---\n");

test.each([
  ["create -f -", 'error: error when creating "STDIN": '],
  ["apply -f -", 'error: error when creating "STDIN": '],
  ["import -f -", "error: "],
  ["delete configmap a b c", "error: "],
  ["label configmap a b c x=y", "error: "],
])("%s: a state file that cannot be written is told once, not for each object", async (line, before) => {
  const kubectl = new Kubectl();
  await kubectl.ok("create namespace before");
  if (!line.includes("-f")) await kubectl.ok("create -f -", THREE);
  kubectl.beforeFileCall = (call) => {
    if (call === "link") throw systemError("EROFS", "link", "/state.json.lock");
  };
  expect(await kubectl.run(line, THREE)).toEqual({
    stdout: "",
    stderr: `${before}cannot use the state file /state.json: the file system is read-only\n`,
    status: 1,
  });
});

/** As on a full disk: no file may grow beyond that many blocks of 1,024 bytes. */
function limited(blocks: number, words: string, env: Record<string, string>) {
  const { status, stdout, stderr } = spawnSync(
    "bash",
    ["-c", `ulimit -f ${blocks}; exec "${process.execPath}" "${LAUNCHER}" ${words}`],
    { env: { PATH: process.env.PATH, HOME: folder, ...env }, encoding: "utf8" },
  );
  return { status, stdout, stderr };
}

test("a real disk that takes a part of a file: the state stays, and no lock and no half file", async () => {
  const own = `${folder}/full`;
  mkdirSync(own);
  const env = { KUBEMU_STATE: `${own}/state.json` };
  await run(["create", "namespace", "before"], env);
  for (const blocks of [0, 8])
    expect(limited(blocks, "create namespace after", env), `${blocks} blocks`).toEqual({
      stdout: "",
      stderr: `error: cannot use the state file ${own}/state.json: the file is too large\n`,
      status: 1,
    });
  expect(readdirSync(own)).toEqual(["state.json"]);
  expect((await run(["get", "namespaces", "before", "-o", "name"], env)).stdout).toBe("namespace/before\n");
  expect(limited(8, `snapshot save x`, env)).toMatchObject({ stdout: "", status: 1 });
  expect(readdirSync(`${own}/state.json.snapshots`)).toEqual([]);
});

// A kubectl 1.36.2 printed the same.
test.skipIf(!existsSync("/dev/full"))("a full device behind standard output", () => {
  const env = { PATH: process.env.PATH, HOME: folder, KUBEMU_STATE: `${folder}/dev-full.json` };
  for (const words of ["get services -o yaml", "config view", "explain pod", "completion bash"]) {
    const { status, stderr } = spawnSync("sh", ["-c", `"${process.execPath}" "${LAUNCHER}" ${words} >/dev/full`], {
      env,
      encoding: "utf8",
    });
    expect([words, stderr, status]).toEqual([words, "error: write /dev/stdout: no space left on device\n", 1]);
  }
});

test("an editor's file is nobody else's", async () => {
  const kubectl = new Kubectl({ program: () => ({ status: 0, stdout: "" }) });
  await kubectl.ok("create service clusterip web --tcp=80");
  const made: unknown[] = [];
  kubectl.beforeFileCall = (call, [path]) => {
    if (String(path).startsWith("/tmp/kubectl-edit-") && call.startsWith("write")) made.push(call);
  };
  await kubectl.run("edit service web");
  expect(made).toEqual(["writeNew"]);
});
