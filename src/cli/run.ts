import { notSimulated } from "../api/status.ts";
import type { Platform } from "../platform/platform.ts";
import { type Command, type CommandContext, CommandError, type Invocation, UsageError } from "./command.ts";
import { openContext } from "./context.ts";
import { withStatus } from "./errors.ts";
import { type FoundCommand, findCommand } from "./find-command.ts";
import { type FlagSet, flagSetOf } from "./flags/flag-spec.ts";
import { FlagError, missingRequiredFlags, type ParsedArguments, parseArguments } from "./flags/parse.ts";
import { HeldStreams } from "./held-streams.ts";
import { commandLine, reportError } from "./report-error.ts";
import type { CommandEntry } from "./root.ts";
import type { Session } from "./session.ts";

export interface RunDependencies {
  platform: Platform;
  /** Called once, and only for commands that run: neither help nor a wrong flag opens the cluster. */
  connect(): Session | Promise<Session>;
}

/**
 * Runs one command line (without the program's name) and returns the exit status. What it prints goes to the platform's streams,
 * after the commit that it belongs to.
 */
export async function runCommandLine(argv: readonly string[], dependencies: RunDependencies): Promise<number> {
  const streams = new HeldStreams(dependencies.platform.streams, () => flush());
  let session: Session | undefined;
  const connect = async () => {
    session ??= await dependencies.connect();
    return session;
  };
  const flush = async () => {
    try {
      await session?.commit();
    } catch (error) {
      streams.discard();
      throw error;
    }
    streams.release();
  };
  let status: number;
  try {
    status = await dispatch(argv, dependencies.platform, streams, connect, flush);
  } catch (error) {
    status = report(error, streams);
  }
  try {
    await flush();
  } catch (error) {
    status = report(error, streams);
    streams.release();
  }
  return status;
}

function report(error: unknown, streams: HeldStreams): number {
  const { text, exitCode } = reportError(error);
  streams.err.write(text);
  return exitCode;
}

async function dispatch(
  argv: readonly string[],
  platform: Platform,
  streams: HeldStreams,
  connect: () => Promise<Session>,
  flush: () => Promise<void>,
): Promise<number> {
  if (argv[0] === "help") return (await import("./help/help-command.ts")).printHelpTopic(argv.slice(1), streams);
  if (argv[0] === "__complete" || argv[0] === "__completeNoDesc") {
    const { printCompletions } = await import("./completion/print-completions.ts");
    return await printCompletions(argv.slice(1), argv[0] === "__complete", platform, streams, connect);
  }
  let found: FoundCommand;
  try {
    found = findCommand(argv);
  } catch (error) {
    const status = (await import("./plugins/run-plugin.ts")).runPlugin(argv, 1, platform);
    if (status === undefined) throw error;
    return status;
  }
  const { entry, argv: rest } = found;
  // `create` alone has plugins below it.
  if (entry.path === "create" && rest.length > 0 && !rest[0]!.startsWith("-")) {
    const before = argv.length - rest.length;
    const status = (await import("./plugins/run-plugin.ts")).runPlugin(argv, before + 1, platform);
    if (status !== undefined) return status;
  }
  try {
    return await runEntry(entry, rest, platform, streams, connect, flush);
  } catch (error) {
    throw entry.failureStatus === undefined ? error : withStatus(error, entry.failureStatus);
  }
}

async function runEntry(
  entry: CommandEntry,
  argv: string[],
  platform: Platform,
  streams: HeldStreams,
  connect: () => Promise<Session>,
  flush: () => Promise<void>,
): Promise<number> {
  const parsed = parseFor(entry, argv);
  for (const warning of parsed.warnings) streams.err.write(`${warning}\n`);
  const help = async (stream: "out" | "err") =>
    streams[stream].write(await (await import("./help/render.ts")).renderHelp(entry.path));
  if (entry.path === "" || entry.group === "page" || (!entry.rawArguments && parsed.flags.bool("help"))) {
    await help("out");
    return 0;
  }
  if (entry.group !== undefined) {
    if (parsed.args.length > 0) throw new UsageError(entry.path, `unknown command "${parsed.args.join(" ")}"`);
    await help(entry.group === "stdout" ? "out" : "err");
    return 1;
  }
  if (!entry.load) throw notSimulated(commandLine(entry.path));
  const set = flagSetOf(entry.path);
  refuseUnsimulated(parsed, set);
  const missing = missingRequiredFlags(set, parsed.flags);
  if (missing !== undefined) throw new CommandError(missing);
  const command: Command = (await entry.load()).default;
  const session = await connect();
  const { context, warnings } = await openContext(parsed, session, platform, streams, flush);
  const invocation: Invocation = {
    path: entry.path,
    args: parsed.args,
    argsLenAtDash: parsed.argsLenAtDash,
    flags: parsed.flags,
  };
  let status: number;
  try {
    status = await runCommand(command, invocation, context);
  } catch (error) {
    if (parsed.flags.int("v") >= 4) (await import("./request-log/server-answer.ts")).tellAnswer(error, context);
    throw error;
  }
  if (status === 0 && parsed.flags.bool("warnings-as-errors") && warnings.count > 0) {
    throw new CommandError(`${warnings.count} warning${warnings.count === 1 ? "" : "s"} received`);
  }
  return status;
}

/** `--kuberc` names preferences, `--profile` writes a profile of kubectl itself. Models kubectl pkg/kuberc and pkg/cmd/profiling.go. */
function refuseUnsimulated({ flags }: ParsedArguments, set: FlagSet): void {
  if (flags.changed("kuberc")) throw notSimulated("kubectl --kuberc");
  // Some commands have a flag of their own by that name.
  if (set.byName.get("profile")?.defaultValue !== "none") return;
  const profile = flags.string("profile");
  if (profile === "none") return;
  if (!["cpu", "heap", "goroutine", "threadcreate", "block", "mutex"].includes(profile)) {
    throw new CommandError(`unknown profile '${profile}'`);
  }
  throw notSimulated("kubectl --profile");
}

/** The three steps of one command. */
async function runCommand(command: Command, invocation: Invocation, context: CommandContext): Promise<number> {
  const options = await command.complete(invocation, context);
  command.validate?.(options);
  return (await command.run(options, context)) ?? 0;
}

/** Applies pflag's rules and words its refusal. Models kubectl pkg/util/templates/templater.go (FlagErrorFunc). */
function parseFor(entry: CommandEntry, argv: string[]): ParsedArguments {
  const flags = flagSetOf(entry.path);
  if (entry.rawArguments) return { ...parseArguments([], flags), args: argv };
  try {
    return parseArguments(argv, flags);
  } catch (error) {
    if (!(error instanceof FlagError)) throw error;
    if (entry.failureStatus !== undefined) throw new UsageError(entry.path, error.message);
    const name = commandLine(entry.path);
    const hint = entry.path === "options" ? `Run '${name}' without flags.` : `See '${name} --help' for usage.`;
    throw new CommandError(`${error.message}\n${hint}`);
  }
}
