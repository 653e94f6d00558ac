import { spawnSync } from "node:child_process";
import { existsSync, lstatSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LAUNCHER, run, temporaryFolder } from "../support/processes.ts";

let folder: string;
beforeAll(() => {
  folder = temporaryFolder();
});
afterAll(() => rmSync(folder, { recursive: true }));

const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);

test("the state file and its folders are made for the user alone, in a home that does not exist yet", async () => {
  const home = `${folder}/home`;
  expect(await run(["create", "namespace", "x"], { HOME: home })).toMatchObject({ stderr: "", status: 0 });
  const state = `${home}/.local/state/kubemu`;
  expect([mode(home), mode(state), mode(`${state}/state.json`)]).toEqual(["700", "700", "600"]);
  expect(readdirSync(state)).toEqual(["state.json"]);
});

test("what lies beside it is for the user alone as well, whatever the umask", async () => {
  const own = `${folder}/modes`;
  const env = { KUBEMU_STATE: `${own}/state.json`, HOME: own };
  for (const line of [
    ["create", "secret", "generic", "s", "--from-literal=a=b"],
    ["snapshot", "save", "a"],
    ["record", "start", `${own}/log`],
    ["get", "secret", "s", "-o", "yaml"],
    ["config", "set-context", "x", "--kubeconfig", `${own}/config`],
    ["env", "--dir", `${own}/env`],
  ])
    expect(await run(line, env)).toMatchObject({ stderr: "", status: 0 });
  const all = (at: string): string[] =>
    readdirSync(at, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory()
        ? [`${entry.name} ${mode(`${at}/${entry.name}`)}`, ...(entry.name === "env" ? [] : all(`${at}/${entry.name}`))]
        : [`${entry.name} ${mode(`${at}/${entry.name}`)}`],
    );
  expect([`modes ${mode(own)}`, ...all(own).sort()]).toEqual([
    "modes 700",
    "a.json 600",
    "config 600",
    "env 700",
    "log 600",
    "state.json 600",
    "state.json.record 600",
    "state.json.snapshots 700",
  ]);
});

test("$XDG_STATE_HOME is where state goes", async () => {
  await run(["create", "namespace", "x"], { HOME: `${folder}/other`, XDG_STATE_HOME: `${folder}/xdg` });
  expect([existsSync(`${folder}/other`), existsSync(`${folder}/xdg/kubemu/state.json`)]).toEqual([false, true]);
});

test("a home that cannot be made", async () => {
  expect(await run(["create", "namespace", "x"], { HOME: "/proc/nothere" })).toEqual({
    stdout: "",
    stderr:
      "error: cannot use the state file /proc/nothere/.local/state/kubemu/state.json: its folder cannot be made\n",
    status: 1,
  });
});

test("a state file that is a folder is refused, one that is a link is followed", async () => {
  mkdirSync(`${folder}/st`);
  expect(await run(["get", "services"], { KUBEMU_STATE: `${folder}/st` })).toEqual({
    stdout: "",
    stderr: `error: the state file ${folder}/st is a folder; name a file in KUBEMU_STATE\n`,
    status: 1,
  });
  symlinkSync("real.json", `${folder}/link.json`);
  for (const [name, state] of [
    ["x", "link.json"],
    ["y", "link.json"],
    ["z", "real.json"],
  ])
    expect((await run(["create", "namespace", name!], { KUBEMU_STATE: `${folder}/${state}` })).stderr).toBe("");
  const { stdout } = await run(["get", "ns", "x", "y", "z", "-o", "name"], { KUBEMU_STATE: `${folder}/link.json` });
  expect(stdout).toBe("namespace/x\nnamespace/y\nnamespace/z\n");
  expect([lstatSync(`${folder}/link.json`).isSymbolicLink(), lstatSync(`${folder}/real.json`).isFile()]).toEqual([
    true,
    true,
  ]);
});

test("a state file that is a pipe or a device is refused, and stays what it is", async () => {
  const pipe = `${folder}/pipe`;
  expect(spawnSync("mkfifo", [pipe]).status).toBe(0);
  symlinkSync("pipe", `${folder}/to-pipe`);
  for (const path of [pipe, `${folder}/to-pipe`, "/dev/null", "/dev/zero"])
    for (const line of [["get", "services"], ["create", "namespace", "x"], ["reset"]])
      expect(await run(line, { KUBEMU_STATE: path }), `${line} on ${path}`).toMatchObject({
        stdout: "",
        stderr: expect.stringContaining(
          `the state file ${path} is a device, a pipe or a socket; name a file in KUBEMU_STATE\n`,
        ),
        status: 1,
      });
  expect([lstatSync(pipe).isFIFO(), lstatSync("/dev/null").isCharacterDevice()]).toEqual([true, true]);
});

test("a manifest with CRLF line ends is read", async () => {
  const text = "apiVersion: v1\r\nkind: Service\r\nmetadata:\r\n  name: crlf\r\nspec:\r\n  ports:\r\n  - port: 80\r\n";
  const env = { KUBEMU_STATE: `${folder}/crlf.json` };
  expect((await run(["apply", "-f", "-"], env, text)).stdout).toBe("service/crlf created\n");
  expect((await run(["get", "svc", "crlf", "-o", "jsonpath={.metadata.name}"], env)).stdout).toBe("crlf");
});

test("a closed pipe is silent, whatever is printed, and leaves no lock", () => {
  const many = Array.from({ length: 50 }, (_, at) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m${at}}\n`);
  writeFileSync(`${folder}/many.yaml`, many.join("---\n"));
  const env = { PATH: process.env.PATH, HOME: folder, KUBEMU_STATE: `${folder}/pipe.json` };
  const kubemu = `"${process.execPath}" "${LAUNCHER}"`;
  for (const words of [
    "get all -A",
    "get all -A -o wide",
    ...["yaml", "json", "kyaml", "name", "jsonpath={.items}", "go-template={{.items}}", "custom-columns=A:.spec"].map(
      (format) => `get all -A -o '${format}'`,
    ),
    "describe all -A",
    "explain pods --recursive",
    "api-resources",
    "completion bash",
    "--help",
    "get --help",
    "help ci",
    "config view",
    "events -A",
    "apply -f many.yaml -o yaml",
    "export -A",
    "dns",
    "trace http://kubernetes:443",
    "doctor -A",
    "delete -f many.yaml --ignore-not-found",
  ])
    for (const reader of ["head -1 >/dev/null", "head -c 1 >/dev/null", "true"]) {
      const { stderr } = spawnSync("sh", ["-c", `${kubemu} ${words} | ${reader}`], {
        env,
        cwd: folder,
        encoding: "utf8",
      });
      expect([words, reader, stderr]).toEqual([words, reader, ""]);
    }
  expect(readdirSync(folder).filter((name) => name.startsWith("pipe.json"))).toEqual(["pipe.json"]);
}, 60_000);

test("-f -R goes through no link to a folder: a loop of links ends", async () => {
  const own = `${folder}/manifests`;
  mkdirSync(`${own}/deep`, { recursive: true });
  writeFileSync(`${own}/deep/a.yaml`, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n");
  symlinkSync("..", `${own}/deep/loop`);
  const env = { KUBEMU_STATE: `${folder}/links.json` };
  // Go's filepath.Walk, which kubectl uses, follows no link to a folder.
  expect(await run(["apply", "-R", "-f", own], env)).toEqual({
    stdout: "configmap/a created\n",
    stderr: "",
    status: 0,
  });
});

test("colour: none in a pipe, on demand with FORCE_COLOR, none with NO_COLOR", async () => {
  const env = { KUBEMU_STATE: `${folder}/colour.json` };
  await run(["create", "service", "clusterip", "web", "--tcp=80"], env);
  const coloured = async (more: Record<string, string>) =>
    (await run(["doctor"], { ...env, ...more })).stdout.includes("\u001b[");
  expect(await coloured({})).toBe(false);
  expect(await coloured({ FORCE_COLOR: "1" })).toBe(true);
  expect(await coloured({ FORCE_COLOR: "1", NO_COLOR: "1" })).toBe(false);
  const plain = await run(["get", "services"], { ...env, FORCE_COLOR: "1" });
  expect(plain.stdout).not.toContain("\u001b[");
});
