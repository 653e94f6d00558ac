import { goQuote } from "../api/encoding/go-quote.ts";
import { CommandError } from "./command.ts";
import { type FlagSet, flagSetOf, normalizeName } from "./flags/flag-spec.ts";
import { COMMANDS, type CommandEntry } from "./root.ts";

export interface FoundCommand {
  /** `path` is "" for the program itself. */
  entry: CommandEntry;
  /** What is left of the command line: its flags and arguments. */
  argv: string[];
}

const ROOT: CommandEntry = { path: "" };

/**
 * Finds the command that a command line calls, of all or of `commands`; flags may stand before and between its words.
 * Throws CommandError for a first word that is no command. Models github.com/spf13/cobra v1.10 command.go (Find, stripFlags).
 */
export function findCommand(argv: readonly string[], commands: readonly CommandEntry[] = COMMANDS): FoundCommand {
  let entry = ROOT;
  let rest = [...argv];
  for (;;) {
    const children = childrenOf(entry.path, commands);
    if (children.length === 0) return { entry, argv: rest };
    const position = firstWord(rest, entry.path);
    const word = position < 0 ? undefined : rest[position]!;
    const next = word === undefined ? undefined : children.find((child) => isCalled(child, word));
    if (next === undefined) {
      if (entry === ROOT && word !== undefined) {
        throw new CommandError(`unknown command ${goQuote(word)} for "kubectl"${suggestions(word, commands)}`);
      }
      return { entry, argv: rest };
    }
    entry = next;
    rest = rest.toSpliced(position, 1);
    if (entry.rawArguments) return { entry, argv: rest };
  }
}

function isCalled(entry: CommandEntry, word: string): boolean {
  return nameOf(entry) === word || (entry.aliases?.includes(word) ?? false);
}

/** The commands right below one, in order. */
export function childrenOf(path: string, commands: readonly CommandEntry[] = COMMANDS): CommandEntry[] {
  const prefix = path === "" ? "" : `${path} `;
  return commands.filter((entry) =>
    entry.calledAs === undefined
      ? entry.path.startsWith(prefix) && !entry.path.slice(prefix.length).includes(" ")
      : path === "",
  );
}

/** The one word of a command (cobra's Name): `clusterip` of `create service clusterip`, `kubectl` of the program. */
export function nameOf({ calledAs, path }: CommandEntry): string {
  return calledAs ?? (path === "" ? "kubectl" : path.slice(path.lastIndexOf(" ") + 1));
}

/** Where the first word stands that is neither a flag nor a flag's value to a command; -1 when there is none before `--`. */
function firstWord(argv: readonly string[], path: string): number {
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at]!;
    if (word === "--") return -1;
    if (!word.startsWith("-")) {
      if (word !== "") return at;
      continue;
    }
    if (takesNextWord(word, flagSetOf(path))) at++;
  }
  return -1;
}

function takesNextWord(word: string, flags: FlagSet): boolean {
  if (word.includes("=")) return false;
  // cobra adds --help to a command that it has found, so that it does not know it yet here.
  if (word === "--help" || word === "-h") return true;
  // cobra takes a flag that it does not know for one with a value.
  if (word.startsWith("--")) return (flags.byName.get(normalizeName(word.slice(2)))?.noOptDefault ?? "") === "";
  return word.length === 2 && (flags.byShorthand.get(word[1]!)?.noOptDefault ?? "") === "";
}

/** Models cobra's findSuggestions. */
function suggestions(typed: string, commands: readonly CommandEntry[]): string {
  const lower = typed.toLowerCase();
  const names: string[] = [];
  // kubectl's alpha has no commands in this release: cobra does not offer it.
  for (const entry of childrenOf("", commands).filter((child) => !child.own && child.path !== "alpha")) {
    if (distance(lower, entry.path) <= 2 || entry.path.startsWith(lower)) names.push(entry.path);
    if (entry.suggestFor?.includes(lower)) names.push(entry.path);
  }
  return names.length === 0 ? "" : `\n\nDid you mean this?\n${names.map((name) => `\t${name}\n`).join("")}`;
}

/** Levenshtein's distance over bytes. Models cobra's ld. */
function distance(a: string, b: string): number {
  const s = Buffer.from(a);
  const t = Buffer.from(b);
  let row = Array.from({ length: t.length + 1 }, (_, j) => j);
  for (let i = 1; i <= s.length; i++) {
    const next = [i];
    for (let j = 1; j <= t.length; j++) {
      next.push(s[i - 1] === t[j - 1] ? row[j - 1]! : 1 + Math.min(row[j]!, next[j - 1]!, row[j - 1]!));
    }
    row = next;
  }
  return row[t.length]!;
}
