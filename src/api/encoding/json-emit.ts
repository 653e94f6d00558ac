import { type Json, type JsonObject, sortedKeys } from "../json.ts";
import { formatJsonNumber } from "./go-number.ts";

/**
 * The fields of a Go struct in the order they are declared, with the struct that each one holds (itself, in a list or as
 * the values of a map); null for everything whose keys Go sorts.
 */
export interface StructFields {
  readonly [field: string]: StructFields | null;
}

/**
 * JSON as Go's json.Marshal and json.MarshalIndent write it: `<`, `>`, `&`, U+2028 and U+2029 escaped, keys sorted by
 * bytes, or in the order of `fields` where the object is a struct. Without `indent` it is written on one line.
 */
export function emitJson(value: Json, indent = "", fields: StructFields | null = null): string {
  return indent === "" ? compact(value, fields) : indented(value, indent, "\n", fields);
}

/** The keys of an object with a value, in the order in which Go writes them. */
export function orderedKeys(value: JsonObject, fields: StructFields | null): string[] {
  const keys = sortedKeys(value).filter((key) => value[key] !== undefined);
  if (fields === null) return keys;
  const declared = Object.keys(fields).filter((key) => Object.hasOwn(value, key) && value[key] !== undefined);
  return [...declared, ...keys.filter((key) => !Object.hasOwn(fields, key))];
}

function fieldsOf(fields: StructFields | null, key: string): StructFields | null {
  if (fields === null) return null;
  return Object.hasOwn(fields, key) ? fields[key]! : null;
}

function compact(value: Json, fields: StructFields | null): string {
  if (typeof value !== "object" || value === null) return scalar(value);
  if (Array.isArray(value)) return `[${value.map((item) => compact(item ?? null, fields)).join(",")}]`;
  const pairs = orderedKeys(value, fields).map(
    (key) => `${quoteJson(key)}:${compact(value[key]!, fieldsOf(fields, key))}`,
  );
  return `{${pairs.join(",")}}`;
}

function indented(value: Json, indent: string, line: string, fields: StructFields | null): string {
  if (typeof value !== "object" || value === null) return scalar(value);
  const inner = line + indent;
  if (Array.isArray(value)) {
    if (value.length === 0) return "[]";
    return `[${inner}${value.map((item) => indented(item ?? null, indent, inner, fields)).join(`,${inner}`)}${line}]`;
  }
  const keys = orderedKeys(value, fields);
  if (keys.length === 0) return "{}";
  const pairs = keys.map((key) => `${quoteJson(key)}: ${indented(value[key]!, indent, inner, fieldsOf(fields, key))}`);
  return `{${inner}${pairs.join(`,${inner}`)}${line}}`;
}

function scalar(value: null | boolean | number | string): string {
  if (typeof value === "string") return quoteJson(value);
  return typeof value === "number" ? formatJsonNumber(value) : String(value);
}

const PLAIN = /^[ !#-%'-;=?-[\]-~]*$/;

/** JSON with the characters escaped that Go's encoder escapes beyond what JSON asks for. */
export function escapeAsGo(json: string): string {
  return json.replace(/[<>&\u2028\u2029]/g, (rune) => `\\u${rune.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** A text as a JSON string of Go's encoder. */
export function quoteJson(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : escapeAsGo(JSON.stringify(text));
}
