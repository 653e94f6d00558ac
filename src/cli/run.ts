import { notSimulated } from "../api/status.ts";
import type { Platform } from "../platform/platform.ts";
import { type Command, type CommandContext, CommandError, type Invocation, UsageError } from "./command.ts";
import { openContext } from "./context.ts";
import { withStatus } from "./errors.ts";
import { type FoundCommand, findCommand } from "./find-command.ts";
import { type FlagSet, flagSetOf } from "./flags/flag-spec.ts";
import {
  argumentsWith,
  FlagError,
  missingRequiredFlags,
  noArguments,
  type ParsedArguments,
  parseArguments,
} from "./flags/parse.ts";
import { HeldStreams } from "./held-streams.ts";
import { type Preferred, preferred } from "./kuberc/preferred.ts";
import { loadCommand } from "./load-command.ts";
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
  const { platform } = dependencies;
  let status: number;
  try {
    status = await dispatch(argv, await preferred(argv, platform, streams), platform, streams, connect, flush);
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
  preferences: Preferred,
  platform: Platform,
  streams: HeldStreams,
  connect: () => Promise<Session>,
  flush: () => Promise<void>,
): Promise<number> {
  if (argv[0] === "help") return (await import("./help/help-command.ts")).printHelpTopic(argv.slice(1), streams);
  if (argv[0] === "__complete" || argv[0] === "__completeNoDesc") {
    const { printCompletions } = await import("./completion/print-completions.ts");
    return await printCompletions(preferences, argv[0] === "__complete", platform, streams, connect);
  }
  let found: FoundCommand;
  try {
    found = findCommand(preferences.argv, preferences.commands);
  } catch (error) {
    const status = (await import("./plugins/run-plugin.ts")).runPlugin(argv, 1, platform);
    if (status === undefined) throw error;
    return status;
  }
  const { entry, argv: rest } = found;
  // `create` alone has plugins below it.
  if (entry.path === "create" && entry.calledAs === undefined && rest.length > 0 && !rest[0]!.startsWith("-")) {
    const before = argv.length - rest.length;
    const status = (await import("./plugins/run-plugin.ts")).runPlugin(argv, before + 1, platform);
    if (status !== undefined) return status;
  }
  try {
    return await runEntry(entry, rest, preferences, platform, streams, connect, flush);
  } catch (error) {
    const worded = underAlias(error, entry);
    throw entry.failureStatus === undefined ? worded : withStatus(worded, entry.failureStatus);
  }
}

/** A command that an alias calls goes by the alias in what it says of its usage. */
function underAlias(error: unknown, { calledAs, path }: CommandEntry): unknown {
  const isItsOwn = calledAs !== undefined && error instanceof UsageError && error.path === path;
  return isItsOwn ? new UsageError(calledAs, error.message) : error;
}

async function runEntry(
  entry: CommandEntry,
  argv: string[],
  preferences: Preferred,
  platform: Platform,
  streams: HeldStreams,
  connect: () => Promise<Session>,
  flush: () => Promise<void>,
): Promise<number> {
  const parsed = parseFor(entry, argv, preferences);
  for (const warning of parsed.warnings) streams.err.write(`${warning}\n`);
  const help = async (stream: "out" | "err") =>
    streams[stream].write(await (await import("./help/render.ts")).renderHelp(entry.path));
  if (entry.path === "" || entry.group === "page" || (!entry.rawArguments && parsed.flags.bool("help"))) {
    await help("out");
    return 0;
  }
  const { original } = preferences;
  if (original?.entry === entry && parsed.flags.int("v") >= 1)
    (await import("./kuberc/tell-original.ts")).tellOriginal(original.text, { ...platform, streams });
  if (entry.group !== undefined) {
    if (parsed.args.length > 0) throw new UsageError(entry.path, `unknown command "${parsed.args.join(" ")}"`);
    await help(entry.group === "stdout" ? "out" : "err");
    return 1;
  }
  const set = flagSetOf(entry.path);
  refuseUnsimulated(parsed, set);
  const missing = missingRequiredFlags(set, parsed.flags);
  if (missing !== undefined) throw new CommandError(missing);
  const command = (await loadCommand(entry.path)).default;
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

/** `--profile` writes a profile of kubectl itself. Models kubectl pkg/cmd/profiling.go. */
function refuseUnsimulated({ flags }: ParsedArguments, set: FlagSet): void {
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
function parseFor(entry: CommandEntry, argv: string[], { presets, isOff }: Preferred): ParsedArguments {
  let flags = flagSetOf(entry.path);
  if (entry.rawArguments) return { ...noArguments(flags), args: argv };
  if (isOff) flags = { ...flags, byName: new Map([...flags.byName].filter(([name]) => name !== "kuberc")) };
  try {
    return parseArguments(argv, flags, argumentsWith(presets, flags));
  } catch (error) {
    if (!(error instanceof FlagError)) throw error;
    if (entry.failureStatus !== undefined) throw new UsageError(entry.path, error.message);
    const name = commandLine(entry.calledAs ?? entry.path);
    const hint = entry.path === "options" ? `Run '${name}' without flags.` : `See '${name} --help' for usage.`;
    throw new CommandError(`${error.message}\n${hint}`);
  }
}
