import type { ScriptState } from "../../api/records.ts";
import type { LogLine, PodView, Process } from "../image.ts";
import { Lines } from "./lines.ts";
import { advance, type Outcome, type ScriptWorld, startOf } from "./machine.ts";
import { parseScript } from "./parse.ts";
import { type Op, Unsupported } from "./program.ts";

/** What a script's end may depend on beside its own text, and what is known of it without looking at the cluster. */
export interface ScriptAround {
  shell: string;
  busybox: boolean;
  /** Variables with plain values. */
  variables: Readonly<Record<string, string>>;
  /** The server that a command line starts, if it does; `input` is what is piped into it. */
  server(argv: readonly string[], input?: string): Process | undefined;
  /** Nothing is known of the image: a command may be its own. */
  guessed: boolean;
  /** What the container does where its script cannot be followed. */
  unfollowed: Process;
  /** How far it has come, where it is run on the cluster. */
  stored(): ScriptState | undefined;
}

/** It asks the cluster, or changes something in it: it has to be run there. */
class Impure extends Error {}

/** How many operations are followed to see how a script ends, and how many for its log. */
const MOST_AHEAD = 2000;
const MOST_LOGGED = 2_000_000;

/** nginx goes to the background and leaves the script alone, unless it is told not to. */
export function servesIn(
  around: Pick<ScriptAround, "server">,
  argv: readonly string[],
): "foreground" | "background" | undefined {
  const server = around.server(argv);
  if (!server || !("runs" in server.lifetime) || server.lifetime.program !== undefined) return undefined;
  return argv[0]?.endsWith("nginx") && !argv.join(" ").includes("daemon off") ? "background" : "foreground";
}

/**
 * A script as a container's main process. One that only waits and prints follows from its text: when it ends, what it logs. Any other is
 * run on the cluster as time goes by (`container-scripts.ts`), which stores how far it has come.
 */
export function scriptProcess(text: string, around: ScriptAround): Process {
  let ops: readonly Op[];
  try {
    ops = parseScript(text);
  } catch (error) {
    if (error instanceof Unsupported) return around.unfollowed;
    throw error;
  }
  const known = follow(ops, around, 0, MOST_AHEAD);
  if (known === "unsupported") return around.unfollowed;
  const state = known === "impure" ? around.stored() : known.state;
  const server = state?.serving && around.server(state.serving, state.piped);
  if (known === "impure") return { ...(server ?? { listens: [] }), lifetime: { runs: true, program: "script" } };
  const { outcome } = known;
  const lifetime: Process["lifetime"] =
    typeof outcome === "object" ? { exits: outcome.ended, afterMs: known.state.at } : { runs: true };
  return {
    ...(server ?? { listens: [] }),
    lifetime,
    startLines: (view) => [...logOf(ops, around, view), ...(server?.startLines?.(view) ?? [])],
  };
}

/** Runs it without a cluster, from `startedAt`. */
function follow(
  ops: readonly Op[],
  around: ScriptAround,
  startedAt: number,
  most: number,
  until = Number.POSITIVE_INFINITY,
): { outcome: Outcome; state: ScriptState; lines: LogLine[] } | "impure" | "unsupported" {
  const lines = new Lines();
  const state = startOf(startedAt, "/");
  const impure = (): never => {
    throw new Impure();
  };
  const world: ScriptWorld = {
    shell: around.shell,
    busybox: around.busybox,
    variable: (name) => (Object.hasOwn(around.variables, name) ? around.variables[name] : impure()),
    read: impure,
    write: (path) => (path === "/dev/null" ? undefined : impure()),
    isDirectory: impure,
    serves: (argv) => (around.guessed ? impure() : servesIn(around, argv)),
    print: (stream, text, at) => lines.add(stream, text, at),
  };
  try {
    const { value, done } = advance(ops, state, world, until, most).next();
    return done ? { outcome: value, state, lines: lines.all } : "impure";
  } catch (error) {
    if (error instanceof Impure) return "impure";
    if (error instanceof Unsupported) return "unsupported";
    throw error;
  }
}

function logOf(ops: readonly Op[], around: ScriptAround, view: PodView): LogLine[] {
  const followed = follow(ops, around, view.startedAt, MOST_LOGGED, view.now);
  return typeof followed === "object" ? followed.lines : [];
}
