import { isInt64 } from "../encoding/go-value.ts";
import { encodeBase64 } from "../encoding/text.ts";
import { getKey, isObject, type Json, type JsonObject, setKey, sortedKeys } from "../json.ts";
import { ParseError } from "../meta/parse-error.ts";
import { goType } from "../patch/go-values.ts";
import { canonicalBase64 } from "./go-base64.ts";
import { readSpecial, zeroOf } from "./go-read.ts";
import type { GoType } from "./go-types.ts";

/**
 * Puts a patched document into a Go type as the API server does after a strategic merge patch: field by field in the type's order, the first problem ends it,
 * in words of its own. Models k8s.io/apimachinery pkg/runtime/converter.go (FromUnstructuredWithValidation).
 */
export function convertGoValue(body: JsonObject, type: GoType): { value: JsonObject; strictErrors: string[] } {
  const strictErrors: string[] = [];
  const value = convert(body, type, "", strictErrors);
  return { value: isObject(value) ? value : {}, strictErrors: strictErrors.sort() };
}

function convert(value: Json | undefined, type: GoType, path: string, unknown: string[]): Json | undefined {
  if (value === null || value === undefined) return undefined;
  switch (type.kind) {
    case "special":
      return readSpecial(
        value,
        type.name,
        (what, text) => `json: cannot unmarshal ${what} into Go value of type ${text}`,
      );
    case "pointer":
      return convert(value, type.item, path, unknown) ?? zeroOf(type.item);
    case "struct": {
      if (!isObject(value)) throw new ParseError(`cannot restore struct from: ${goKind(value)}`);
      const out: JsonObject = {};
      for (const field of type.fields.values())
        out[field.name] = convert(getKey(value, field.name), field.type(), join(path, field.name), unknown);
      for (const key of sortedKeys(value))
        if (!type.fields.has(key)) unknown.push(`unknown field "${join(path, key)}"`);
      return out;
    }
    case "map": {
      if (!isObject(value)) throw new ParseError(`cannot restore map from ${goKind(value)}`);
      const out: JsonObject = {};
      // The path does not name keys of maps.
      for (const key of sortedKeys(value))
        setKey(out, key, convert(getKey(value, key), type.item, path, unknown) ?? zeroOf(type.item));
      return out;
    }
    case "slice":
      if (!Array.isArray(value)) throw new ParseError(`cannot restore slice from ${goKind(value)}`);
      return value.map((item, i) => convert(item, type.item, `${path}[${i}]`, unknown) ?? zeroOf(type.item) ?? null);
    case "bytes":
      return convertBytes(value);
    default:
      return convertSimple(value, type);
  }
}

function join(path: string, key: string): string {
  return path ? `${path}.${key}` : key;
}

/** reflect.Kind of what a JSON value is in Go. */
function goKind(value: Json): string {
  if (Array.isArray(value)) return "slice";
  return isObject(value) ? "map" : goType(value);
}

function convertBytes(value: Json): Json {
  if (typeof value !== "string") {
    if (!Array.isArray(value)) throw new ParseError(`cannot restore slice from ${goKind(value)}`);
    return encodeBase64(Uint8Array.from(value, (byte) => Number(byte)));
  }
  try {
    return canonicalBase64(value);
  } catch (error) {
    if (error instanceof ParseError) throw new ParseError(`error decoding from json: ${error.message}`);
    throw error;
  }
}

function convertSimple(value: Json, type: GoType): Json {
  const isNumber = type.kind !== "string" && type.kind !== "bool";
  if (typeof value === "string" && type.kind === "string") return value;
  if (typeof value === "boolean" && type.kind === "bool") return value;
  if (typeof value === "number" && isNumber) {
    if (type.kind === "float64") return value;
    // Too large a number wraps around; beyond 64 bits nothing of it is left.
    if (Number.isInteger(value)) return type.kind !== "int32" ? value : Math.abs(value) < 2 ** 63 ? value | 0 : 0;
    throw new ParseError(`cannot convert ${goType(value)} to ${type.text}`);
  }
  // Go converts an integer to a string, which JSON does not.
  if (typeof value === "number" && isInt64(value) && type.kind === "string")
    throw new ParseError(`cannot convert ${goType(value)} to ${type.text}`);
  throw new ParseError(`unrecognized type: ${type.kind}`);
}
