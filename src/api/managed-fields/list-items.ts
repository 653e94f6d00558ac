import { goQuote } from "../encoding/go-quote.ts";
import { getKey, isObject, type Json, sortedKeys } from "../json.ts";
import type { ListType } from "./merge-type.ts";
import { type PathElement, serialize } from "./path-element.ts";

/** An item that a list of its type cannot have. `message` is the real text. */
export class ItemError extends Error {
  override readonly name = "ItemError";
}

/** The path element of an item of a set or of a list of objects by keys. Throws ItemError. Models structured-merge-diff listItemToPathElement. */
export function elementOf(list: ListType, item: Json): PathElement {
  if (!list.keys.length) {
    if (isObject(item)) throw new ItemError("associative list without keys has an element that's a map type");
    if (Array.isArray(item)) throw new ItemError("not supported: associative list with lists as elements");
    if (item === null) throw new ItemError("associative list without keys has an element that's an explicit null");
    return { type: "value", value: item };
  }
  if (item === null) throw new ItemError("associative list with keys may not have a null element");
  if (!isObject(item)) throw new ItemError("associative list with keys may not have non-map elements");
  const fields: [string, Json][] = [];
  const type = list.item().map;
  for (const name of list.keys) {
    const value =
      (getKey(item, name) as Json | undefined) ?? (Object.hasOwn(item, name) ? null : type?.defaultOf(name));
    if (value !== undefined) fields.push([name, value]);
  }
  if (!fields.length)
    throw new ItemError(
      `associative list with keys has an element that omits all key fields [${list.keys.map(goQuote).join(" ")}] (and doesn't have default values for any key fields)`,
    );
  const names = sortedKeys(Object.fromEntries(fields));
  return { type: "key", fields: names.map((name) => fields.find(([field]) => field === name)!) };
}

export interface IndexedItem {
  element: PathElement;
  /** Equal for equal elements. */
  id: string;
  item: Json;
}

export function indexed(list: ListType, items: readonly Json[]): IndexedItem[] {
  return items.map((item) => {
    const element = elementOf(list, item);
    return { element, id: serialize(element), item };
  });
}
