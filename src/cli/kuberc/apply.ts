import { goQuote } from "../../api/encoding/go-quote.ts";
import { type CommandContext, CommandError } from "../command.ts";
import { ProgramExit } from "../errors.ts";
import { type FoundCommand, findCommand, nameOf } from "../find-command.ts";
import { type FlagSet, type FlagSpec, flagSetOf, normalizeName } from "../flags/flag-spec.ts";
import { FlagError, noArguments, preset } from "../flags/parse.ts";
import type { CommandEntry } from "../root.ts";
import { loadPreference } from "./load.ts";
import type { AliasOverride, OptionDefault, Preference } from "./preference.ts";
import type { Preferred } from "./preferred.ts";
import { validatePreference } from "./validate.ts";

type Context = Pick<CommandContext, "clock" | "files" | "processes" | "streams">;

/**
 * Carries out what the user prefers: first the alias that a command line calls, then defaults of the command's flags.
 * Throws CommandError. Models kubectl pkg/kuberc/kuberc.go (Apply).
 */
export async function applyPreferences(plain: Preferred, context: Context): Promise<Preferred> {
  if (tryFind(plain.argv, plain.commands)?.entry.rawArguments) return plain;
  try {
    const preference = await loadPreference(plain.argv, context);
    if (!preference) return plain;
    validatePreference(preference);
    const warn = (text: string) => context.streams.err.write(`Warning: ${text}\n`);
    const { aliases, ...aliased } = withAlias(plain, preference.aliases ?? [], warn);
    return withDefaults(aliased, preference, aliases, warn);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    throw new ProgramExit(`error occurred while applying preferences ${error.message}`, 1);
  }
}

function tryFind(argv: readonly string[], commands: readonly CommandEntry[]): FoundCommand | undefined {
  try {
    return findCommand(argv, commands);
  } catch (error) {
    if (error instanceof CommandError) return undefined;
    throw error;
  }
}

/** With the command that an alias stands for, and the names of the aliases that were looked at. Models applyAliases. */
function withAlias(
  plain: Preferred,
  list: readonly AliasOverride[],
  warn: (text: string) => void,
): Preferred & { aliases: Set<string> } {
  const aliases = new Set<string>();
  if (tryFind(plain.argv, plain.commands)) return { ...plain, aliases };
  const at = plain.argv.findIndex((word) => !word.startsWith("-") && !word.startsWith("__complete"));
  let result = plain;
  for (const alias of list) {
    aliases.add(alias.name);
    if (alias.name !== plain.argv[at]) continue;
    if (tryFind([alias.name], plain.commands)) {
      warn(`Setting alias ${goQuote(alias.name)} to a built-in command is not supported`);
      break;
    }
    result = expand(plain, at, alias);
  }
  return { ...result, aliases };
}

function expand(plain: Preferred, at: number, { name, command = "", options = [], ...args }: AliasOverride): Preferred {
  const words = command.split(/\s+/).filter(Boolean);
  const target = tryFind(words, plain.commands)?.entry;
  if (!target)
    throw new CommandError(`command ${goQuote(command)} not found to set alias ${goQuote(name)}: [${words.join(" ")}]`);
  const { aliases: _, ...rest } = target;
  const entry: CommandEntry = { ...rest, calledAs: name };
  const { presets, text } = setOptions(options, flagSetOf(target.path), plain.argv, {
    unknown: (flag) => `invalid alias flag ${flag} in alias kubectl`,
    refused: (flag, value, why) => `could not apply value ${value} to flag ${flag} in alias kubectl err: ${why}`,
  });
  const argv = [
    ...plain.argv.slice(0, at + 1),
    ...(args.prependArgs ?? []),
    ...plain.argv.slice(at + 1),
    ...(args.appendArgs ?? []),
  ];
  const left = argv.join(" ").replaceAll(name, "");
  const original = { entry, text: `${command}${text}${left === "" ? "" : ` ${left}`}` };
  return { ...plain, argv, commands: [...plain.commands, entry], presets, original };
}

/** With the defaults for commands of this one's name: the words before it do not count. Models applyOverrides. */
function withDefaults(
  aliased: Preferred,
  { defaults = [] }: Preference,
  aliases: ReadonlySet<string>,
  warn: (text: string) => void,
): Preferred {
  const { argv, commands } = aliased;
  const entry = tryFind(argv, commands)?.entry;
  if (!entry) return aliased;
  let result = aliased;
  for (const { command = "", options = [] } of defaults) {
    const named = tryFind(command.split(/\s+/).filter(Boolean), commands)?.entry;
    if (!named) {
      warn(`command ${goQuote(command)} not found to set kuberc override`);
      continue;
    }
    const name = nameOf(entry);
    if (nameOf(named) !== name) continue;
    if (aliases.has(name)) throw new CommandError(`alias ${name} can not be overridden`);
    const { presets, text } = setOptions(options, flagSetOf(entry.path), argv, {
      unknown: (flag) => `invalid flag ${flag} for command ${command}`,
      refused: (flag, value, why) =>
        `could not apply override value ${value} to flag ${flag} in command ${command} err: ${why}`,
    });
    const original = { entry, text: argv.join(" ") + text };
    result = { ...result, presets: [...result.presets, ...presets], original };
  }
  return result;
}

/** cobra and klog add these when preferences have been applied. */
const LATER = ["help", "v", "vmodule", "log-flush-frequency"];

/** The options that the command line does not set itself, checked; and as they would be typed. */
function setOptions(
  options: readonly OptionDefault[],
  set: FlagSet,
  argv: readonly string[],
  words: { unknown(flag: string): string; refused(flag: string, value: string, why: string): string },
): { presets: [string, string][]; text: string } {
  const presets: [string, string][] = [];
  const parsed = noArguments(set);
  for (const { name = "", default: value = "" } of options) {
    const spec = set.byName.get(normalizeName(name));
    if (!spec || LATER.includes(spec.name)) throw new CommandError(words.unknown(name));
    if (isTyped(spec, argv)) continue;
    try {
      preset(spec, value, parsed);
    } catch (error) {
      if (error instanceof FlagError) throw new CommandError(words.refused(name, value, error.message));
      throw error;
    }
    presets.push([spec.name, value]);
  }
  return { presets, text: presets.map(([name, value]) => ` --${name}=${value}`).join("") };
}

/** Whether words of a command line set a flag; those behind `--` count too, and any that have its letter. Models searchInArgs. */
function isTyped({ name, shorthand }: FlagSpec, argv: readonly string[]): boolean {
  return argv.some((word) => {
    if (word === `--${name}` || word.startsWith(`--${name}=`)) return true;
    if (shorthand === "") return false;
    return word.startsWith(`-${shorthand}`) || (/^-[a-zA-Z]+$/.test(word) && word.includes(shorthand));
  });
}
