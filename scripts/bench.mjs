// Whole processes, side by side in one run, with `node -e 0` as the unit. Prints a table, writes bench.json, and compares with
// scripts/bench-baseline.json. --short: fewer rounds, smaller clusters. --save: the result becomes the baseline. --bin FILE: another
// executable, `dist/kubemu` say, measured in the same unit. --node FILE: another Node, which is the unit then.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";

const argv = process.argv.slice(2);
const short = argv.includes("--short");
const binary = argv.includes("--bin") ? resolve(argv[argv.indexOf("--bin") + 1]) : undefined;
const root = resolve(import.meta.dirname, "..");
const node = argv.includes("--node") ? resolve(argv[argv.indexOf("--node") + 1]) : process.execPath;
const version = execFileSync(node, ["--version"], { encoding: "utf8" }).trim();
const launcher = binary ? [binary] : [node, join(root, "bin/kubemu.js")];
const UNIT = [node, "-e", "0"];
/** A real kubectl with a real API server on one machine, in the same unit: what kubemu is to be ahead of. */
const KUBECTL = { fresh: 0.8, many: 2.1, create: 83, hundred: 90 };
const ROUNDS = short ? 9 : 31;
const FEW = short ? 2 : 5;
/** How much worse than the baseline a ratio may be: runs on a machine that others use too differ by as much. */
const TOLERANCE = 1.25;

const folder = mkdtempSync(join(tmpdir(), "kubemu-bench-"));
const state = (name) => join(folder, `${name}.json`);
const environment = (name) => ({
  PATH: process.env.PATH,
  HOME: folder,
  KUBEMU_STATE: state(name),
  KUBEMU_SEED: "bench",
});
const kubemu = (line) => [...launcher, ...line.split(" ")];

/** Runs to the end: milliseconds from before its start until it is gone, waited for without an event loop of our own between. */
function run(command, env = { PATH: process.env.PATH }) {
  const began = performance.now();
  const ran = spawnSync(command[0], command.slice(1), { env, stdio: ["ignore", "pipe", "pipe"], maxBuffer: 2 ** 28 });
  const ms = performance.now() - began;
  if (ran.status !== 0) throw new Error(`${command.slice(-4).join(" ")}: ${ran.error ?? ran.stderr}`);
  return { ms, out: String(ran.stdout) };
}

/** The peak of a run's memory in KiB, looked at each millisecond; 0 where /proc does not tell it. */
function peakOf(command, env = { PATH: process.env.PATH }) {
  return new Promise((done, fail) => {
    const child = spawn(command[0], command.slice(1), { env, stdio: ["ignore", "ignore", "ignore"] });
    let peak = 0;
    const look = () => {
      try {
        const match = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"));
        if (match) peak = Math.max(peak, Number(match[1]));
      } catch {
        // It has ended, or this system has no /proc.
      }
    };
    const timer = setInterval(look, 1);
    child.on("close", (status) => {
      clearInterval(timer);
      if (status !== 0) fail(new Error(`${command.slice(-4).join(" ")}: exit ${status}`));
      else done(peak);
    });
  });
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** Unit and command in turn, so that what else the machine does hits both. `before` is not measured. */
function ratio(command, env, rounds, before = () => {}) {
  const unit = [];
  const own = [];
  for (let i = 0; i < rounds; i++) {
    unit.push(run(UNIT).ms);
    before(i);
    own.push(run(typeof command === "function" ? command(i) : command, env).ms);
  }
  return { units: median(own) / median(unit), ms: median(own), unitMs: median(unit) };
}

async function memory(command, env) {
  const peaks = { unit: [], own: [] };
  for (let i = 0; i < 5; i++) {
    peaks.unit.push(await peakOf(UNIT));
    peaks.own.push(await peakOf(command, env));
  }
  const [unit, own] = [Math.max(...peaks.unit), Math.max(...peaks.own)];
  return unit > 0 ? own / unit : undefined;
}

function manifest(count) {
  const service = (i) =>
    `apiVersion: v1\nkind: Service\nmetadata:\n  name: svc-${i}\nspec:\n  selector:\n    app: a${i}\n  ports:\n  - port: 80\n    targetPort: 8080\n`;
  return Array.from({ length: count }, (_, i) => service(i)).join("---\n");
}

function withServices(name, count) {
  writeFileSync(join(folder, `${name}.yaml`), manifest(count));
  run(kubemu(`create -f ${folder}/${name}.yaml`), environment(name));
}

const RUNTIME_ROW = "the runtime itself: an empty program";
const rows = [];
async function row(name, goal, measure, kubectl) {
  const result = await measure();
  rows.push({ name, goal: goal?.[binary ? 1 : 0], kubectl, ...result });
  process.stderr.write(`${name}: ${result.units.toFixed(2)}\n`);
}

try {
  const fresh = environment("fresh");
  run(kubemu("create deployment web --image=nginx"), fresh);
  run(kubemu("create service nodeport np --tcp=80"), fresh);
  run(kubemu("create service nodeport web --tcp=80"), fresh);
  const port = run([...launcher, "get", "svc", "web", "-o", "jsonpath={.spec.ports[0].nodePort}"], fresh).out;
  run(kubemu("get services"), environment("empty"));
  const many = short ? 200 : 1000;
  withServices("many", many);
  await row(RUNTIME_ROW, undefined, async () => {
    writeFileSync(join(folder, "empty.cjs"), "");
    return ratio([node, join(folder, "empty.cjs")], undefined, ROUNDS);
  });
  await row(
    "get services, fresh cluster",
    [1.25, 0.5],
    async () => ({
      ...ratio(kubemu("get services"), environment("empty"), ROUNDS),
      memory: await memory(kubemu("get services"), environment("empty")),
    }),
    KUBECTL.fresh,
  );
  await row("get services, a new cluster", undefined, () =>
    ratio(kubemu("get services"), environment("new"), ROUNDS, () => rmSync(state("new"), { force: true })),
  );
  await row(
    `get services, ${many}`,
    [1.4, 0.8],
    async () => ({
      ...ratio(kubemu("get services"), environment("many"), ROUNDS),
      memory: await memory(kubemu("get services"), environment("many")),
    }),
    short ? undefined : KUBECTL.many,
  );
  if (!short) {
    withServices("lots", 10_000);
    await row("get services, 10000", [3], async () => ({
      ...ratio(kubemu("get services"), environment("lots"), FEW),
      memory: await memory(kubemu("get services"), environment("lots")),
    }));
  }
  await row("expose", [1.4, 0.6], async () => ({
    ...ratio((i) => kubemu(`expose deployment web --port 80 --name e${i}`), fresh, ROUNDS),
    memory: await memory(kubemu("expose deployment web --port 80 --dry-run=server --name m"), fresh),
  }));
  await row("curl through a NodePort", undefined, async () => ({
    ...ratio(kubemu(`curl -s -o /dev/null localhost:${port}`), fresh, ROUNDS),
    memory: await memory(kubemu(`curl -s -o /dev/null localhost:${port}`), fresh),
  }));
  copyFileSync(state("many"), join(folder, "many.saved"));
  await row(
    `apply -f of ${many}`,
    [10],
    () =>
      ratio(kubemu(`apply -f ${folder}/many.yaml`), environment("applied"), FEW, () =>
        rmSync(state("applied"), { force: true }),
      ),
    short ? undefined : KUBECTL.create,
  );
  await row(`delete --all of ${many}`, undefined, () =>
    ratio(kubemu("delete services --all"), environment("many"), FEW, () =>
      copyFileSync(join(folder, "many.saved"), state("many")),
    ),
  );
  const LINES = ["get services", "get deployments", "create namespace n-{}", "get services -o yaml"];
  const hundred = () => {
    const rounds = short ? 1 : 3;
    const own = [];
    const unit = [];
    for (let round = 0; round < rounds; round++) {
      let sum = 0;
      for (let i = 0; i < 100; i++) {
        unit.push(run(UNIT).ms);
        sum += run(kubemu(LINES[i % LINES.length].replace("{}", `${round}-${i}`)), fresh).ms;
      }
      own.push(sum);
    }
    return { units: median(own) / median(unit), ms: median(own), unitMs: median(unit) };
  };
  await row("100 commands one after another", [130, 60], hundred, KUBECTL.hundred);
} finally {
  rmSync(folder, { recursive: true });
}

const file = join(root, "scripts/bench-baseline.json");
const baseline = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
const known = (name) => (binary || short || node !== process.execPath ? undefined : baseline[name]);
const number = (value) => (value === undefined ? "" : value.toFixed(2));
/** The part of a row's time that the runtime itself takes, as often as it is started. */
const share = ({ name, units }) => {
  const runtime = rows.find((it) => it.name === RUNTIME_ROW)?.units;
  if (binary || runtime === undefined || name === RUNTIME_ROW) return "";
  return `${Math.round((runtime * (name.startsWith("100 ") ? 100 : 1) * 100) / units)} %`;
};
const cells = rows.map((row) => {
  const { name, goal, kubectl, units, ms, memory: peak } = row;
  return [
    name,
    number(units),
    `${ms.toFixed(0)} ms`,
    goal === undefined ? "" : String(goal),
    goal === undefined ? "" : units <= goal ? "met" : "missed",
    kubectl === undefined ? "" : `${kubectl} ${units <= kubectl ? "beaten" : "not yet"}`,
    share(row),
    number(peak),
    known(name) === undefined
      ? ""
      : units <= known(name) * TOLERANCE
        ? "as before"
        : `SLOWER than ${known(name).toFixed(2)}`,
  ];
});
const head = ["", "units", "median", "goal", "", "kubectl", "runtime", "memory", "baseline"];
const widths = head.map((title, i) => Math.max(title.length, ...cells.map((line) => line[i].length)));
for (const line of [head, ...cells])
  console.log(
    line
      .map((cell, i) => cell.padEnd(widths[i]))
      .join("  ")
      .trimEnd(),
  );
console.log(
  `unit: node -e 0 (${version}, ${cpus().length} CPUs), ${median(rows.map((it) => it.unitMs)).toFixed(0)} ms. ` +
    "kubectl: a real one with a real API server. runtime: the part of the time that is Node's own start. memory: peak, of node -e 0's.",
);
writeFileSync(join(root, "bench.json"), `${JSON.stringify({ node: version, rows }, null, 2)}\n`);
if (argv.includes("--save"))
  writeFileSync(
    file,
    `${JSON.stringify(Object.fromEntries(rows.map(({ name, units }) => [name, Number(units.toFixed(2))])), null, 2)}\n`,
  );
