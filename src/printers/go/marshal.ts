import { sortedKeys } from "../../api/json.ts";
import { formatFloat } from "./float.ts";
import { type GoData, GoNumber, isMap, kindOf, numberOf } from "./value.ts";

/**
 * Data as Go's `encoding/json` writes it: keys sorted, `<`, `>`, `&`, U+2028 and U+2029 escaped. With `indent` as MarshalIndent with no
 * prefix, else on one line.
 */
export function marshal(data: GoData | undefined, indent = "", depth = 0): string {
  if (data === null || data === undefined) return "null";
  if (typeof data === "string") return marshalString(data);
  if (typeof data === "boolean") return String(data);
  if (typeof data === "number" || data instanceof GoNumber) return marshalNumber(data);
  const parts = Array.isArray(data)
    ? data.map((item) => marshal(item, indent, depth + 1))
    : sortedKeys(data)
        .filter((key) => data[key] !== undefined)
        .map((key) => `${marshalString(key)}:${indent === "" ? "" : " "}${marshal(data[key], indent, depth + 1)}`);
  const [open, close] = isMap(data) ? ["{", "}"] : ["[", "]"];
  if (parts.length === 0) return open + close;
  if (indent === "") return open + parts.join(",") + close;
  const inner = `\n${indent.repeat(depth + 1)}`;
  return `${open}${inner}${parts.join(`,${inner}`)}\n${indent.repeat(depth)}${close}`;
}

function marshalNumber(data: number | GoNumber): string {
  const number = numberOf(data) ?? 0;
  if (kindOf(data) !== "float") return BigInt(number).toString();
  const size = Math.abs(number);
  if (size !== 0 && (size < 1e-6 || size >= 1e21)) {
    return formatFloat(number, "e", -1).replace(/e-0(\d)$/, "e-$1");
  }
  return formatFloat(number, "f", -1);
}

function marshalString(text: string): string {
  return JSON.stringify(text.replace(/[\ud800-\udfff]/gu, "\ufffd")).replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
