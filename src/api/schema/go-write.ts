import { getKey, isObject, type Json, type JsonObject, setKey, sortedKeys } from "../json.ts";
import { zeroOf } from "./go-read.ts";
import type { GoField, GoType } from "./go-types.ts";

/**
 * Writes an object as Go writes its type: fields in the type's order, zero values left out where the field says so and written where it does not (`status: {}`,
 * `port: 0`), unknown fields dropped. With `nulls`, lists and times that are not there and may not be left out are null, as the server sends them; without,
 * lists and maps are empty and the others absent, which is easier on code. Models Go's encoding/json and the API server's storage (empty lists are nil).
 */
export function writeGoValue(object: JsonObject, type: GoType, nulls: boolean): JsonObject {
  const written = write(object, type, nulls);
  return isObject(written) ? written : {};
}

function write(value: Json | undefined, type: GoType, nulls: boolean): Json | undefined {
  switch (type.kind) {
    case "pointer":
      return value === undefined || value === null ? absent(nulls) : write(value, type.item, nulls);
    case "struct":
      return writeStruct(isObject(value) ? value : {}, type.fields, nulls);
    case "slice":
      if (!Array.isArray(value) || value.length === 0) return nulls ? null : [];
      return value.map((item) => write(item, type.item, nulls) ?? null);
    case "map":
      return writeMap(value, type.item, nulls);
    case "bytes":
      return value ?? absent(nulls);
    default:
      return value ?? zeroOf(type) ?? absent(nulls);
  }
}

function absent(nulls: boolean): null | undefined {
  return nulls ? null : undefined;
}

function writeMap(value: Json | undefined, item: GoType, nulls: boolean): Json {
  const out: JsonObject = {};
  if (!isObject(value)) return nulls ? null : out;
  const keys = sortedKeys(value);
  for (const key of keys) setKey(out, key, write(getKey(value, key), item, nulls));
  return keys.length === 0 && nulls ? null : out;
}

function writeStruct(value: JsonObject, fields: ReadonlyMap<string, GoField>, nulls: boolean): JsonObject {
  const out: JsonObject = {};
  for (const { field, type, mayBeAbsent } of layoutOf(fields)) {
    const member = value[field.name];
    if (member === undefined && mayBeAbsent) continue;
    if ((field.omitEmpty && isEmpty(member, type)) || (field.omitZero && isZero(member, type))) continue;
    const written = write(member, type, nulls);
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
