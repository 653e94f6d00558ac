#!/usr/bin/env node
// Draws docs/session.svg, the terminal session of the README: runs its commands on a throw-away cluster and writes what they print.
//   node scripts/session.mjs [--check]     --check: only says whether the file is what it would write
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const file = join(root, "docs/session.svg");
const COMMANDS = [
  "kubectl create deployment mydeploy --image=nginx --replicas=2",
  "kubectl expose deployment/mydeploy --port 8888 --target-port 80 --type NodePort",
  "kubectl get services",
  "curl -sI localhost:$(kubectl get svc mydeploy -o jsonpath='{.spec.ports[0].nodePort}') | head -1",
  "kubectl run tmp -q --rm -i --image=busybox -- nslookup mydeploy.default.svc.cluster.local",
  "kubectl set selector svc/mydeploy app=mydeplyo",
  "curl -sS localhost:$(kubectl get svc mydeploy -o jsonpath='{.spec.ports[0].nodePort}')",
  "kubemu doctor",
];

function session() {
  const folder = mkdtempSync(join(tmpdir(), "kubemu-session-"));
  const bin = `"${process.execPath}" "${join(root, "bin/kubemu.js")}"`;
  const functions = `kubemu() { ${bin} "$@"; }; kubectl() { kubemu "$@"; }; curl() { kubemu curl "$@"; }\n`;
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    LANG: "C.UTF-8",
    KUBEMU_STATE: join(folder, "state.json"),
    KUBEMU_SEED: "lesson",
    KUBEMU_NOW: "2026-11-22T15:00:00Z",
  };
  try {
    return COMMANDS.flatMap((command) => {
      const { stdout } = spawnSync("bash", ["-c", `${functions}{ ${command}; } 2>&1`], { env, encoding: "utf8" });
      const lines = stdout.replaceAll("\r", "").trimEnd().split("\n");
      return [
        { prompt: true, text: command },
        ...lines.map((text) => ({ prompt: false, text: expanded(text) })),
        { text: "" },
      ];
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const expanded = (text) =>
  text.replace(/[^\t]*\t/g, (part) => part.slice(0, -1).padEnd(part.length + 7 - ((part.length - 1) % 8)));
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const LINE = 18;
const CHARACTER = 7.83;

function svg(lines) {
  const columns = Math.max(...lines.map(({ text }) => text.length)) + 2;
  const width = Math.ceil(columns * CHARACTER + 32);
  const height = lines.length * LINE + 32;
  const rows = lines.map(({ prompt, text }, i) => {
    const content = prompt ? `<tspan class="p">$ </tspan><tspan class="c">${escaped(text)}</tspan>` : escaped(text);
    return `<text x="16" y="${16 + (i + 1) * LINE - 5}">${content}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="A terminal session with kubemu">
<style>
text { font: 13px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #d5d9e0; white-space: pre; }
.p { fill: #7fb069; } .c { fill: #ffffff; font-weight: 600; }
</style>
<rect width="100%" height="100%" rx="8" fill="#1d2129"/>
${rows.join("\n")}
</svg>
`;
}

const drawn = svg(session().slice(0, -1));
if (!process.argv.includes("--check")) writeFileSync(file, drawn);
else if (readFileSync(file, "utf8") !== drawn) {
  console.error("docs/session.svg is not what the commands print now: npm run docs:session");
  process.exitCode = 1;
}
