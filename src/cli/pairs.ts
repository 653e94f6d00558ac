import { setKey } from "../api/json.ts";
import { CommandError } from "./command.ts";

/** `a=b,c=d` as labels. Throws CommandError. Models kubectl pkg/generate (ParseLabels). */
export function parseLabels(text: string): Record<string, string> {
  if (text === "") throw new CommandError("no label spec passed");
  const labels: Record<string, string> = {};
  for (const part of text.split(",")) {
    const [key = "", value, more] = part.split("=");
    if (value === undefined || more !== undefined) throw new CommandError(`unexpected label spec: ${part}`);
    if (key === "") throw new CommandError("unexpected empty label key");
    setKey(labels, key, value);
  }
  return labels;
}

/**
 * `a=b` to be set and, where that is allowed, `c-` to be removed. Throws CommandError that names what is neither.
 * Models kubectl pkg/cmd/util (ParsePairs).
 */
export function parsePairs(
  words: readonly string[],
  what: string,
  allowRemove: boolean,
): { set: Record<string, string>; remove: string[] } {
  const set: Record<string, string> = {};
  const remove: string[] = [];
  const wrong: string[] = [];
  for (const word of words) {
    const equals = word.indexOf("=");
    if (equals > 0) setKey(set, word.slice(0, equals), word.slice(equals + 1));
    else if (allowRemove && word.endsWith("-") && word !== "-") remove.push(word.slice(0, -1));
    else wrong.push(word);
  }
  if (wrong.length > 0) throw new CommandError(`invalid ${what} format: ${wrong.join(", ")}`);
  return { set, remove };
}

/**
 * Splits `svc web a=b c-` into what names resources and what changes them. Throws CommandError when they are mixed.
 * Models kubectl pkg/cmd/util (GetResourcesAndPairs).
 */
export function resourcesAndPairs(args: readonly string[], what: string): { resources: string[]; pairs: string[] } {
  const resources: string[] = [];
  const pairs: string[] = [];
  for (const word of args) {
    const isPair = word.indexOf("=") > 0 || (word.endsWith("-") && word !== "-");
    if (isPair) pairs.push(word);
    else if (pairs.length === 0) resources.push(word);
    else throw new CommandError(`all resources must be specified before ${what} changes: ${word}`);
  }
  return { resources, pairs };
}
