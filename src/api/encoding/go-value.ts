import { type Json, sortedKeys } from "../json.ts";
import { formatFloatG, formatJsonNumber } from "./go-number.ts";

/** A value of JSON as Go's `fmt` prints it with `%v`: `map[a:1 b:[x y]]`, `<nil>`. Whole numbers are int64. */
export function formatGoValue(value: Json): string {
  if (value === null) return "<nil>";
  if (typeof value === "number") return formatGoNumber(value);
  if (Array.isArray(value)) return `[${value.map(formatGoValue).join(" ")}]`;
  if (typeof value !== "object") return String(value);
  const pairs = sortedKeys(value).filter((key) => value[key] !== undefined);
  return `map[${pairs.map((key) => `${key}:${formatGoValue(value[key]!)}`).join(" ")}]`;
}

function formatGoNumber(value: number): string {
  const isInt64 = Number.isInteger(value) && value >= -(2 ** 63) && value < 2 ** 63;
  return isInt64 ? formatJsonNumber(value) : formatFloatG(value);
}
