import { goQuote } from "../../api/encoding/go-quote.ts";
import { TAINT_EFFECTS } from "../../api/kinds/shared-rules.ts";
import { labelKeyErrors, labelValueErrors } from "../../api/meta/names.ts";
import type { Taint } from "../../api/types/core.ts";
import { CommandError } from "../command.ts";
import { throwAll } from "../errors.ts";

/** A taint to be removed: without an effect, all of that key. */
export interface TaintMatch {
  key: string;
  effect: string;
}

export interface TaintChange {
  add: Taint[];
  remove: TaintMatch[];
}

/** `key=value:effect`, `key:effect`, and with `-` behind it what to remove. Throws CommandError. Models kubectl pkg/cmd/taint/utils.go. */
export function parseTaints(words: readonly string[]): TaintChange {
  const add: Taint[] = [];
  const remove: TaintMatch[] = [];
  for (const word of words) {
    if (word.endsWith("-")) {
      const { key, effect } = parseTaint(word.slice(0, -1));
      remove.push({ key, effect });
      continue;
    }
    const { key, value, effect } = parseTaint(word);
    if (effect === "") throw new CommandError(`invalid taint spec: ${word}`);
    if (add.some((other) => other.key === key && other.effect === effect)) {
      throw new CommandError(`duplicated taints with the same key and effect: {${key} ${value} ${effect} <nil>}`);
    }
    add.push({ key, ...(value === "" ? {} : { value }), effect: effect as Taint["effect"] });
  }
  return { add, remove };
}

function parseTaint(word: string): { key: string; value: string; effect: string } {
  const wrong = (errors: readonly string[] = []) =>
    new CommandError(`invalid taint spec: ${[word, ...(errors.length > 0 ? [errors.join("; ")] : [])].join(", ")}`);
  const [before = "", effect, ...more] = word.split(":");
  if (more.length > 0) throw wrong();
  let key = before;
  let value = "";
  if (effect !== undefined) {
    if (!TAINT_EFFECTS.includes(effect))
      throw new CommandError(`invalid taint effect: ${effect}, unsupported taint effect`);
    const parts = before.split("=");
    if (parts.length > 2) throw wrong();
    [key = "", value = ""] = parts;
    const errors = labelValueErrors(value);
    if (errors.length > 0) throw wrong(errors);
  }
  const errors = labelKeyErrors(key);
  if (errors.length > 0) throw wrong(errors);
  return { key, value, effect: effect ?? "" };
}

/** What is both added and removed: `key=effect`. */
export function conflicts({ add, remove }: TaintChange): string[] {
  return add.flatMap((taint) => remove.filter((match) => matches(match, taint)).map((m) => `${m.key}=${m.effect}`));
}

function matches(match: TaintMatch, taint: Taint): boolean {
  return match.key === taint.key && (match.effect === "" || match.effect === taint.effect);
}

/** The taints that a node has afterwards, new ones first, and the word for what was done. Throws CommandError for what is not there. */
export function changeTaints(
  old: readonly Taint[],
  { add, remove }: TaintChange,
  overwrite: boolean,
): { taints: Taint[]; operation: "modified" | "tainted" | "untainted" } {
  const same = (a: Taint, b: Taint) => a.key === b.key && a.effect === b.effect;
  let taints = [...add, ...old.filter((taint) => !add.some((other) => same(taint, other)))];
  const added = taints.length !== old.length;
  let removed = false;
  const errors: CommandError[] = [];
  for (const match of remove) {
    const rest = taints.filter((taint) => !matches(match, taint));
    // The last one decides, as in kubectl.
    removed = rest.length !== taints.length;
    taints = rest;
    const text = match.effect === "" ? match.key : `${match.key}:${match.effect}`;
    if (!removed) errors.push(new CommandError(`taint ${goQuote(text)} not found`));
  }
  throwAll(errors);
  if ((added && removed) || overwrite) return { taints, operation: "modified" };
  return { taints, operation: added ? "tainted" : "untainted" };
}
