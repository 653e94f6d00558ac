import { goQuote } from "../../api/encoding/go-quote.ts";
import { ConvertError } from "./convert.ts";
import { type FlagSet, type FlagSpec, normalizeName } from "./flag-spec.ts";
import { ParsedFlags } from "./flag-values.ts";

/** A command line that pflag refuses. */
export class FlagError extends Error {}

export interface ParsedArguments {
  flags: ParsedFlags;
  args: string[];
  /** How many of `args` stood before `--`; -1 when there was none. */
  argsLenAtDash: number;
  /** Lines for stderr about deprecated flags, one each time that such a flag was given. */
  warnings: string[];
}

/** A command line without a word. */
export function noArguments(set: FlagSet): ParsedArguments {
  return { flags: new ParsedFlags(set), args: [], argsLenAtDash: -1, warnings: [] };
}

/** The same with flags that have values already; those that the set does not have are another command's. Throws FlagError. */
export function argumentsWith(presets: readonly (readonly [string, string])[], set: FlagSet): ParsedArguments {
  const parsed = noArguments(set);
  for (const [name, value] of presets) {
    const spec = set.byName.get(name);
    if (spec) preset(spec, value, parsed);
  }
  return parsed;
}

/**
 * Reads flags and arguments, in any order, as pflag does, onto those of `parsed`. Throws FlagError at the first mistake.
 * Models github.com/spf13/pflag v1.0.9 flag.go (parseArgs, parseLongArg, parseSingleShortArg).
 */
export function parseArguments(argv: readonly string[], set: FlagSet, parsed = noArguments(set)): ParsedArguments {
  const rest = [...argv];
  while (rest.length > 0) {
    const word = rest.shift()!;
    if (!word.startsWith("-") || word === "-") {
      parsed.args.push(word);
    } else if (word === "--") {
      parsed.argsLenAtDash = parsed.args.length;
      parsed.args.push(...rest);
      break;
    } else if (word.startsWith("--")) {
      parseLong(word, rest, set, parsed);
    } else {
      parseCluster(word.slice(1), rest, set, parsed);
    }
  }
  return parsed;
}

function parseLong(word: string, rest: string[], set: FlagSet, parsed: ParsedArguments): void {
  const text = word.slice(2);
  if (text.startsWith("-") || text.startsWith("=")) throw new FlagError(`bad flag syntax: ${word}`);
  const equals = text.indexOf("=");
  const name = equals < 0 ? text : text.slice(0, equals);
  const spec = set.byName.get(normalizeName(name));
  if (!spec) throw new FlagError(`unknown flag: --${name}`);
  let value: string;
  if (equals >= 0) value = text.slice(equals + 1);
  else if (spec.noOptDefault !== "") value = spec.noOptDefault;
  else {
    const next = rest.shift();
    if (next === undefined) throw new FlagError(`flag needs an argument: --${name}`);
    value = next;
  }
  assign(spec, value, parsed);
}

/** One word of shorthands: `it`, `n=x`, `lapp=web`, `Aw`. The last flag of it may take its value from the next word. */
function parseCluster(word: string, rest: string[], set: FlagSet, parsed: ParsedArguments): void {
  let letters = word;
  while (letters !== "") {
    // pflag leaves `-test.…` to Go's test runner.
    if (letters.startsWith("test.")) return;
    const spec = set.byShorthand.get(letters[0]!);
    if (!spec) throw new FlagError(`unknown shorthand flag: ${quoteFirstByte(letters)} in -${letters}`);
    let value: string;
    let left = "";
    if (letters.length > 2 && letters[1] === "=") value = letters.slice(2);
    else if (spec.noOptDefault !== "") {
      value = spec.noOptDefault;
      left = letters.slice(1);
    } else if (letters.length > 1) value = letters.slice(1);
    else {
      const next = rest.shift();
      if (next === undefined) throw new FlagError(`flag needs an argument: ${quoteFirstByte(letters)} in -${letters}`);
      value = next;
    }
    assign(spec, value, parsed);
    letters = left;
  }
}

/** Go's `%q` of the rune that pflag takes for the first letter: it looks at bytes, so that every letter beyond ASCII is `Ã`. */
function quoteFirstByte(letters: string): string {
  const code = letters.charCodeAt(0);
  if (code > 0x7f) return "'Ã'";
  if (letters[0] === "'") return "'\\''";
  if (letters[0] === '"') return `'"'`;
  return `'${goQuote(letters[0]!).slice(1, -1)}'`;
}

function assign(spec: FlagSpec, value: string, parsed: ParsedArguments): void {
  preset(spec, value, parsed);
  parsed.flags.given.push([spec.name, value]);
  if (spec.deprecated !== "") parsed.warnings.push(`Flag --${spec.name} has been deprecated, ${spec.deprecated}`);
}

/** Gives a flag a value that does not come from the command line. Throws FlagError. Models pflag's FlagSet.Set. */
export function preset(spec: FlagSpec, value: string, parsed: ParsedArguments): void {
  try {
    parsed.flags.assign(spec, value);
  } catch (error) {
    if (!(error instanceof ConvertError)) throw error;
    const name = spec.shorthand === "" ? `--${spec.name}` : `-${spec.shorthand}, --${spec.name}`;
    throw new FlagError(`invalid argument ${goQuote(value)} for ${goQuote(name)} flag: ${error.message}`);
  }
}

/** `required flag(s) "image", "schedule" not set`, or undefined when all are. Models cobra's ValidateRequiredFlags. */
export function missingRequiredFlags(set: FlagSet, flags: ParsedFlags): string | undefined {
  const missing = [...set.byName.values()]
    .filter((spec) => spec.required && !flags.changed(spec.name))
    .map((spec) => spec.name)
    .sort();
  return missing.length === 0 ? undefined : `required flag(s) ${missing.map((name) => `"${name}"`).join(", ")} not set`;
}
