import { type Json, sortedKeys } from "../json.ts";
import { formatFloatG, formatJsonNumber } from "./go-number.ts";

/** A value of JSON as Go's `fmt` prints it with `%v`: `map[a:1 b:[x y]]`, `<nil>`. Whole numbers are int64. */
export function formatGoValue(value: Json): string {
  return format(value, (leaf) => {
    if (leaf === null) return "<nil>";
    return typeof leaf === "number" ? formatGoNumber(leaf) : String(leaf);
  });
}

/** The same with `%s`, which says of what is no text that it is none: `%!s(int64=1)`, `%!s(<nil>)`. */
export function formatGoText(value: Json): string {
  return format(value, (leaf) => {
    if (leaf === null) return "%!s(<nil>)";
    if (typeof leaf === "string") return leaf;
    const type = typeof leaf === "boolean" ? "bool" : isInt64(leaf) ? "int64" : "float64";
    return `%!s(${type}=${formatGoValue(leaf)})`;
  });
}

type Leaf = null | boolean | number | string;

function format(value: Json, leaf: (value: Leaf) => string): string {
  if (Array.isArray(value)) return `[${value.map((item) => format(item, leaf)).join(" ")}]`;
  if (value === null || typeof value !== "object") return leaf(value);
  const pairs = sortedKeys(value).filter((key) => value[key] !== undefined);
  return `map[${pairs.map((key) => `${key}:${format(value[key]!, leaf)}`).join(" ")}]`;
}

function formatGoNumber(value: number): string {
  return isInt64(value) ? formatJsonNumber(value) : formatFloatG(value);
}

/** What the decoders of Kubernetes make an int64 of, and no float64. */
export function isInt64(value: number): boolean {
  return Number.isInteger(value) && value >= -(2 ** 63) && value < 2 ** 63;
}
