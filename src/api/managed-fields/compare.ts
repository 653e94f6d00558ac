import { equal, getKey, isObject, type Json } from "../json.ts";
import { FieldSet } from "./field-set.ts";
import { type IndexedItem, indexed } from "./list-items.ts";
import { fitting, type ListType, type MapType, type MergeType } from "./merge-type.ts";
import type { Path } from "./path-element.ts";

/** What turns one object into another; no path is in two of the sets. */
export interface Comparison {
  removed: FieldSet;
  modified: FieldSet;
  added: FieldSet;
}

/** Compares two values of one type. Models structured-merge-diff typed/compare.go. Throws ItemError for a list that its type does not allow. */
export function compare(before: Json, after: Json, type: MergeType): Comparison {
  const result = { removed: new FieldSet(), modified: new FieldSet(), added: new FieldSet() };
  walk(before, after, type, [], result);
  return result;
}

type Side = Json | undefined;

function walk(before: Side, after: Side, type: MergeType, path: Path, out: Comparison): void {
  const left = fitting(type, before);
  const right = fitting(type, after);
  const shape = after === undefined ? left : right;
  if (before !== undefined && after !== undefined && !sameShape(left, right)) visit(before, after, left, path, out);
  const isLeaf = visit(before, after, shape, path, out);
  if (isLeaf || path.length === 0) return;
  if (before === undefined) out.added.insert(path);
  else if (after === undefined) out.removed.insert(path);
}

function sameShape(a: MergeType, b: MergeType): boolean {
  return !a.map === !b.map && !a.list === !b.list && !a.scalar === !b.scalar;
}

/** Returns true when the value was compared as a whole. */
function visit(before: Side, after: Side, type: MergeType, path: Path, out: Comparison): boolean {
  if (type.map) return visitMap(before, after, type.map, path, out);
  if (type.scalar === undefined && type.list) return visitList(before, after, type.list, path, out);
  return leaf(before, after, path, out);
}

function leaf(before: Side, after: Side, path: Path, out: Comparison): boolean {
  if (path.length === 0) return true;
  if (before === undefined) out.added.insert(path);
  else if (after === undefined) out.removed.insert(path);
  else if (!equal(before, after)) out.modified.insert(path);
  return true;
}

function visitMap(before: Side, after: Side, type: MapType, path: Path, out: Comparison): boolean {
  const left = isObject(before) ? before : {};
  const right = isObject(after) ? after : {};
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  // Two that are empty are a leaf, so that null and {} are told apart.
  if (type.atomic || keys.size === 0) return leaf(before, after, path, out);
  for (const name of keys) {
    const l = getKey(left, name) as Side;
    const r = getKey(right, name) as Side;
    if (l === undefined && r === undefined) continue;
    walk(l, r, type.member(name) ?? {}, [...path, { type: "field", name }], out);
  }
  return false;
}

function visitList(before: Side, after: Side, type: ListType, path: Path, out: Comparison): boolean {
  const left = Array.isArray(before) ? before : [];
  const right = Array.isArray(after) ? after : [];
  if (type.atomic || (!left.length && !right.length)) return leaf(before, after, path, out);
  const lefts = grouped(indexed(type, left));
  const rights = grouped(indexed(type, right));
  for (const id of new Set([...lefts.keys(), ...rights.keys()])) {
    const l = lefts.get(id) ?? [];
    const r = rights.get(id) ?? [];
    const { element } = (l[0] ?? r[0])!;
    const inner = [...path, element];
    const item = type.item();
    if (l.length <= 1 && r.length <= 1) walk(l[0]?.item, r[0]?.item, item, inner, out);
    else if (l.length >= 2 && r.length >= 2) {
      const items = (list: IndexedItem[]) => list.map((entry) => entry.item);
      if (!equal(items(l), items(r))) out.modified.insert(inner);
    } else if (l.length >= 2) {
      if (r.length) walk(undefined, r[0]!.item, item, inner, out);
      out.removed.insert(inner);
    } else {
      if (l.length) walk(l[0]!.item, undefined, item, inner, out);
      out.added.insert(inner);
    }
  }
  return false;
}

function grouped(items: IndexedItem[]): Map<string, IndexedItem[]> {
  const out = new Map<string, IndexedItem[]>();
  for (const item of items) out.set(item.id, [...(out.get(item.id) ?? []), item]);
  return out;
}
