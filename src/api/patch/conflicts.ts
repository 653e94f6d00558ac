import { formatGoValue } from "../encoding/go-value.ts";
import { equal, getKey, isObject, type Json, type JsonObject } from "../json.ts";
import { areObjects, deduplicated, directive, sortScalars } from "./merge-lists.ts";
import { retainKeys } from "./merge-maps.ts";
import { PatchError } from "./patch-error.ts";
import type { PatchMeta, PatchSchema } from "./patch-meta.ts";

/** True when two strategic patches give a field different values. Models strategicpatch.MergingMapsHaveConflicts. */
export function haveConflicts(left: Json, right: Json, schema: PatchSchema | undefined, meta?: PatchMeta): boolean {
  if (isObject(left)) {
    if (!isObject(right)) return true;
    const l = getKey(left, directive);
    const r = getKey(right, directive);
    if ((l === undefined) !== (r === undefined) || !equal(l, r)) return true;
    return meta?.strategy === "replace" ? false : mapsHaveConflicts(left, right, schema);
  }
  if (Array.isArray(left)) return Array.isArray(right) ? listsHaveConflicts(left, right, schema, meta) : true;
  return !equal(left, right);
}

function mapsHaveConflicts(left: JsonObject, right: JsonObject, schema: PatchSchema | undefined): boolean {
  // Go visits members in random order, and fails when it meets a directive before a conflict: here conflicts come first.
  const directives = Object.keys(left).filter((key) => key.startsWith("$"));
  const fields = Object.keys(left).filter((key) => !key.startsWith("$"));
  return [...fields, ...directives].some((key) => {
    const l = getKey(left, key);
    const r = getKey(right, key);
    if (key === directive || key === retainKeys || l === undefined || r === undefined) return false;
    const nested = Array.isArray(l) || isObject(l) ? schema?.member(key, Array.isArray(l)) : undefined;
    return haveConflicts(l, r, nested?.below, nested);
  });
}

function listsHaveConflicts(
  left: Json[],
  right: Json[],
  schema: PatchSchema | undefined,
  meta: PatchMeta | undefined,
): boolean {
  const objects = areObjects(left, right);
  if (meta?.strategy === "merge") {
    if (!objects) return false;
    const items = byKey(right, meta.mergeKey);
    return [...byKey(left, meta.mergeKey)].some(([key, item]) => {
      const other = items.get(key);
      return other !== undefined && haveConflicts(item, other, schema);
    });
  }
  if (left.length !== right.length) return true;
  const l = objects ? left : deduplicated(left);
  const r = objects ? right : deduplicated(right);
  if (!objects) {
    sortScalars(l);
    sortScalars(r);
  }
  return l.some((item, i) => r[i] === undefined || haveConflicts(item, r[i], schema));
}

function byKey(list: Json[], mergeKey: string): Map<string, JsonObject> {
  const out = new Map<string, JsonObject>();
  for (const item of list) {
    if (!isObject(item)) throw new PatchError("other", `invalid element type in merging list:${formatGoValue(list)}`);
    const key = getKey(item, mergeKey);
    if (key === undefined)
      throw new PatchError(
        "other",
        `cannot find merge key \`${mergeKey}\` in merging list element:${formatGoValue(item)}`,
      );
    out.set(formatGoValue(key), item);
  }
  return out;
}
