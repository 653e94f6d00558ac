import { getKey, isObject, type Json, type JsonObject, setKey } from "../json.ts";
import type { FieldSet } from "./field-set.ts";
import { elementOf } from "./list-items.ts";
import { fitting, type MergeType } from "./merge-type.ts";
import type { PathElement } from "./path-element.ts";

/**
 * The value without the members and items of a set; a map or list that loses all of its members stays, empty. Models structured-merge-diff
 * typed/remove.go (RemoveItems).
 */
export function removeItems(value: Json, gone: FieldSet, type: MergeType): Json {
  const { map, list } = fitting(type, value);
  if (isObject(value) && map) return removeFromMap(value, gone, map.atomic, (key) => map.member(key) ?? {});
  if (Array.isArray(value) && list) {
    if (list.atomic || !value.length) return null;
    let matched = false;
    const out: Json[] = [];
    for (const item of value) {
      const element = elementOf(list, item);
      if (gone.has(element)) continue;
      const below = gone.below(element);
      matched ||= below !== undefined;
      out.push(below === undefined ? item : inside(item, below, list.item()));
    }
    return out.length || matched ? out : null;
  }
  return value;
}

function removeFromMap(value: JsonObject, gone: FieldSet, atomic: boolean, typeOf: (key: string) => MergeType): Json {
  const keys = Object.keys(value);
  if (atomic || !keys.length) return null;
  let matched = false;
  const out: JsonObject = {};
  for (const name of keys) {
    const member = getKey(value, name) as Json | undefined;
    const element: PathElement = { type: "field", name };
    if (member === undefined || gone.has(element)) continue;
    const below = gone.below(element);
    matched ||= below !== undefined;
    setKey(out, name, below === undefined ? member : inside(member, below, typeOf(name)));
  }
  return Object.keys(out).length || matched ? out : null;
}

/** Removes below a value that itself stays. */
function inside(value: Json, gone: FieldSet, type: MergeType): Json {
  const left = removeItems(value, gone, type);
  if (left !== null) return left;
  if (isObject(value)) return {};
  return Array.isArray(value) ? [] : null;
}
