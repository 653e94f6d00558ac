import { formatGoValue } from "../encoding/go-value.ts";
import { compareStrings, equal, getKey, isObject, type Json, type JsonObject } from "../json.ts";
import { goType, insertionSort } from "./go-values.ts";
import { PatchError } from "./patch-error.ts";

/** Helpers for lists that are merged item by item. Models k8s.io/apimachinery pkg/util/strategicpatch/patch.go. */

export const directive = "$patch";

export function noMergeKey(item: JsonObject, mergeKey: string): PatchError {
  return new PatchError("other", `map: ${formatGoValue(item)} does not contain declared merge key: ${mergeKey}`);
}

function wrongType(expected: Json, actual: Json | undefined): PatchError {
  return new PatchError("other", `expected a ${goType(expected)}, but received a ${goType(actual)}`);
}

export function asObject(value: Json | undefined): JsonObject {
  if (!isObject(value)) throw wrongType({}, value);
  return value;
}

export function asList(value: Json | undefined): Json[] {
  if (!Array.isArray(value)) throw wrongType([], value);
  return value;
}

/** The value of the merge key; throws PatchError when the item has none. */
export function keyOf(item: Json | undefined, mergeKey: string): Json {
  const object = asObject(item);
  const value = getKey(object, mergeKey);
  if (value === undefined) throw noMergeKey(object, mergeKey);
  return value;
}

/** True for lists of objects; throws PatchError for lists of lists, mixed ones, and when there is no item at all. */
export function areObjects(...lists: Json[][]): boolean {
  const types = new Set(lists.flat().map((item) => goType(item)));
  if (types.size === 0) throw new PatchError("other", "no elements in any of the given slices");
  const [first] = types;
  if (first === "[]interface {}") throw new PatchError("unprocessable", "lists of lists are not supported");
  if (types.size > 1)
    throw new PatchError("other", `list element types are not identical: ${formatGoValue(lists as Json)}`);
  return first === "map[string]interface {}";
}

/** The position of an item with the same merge key (or the same scalar when there is no merge key), or -1. */
function indexOf(list: Json[], item: Json, mergeKey: string): number {
  const identity = (value: Json) => (mergeKey && isObject(value) ? getKey(value, mergeKey) : value);
  const wanted = identity(item);
  return list.findIndex((candidate) => equal(identity(candidate), wanted));
}

export function indexOfKey(list: Json[], mergeKey: string, key: Json): number {
  return list.findIndex((item, i) => {
    if (!isObject(item)) throw new PatchError("other", `value for key ${i} is not a map`);
    return equal(getKey(item, mergeKey), key);
  });
}

export function isDeletion(item: Json): boolean {
  return getKey(asObject(item), directive) === "delete";
}

/** Removes repetitions by putting the last item in the place of each, as the real one does. */
export function deduplicated(list: Json[]): Json[] {
  const out = [...list];
  for (let i = 0; i < out.length - 1; i++)
    for (let j = i + 1; j < out.length; j++) {
      if (!equal(out[i], out[j])) continue;
      const last = out.pop()!;
      if (j < out.length) out[j] = last;
      j--;
    }
  return out;
}

export function sortScalars(list: Json[]): void {
  insertionSort(list, (a, b) => lessOrEqual(formatGoValue(a), formatGoValue(b)));
}

export function sortByKey(list: Json[], mergeKey: string): Json[] {
  const sorted = [...list];
  const text = (item: Json) => formatGoValue((getKey(asObject(item), mergeKey) ?? null) as Json);
  insertionSort(sorted, (a, b) => lessOrEqual(text(a), text(b)));
  return sorted;
}

function lessOrEqual(a: string, b: string): boolean {
  return compareStrings(a, b) <= 0;
}

/** `list` in the order of `order`; deletions go last. */
export function ordered(list: Json[], order: Json[], mergeKey: string, objects: boolean): Json[] {
  let kept = [...list];
  let deletions: Json[] = [];
  if (objects) {
    for (const item of [...list, ...order]) keyOf(item, mergeKey);
    deletions = kept.filter(isDeletion);
    kept = kept.filter((item) => !isDeletion(item));
  }
  const key = objects ? mergeKey : "";
  insertionSort(kept, (a, b) => {
    const i = indexOf(order, a, key);
    const j = indexOf(order, b, key);
    return i >= 0 && j >= 0 ? i < j : true;
  });
  return [...kept, ...deletions];
}

/**
 * The items of the patch in the order of `patchOrder` with the server's own put between them where the live list (`serverOrder`) has them. Models
 * normalizeElementOrder.
 */
export function interleaved(
  patchItems: Json[],
  serverItems: Json[],
  patchOrder: Json[],
  serverOrder: Json[],
  mergeKey: string,
  objects: boolean,
): Json[] {
  const right = ordered(patchItems, patchOrder, mergeKey, objects);
  const left = ordered(serverItems, serverOrder, mergeKey, objects);
  const key = objects ? mergeKey : "";
  const out: Json[] = [];
  let i = 0;
  let j = 0;
  while (i < left.length && j < right.length) {
    const l = indexOf(serverOrder, left[i]!, key);
    const r = indexOf(serverOrder, right[j]!, key);
    out.push(l >= 0 && r >= 0 && l < r ? left[i++]! : right[j++]!);
  }
  return [...out, ...left.slice(i), ...right.slice(j)];
}

/** The items that are in `other`, and those that are not. */
export function partition(list: Json[], other: Json[], mergeKey: string): [Json[], Json[]] {
  const within = (item: Json) =>
    mergeKey === "" ? other.some((o) => equal(o, item)) : indexOfKey(other, mergeKey, keyOf(item, mergeKey)) >= 0;
  const inside: Json[] = [];
  const outside: Json[] = [];
  for (const item of list) (within(item) ? inside : outside).push(item);
  return [inside, outside];
}
