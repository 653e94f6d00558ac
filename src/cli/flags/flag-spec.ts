import { DEPRECATED, KUBECTL_FLAGS, SETS } from "./kubectl-flags.ts";
import { KUBEMU_FLAGS } from "./kubemu-flags.ts";

export type FlagType = "bool" | "string" | "int" | "int32" | "duration" | "csv" | "array" | "map" | "pairs";

export interface FlagSpec {
  name: string;
  /** One letter, or "". */
  shorthand: string;
  type: FlagType;
  /** As pflag prints it (DefValue). */
  defaultValue: string;
  /** What the flag stands for when it has no value (pflag's NoOptDefVal); "" when it must have one. */
  noOptDefault: string;
  required: boolean;
  hidden: boolean;
  /** Text after `Flag --name has been deprecated, `; "" when it is not. */
  deprecated: string;
}

const ZERO: Record<FlagType, string> = {
  bool: "false",
  string: "",
  int: "0",
  int32: "0",
  duration: "0s",
  csv: "[]",
  array: "[]",
  map: "",
  pairs: "[]",
};

function parseSpec(text: string): FlagSpec {
  const colon = text.indexOf(":");
  let name = text.slice(0, colon);
  const hidden = name.endsWith("~");
  if (hidden) name = name.slice(0, -1);
  const required = name.endsWith("!");
  if (required) name = name.slice(0, -1);
  const [long = "", shorthand = ""] = name.split("/");
  let rest = text.slice(colon + 1);
  const question = rest.lastIndexOf("?");
  let noOptDefault = "";
  if (question >= 0) {
    noOptDefault = rest.slice(question + 1);
    rest = rest.slice(0, question);
  }
  const equals = rest.indexOf("=");
  const type = (equals < 0 ? rest : rest.slice(0, equals)) as FlagType;
  return {
    name: long,
    shorthand,
    type,
    defaultValue: equals < 0 ? ZERO[type] : rest.slice(equals + 1),
    noOptDefault: type === "bool" ? "true" : noOptDefault,
    required,
    hidden,
    deprecated: hidden ? (DEPRECATED[long] ?? "") : "",
  };
}

/** The flags that a text in the form of kubectl-flags.ts declares. */
export function parseSpecs(text: string): FlagSpec[] {
  const specs: FlagSpec[] = [];
  for (const line of text.split("\n"))
    for (const word of line.split(" ")) {
      if (word === "") continue;
      if (word.startsWith("@")) specs.push(...parseSpecs(SETS[word.slice(1)] ?? ""));
      else specs.push(parseSpec(word));
    }
  return specs;
}

/** The lines below the command in either text, or below `*`. */
function linesBelow(path: string): string {
  for (const text of [KUBECTL_FLAGS, KUBEMU_FLAGS]) {
    const at = text.indexOf(`\n${path}\n`);
    if (at < 0) continue;
    const from = at + path.length + 2;
    let to = from;
    while (text[to] === " ") to = text.indexOf("\n", to) + 1;
    return text.slice(from, to);
  }
  return "";
}

const HELP: FlagSpec = parseSpec("help/h:bool");

/** The flags of one command by name: its own, then those that it inherits. */
export interface FlagSet {
  byName: ReadonlyMap<string, FlagSpec>;
  byShorthand: ReadonlyMap<string, FlagSpec>;
}

/** The flags of the command alone, in the order of their names. */
export function ownFlags(path: string): FlagSpec[] {
  return parseSpecs(linesBelow(path)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

let shared: FlagSpec[] | undefined;

/** Those that every command takes. */
export function globalFlags(): readonly FlagSpec[] {
  shared ??= parseSpecs(linesBelow("*")).sort((a, b) => (a.name < b.name ? -1 : 1));
  return shared;
}

const sets = new Map<string, FlagSet>();

/** All flags that a command line with this command may hold. A command's own flag hides a global one of the same name. */
export function flagSetOf(path: string): FlagSet {
  const known = sets.get(path);
  if (known) return known;
  const set = { byName: new Map<string, FlagSpec>(), byShorthand: new Map<string, FlagSpec>() };
  sets.set(path, set);
  const add = (spec: FlagSpec) => {
    if (set.byName.has(spec.name)) return;
    set.byName.set(spec.name, spec);
    if (spec.shorthand !== "" && !set.byShorthand.has(spec.shorthand)) set.byShorthand.set(spec.shorthand, spec);
  };
  if (path !== "") for (const spec of ownFlags(path)) add(spec);
  for (const spec of globalFlags()) add(spec);
  add(HELP);
  return set;
}

/** pflag's normalisation as kubectl sets it: `--dry_run` is `--dry-run`. Models component-base cli/flag WordSepNormalizeFunc. */
export function normalizeName(name: string): string {
  return name.replaceAll("_", "-");
}
