import { isInt64 } from "../encoding/go-value.ts";
import { isObject, type Json } from "../json.ts";

/** The Go type that k8s.io/apimachinery pkg/util/json gives a value. */
export function goType(value: Json | undefined): string {
  if (value === undefined || value === null) return "%!s(<nil>)";
  if (Array.isArray(value)) return "[]interface {}";
  if (isObject(value)) return "map[string]interface {}";
  if (typeof value === "number") return isInt64(value) ? "int64" : "float64";
  return typeof value === "boolean" ? "bool" : "string";
}

/**
 * Sorts in place as Go's insertion sort does for short lists. The callers' `less` is no strict order (it is true for equal items), so that another
 * algorithm would give another result.
 */
export function insertionSort<T>(items: T[], less: (a: T, b: T) => boolean): void {
  for (let i = 1; i < items.length; i++)
    for (let j = i; j > 0 && less(items[j]!, items[j - 1]!); j--) [items[j], items[j - 1]] = [items[j - 1]!, items[j]!];
}

/** What encoding/json calls the kind of a value in its errors. */
export function jsonShape(value: Json | undefined): string {
  if (Array.isArray(value)) return "array";
  return typeof value === "boolean" ? "bool" : typeof value;
}

/** The text of encoding/json for a document that should be an object. */
export function notAnObject(value: Json): string {
  return `json: cannot unmarshal ${jsonShape(value)} into Go value of type map[string]interface {}`;
}
