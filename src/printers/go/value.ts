import { isObject, type Json } from "../../api/json.ts";

/** The number types that data decoded from JSON never has, but templates make: constants, `len`, bytes of a string. */
export type GoNumberType = "int" | "int64" | "int32" | "uint8" | "float64";

/** A number whose Go type is not the one that its JSON form would be decoded to. */
export class GoNumber {
  readonly type: GoNumberType;
  readonly value: number;
  constructor(type: GoNumberType, value: number) {
    this.type = type;
    this.value = value;
  }
}

/**
 * Data as Go code of kubectl holds it: maps with string keys, slices of interface{}, string, bool, nil, and numbers: a plain number is
 * int64 when whole, else float64 (apimachinery's util/json), any other type is a GoNumber.
 */
export type GoData = Json | GoNumber;

/** What `reflect` calls the kind, as far as data has them; `invalid` is an untyped nil. */
export type GoKind = "invalid" | "bool" | "int" | "uint" | "float" | "string" | "map" | "slice";

const INT64_LIMIT = 2 ** 63;

export function kindOf(data: GoData | undefined): GoKind {
  if (data === null || data === undefined) return "invalid";
  if (typeof data === "boolean") return "bool";
  if (typeof data === "string") return "string";
  if (Array.isArray(data)) return "slice";
  if (data instanceof GoNumber) return data.type === "float64" ? "float" : data.type === "uint8" ? "uint" : "int";
  if (typeof data === "number") return isInt64(data) ? "int" : "float";
  return "map";
}

/** The type's name as `%T` prints it. */
export function typeOf(data: GoData | undefined): string {
  if (data instanceof GoNumber) return data.type;
  switch (kindOf(data)) {
    case "invalid":
      return "<nil>";
    case "bool":
      return "bool";
    case "string":
      return "string";
    case "slice":
      return "[]interface {}";
    case "map":
      return "map[string]interface {}";
    case "int":
      return "int64";
    default:
      return "float64";
  }
}

/** The value of a number of any type; undefined for other data. */
export function numberOf(data: GoData | undefined): number | undefined {
  if (typeof data === "number") return data;
  return data instanceof GoNumber ? data.value : undefined;
}

/** True for a map; narrows. A GoNumber is an object to JavaScript, not to Go. */
export function isMap(data: GoData | undefined): data is { [key: string]: Json | undefined } {
  return isObject(data) && !(data instanceof GoNumber);
}

function isInt64(value: number): boolean {
  return Number.isInteger(value) && value < INT64_LIMIT && value >= -INT64_LIMIT && !Object.is(value, -0);
}
