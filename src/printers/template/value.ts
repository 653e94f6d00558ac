import { byteLength } from "../../api/encoding/text.ts";
import { type GoData, kindOf, numberOf, typeOf } from "../go/value.ts";

/**
 * A value while a template runs, as Go's `reflect.Value`. `undefined` is the invalid Value: what a missing key and an untyped nil are.
 * `held` tells that an interface holds the data, which is so for members of maps and lists and only shows in error texts; nil data is
 * always held.
 */
export type Value = { data: GoData; held: boolean } | undefined;

/** Data that no interface holds; nil becomes the invalid Value (`reflect.ValueOf`). */
export function concrete(data: GoData | undefined): Value {
  return data === null || data === undefined ? undefined : { data, held: false };
}

/** A member of a map or a list. */
export function held(data: GoData): Value {
  return { data, held: true };
}

/** Forgets that an interface held the data. */
export function unwrapped(value: Value): Value {
  return value?.held ? concrete(value.data) : value;
}

/** The type as Go's `reflect.Value.Type` names it; only for valid values. */
export function valueType(value: NonNullable<Value>): string {
  return value.held ? "interface {}" : typeOf(value.data);
}

/** What `if` and `with` take for true: all but zero, the empty and nil. */
export function isTrue(value: Value): boolean {
  const data = value?.data;
  switch (kindOf(data)) {
    case "invalid":
      return false;
    case "bool":
      return data === true;
    case "string":
    case "slice":
    case "map":
      return lengthOf(data) > 0;
    default:
      return numberOf(data) !== 0;
  }
}

/** Bytes of a string, items of a list, members of a map; -1 for other data. */
export function lengthOf(data: GoData | undefined): number {
  if (typeof data === "string") return byteLength(data);
  if (Array.isArray(data)) return data.length;
  if (kindOf(data) !== "map") return -1;
  return Object.values(data as object).filter((member) => member !== undefined).length;
}
