import { notSimulated } from "../../api/status.ts";
import { knownProgram } from "../../programs/known-programs.ts";
import type { CommandContext } from "../command.ts";
import { type OpenPlace, openPlace, ownStreams, type ProgramStreams, runProgram, type Target } from "./run-program.ts";

export interface Execution {
  target: Target;
  command: readonly string[];
  /** Standard input is passed on. */
  stdin: boolean;
  /** A terminal was asked for, and standard input is one. */
  terminal: boolean;
}

/** There is no such program; `message` as the container runtime says it. */
export class NoSuchProgram extends Error {
  readonly program: string;
  constructor(program: string) {
    super(
      program.includes("/")
        ? `exec: "${program}": stat ${program}: no such file or directory`
        : `exec: "${program}": executable file not found in $PATH`,
    );
    this.name = "NoSuchProgram";
    this.program = program;
  }
}

/**
 * Runs a command line in a place of the cluster, as a runtime's exec does: no shell reads it. The exit status.
 * @throws NoSuchProgram
 */
export async function execute(execution: Execution, context: CommandContext): Promise<number> {
  const open = await openPlace(execution.target, context);
  if (execution.terminal && execution.target.kind === "container") open.place.env = atTerminal(open.place.env);
  return await executeAt(open, execution, ownStreams(context, execution.stdin), context);
}

/** What a runtime's exec with a terminal adds, before the variable that runc sets last. Models containerd oci.WithTTY. */
function atTerminal({ HOME, ...env }: Readonly<Record<string, string>>): Record<string, string> {
  return { ...env, TERM: "xterm", ...(HOME === undefined ? {} : { HOME }) };
}

/** `execute` in an open place. */
export async function executeAt(
  open: OpenPlace,
  { command, terminal }: Execution,
  streams: ProgramStreams,
  context: CommandContext,
): Promise<number> {
  const [name = "", ...argv] = command;
  const status = await runProgram(name, argv, open, streams);
  if (status !== undefined) return status;
  const known = knownProgram(name, open.place.toolbox);
  if (known === undefined) throw new NoSuchProgram(name);
  if (known === "notSimulated") throw notSimulated(`the program ${name}`);
  const shell = await import("./shell/run-shell.ts");
  return known === "shell" && terminal && !shell.isScript(argv)
    ? await shell.runInteractive(name, open, streams, context)
    : await shell.runInShell(name, argv, open, streams, context);
}
