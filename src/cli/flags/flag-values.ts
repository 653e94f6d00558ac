import { ConvertError, parseBool, parseCsv, parseDuration, parseInteger } from "./convert.ts";
import { type FlagSet, type FlagSpec, normalizeName } from "./flag-spec.ts";
import type { FlagValues } from "./values.ts";

type Value = string | boolean | number | string[];

/** What pflag's value of a type makes of a text that is set on it, after what was set before. Throws ConvertError. */
function convert(spec: FlagSpec, text: string, previous: Value | undefined): Value {
  switch (spec.type) {
    case "bool":
      return parseBool(text);
    case "int":
      return parseInteger(text, 64, spec.name === "v" ? 10 : 0);
    case "int32":
      return parseInteger(text, 32, spec.name === "v" ? 10 : 0);
    case "duration":
      return spec.name === "log-flush-frequency" ? goDuration(text) : parseDuration(text);
    case "csv":
      return [...((previous as string[]) ?? []), ...parseCsv(text)];
    case "array":
      return [...((previous as string[]) ?? []), text];
    case "pairs":
      return mergePairs((previous as string[]) ?? [], pairsOf(text));
    case "map":
      return mapOf(text);
    default:
      return text;
  }
}

/** A flag of Go's own package, which does not say what is wrong with a text. Models Go's flag.durationValue. */
function goDuration(text: string): number {
  try {
    return parseDuration(text);
  } catch (error) {
    if (error instanceof ConvertError) throw new ConvertError("parse error");
    throw error;
  }
}

/** Models pflag string_to_string.go. */
function pairsOf(text: string): string[] {
  const count = text.split("=").length - 1;
  if (count === 0) throw new ConvertError(`${text} must be formatted as key=value`);
  const pairs = count === 1 ? [text.replace(/^"+|"+$/g, "")] : parseCsv(text);
  for (const pair of pairs) if (!pair.includes("=")) throw new ConvertError(`${pair} must be formatted as key=value`);
  return pairs;
}

function mergePairs(previous: string[], next: string[]): string[] {
  const key = (pair: string) => pair.slice(0, pair.indexOf("="));
  const replaced = new Set(next.map(key));
  return [...previous.filter((pair) => !replaced.has(key(pair))), ...next];
}

/** Models component-base cli/flag/map_string_string.go. */
function mapOf(text: string): string[] {
  const pairs: string[] = [];
  for (const part of text.split(",")) {
    if (part === "") continue;
    const equals = part.indexOf("=");
    if (equals < 0) throw new ConvertError("malformed pair, expect string=string");
    pairs.push(`${part.slice(0, equals).trim()}=${part.slice(equals + 1).trim()}`);
  }
  return pairs;
}

function defaultOf(spec: FlagSpec): Value {
  if (spec.type === "csv" || spec.type === "array" || spec.type === "pairs" || spec.type === "map") {
    const { defaultValue: text } = spec;
    const inner = text.startsWith("[") ? text.slice(1, -1) : text;
    return inner === "" ? [] : inner.split(",");
  }
  return convert(spec, spec.defaultValue, undefined);
}

/** The flags that a command line gave, over their defaults. */
export class ParsedFlags implements FlagValues {
  readonly #set: FlagSet;
  readonly #values = new Map<string, Value>();
  readonly given: [string, string][] = [];

  constructor(set: FlagSet) {
    this.#set = set;
  }

  /** Throws ConvertError. */
  assign(spec: FlagSpec, text: string): void {
    this.#values.set(spec.name, convert(spec, text, this.#values.get(spec.name)));
  }

  #read(name: string, types: readonly string[]): Value {
    const spec = this.#set.byName.get(name);
    if (!spec) throw new TypeError(`flag accessed but not defined: ${name}`);
    if (!types.includes(spec.type))
      throw new TypeError(`flag --${name} is a ${spec.type}, not a ${types.join(" or ")}`);
    return this.#values.get(name) ?? defaultOf(spec);
  }

  string(name: string): string {
    return this.#read(name, ["string"]) as string;
  }
  bool(name: string): boolean {
    return this.#read(name, ["bool"]) as boolean;
  }
  int(name: string): number {
    return this.#read(name, ["int", "int32"]) as number;
  }
  list(name: string): string[] {
    return [...(this.#read(name, ["csv", "array", "map", "pairs"]) as string[])];
  }
  duration(name: string): number {
    return this.#read(name, ["duration"]) as number;
  }
  changed(name: string): boolean {
    return this.#values.has(normalizeName(name));
  }
  isText(name: string): boolean {
    return this.#set.byName.get(name)?.type === "string";
  }
  has(name: string): boolean {
    return this.#set.byName.has(name);
  }
}
