import type { IndexedSnapshot } from "./api/indexes.ts";
import { clone } from "./api/json.ts";
import { instanceOf, restartsOf } from "./api/kinds/pod/runtime.ts";
import type { ScriptState } from "./api/records.ts";
import { ApiError } from "./api/status.ts";
import type { Container, Pod } from "./api/types/core.ts";
import type { Write } from "./api/writes.ts";
import {
  behindEntryScript,
  commandOf,
  endsByGuess,
  isKnownImage,
  processOf,
  scriptServes,
} from "./images/catalogue.ts";
import { Lines } from "./images/script/lines.ts";
import { advance, type Outcome, type ScriptWorld, startOf } from "./images/script/machine.ts";
import { parseScript } from "./images/script/parse.ts";
import { type Call, type Called, type Op, Unsupported } from "./images/script/program.ts";
import { scriptOf } from "./images/shell.ts";
import type { Effect } from "./network/effects.ts";
import { recordEffects } from "./network/record-effects.ts";
import { findProgram, hasProgram, WORKSTATION } from "./programs/catalogue.ts";
import { statusOf } from "./programs/container-log.ts";
import { knownProgram } from "./programs/known-programs.ts";
import { RunNetwork } from "./programs/network-port.ts";
import { containerPlace, type Place } from "./programs/place.ts";
import { FileError } from "./programs/program.ts";
import { clusterNames } from "./programs/resolver.ts";

/** What a log keeps of turns that are taken as done, in lines. */
const MOST_LINES = 1000;

/** Milliseconds since 1970 at which what goes on for ever goes on. */
const NEVER = Number.MAX_SAFE_INTEGER;

/** So many operations are done at one instant; a script that has not come to wait by then goes on a second later. */
const MOST_OPERATIONS = 2000;

/** Whether a container's main process is a script that is run here, and has not ended. */
export function runsScript(snapshot: IndexedSnapshot, pod: Pod, container: Container): boolean {
  if (!statusOf(pod, container.name)?.state?.running) return false;
  const { lifetime } = processOf(snapshot, pod, container);
  if (!("runs" in lifetime) || lifetime.program !== "script") return false;
  return instanceOf(snapshot, pod, container.name)?.exit === undefined;
}

/** Goes on with a script up to the snapshot's time: what it prints, writes and asks, and when it goes on. */
export async function continueScript(
  snapshot: IndexedSnapshot,
  pod: Pod,
  container: Container,
): Promise<{ writes: Write[]; wakeAt?: number }> {
  const lines = new Lines();
  const { about, network, place, worldOf } = openContainer(snapshot, pod, container, lines);
  const stored = instanceOf(snapshot, pod, container.name)?.script;
  const startedAt = Date.parse(statusOf(pod, container.name)!.state!.running!.startedAt!);
  const state: ScriptState = stored ? clone(stored) : startOf(startedAt, place.cwd);
  if (state.at > snapshot.now) return { writes: [], ...(state.at < NEVER ? { wakeAt: state.at } : {}) };
  takeTurns(state, snapshot.now, lines);
  const { shell, text } = scriptIn(behindEntryScript(commandOf(snapshot, container)))!;
  const running = advance(parseScript(text), state, worldOf(shell), snapshot.now, MOST_OPERATIONS);
  const outcome = await followed(running, place, network, endsByGuess(pod, container));
  if (outcome === "long") state.at += 1000;
  state.version = snapshot.version;
  const effects: Effect[] = [...network.effects];
  for (const { stream, text: line, at = state.at, open } of lines.all) {
    const last = effects.at(-1);
    if (
      last?.kind === "log" &&
      last.stream === stream &&
      last.at === at &&
      last.container === about.container &&
      !last.open
    )
      last.lines.push(line);
    else effects.push({ kind: "log", ...about, stream, lines: [line], at });
    if (open) (effects.at(-1) as Extract<Effect, { kind: "log" }>).open = true;
  }
  if (typeof outcome === "object") effects.push({ kind: "exit", ...about, code: outcome.ended, at: state.at });
  else effects.push({ kind: "script", ...about, script: outcome === "runs" ? { ...state, at: NEVER } : state });
  return {
    writes: recordsOf(snapshot, effects),
    ...(outcome === "waits" || outcome === "long" ? { wakeAt: state.at } : {}),
  };
}

/**
 * Runs what `lifecycle.postStart` names; a container whose hook fails is stopped. It is taken to need no time, and what it prints is seen by
 * nobody. Models kubernetes pkg/kubelet/lifecycle/handlers.go.
 */
export async function runPostStart(snapshot: IndexedSnapshot, pod: Pod, container: Container): Promise<Write[]> {
  const { about, network, place, worldOf } = openContainer(snapshot, pod, container, new Lines());
  const argv = container.lifecycle?.postStart?.exec?.command ?? [];
  const script = scriptIn(argv);
  let status = 0;
  if (script) {
    let ops: readonly Op[] = [];
    try {
      ops = parseScript(script.text);
    } catch (error) {
      if (!(error instanceof Unsupported)) throw error;
    }
    const running = advance(ops, startOf(snapshot.now, place.cwd), worldOf(script.shell), NEVER, MOST_OPERATIONS);
    const outcome = await followed(running, place, network, true);
    if (typeof outcome === "object") status = outcome.ended;
  } else {
    const env = {};
    status = (await call({ argv: [...argv], env, cwd: place.cwd, stdin: "", at: snapshot.now }, place, network)).status;
  }
  const effects: Effect[] = [...network.effects, { kind: "postStart", ...about }];
  if (status === 0) return recordsOf(snapshot, effects);
  effects.push({ kind: "exit", ...about, code: 137, at: snapshot.now });
  const list = pod.spec?.initContainers?.includes(container) ? "initContainers" : "containers";
  const failed: Write = {
    verb: "event",
    about: pod,
    type: "Warning",
    reason: "FailedPostStartHook",
    message: "PostStartHook failed",
    component: "kubelet",
    ...(pod.spec?.nodeName ? { host: pod.spec.nodeName } : {}),
    fieldPath: `spec.${list}{${container.name}}`,
  };
  return [...recordsOf(snapshot, effects), failed];
}

const recordsOf = (snapshot: IndexedSnapshot, effects: readonly Effect[]): Write[] =>
  recordEffects(snapshot, effects).map(({ resource, object }) => ({ verb: "record", resource, object }));

/** `sh -c SCRIPT`. */
function scriptIn(argv: readonly string[]): { shell: string; text: string } | undefined {
  const text = scriptOf(argv);
  return text === undefined ? undefined : { shell: argv[0]!.replace(/^.*\//, ""), text };
}

/** A container as its scripts find it. */
function openContainer(snapshot: IndexedSnapshot, pod: Pod, container: Container, lines: Lines) {
  const { namespace = "", name = "", uid = "" } = pod.metadata;
  const restart = restartsOf(pod, container.name);
  const about = { namespace, pod: name, podUid: uid, container: container.name, restart };
  const network = new RunNetwork(snapshot, { kind: "pod", namespace, name, container: container.name }, clusterNames);
  const found = containerPlace(network, pod, container);
  const isKnown = isKnownImage(snapshot, container.image ?? "");
  // What the script of an unknown image calls, the image has: the programs there are, and servers of its own.
  const place = isKnown ? found : { ...found, toolbox: WORKSTATION };
  const isFound = (name: string) =>
    hasProgram(name, place.toolbox) || ["coreutils", "shell"].includes(knownProgram(name, place.toolbox) ?? "");
  const worldOf = (shell: string): ScriptWorld => ({
    shell,
    busybox: place.toolbox.base !== "debian",
    variable: (variable) => place.env[variable],
    read: (path) => {
      const data = place.files.read(path);
      return data && new TextDecoder().decode(data);
    },
    write: (path, data, append) => written(place, path, data, append),
    isDirectory: (path) => place.files.isDirectory(path),
    serves: (command) =>
      isKnown || !(isFound(command[0] ?? "") || endsByGuess(pod, container))
        ? scriptServes(snapshot, pod, container, command)
        : undefined,
    print: (stream, data, at) => lines.add(container.tty ? "stdout" : stream, data, at),
  });
  return { about, network, place, worldOf };
}

async function followed(
  running: Generator<Call, Outcome, Called>,
  place: Place,
  network: RunNetwork,
  endsUnfollowed: boolean,
): Promise<Outcome> {
  try {
    let step = running.next();
    while (!step.done) step = running.next(await call(step.value, place, network));
    return step.value;
  } catch (error) {
    // What cannot be followed further has done its work, or goes on and says nothing.
    if (error instanceof Unsupported) return endsUnfollowed ? { ended: 0 } : "runs";
    throw error;
  }
}

/** Turns that were passed over, as `catchUp` of the control loop allows. */
function takeTurns(state: ScriptState, now: number, lines: Lines): void {
  const loop = state.loops?.at(-1);
  if (!loop || loop.period <= 0) return;
  const turns = Math.floor((now - state.at) / loop.period);
  if (turns <= 0) return;
  // What a turn prints behind its wait stands before what it prints ahead of it.
  const printed = loop.lines.map((line) => [line.slice(0, 6) as "stdout" | "stderr", line.slice(7)] as const);
  const from = Math.max(0, turns - Math.ceil(MOST_LINES / Math.max(1, printed.length)));
  for (let turn = from; turn < turns; turn++)
    for (const [stream, text] of printed) lines.add(stream, text, state.at + turn * loop.period);
  state.at += turns * loop.period;
  loop.at += turns * loop.period;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "nonexistent directory",
  EISDIR: "Is a directory",
  ENOTDIR: "Not a directory",
  EROFS: "Read-only file system",
  ENOSPC: "No space left on device",
};

function written(place: Place, path: string, data: string, append: boolean): string | undefined {
  if (path === "/dev/null") return undefined;
  try {
    if (append) place.files.append(path, data);
    else place.files.write(path, data);
    return undefined;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return REASONS[error.code] ?? error.code;
  }
}

/** Runs a command that is not the shell's own. */
async function call({ argv, env, cwd, stdin, at }: Call, place: Place, network: RunNetwork): Promise<Called> {
  let stdout = "";
  let stderr = "";
  const said = (status: number): Called => ({ status, stdout, stderr });
  const [name = "", ...args] = argv;
  const program = await findProgram(name, place.toolbox);
  try {
    if (program) {
      const decoder = new TextDecoder();
      const status = await program.run(args, {
        ...place,
        env: { ...place.env, ...env },
        cwd,
        out: (data) => {
          stdout += typeof data === "string" ? data : decoder.decode(data, { stream: true });
        },
        err: (text) => {
          stderr += text;
        },
        stdin: async () => new TextEncoder().encode(stdin),
        isTerminal: false,
        network,
        now: () => at,
      });
      return said(status);
    }
    const known = knownProgram(name, place.toolbox);
    // What an unknown image brings does its work.
    if (known === undefined && place.toolbox === WORKSTATION) return said(0);
    if (known === undefined) {
      stderr = `sh: ${place.toolbox.base === "debian" ? "1: " : ""}${name}: not found\n`;
      return said(127);
    }
    if (known === "notSimulated") {
      stderr = `error: kubemu does not simulate the program ${name}\n`;
      return said(1);
    }
    const { runOnce } = await import("./cli/pod-programs/shell/run-once.ts");
    return await runOnce(argv, { place, network, env: { ...place.env, ...env }, cwd, stdin });
  } catch (error) {
    // The command fails; the cluster goes on.
    if (!(error instanceof ApiError)) throw error;
    stderr += `error: ${error.message}\n`;
    return said(1);
  }
}
