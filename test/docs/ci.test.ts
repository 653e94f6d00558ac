import { execFileSync, spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";

// The snippets of docs/ci.md as they stand there, with the built program in real shells.

const root = join(import.meta.dirname, "../..");
const text = readFileSync(join(root, "docs/ci.md"), "utf8");
let folder = "";
const env: Record<string, string | undefined> = { ...process.env };

/** The code below a heading. */
function snippet(heading: string): string {
  const section = text.slice(text.indexOf(`## ${heading}\n`));
  return /```\w+\n([\s\S]*?)```/.exec(section)![1]!;
}

beforeAll(() => {
  if (!existsSync(join(root, "dist/main.cjs"))) execFileSync("npm", ["run", "build"], { cwd: root, stdio: "ignore" });
  folder = mkdtempSync(join(tmpdir(), "ci-docs-"));
  mkdirSync(join(folder, "bin"));
  mkdirSync(join(folder, "manifests"));
  program("bin/kubemu", `exec '${process.execPath}' '${join(root, "bin/kubemu.js")}' "$@"`);
  writeFileSync(
    join(folder, "manifests/web.json"),
    JSON.stringify({
      apiVersion: "v1",
      kind: "List",
      items: [
        {
          apiVersion: "v1",
          kind: "Pod",
          metadata: { name: "web", labels: { app: "web" } },
          spec: { containers: [{ name: "nginx", image: "nginx", ports: [{ containerPort: 80 }] }] },
        },
        {
          apiVersion: "v1",
          kind: "Service",
          metadata: { name: "web" },
          spec: { type: "NodePort", selector: { app: "web" }, ports: [{ port: 80, nodePort: 30080 }] },
        },
      ],
    }),
  );
  Object.assign(env, { PATH: `${join(folder, "bin")}:${process.env.PATH}`, TMPDIR: folder, KUBEMU_SEED: "s" });
  delete env.KUBEMU_STATE;
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function program(path: string, script: string): void {
  writeFileSync(join(folder, path), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, path), 0o755);
}

function shell(script: string, more: Record<string, string> = {}) {
  const ran = spawnSync("bash", ["-c", script], { cwd: folder, encoding: "utf8", env: { ...env, ...more } });
  return { stdout: ran.stdout, stderr: ran.stderr, status: ran.status };
}

describe("docs/ci.md", { timeout: 120_000 }, () => {
  it("A shell script", () => {
    writeFileSync(join(folder, "script.sh"), snippet("A shell script"));
    const ran = spawnSync("sh", ["script.sh"], { cwd: folder, encoding: "utf8", env });
    expect([ran.stdout, ran.stderr, ran.status]).toEqual(["deployment.apps/web created\nservice/web exposed\n", "", 0]);
  });

  it("bats", () => {
    // What bats makes of a file: each test a function, `run` that keeps status and output.
    const tests = snippet("bats").replace(/^@test "(.*)" \{$/gm, "the_test() { # $1");
    const harness = `set -e
run() { set +e; output=$("$@" 2>&1); status=$?; set -e; }
BATS_TEST_TMPDIR=$(mktemp -d)
${tests}
setup
the_test
echo "ok: \${output%%$'\\n'*}"`;
    expect(shell(harness)).toEqual({
      stdout: "pod/web created\nservice/web created\nok: <!DOCTYPE html>\n",
      stderr: "",
      status: 0,
    });
  });

  it("GitHub Actions", () => {
    const { steps } = parse(snippet("GitHub Actions")) as { steps: { uses?: string; run?: string }[] };
    const files = { GITHUB_PATH: join(folder, "path"), GITHUB_ENV: join(folder, "env"), RUNNER_TEMP: folder };
    for (const file of [files.GITHUB_PATH, files.GITHUB_ENV]) writeFileSync(file, "");
    const outputs: string[] = [];
    for (const { run } of steps) {
      // The program is there already; what is checked out, too.
      if (!run || run.startsWith("npm install")) continue;
      const added = readFileSync(files.GITHUB_PATH, "utf8").trim().split("\n").join(":");
      const variables = readFileSync(files.GITHUB_ENV, "utf8").trim().split("\n").filter(Boolean);
      const ran = shell(run, {
        ...files,
        PATH: `${added ? `${added}:` : ""}${env.PATH}`,
        ...Object.fromEntries(variables.map((line) => line.split(/=(.*)/s).slice(0, 2))),
      });
      expect([run, ran.stderr, ran.status]).toEqual([run, "", 0]);
      outputs.push(ran.stdout);
    }
    expect(outputs).toEqual(["", "pod/web created\nservice/web created\n", outputs[2]]);
    expect(outputs[2]).not.toBe("");
  });

  it("Makefile", () => {
    writeFileSync(join(folder, "Makefile"), snippet("Makefile"));
    program("test.sh", "curl -fsS localhost:30080 | grep -c '<title>'");
    expect(shell("make -s test")).toEqual({
      stdout: "pod/web created\nservice/web created\n1\n",
      stderr: "",
      status: 0,
    });
  });

  it("What was typed", () => {
    program("deploy.sh", "kubectl apply -f manifests/");
    const asked = shell("command -v jq").status === 0;
    if (!asked)
      program(
        "bin/jq",
        `node -e 'process.exit(require("fs").readFileSync("commands.jsonl","utf8").trim().split("\\n").some((l)=>JSON.parse(l).argv[0]==="delete")?0:4)'`,
      );
    const ran = shell(`eval "$(kubemu env)"\n${snippet("What was typed")}echo "no deletion: $?"\nkubemu_off`);
    expect(ran.stdout.split("\n").at(-2)).toBe("no deletion: 4");
    const [line = "{}"] = readFileSync(join(folder, "commands.jsonl"), "utf8").split("\n");
    expect(JSON.parse(line).argv).toEqual(["apply", "-f", "manifests/"]);
  });
});

describe("port-forward", () => {
  it("opens a socket that a real curl can use, through the shims or not", { timeout: 60_000 }, async () => {
    const state = { ...env, KUBEMU_STATE: join(folder, "forward.json") };
    const run = (script: string) => spawnSync("bash", ["-c", script], { cwd: folder, encoding: "utf8", env: state });
    expect(run("kubemu apply -f manifests/").stderr).toBe("");
    const forward = spawn("bash", ["-c", "exec kubemu port-forward svc/web :80 --address 127.0.0.1"], {
      cwd: folder,
      env: state,
    });
    try {
      const port = await new Promise<string>((resolve) => {
        let seen = "";
        forward.stdout.on("data", (part) => {
          seen += part;
          const found = /127\.0\.0\.1:(\d+) -> 80\n/.exec(seen);
          if (found) resolve(found[1]!);
        });
      });
      const real = `$(command -v curl || echo "node -e 'fetch(process.argv.at(-1)).then((r)=>r.text()).then((t)=>process.stdout.write(t))'")`;
      expect(run(`${real} -s http://127.0.0.1:${port}/ | grep title`).stdout).toBe(
        "<title>Welcome to nginx!</title>\n",
      );
      const shims = `eval "$(kubemu env)"; KUBEMU_STATE='${state.KUBEMU_STATE}'; curl -s http://127.0.0.1:${port}/ | grep title`;
      if (run("command -v curl").status === 0) expect(run(shims).stdout).toBe("<title>Welcome to nginx!</title>\n");
      expect(run("kubemu logs web --tail=1").stdout.split('"')[1]).toBe("GET / HTTP/1.1");
    } finally {
      forward.kill("SIGINT");
      await new Promise((resolve) => forward.once("exit", resolve));
    }
  });
});
