import { formatGoValue } from "../encoding/go-value.ts";
import { compareStrings, equal, getKey, isObject, type Json, type JsonObject, setKey } from "../json.ts";
import { goType } from "./go-values.ts";
import {
  areObjects,
  asObject,
  deduplicated,
  directive,
  keyOf,
  ordered,
  sortByKey,
  sortScalars,
} from "./merge-lists.ts";
import { deletePrefix, orderPrefix, retainKeys } from "./merge-maps.ts";
import { PatchError } from "./patch-error.ts";
import type { PatchSchema } from "./patch-meta.ts";

/**
 * The difference of two objects as a strategic merge patch. Models diffMaps of k8s.io/apimachinery pkg/util/strategicpatch/patch.go. `original` may be
 * changed (its lists of scalars are sorted), as the real one does: callers give copies.
 */
export interface DiffOptions {
  setElementOrder: boolean;
  ignoreChangesAndAdditions: boolean;
  ignoreDeletions: boolean;
  retainKeys?: boolean;
}

const keysOf = (object: JsonObject) => Object.keys(object).filter((key) => getKey(object, key) !== undefined);

export function diffMaps(
  original: JsonObject,
  modified: JsonObject,
  schema: PatchSchema,
  options: DiffOptions,
): JsonObject {
  const patch: JsonObject = {};
  const retained: Json[] = [];
  for (const key of keysOf(modified)) {
    const next = getKey(modified, key)!;
    if (options.retainKeys && next !== null) retained.push(key);
    const previous = getKey(original, key);
    if (previous !== undefined && key === directive) {
      if (typeof previous !== "string" || typeof next !== "string")
        throw new PatchError("other", `invalid value for special key: ${directive}`);
      if (previous !== next) setKey(patch, directive, next);
    } else if (previous === undefined || goType(previous) !== goType(next)) {
      if (!options.ignoreChangesAndAdditions) setKey(patch, key, next);
    } else if (isObject(next)) diffObject(key, asObject(previous), next, patch, schema, options);
    else if (Array.isArray(next)) diffList(key, previous as Json[], next, patch, schema, options);
    else replaceIfChanged(key, previous, next, patch, options);
  }
  if (!options.ignoreDeletions)
    for (const key of keysOf(original)) if (getKey(modified, key) === undefined) setKey(patch, key, null);

  const more = () =>
    keysOf(original).some((key) => getKey(original, key) !== null && getKey(modified, key) === undefined);
  if (retained.length && (keysOf(patch).length || more())) {
    sortScalars(retained);
    patch[retainKeys] = retained;
  }
  return patch;
}

function replaceIfChanged(key: string, previous: Json, next: Json, patch: JsonObject, options: DiffOptions): void {
  if (!options.ignoreChangesAndAdditions && !equal(previous, next)) setKey(patch, key, next);
}

/** The meta of a member; `undefined` when the schema has none and the two values are the same anyway. */
function metaOf(schema: PatchSchema, key: string, asList: boolean, previous: Json, next: Json) {
  try {
    return schema.member(key, asList);
  } catch (error) {
    if (error instanceof PatchError && equal(previous, next)) return undefined;
    throw error;
  }
}

function diffObject(
  key: string,
  previous: JsonObject,
  next: JsonObject,
  patch: JsonObject,
  schema: PatchSchema,
  options: DiffOptions,
): void {
  const meta = metaOf(schema, key, false, previous, next);
  if (meta === undefined) return;
  if (meta.strategy === "replace") {
    if (!options.ignoreChangesAndAdditions) setKey(patch, key, next);
    return;
  }
  const inner = diffMaps(previous, next, meta.below, { ...options, retainKeys: meta.retainKeys });
  if (keysOf(inner).length) setKey(patch, key, inner);
}

function diffList(
  key: string,
  previous: Json[],
  next: Json[],
  patch: JsonObject,
  schema: PatchSchema,
  options: DiffOptions,
): void {
  const meta = metaOf(schema, key, true, previous, next);
  if (meta === undefined) return;
  if (meta.strategy !== "merge") {
    replaceIfChanged(key, previous, next, patch, options);
    return;
  }
  const inner = { ...options, retainKeys: meta.retainKeys };
  const { changes, deletions, order } = diffItems(previous, next, meta.below, meta.mergeKey, inner);
  if (changes.length) setKey(patch, key, changes);
  if (deletions.length) setKey(patch, `${deletePrefix}/${key}`, deletions);
  if (order.length) setKey(patch, `${orderPrefix}/${key}`, order);
}

interface ListDiff {
  changes: Json[];
  /** Scalars alone; objects are deleted by an item in `changes`. */
  deletions: Json[];
  order: Json[];
}

function diffItems(
  previous: Json[],
  next: Json[],
  schema: PatchSchema,
  mergeKey: string,
  options: DiffOptions,
): ListDiff {
  const { ignoreChangesAndAdditions, ignoreDeletions, setElementOrder } = options;
  if (!previous.length) return { changes: ignoreChangesAndAdditions ? [] : next, deletions: [], order: [] };

  if (areObjects(previous, next)) {
    const diff = diffObjects(previous, next, schema, mergeKey, options);
    const changes = [...ordered(diff.changes, next, mergeKey, true), ...diff.deletions];
    const sameOrder =
      previous.length === next.length &&
      next.every((item, i) => equal(keyOf(previous[i], mergeKey), keyOf(item, mergeKey)));
    const wanted =
      (!ignoreChangesAndAdditions && (changes.length > 0 || !sameOrder)) || (!ignoreDeletions && changes.length > 0);
    const order = setElementOrder && wanted ? next.map((item) => ({ [mergeKey]: keyOf(item, mergeKey) })) : [];
    return { changes, deletions: [], order };
  }
  const diff = diffScalars(previous, next, options);
  const wanted =
    (!ignoreDeletions && diff.deletions.length > 0) || (!ignoreChangesAndAdditions && !equal(previous, next));
  return {
    changes: ordered(diff.changes, next, "", false),
    deletions: diff.deletions,
    order: setElementOrder && wanted ? next : [],
  };
}

/** Sorts `previous`; whether `$setElementOrder` is needed is judged on the sorted list. */
function diffScalars(previous: Json[], next: Json[], options: DiffOptions): { changes: Json[]; deletions: Json[] } {
  const sorted = [...next];
  sortScalars(previous);
  sortScalars(sorted);
  const changes: Json[] = [];
  const deletions: Json[] = [];
  zipSorted(previous, sorted, formatGoValue, {
    both: () => {},
    removed: (item) => {
      if (!options.ignoreDeletions) deletions.push(item);
    },
    added: (item) => {
      if (!options.ignoreChangesAndAdditions) changes.push(item);
    },
  });
  return { changes, deletions: deduplicated(deletions) };
}

function diffObjects(
  previous: Json[],
  next: Json[],
  schema: PatchSchema,
  mergeKey: string,
  options: DiffOptions,
): { changes: Json[]; deletions: Json[] } {
  const changes: Json[] = [];
  const deletions: Json[] = [];
  zipSorted(sortByKey(previous, mergeKey), sortByKey(next, mergeKey), (item) => formatGoValue(keyOf(item, mergeKey)), {
    both: (before, after) => {
      const inner = diffMaps(asObject(before), asObject(after), schema, options);
      if (!keysOf(inner).length) return;
      setKey(inner, mergeKey, keyOf(after, mergeKey));
      changes.push(inner);
    },
    removed: (item) => {
      if (!options.ignoreDeletions) deletions.push({ [mergeKey]: keyOf(item, mergeKey), [directive]: "delete" });
    },
    added: (item) => {
      if (!options.ignoreChangesAndAdditions) changes.push(item);
    },
  });
  return { changes, deletions };
}

/** Walks two lists that are sorted by the same text. */
function zipSorted(
  left: Json[],
  right: Json[],
  text: (item: Json) => string,
  visit: { both(l: Json, r: Json): void; removed(l: Json): void; added(r: Json): void },
): void {
  let i = 0;
  let j = 0;
  while (i < left.length || j < right.length) {
    const l = i < left.length ? text(left[i]!) : undefined;
    const r = j < right.length ? text(right[j]!) : undefined;
    if (l !== undefined && l === r) visit.both(left[i++]!, right[j++]!);
    else if (l === undefined || (r !== undefined && compareStrings(l, r) > 0)) visit.added(right[j++]!);
    else visit.removed(left[i++]!);
  }
}
