import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { runCommandLine } from "../../src/cli/run.ts";
import { connect } from "../../src/main.ts";
import { realFiles } from "../../src/platform/files.ts";
import { realNet } from "../../src/platform/net.ts";
import type { OutputStream, Platform } from "../../src/platform/platform.ts";
import { Facade } from "./facade.ts";
import { parseSequences, type Sequence, type Step } from "./sequence.ts";

// A real kubectl against kubemu's API server, and kubemu's own kubectl on a second cluster of the same seed: whatever differs is a mistake of ours.

interface Ran {
  stdout: string;
  stderr: string;
  status: number;
}

interface Options {
  kubectl: string;
  /** Folder of the sequences. */
  folder: string;
  /** Only the sequences whose name has it. */
  only: string;
  /** Also tells of commands that are not simulated. */
  all: boolean;
  requests: boolean;
}

const TIME_LIMIT = 20_000;

/** Returns the exit status: 1 when something differs. */
export async function run(options: Options): Promise<number> {
  const facade = await Facade.listen();
  const home = mkdtempSync(join(tmpdir(), "kubemu-differential-"));
  const counts = { same: 0, age: 0, differ: 0, missing: 0 };
  try {
    for (const file of readdirSync(options.folder).sort()) {
      for (const sequence of parseSequences(readFileSync(join(options.folder, file), "utf8"))) {
        if (!`${file} ${sequence.name}`.includes(options.only)) continue;
        await runSequence(file, sequence, facade, home, options, counts);
      }
    }
  } finally {
    facade.close();
    rmSync(home, { recursive: true, force: true });
  }
  const { same, age, differ, missing } = counts;
  console.log(`${same} same, ${age} differ in ages alone, ${differ} differ, ${missing} not simulated`);
  return differ > 0 ? 1 : 0;
}

async function runSequence(
  file: string,
  sequence: Sequence,
  facade: Facade,
  home: string,
  options: Options,
  counts: { same: number; age: number; differ: number; missing: number },
): Promise<void> {
  const dir = mkdtempSync(join(home, "d-"));
  for (const [path, text] of Object.entries(sequence.files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text, { mode: 0o755 });
  }
  process.chdir(dir);
  // kubectl reckons the ages in `describe` by the wall clock, so that the clusters begin by it.
  const start = Math.floor(Date.now() / 1000) * 1000;
  const theirs = clockFrom(start);
  const ours = clockFrom(start);
  const remote = platformOf(join(home, `${Date.now()}-theirs.json`), theirs, "", {});
  facade.session = await connect(remote.platform);
  const statePath = join(home, `${Date.now()}-ours.json`);
  for (const step of sequence.steps) {
    facade.requests.length = 0;
    if (process.env.PROGRESS) console.error(step.text);
    const real = await runReal(step, facade, home, dir, options.kubectl);
    const local = platformOf(statePath, ours, step.input, step.env);
    const status = await runCommandLine(step.argv, {
      platform: local.platform,
      connect: () => connect(local.platform),
    });
    const own: Ran = { ...local.written, status };
    const now = Math.max(theirs.now(), ours.now()) + 1000;
    theirs.set(now);
    ours.set(now);
    const verdict = compare(real, own);
    counts[verdict]++;
    if (verdict === "same" || verdict === "age" || (verdict === "missing" && !options.all)) continue;
    console.log(`--- ${file}:${step.line} ${sequence.name}\n$ ${step.text}`);
    if (options.requests) console.log(facade.requests.map((line) => `    ${line}\n`).join(""));
    tell("stdout", real.stdout, own.stdout);
    tell("stderr", real.stderr, own.stderr);
    if (real.status !== own.status) console.log(`  exit: kubectl ${real.status}, kubemu ${own.status}`);
  }
}

function compare(real: Ran, own: Ran): "same" | "age" | "differ" | "missing" {
  const texts = (ran: Ran) => `${ran.status}\n${ran.stdout}\u0000${ran.stderr}`;
  if (texts(real) === texts(own)) return "same";
  if (/kubemu does not simulate/.test(own.stderr)) return "missing";
  const ageless = (text: string) =>
    text.replace(/<invalid>|<unknown>|\b\d+[smhd](\d+[smh])?\b/g, "AGE").replace(/ {2,}|-{2,}/g, " ");
  return ageless(texts(real)) === ageless(texts(own)) ? "age" : "differ";
}

/** The lines that are not in both. */
function tell(stream: string, real: string, own: string): void {
  if (real === own) return;
  const theirs = real.split("\n");
  const ours = own.split("\n");
  let from = 0;
  while (from < theirs.length && theirs[from] === ours[from]) from++;
  let end = 0;
  while (end < Math.min(theirs.length, ours.length) - from && theirs.at(-1 - end) === ours.at(-1 - end)) end++;
  const part = (lines: string[], mark: string) =>
    lines
      .slice(from, lines.length - end)
      .slice(0, 40)
      .map((line) => `    ${mark} ${line}\n`)
      .join("");
  console.log(`  ${stream} from line ${from + 1}:\n${part(theirs, "-")}${part(ours, "+")}`.trimEnd());
}

function runReal(step: Step, facade: Facade, home: string, dir: string, kubectl: string): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(kubectl, [`--server=${facade.url}`, ...step.argv], {
      cwd: dir,
      env: { HOME: home, PATH: process.env.PATH, KUBECONFIG: join(dir, "kubeconfig"), TZ: "UTC", ...step.env },
      timeout: TIME_LIMIT,
    });
    const ran: Ran = { stdout: "", stderr: "", status: -1 };
    child.stdout.on("data", (data) => {
      ran.stdout += String(data);
    });
    child.stderr.on("data", (data) => {
      ran.stderr += String(data);
    });
    child.stdin.on("error", () => {});
    child.stdin.end(step.input);
    child.on("close", (code) => resolve({ ...ran, status: code ?? -1 }));
  });
}

function clockFrom(start: number) {
  let now = start;
  return {
    virtual: true,
    now: () => now,
    sleep: async (ms: number) => {
      now += Math.max(0, ms);
    },
    set(ms: number) {
      now = ms;
    },
  };
}

/** Real files and programs, a held clock, and output that is kept. */
function platformOf(
  state: string,
  clock: Platform["clock"],
  input: string,
  env: Record<string, string>,
): { platform: Platform; written: { stdout: string; stderr: string } } {
  const written = { stdout: "", stderr: "" };
  const stream = (name: "stdout" | "stderr"): OutputStream => ({
    write: (text) => {
      written[name] += typeof text === "string" ? text : Buffer.from(text).toString("utf8");
    },
    isTerminal: false,
    columns: 80,
  });
  const environment = {
    PATH: process.env.PATH,
    HOME: dirname(state),
    TZ: "UTC",
    KUBEMU_STATE: state,
    KUBEMU_SEED: "differential",
    ...env,
  };
  const platform: Platform = {
    clock,
    files: realFiles,
    streams: {
      out: stream("stdout"),
      err: stream("stderr"),
      readInput: async () => Buffer.from(input),
      inputIsTerminal: false,
      get input(): NodeJS.ReadStream {
        throw new Error("no interactive input");
      },
      readLine: async () => input,
    } as Platform["streams"],
    processes: {
      pid: process.pid,
      hostname: "differential",
      numberSpace: "",
      env: environment,
      cwd: process.cwd(),
      identityOf: (pid) => (pid === process.pid ? "" : undefined),
      program: [],
      untilInterrupt: async () => {},
      onInterrupt: () => () => {},
      run(program, args, settings = {}) {
        const done = spawnSync(program, args, {
          env: { ...environment, ...settings.env },
          encoding: "utf8",
          ...(settings.input === undefined ? {} : { input: settings.input }),
        });
        if (done.error) throw done.error;
        if (!settings.capture) written.stdout += done.stdout;
        written.stderr += done.stderr;
        return { status: done.status ?? 1, stdout: done.stdout };
      },
    },
    net: realNet,
    random: { seed: () => "differential" },
  };
  return { platform, written };
}
