import { getKey, isObject, type Json, setKey } from "../json.ts";
import type { FieldsV1 } from "../object.ts";
import { indexed } from "./list-items.ts";
import { fitting, type MergeType } from "./merge-type.ts";

/**
 * All of a value that decides which fields its creation sets, as text: what is a structure and what a leaf, members by name. Of a leaf the
 * type alone, unless there is something that it may equal in `before`. What the only item of a merged list is called (`k:{"uid":"…"}`)
 * goes to `ids` instead: names are often all that differs. Throws ItemError for a list that its type does not allow.
 */
export function outline(value: Json, before: Json | undefined, type: MergeType, ids: string[]): string {
  const { map, list } = fitting(type, value);
  if (map && !map.atomic && isObject(value)) {
    const inner = isObject(before) ? before : {};
    let text = "{";
    for (const name of Object.keys(value)) {
      const member = getKey(value, name) as Json | undefined;
      if (member === undefined) continue;
      text += `${name.length}:${name}${outline(member, getKey(inner, name) as Json | undefined, map.member(name) ?? {}, ids)}`;
    }
    return `${text}}`;
  }
  if (list && !list.atomic && Array.isArray(value) && value.length === 1 && (before ?? null) === null) {
    ids.push(indexed(list, value)[0]!.id);
    return `[${outline(value[0]!, undefined, list.item(), ids)}]`;
  }
  // The names in a longer list stay: two of the same mark keep `renamed` away.
  if (list && !list.atomic && Array.isArray(value) && value.length > 1) ids.push("", "");
  if (before !== undefined || (list && !list.atomic)) return JSON.stringify(value);
  if (value === null) return "null";
  if (typeof value !== "object") return typeof value;
  return Array.isArray(value) ? (value.length ? "list" : "[]") : Object.keys(value).length ? "map" : "{}";
}

/** The same fields with other names of items. */
export function renamed(fields: FieldsV1, names: ReadonlyMap<string, string>): FieldsV1 {
  const out: FieldsV1 = {};
  for (const key of Object.keys(fields))
    setKey(out, names.get(key) ?? key, renamed(getKey(fields, key) as FieldsV1, names));
  return out;
}
