import { formatGoText, formatGoValue } from "../encoding/go-value.ts";
import { clone, equal, getKey, isObject, type Json, type JsonObject, setKey } from "../json.ts";
import { goType } from "./go-values.ts";
import {
  areObjects,
  asList,
  asObject,
  deduplicated,
  directive,
  indexOfKey,
  interleaved,
  isDeletion,
  keyOf,
  noMergeKey,
  partition,
} from "./merge-lists.ts";
import { PatchError } from "./patch-error.ts";
import type { PatchSchema } from "./patch-meta.ts";

/**
 * The merge of a strategic patch into an object, or (`server` off) into another patch, whose directives and nulls then stay. Models mergeMap of
 * k8s.io/apimachinery pkg/util/strategicpatch/patch.go. The functions change both of their arguments: callers give copies.
 */
export interface MergeOptions {
  server: boolean;
}

export const retainKeys = "$retainKeys";
export const deletePrefix = "$deleteFromPrimitiveList";
export const orderPrefix = "$setElementOrder";

const badOrderList = () => new PatchError("malformed", "invalid patch format of setElementOrder list");
const badRetainKeys = () => new PatchError("malformed", "invalid patch format of retainKeys");

function fieldOf(key: string, prefix: string, error: () => PatchError): string {
  const slash = key.indexOf("/");
  if (slash < 0 || key.slice(0, slash) !== prefix) throw error();
  return key.slice(slash + 1);
}

function badDirective(value: Json, patch: JsonObject): PatchError {
  return new PatchError("other", `unknown patch type: ${formatGoText(value)} in map: ${formatGoValue(patch)}`);
}

export function mergeMap(
  target: JsonObject,
  patch: JsonObject,
  schema: PatchSchema,
  options: MergeOptions,
): JsonObject {
  const whole = getKey(patch, directive);
  if (whole !== undefined) {
    if (whole === "delete") return {};
    if (whole !== "replace") throw badDirective(whole, patch);
    delete patch[directive];
    return patch;
  }
  applyRetainKeys(target, patch, options);
  mergeOrderedLists(target, patch, schema, options);

  for (const patchKey of Object.keys(patch)) {
    const value = getKey(patch, patchKey);
    if (value === undefined) continue;
    const isDeleteList = patchKey.startsWith(deletePrefix);
    if (isDeleteList && !options.server) {
      setKey(target, patchKey, value);
      continue;
    }
    const key = isDeleteList
      ? fieldOf(patchKey, deletePrefix, () => new PatchError("malformed", "invalid patch format of primitive list"))
      : patchKey;
    if (value === null) {
      delete target[key];
      if (options.server) continue;
    }
    const current = getKey(target, key);
    if (current === undefined || goType(current) !== goType(value)) {
      if (!isDeleteList) take(target, key, value, options);
    } else if (isObject(current)) {
      const { strategy, below } = schema.member(key, false);
      setKey(target, key, strategy === "replace" ? value : mergeMap(current, asObject(value), below, options));
    } else if (Array.isArray(current)) {
      const { strategy, mergeKey, below } = schema.member(key, true);
      const list = asList(value);
      setKey(
        target,
        key,
        strategy === "merge" || isDeleteList ? mergeList(current, list, below, mergeKey, options, isDeleteList) : list,
      );
    } else take(target, key, value, { server: false });
  }
  return target;
}

/** Takes over a value that replaces what is there: without directives, and on the server without nulls. */
function take(target: JsonObject, key: string, value: Json, options: MergeOptions): void {
  if (options.server) dropNulls(value);
  const kept = withoutDirectives(value);
  if (kept === undefined) delete target[key];
  else setKey(target, key, kept);
}

function dropNulls(value: Json): void {
  if (Array.isArray(value)) for (const item of value) dropNulls(item);
  else if (isObject(value))
    for (const key of Object.keys(value)) {
      const member = getKey(value, key);
      if (member === null) delete value[key];
      else if (member !== undefined) dropNulls(member);
    }
}

/** The value, from which what carries a directive is taken out; `undefined` when it carries one itself. */
function withoutDirectives(value: Json): Json | undefined {
  if (Array.isArray(value)) return value.map(withoutDirectives).filter((item) => item !== undefined);
  if (!isObject(value)) return value;
  if (Object.hasOwn(value, directive)) return undefined;
  for (const key of Object.keys(value)) {
    const member = getKey(value, key);
    const kept = member === undefined ? undefined : withoutDirectives(member);
    if (kept === undefined) delete value[key];
    else setKey(value, key, kept);
  }
  return value;
}

/** `$retainKeys`: the members that may stay. */
function applyRetainKeys(target: JsonObject, patch: JsonObject, options: MergeOptions): void {
  const inPatch = getKey(patch, retainKeys);
  if (inPatch === undefined) return;
  delete patch[retainKeys];
  if (!options.server) {
    const inTarget = getKey(target, retainKeys);
    if (inTarget === undefined) setKey(target, retainKeys, inPatch);
    else if (!equal(inTarget, inPatch))
      throw new PatchError(
        "other",
        `${formatGoValue(inTarget)} and ${formatGoValue(inPatch)} are not deep equal: this may happen when calculating the 3-way diff patch`,
      );
    return;
  }
  if (!Array.isArray(inPatch)) throw badRetainKeys();
  for (const key of Object.keys(patch)) {
    if (getKey(patch, key) === null || key.startsWith(deletePrefix) || key.startsWith(orderPrefix)) continue;
    if (!inPatch.includes(key)) throw badRetainKeys();
  }
  for (const key of Object.keys(target)) if (!inPatch.includes(key)) delete target[key];
}

/** `$setElementOrder/FIELD` together with the list that it orders. */
function mergeOrderedLists(target: JsonObject, patch: JsonObject, schema: PatchSchema, options: MergeOptions): void {
  for (const patchKey of Object.keys(patch)) {
    if (!patchKey.startsWith(orderPrefix)) continue;
    const order = getKey(patch, patchKey)!;
    if (!options.server) {
      const inTarget = getKey(target, patchKey);
      if (inTarget === undefined) setKey(target, patchKey, order);
      else if (!equal(inTarget, order)) throw badOrderList();
    }
    delete patch[patchKey];
    const orderList = asList(order);
    const key = fieldOf(patchKey, orderPrefix, badOrderList);
    const current = getKey(target, key);
    const change = getKey(patch, key);
    const currentList = current === undefined ? [] : asList(current);
    const changeList = change === undefined ? [] : asList(change);
    const { strategy, mergeKey, below } = schema.member(key, true);
    checkOrder(changeList, orderList, mergeKey);
    if (current === undefined && change === undefined) continue;

    let merged: Json[];
    if (change === undefined) merged = currentList;
    else if (current === undefined) merged = asList(withoutDirectives(change));
    else
      merged =
        strategy === "merge"
          ? mergeList(clone(currentList), clone(changeList), below, mergeKey, options, false)
          : changeList;
    const objects = areObjects(currentList, changeList);
    const [fromPatch, serverOnly] = partition(merged, orderList, mergeKey);
    setKey(target, key, interleaved(fromPatch, serverOnly, orderList, currentList, mergeKey, objects));
    delete patch[key];
  }
}

/** The items of the patch (deletions aside) must come in the order that they have in the order list, all of them. */
function checkOrder(change: Json[], order: Json[], mergeKey: string): void {
  if (!order.length || !change.length) return;
  const items = mergeKey ? change.filter((item) => !isDeletion(item)) : change;
  let next = 0;
  for (const place of order) {
    while (next < items.length && isObject(items[next]) && Object.hasOwn(items[next] as JsonObject, directive)) next++;
    if (next >= items.length) return;
    const item = items[next]!;
    if (mergeKey ? equal(keyOf(item, mergeKey), keyOf(place, mergeKey)) : equal(item, place)) next++;
  }
  if (next < items.length)
    throw new PatchError(
      "other",
      `The order in patch list:\n${formatGoValue(change)}\n doesn't match ${orderPrefix} list:\n${formatGoValue(order)}\n`,
    );
}

function mergeList(
  current: Json[],
  change: Json[],
  schema: PatchSchema,
  mergeKey: string,
  options: MergeOptions,
  isDeleteList: boolean,
): Json[] {
  if (!current.length && !change.length) return current;
  const objects = areObjects(current, change);
  let items = change;
  let live = current;
  let merged: Json[];
  if (!objects) {
    if (options.server && isDeleteList) return current.filter((item) => !change.some((gone) => equal(gone, item)));
    merged = deduplicated([...current, ...change]);
  } else {
    if (mergeKey === "") throw new PatchError("other", "cannot merge lists without merge key for struct");
    [live, items] = applyItemDirectives(current, change, mergeKey);
    merged = mergeItems(live, items, mergeKey, schema, options);
  }
  const [fromPatch, serverOnly] = partition(merged, items, mergeKey);
  return interleaved(fromPatch, serverOnly, items, objects ? live : current, mergeKey, objects);
}

/** Carries out the items with `$patch`; returns the live list and the other items of the patch. */
function applyItemDirectives(current: Json[], change: Json[], mergeKey: string): [Json[], Json[]] {
  let live = [...current];
  const others: Json[] = [];
  let replace = false;
  for (const item of change) {
    const object = asObject(item);
    const what = getKey(object, directive);
    if (what === undefined) others.push(item);
    else if (what === "replace") replace = true;
    else if (what === "delete") {
      const key = getKey(object, mergeKey);
      if (key === undefined) throw noMergeKey(object, mergeKey);
      for (let i = indexOfKey(live, mergeKey, key); i >= 0; i = indexOfKey(live, mergeKey, key))
        live = [...live.slice(0, i), ...live.slice(i + 1)];
    } else if (what === "merge") throw new PatchError("other", "merging lists cannot yet be specified in the patch");
    else throw badDirective(what, object);
  }
  return replace ? [others, []] : [live, others];
}

function mergeItems(live: Json[], items: Json[], mergeKey: string, schema: PatchSchema, options: MergeOptions): Json[] {
  const merged = [...live];
  for (const item of items) {
    const object = asObject(item);
    const index = indexOfKey(merged, mergeKey, keyOf(object, mergeKey));
    if (index < 0) merged.push(item);
    else merged[index] = mergeMap(asObject(merged[index]), object, schema, options);
  }
  return merged;
}
