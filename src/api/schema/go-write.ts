import { getKey, isObject, type Json, type JsonObject, setKey, sortedKeys } from "../json.ts";
import { zeroOf } from "./go-read.ts";
import type { GoField, GoType } from "./go-types.ts";

/**
 * `sent`: lists and times that are not there and may not be left out are null, as the server sends them. `bare`: such lists and maps are empty and the others
 * absent, which is easier on code. `told`: the same, but empty lists and maps that were given stay where they could be left out, as Go tells them from none
 * until it writes them. `listed`: so inside lists alone, as who compares whole lists sees them.
 */
export type Writing = "sent" | "bare" | "told" | "listed";

/**
 * Writes an object as Go writes its type: fields in the type's order, zero values left out where the field says so and written where it does not (`status: {}`,
 * `port: 0`), unknown fields dropped. Models Go's encoding/json and the API server's storage (empty lists are nil).
 */
export function writeGoValue(object: JsonObject, type: GoType, writing: Writing): JsonObject {
  const written = write(object, type, writing);
  return isObject(written) ? written : {};
}

function write(value: Json | undefined, type: GoType, writing: Writing): Json | undefined {
  switch (type.kind) {
    case "pointer":
      return value === undefined || value === null ? absent(writing) : write(value, type.item, writing);
    case "struct":
      return writeStruct(isObject(value) ? value : {}, type.fields, writing);
    case "slice":
      if (!Array.isArray(value) || value.length === 0) return writing === "sent" ? null : [];
      return value.map((item) => write(item, type.item, writing === "listed" ? "told" : writing) ?? null);
    case "map":
      return writeMap(value, type.item, writing);
    case "bytes":
      return value ?? absent(writing);
    default:
      return value ?? zeroOf(type) ?? absent(writing);
  }
}

function absent(writing: Writing): null | undefined {
  return writing === "sent" ? null : undefined;
}

function writeMap(value: Json | undefined, item: GoType, writing: Writing): Json {
  const out: JsonObject = {};
  if (!isObject(value)) return writing === "sent" ? null : out;
  const keys = sortedKeys(value);
  for (const key of keys) setKey(out, key, write(getKey(value, key), item, writing));
  return keys.length === 0 && writing === "sent" ? null : out;
}

function writeStruct(value: JsonObject, fields: ReadonlyMap<string, GoField>, writing: Writing): JsonObject {
  const out: JsonObject = {};
  for (const { field, type, mayBeAbsent } of layoutOf(fields)) {
    const member = value[field.name];
    if (member === undefined && mayBeAbsent) continue;
    const isTold =
      writing === "told" && (type.kind === "slice" || type.kind === "map") && member !== undefined && member !== null;
    if ((field.omitEmpty && !isTold && isEmpty(member, type)) || (field.omitZero && isZero(member, type))) continue;
    const written = write(member, type, writing);
    if (written !== undefined) out[field.name] = written;
  }
  return out;
}

interface FieldLayout {
  field: GoField;
  type: GoType;
  /** Nothing is written where there is no value: most fields of most objects. */
  mayBeAbsent: boolean;
}

const layouts = new WeakMap<ReadonlyMap<string, GoField>, FieldLayout[]>();

function layoutOf(fields: ReadonlyMap<string, GoField>): FieldLayout[] {
  const known = layouts.get(fields);
  if (known) return known;
  const layout = [...fields.values()].map((field) => {
    const type = field.type();
    return { field, type, mayBeAbsent: (field.omitEmpty && isEmpty(undefined, type)) || field.omitZero };
  });
  layouts.set(fields, layout);
  return layout;
}

/** Go's omitempty: structs, and the special types that are structs, are never empty. */
function isEmpty(value: Json | undefined, type: GoType): boolean {
  if (type.kind === "struct" || type.kind === "special") return false;
  if (value === undefined || value === null) return true;
  if (type.kind === "pointer") return false;
  if (Array.isArray(value)) return value.length === 0;
  if (isObject(value)) return Object.keys(value).length === 0;
  return value === "" || value === 0 || value === false;
}

/** Go's omitzero. */
function isZero(value: Json | undefined, type: GoType): boolean {
  if (value === undefined || value === null) return true;
  if (type.kind === "struct")
    return [...type.fields.values()].every((field) => isZero((value as JsonObject)[field.name], field.type()));
  if (type.kind === "special") return false;
  return isEmpty(value, type);
}
