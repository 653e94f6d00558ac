import { getKey, isObject, type Json } from "../json.ts";
import { FieldSet, type NamedFields } from "./field-set.ts";
import { indexed } from "./list-items.ts";
import { fitting, type MergeType } from "./merge-type.ts";
import type { Path, PathElement } from "./path-element.ts";

/** Every leaf and every item that a value mentions. Models structured-merge-diff typed/tofieldset.go. Throws ItemError. */
export function toFieldSet(value: Json, type: MergeType): FieldSet {
  const out = new FieldSet();
  walk(value, type, [], out);
  return out;
}

function walk(value: Json, type: MergeType, path: Path, out: FieldSet): void {
  const { map, scalar, list } = fitting(type, value);
  if (map) {
    if (map.atomic) out.insert(path);
    else if (isObject(value))
      for (const name of Object.keys(value)) {
        const member = getKey(value, name) as Json | undefined;
        if (member === undefined) continue;
        const inner: Path = [...path, { type: "field", name }];
        walk(member, map.member(name) ?? {}, inner, out);
        const empty = member === null || (isObject(member) && Object.keys(member).length === 0);
        if (empty || !map.isNamed(name)) out.insert(inner);
      }
  } else if (scalar !== undefined) out.insert(path);
  else if (list) {
    if (list.atomic) out.insert(path);
    else if (Array.isArray(value)) {
      const items = indexed(list, value);
      for (const { element, id, item } of items) {
        const inner = [...path, element];
        // Of items that occur more than once only their being there is owned.
        if (items.filter((other) => other.id === id).length === 1) walk(item, list.item(), inner, out);
        out.insert(inner);
      }
    }
  }
}

/** Tells which steps of a path are members that the schema names. Models Set.EnsureNamedFieldsAreMembers. */
export function namedFields(type: MergeType): NamedFields {
  return {
    isNamed: (element) => element.type === "field" && (type.map?.isNamed(element.name) ?? false),
    below: (element) => namedFields(typeBelow(type, element)),
  };
}

function typeBelow(type: MergeType, element: PathElement): MergeType {
  if (element.type === "field") return type.map?.member(element.name) ?? {};
  return element.type === "key" ? (type.list?.item() ?? {}) : {};
}
