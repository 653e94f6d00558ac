import type { Schema } from "../schema/schema.ts";
import { findElement, setElement, setField } from "../yaml/fields.ts";
import { fieldOf, isEmpty, isEmptyMap, isMissingOrNull, makeNode, type Node, scalar } from "../yaml/node.ts";
import type { Merger, Pair } from "./walk.ts";

/**
 * Merges lists whose items are told apart by keys, or without keys by their own value. What the patch has stands first. Models kyaml
 * yaml/walk/associative_sequence.go.
 */
export function mergeList(
  merger: Merger,
  pair: { into: Node; patch: Node | undefined },
  mergeKeys: readonly string[],
  elements: Schema | undefined,
): Node | undefined {
  const keys = mergeKeys.length === 0 ? [""] : mergeKeys;
  const found = distinct(
    [pair.patch, pair.into].flatMap((list) => (list?.content ?? []).map((item) => keyValues(item, keys))),
  );
  const identities = keys.length > 1 ? joined(found) : found;
  const added = makeNode("list");
  let last: Key = { keys: [], values: [] };
  for (const identity of identities) {
    last = usable(identities, identity, keys);
    const own = usable([last.values], last.values, last.keys);
    const item: Pair = { into: findElement(pair.into, own), patch: pair.patch && findElement(pair.patch, own) };
    const merged = merger.walk(item, elements);
    if (isMissingOrNull(merged) || isEmptyMap(merged)) {
      setElement(pair.into, last);
      continue;
    }
    const value = merged as Node;
    for (const [i, key] of last.keys.entries())
      if (value.kind === "map" && fieldOf(value, key) === undefined && last.values[i])
        setField(value, key, scalar(last.values[i]!));
    setElement(added, last, value);
  }
  if (identities.length === 0) return pair.into;
  appendAll(added, pair.into, last.keys);
  return added;
}

interface Key {
  keys: readonly string[];
  values: readonly string[];
}

function keyValues(item: Node, keys: readonly string[]): string[] {
  if (keys[0] === "") return [item.value];
  return keys.map((key) => {
    const field = fieldOf(item, key);
    return isEmpty(field) ? "" : field!.value;
  });
}

function distinct(identities: readonly string[][]): string[][] {
  const seen = new Set<string>();
  return identities.filter((identity) => {
    const text = JSON.stringify(identity);
    if (seen.has(text)) return false;
    seen.add(text);
    return true;
  });
}

/** Identities that differ only by what one of them does not say are one. Models mergeValues. */
function joined(identities: readonly string[][]): string[][] {
  const list = [...identities];
  for (let i = 0; i < list.length; i++) {
    // The list of this round goes on with what it held when the round began.
    const own = list[i]!;
    for (let j = 0; j < list.length; j++) {
      const both = common(own, list[j]!);
      if (both === undefined) continue;
      list[i] = both;
      list[j] = both;
    }
  }
  return list;
}

function common(a: readonly string[], b: readonly string[]): string[] | undefined {
  let shared = false;
  const result: string[] = [];
  for (const [i, left] of a.entries()) {
    const right = b[i] ?? "";
    if (left === right) shared = true;
    else if (left !== "" && right !== "") return undefined;
    result.push(left || right);
  }
  return shared ? result : undefined;
}

/** The keys that any of the items has; all of them when none has any. Models validateKeys. */
function usable(identities: readonly (readonly string[])[], values: readonly string[], keys: readonly string[]): Key {
  const used = new Set(identities.flatMap((identity) => keys.filter((_, i) => identity[i])));
  if (used.size === 0) return { keys, values };
  return {
    keys: keys.filter((key) => used.has(key)),
    values: values.filter((value, i) => value !== "" || used.has(keys[i]!)),
  };
}

/** Puts the elements of a list into another one, in the place of those that are the same. Models appendListNode. */
function appendAll(list: Node, from: Node, keys: readonly string[]): void {
  for (const element of [...from.content]) {
    if ((keys[0] ?? "") === "") {
      setElement(list, { keys: [""], values: [element.value] }, element);
      continue;
    }
    const values: string[] = [];
    for (const key of keys) {
      const field = fieldOf(element, key);
      if (field === undefined) list.content.push(element);
      else values.push(field.value);
    }
    if (keys.length > 1) setElement(list, { keys, values });
    setElement(list, { keys, values }, element);
  }
}
