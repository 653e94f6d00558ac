import type { Platform, Streams } from "../../platform/platform.ts";
import { CommandError } from "../command.ts";
import { openContext } from "../context.ts";
import { childrenOf, findCommand, nameOf } from "../find-command.ts";
import { type FlagSet, type FlagSpec, flagSetOf, normalizeName } from "../flags/flag-spec.ts";
import { argumentsWith, FlagError, type ParsedArguments, parseArguments } from "../flags/parse.ts";
import { pageOf } from "../help/pages.ts";
import type { Preferred } from "../kuberc/preferred.ts";
import type { CommandEntry } from "../root.ts";
import type { Session } from "../session.ts";
import { argumentWords } from "./argument-words.ts";
import { type Completions, DIRECTIVE, directiveText } from "./directive.ts";
import { flagValues } from "./flag-values.ts";
import { flagNames, requiredFlags } from "./flag-words.ts";
import { completePlugin, pluginWords } from "./plugin-words.ts";

/** What the shell's script is asked for when it completes the word `kubemu`, whose commands are more than kubectl's. */
const OWN_COMMANDS = "KUBEMU_COMPLETE_OWN";

type Connect = () => Promise<Session>;

/**
 * `__complete WORD…`: the words that may stand in the place of the last one, and what the shell is to do with them.
 * Models github.com/spf13/cobra v1.10 completions.go (initCompleteCmd).
 */
export async function printCompletions(
  preferences: Preferred,
  withTexts: boolean,
  platform: Platform,
  streams: Streams,
  connect: Connect,
): Promise<number> {
  const { commands } = preferences;
  const argv = preferences.argv.slice(1);
  if (argv.length === 0) throw new CommandError("requires at least 1 arg(s), only received 0");
  const [first = ""] = argv;
  const known = childrenOf("", commands).some((child) => nameOf(child) === first) || first === "help";
  if (argv.length > 1 && !first.startsWith("-") && !known)
    streams.err.write("[Debug] Cleared global flags for plugin completion\n");
  let found: Completions;
  try {
    found = await completions(argv.slice(0, -1), argv.at(-1)!, preferences, platform, streams, connect);
  } catch (error) {
    if (!(error instanceof CompletionError)) throw error;
    streams.err.write(`[Debug] [Error] ${error.message}\n`);
    found = { choices: [], directive: DIRECTIVE.default };
  }
  for (const { word, about } of found.choices) {
    const [line = ""] = (withTexts && about ? `${word}\t${about}` : word).split("\n");
    streams.out.write(`${line.trim()}\n`);
  }
  streams.out.write(`:${found.directive}\n`);
  streams.err.write(`Completion ended with directive: ${directiveText(found.directive)}\n`);
  return 0;
}

class CompletionError extends Error {}

async function completions(
  before: readonly string[],
  last: string,
  { commands, presets }: Preferred,
  platform: Platform,
  streams: Streams,
  connect: Connect,
): Promise<Completions> {
  if (before[0] === "help") return helpTopics(before.slice(1), last, commands, platform);
  let entry: CommandEntry;
  let args: string[];
  try {
    ({ entry, argv: args } = findCommand(before, commands));
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    const plugin = completePlugin(before, last, platform);
    if (plugin) return plugin;
    throw new CompletionError(`unable to find a command for arguments: [${before.join(" ")}]`);
  }
  if (entry.rawArguments) return { choices: [], directive: DIRECTIVE.default };
  const set = flagSetOf(entry.path);
  const value = flagBefore(args, last, set);
  const parsed = parse(value.spec ? value.args : args, set, argumentsWith(presets, set));
  // Behind `--` there are no flags.
  const flagsEnded = parsed.argsLenAtDash >= 0;
  if (value.unknown !== undefined && !flagsEnded)
    throw new CompletionError(`Subcommand '${nameOf(entry)}' does not support flag '${value.unknown}'`);
  if (parsed.flags.bool("help")) return { choices: [], directive: DIRECTIVE.noFiles };
  const { context } = await openContext(parsed, await connect(), platform, streams, async () => {});
  if (value.spec && !flagsEnded) return await flagValues(entry.path, value.spec, parsed.args, value.typed, context);
  if (last.startsWith("-") && !last.includes("=") && !flagsEnded) return flagNames(entry.path, last, parsed.flags);
  const found: Completions = { choices: [], directive: DIRECTIVE.default };
  if (parsed.args.length === 0 && !hasOwnFlag(entry.path, parsed))
    addCommands(entry.path, last, found, commands, platform);
  found.choices.push(...requiredFlags(entry.path, last, parsed.flags));
  const complete = argumentWords(entry.path);
  if (!complete) return found;
  const { choices, directive } = await complete(parsed.args, last, context);
  return { choices: [...found.choices, ...choices], directive };
}

/** The commands below the one that `help` is asked about. */
function helpTopics(
  words: readonly string[],
  last: string,
  commands: readonly CommandEntry[],
  platform: Platform,
): Completions {
  const found: Completions = { choices: [], directive: DIRECTIVE.noFiles };
  try {
    addCommands(findCommand(words, commands).entry.path, last, found, commands, platform);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
  }
  return found;
}

function parse(args: readonly string[], set: FlagSet, presets: ParsedArguments): ParsedArguments {
  try {
    return parseArguments(args, set, presets);
  } catch (error) {
    if (!(error instanceof FlagError)) throw error;
    throw new CompletionError(`Error while parsing flags from args [${args.join(" ")}]: ${error.message}`);
  }
}

/** The flag whose value is being typed, and the arguments without it. Models checkIfFlagCompletion. */
function flagBefore(
  args: readonly string[],
  last: string,
  set: FlagSet,
): { spec?: FlagSpec; args: string[]; typed: string; unknown?: string } {
  const none = { args: [...args], typed: last };
  let name = "";
  let rest = [...args];
  let typed = last;
  const withEquals = last.startsWith("-");
  if (withEquals) {
    const equals = last.indexOf("=");
    if (equals < 0) return none;
    name = last.startsWith("--") ? last.slice(2, equals) : last.slice(equals - 1, equals);
    typed = last.slice(equals + 1);
  } else {
    const previous = args.at(-1) ?? "";
    if (!/^(--.|-[^-])/.test(previous) || previous.includes("=")) return none;
    name = previous.startsWith("--") ? previous.slice(2) : previous.slice(-1);
    rest = args.slice(0, -1);
  }
  const spec = name.length === 1 ? set.byShorthand.get(name) : set.byName.get(normalizeName(name));
  if (!spec) return { ...none, unknown: name };
  return spec.noOptDefault !== "" && !withEquals ? none : { spec, args: rest, typed };
}

/** True when a flag that only this command has was given: then no command follows. */
function hasOwnFlag(path: string, { flags }: ParsedArguments): boolean {
  const shared = flagSetOf("").byName;
  return path !== "" && flags.given.some(([name]) => !shared.has(name));
}

function addCommands(
  path: string,
  typed: string,
  found: Completions,
  commands: readonly CommandEntry[],
  platform: Platform,
): void {
  const own = !!platform.processes.env[OWN_COMMANDS];
  const children = childrenOf(path, commands).filter((child) => child.path !== "alpha" && (own || !child.own));
  const list: Completions["choices"] = children.map((child) => ({
    word: nameOf(child),
    about: pageOf(child.path).about,
  }));
  if (path === "") {
    list.push({ word: "help", about: "Help about any command." });
    list.push(...pluginWords(platform).filter(({ word }) => !list.some((one) => one.word === word)));
  }
  if (list.length === 0) return;
  list.sort((a, b) => (a.word < b.word ? -1 : 1));
  found.choices.push(...list.filter(({ word }) => word.startsWith(typed)));
  found.directive = DIRECTIVE.noFiles;
}
