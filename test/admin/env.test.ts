import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

// The built program in a real shell: what `eval "$(kubemu env)"` makes of it, and what kubemu_off leaves.

const root = join(import.meta.dirname, "../..");
const entry = join(root, "bin/kubemu.js");
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "env-test-"));
  // `npm test` builds first; a build beside other tests would take the program away under them.
  if (!existsSync(join(root, "dist/main.cjs"))) execFileSync("npm", ["run", "build"], { cwd: root, stdio: "ignore" });
  // Stand in for the real programs, further down on PATH.
  execFileSync("mkdir", ["-p", join(folder, "real")]);
  for (const name of ["curl", "wget", "nslookup", "dig", "host"])
    writeFileSync(join(folder, "real", name), `#!/bin/sh\necho "real ${name}: $*"\nexit 9\n`, { mode: 0o755 });
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function shell(program: string, script: string) {
  const { KUBEMU_STATE: _, ...env } = process.env;
  const ran = spawnSync(program, ["-c", script], {
    encoding: "utf8",
    env: {
      ...env,
      TMPDIR: folder,
      PATH: `${join(folder, "real")}:${process.env.PATH}`,
      KUBEMU_SEED: "s",
      KUBEMU_NOW: "2026-11-22T15:00:00Z",
    },
  });
  return { stdout: ran.stdout, stderr: ran.stderr, status: ran.status };
}

describe.each(["bash", "sh"])("%s", (program) => {
  it("has the simulated world's programs, and leaves nothing behind", () => {
    const before = readdirSync(folder);
    const ran = shell(
      program,
      `set -e
path=$PATH
eval "$('${process.execPath}' '${entry}' env)"
kubectl create deployment web --image nginx
kubectl create service nodeport web --tcp 80:80 --node-port 30080
curl -s -o /dev/null -w '%{http_code}\\n' localhost:30080
curl -s http://198.51.100.1/ || echo "exit $?"
curl -s http://localhost:30080 http://198.51.100.1/ 2>&1 || echo "exit $?"
nslookup db.example.com | grep ^Name
minikube ip
minikube service --url web
kubemu_off
[ "$PATH" = "$path" ] && echo "PATH as before"
echo "state: \${KUBEMU_STATE-unset}"
command -v kubemu_off || echo "no kubemu_off"
`,
    );
    expect(ran).toEqual({
      stdout: `deployment.apps/web created
service/web created
200
real curl: -s http://198.51.100.1/
exit 9
error: kubemu does not simulate one curl for addresses inside and outside of the cluster
exit 1
Name:\tdb.example.com
127.0.0.1
http://127.0.0.1:30080
PATH as before
state: unset
no kubemu_off
`,
      stderr: "",
      status: 0,
    });
    expect(readdirSync(folder)).toEqual(before);
  }, 60_000);
});

describe("names and addresses of the outside", () => {
  const told = (script: string) => {
    const ran = shell("bash", `eval "$('${process.execPath}' '${entry}' env)"\n${script}\nkubemu_off`);
    return ran.stdout + ran.stderr;
  };

  it.each([
    ["wget -q -O page.html http://198.51.100.1/", "real wget: -q -O page.html http://198.51.100.1/\n"],
    ["nslookup www.example.net", "real nslookup: www.example.net\n"],
    ["nslookup -type=mx www.example.net 9.9.9.9", "real nslookup: -type=mx www.example.net 9.9.9.9\n"],
    ["dig +short www.example.net AAAA", "real dig: +short www.example.net AAAA\n"],
    ["dig @9.9.9.9 -x 192.0.2.1", "real dig: @9.9.9.9 -x 192.0.2.1\n"],
    ["host -t ns example.net", "real host: -t ns example.net\n"],
  ])("%s is the real program's", (line, output) => {
    expect(told(line)).toBe(output);
  });

  it.each([
    ["dig +short db.example.com", "198.51.100.80\n"],
    ["host -t a db.example.com", "db.example.com has address 198.51.100.80\n"],
    [
      "nslookup kubernetes.default.svc.cluster.local | tail -2 | head -1",
      "** server can't find kubernetes.default.svc.cluster.local: NXDOMAIN\n",
    ],
    ["wget -q -O - http://192.168.65.3:30080/ --tries=1 --timeout=1; echo $?", "4\n"],
    [
      "wget -q http://192.168.65.3/ http://198.51.100.1/",
      "error: kubemu does not simulate one wget for addresses inside and outside of the cluster\n",
    ],
  ])("%s is kubemu's", (line, output) => {
    expect(told(line)).toBe(output);
  });
});

describe("two shells", () => {
  it("have a cluster each, and give back the state of before", () => {
    const ran = shell(
      "bash",
      `KUBEMU_STATE=${folder}/mine.json; export KUBEMU_STATE
eval "$('${process.execPath}' '${entry}' env)"
kubectl create namespace one
eval "$('${process.execPath}' '${entry}' env)"
kubectl get namespace one 2>&1
kubemu_off
echo "$KUBEMU_STATE"`,
    );
    expect(ran.stdout).toBe(
      `namespace/one created\nError from server (NotFound): namespaces "one" not found\n${folder}/mine.json\n`,
    );
  }, 60_000);
});

describe("--github", () => {
  it("hands on PATH and the state in the runner's files", () => {
    const ran = shell(
      "bash",
      `export GITHUB_PATH=${folder}/path GITHUB_ENV=${folder}/env RUNNER_TEMP=${folder}
'${process.execPath}' '${entry}' env --github`,
    );
    expect(ran).toEqual({ stdout: "", stderr: "", status: 0 });
    expect(readFileSync(join(folder, "path"), "utf8")).toBe(`${folder}/kubemu/bin\n`);
    expect(readFileSync(join(folder, "env"), "utf8")).toBe(`KUBEMU_STATE=${folder}/kubemu/state.json\n`);
    expect(readdirSync(join(folder, "kubemu/bin"))).toEqual([
      "curl",
      "dig",
      "host",
      "kubectl",
      "minikube",
      "nslookup",
      "wget",
    ]);
  }, 60_000);

  it("is for a step of GitHub Actions", () => {
    const ran = shell("bash", `unset GITHUB_PATH; '${process.execPath}' '${entry}' env --github`);
    expect(ran).toEqual({
      stdout: "",
      stderr: "error: GITHUB_PATH and GITHUB_ENV are not set: --github is for a step of GitHub Actions\n",
      status: 1,
    });
  }, 60_000);
});
