import { clone, equal, getKey, isObject, type Json, type JsonObject, setKey, sortedKeys } from "../json.ts";
import { PatchConflictError, PatchError } from "./patch-error.ts";

function sorted(object: JsonObject): JsonObject {
  const out: JsonObject = {};
  for (const key of sortedKeys(object)) setKey(out, key, getKey(object, key));
  return out;
}

/**
 * Applies an RFC 7386 merge patch and returns the result; neither argument is changed. An array takes the place of the whole document, any other patch that
 * is no object is refused with a PatchError. Models evanphx/json-patch v4 MergePatch, which prunes nulls inside of what is new.
 */
export function applyJsonMergePatch(document: JsonObject, patch: JsonObject): JsonObject;
export function applyJsonMergePatch(document: JsonObject, patch: Json): JsonObject | Json[];
export function applyJsonMergePatch(document: JsonObject, patch: Json): JsonObject | Json[] {
  if (Array.isArray(patch)) return patch.map(pruned);
  if (!isObject(patch)) throw new PatchError("malformed", "Invalid JSON Patch");
  return mergeObjects(document, patch);
}

/** A new value without the null members of its objects, which come out sorted. */
function pruned(value: Json): Json {
  if (Array.isArray(value)) return value.map(pruned);
  if (!isObject(value)) return value;
  const out: JsonObject = {};
  for (const key of sortedKeys(value)) {
    const member = getKey(value, key);
    if (member !== null && member !== undefined) setKey(out, key, pruned(member));
  }
  return out;
}

/** The members come out sorted, as from the Go maps of the real one; what the patch leaves alone keeps its order. */
function mergeObjects(document: JsonObject, patch: JsonObject): JsonObject {
  const out = clone(document);
  for (const key of Object.keys(patch)) {
    const value = getKey(patch, key);
    if (value === undefined) continue;
    const current = getKey(out, key);
    if (value === null) delete out[key];
    else if (isObject(value) && isObject(current)) setKey(out, key, mergeObjects(current, value));
    // An array that replaces an object keeps the nulls inside of it, since only a new value or one over a scalar is pruned.
    else setKey(out, key, isObject(current) ? clone(value) : pruned(value));
  }
  return sorted(out);
}

/** The merge patch that turns `original` into `modified`. Models evanphx/json-patch v4 CreateMergePatch. */
export function createJsonMergePatch(original: JsonObject, modified: JsonObject): JsonObject {
  const patch: JsonObject = {};
  for (const key of Object.keys(modified)) {
    const next = getKey(modified, key);
    if (next === undefined) continue;
    const previous = getKey(original, key);
    if (isObject(previous) && isObject(next)) {
      const inner = createJsonMergePatch(previous, next);
      if (Object.keys(inner).length) setKey(patch, key, inner);
    } else if (previous === undefined || !equal(previous, next)) setKey(patch, key, clone(next));
  }
  for (const key of Object.keys(original))
    if (getKey(original, key) !== undefined && getKey(modified, key) === undefined) setKey(patch, key, null);
  return patch;
}

/** Keeps the null members alone, or all the others. Models keepOrDeleteNullInObj. */
function filterNulls(patch: JsonObject, keepNull: boolean): JsonObject {
  const out: JsonObject = {};
  for (const key of Object.keys(patch)) {
    const value = getKey(patch, key);
    if (value === undefined) continue;
    if (value === null) {
      if (keepNull) setKey(out, key, null);
    } else if (isObject(value) && Object.keys(value).length) {
      const inner = filterNulls(value, keepNull);
      if (Object.keys(inner).length) setKey(out, key, inner);
    } else if (!keepNull) setKey(out, key, value);
  }
  return out;
}

/** True when both have a member with different values. Models mergepatch.HasConflicts. */
function haveConflicts(left: Json, right: Json): boolean {
  if (isObject(left) && isObject(right))
    return Object.keys(left).some(
      (key) => Object.hasOwn(right, key) && haveConflicts(getKey(left, key) as Json, getKey(right, key) as Json),
    );
  if (Array.isArray(left) && Array.isArray(right))
    return left.length !== right.length || left.some((item, i) => haveConflicts(item, right[i]!));
  return !equal(left, right);
}

/**
 * What `kubectl apply` sends for a kind without strategic merge: additions and changes from `current` to `modified`, removals from `original` to
 * `modified`. Models k8s.io/apimachinery pkg/util/jsonmergepatch.
 */
export function createThreeWayJsonMergePatch(
  original: JsonObject,
  modified: JsonObject,
  current: JsonObject,
): JsonObject {
  const changes = filterNulls(createJsonMergePatch(current, modified), false);
  const removals = filterNulls(createJsonMergePatch(original, modified), true);
  if (haveConflicts(changes, removals)) throw new PatchConflictError(changes, removals);
  return mergeObjects(removals, changes);
}
