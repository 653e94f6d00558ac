import { goQuote } from "../encoding/go-quote.ts";
import { encodeBase64 } from "../encoding/text.ts";
import { getKey, isObject, type Json, type JsonObject, setKey, sortedKeys } from "../json.ts";
import { ParseError } from "../meta/parse-error.ts";
import { canonicalQuantity } from "../meta/quantity.ts";
import { jsonShape } from "../patch/go-values.ts";
import { canonicalBase64 } from "./go-base64.ts";
import { parseMicroTime, parseTime } from "./go-time.ts";
import type { GoField, GoNumber, GoType } from "./go-types.ts";

/**
 * Reads JSON into a Go type as the API server's decoder does: unknown fields are left out and reported, null is the zero value (absent here), numbers, times
 * and quantities take the form in which the server writes them. Keys are read in order, as kubectl sends them.
 * Models sigs.k8s.io/json internal/golang/encoding/json/decode.go.
 * @param how `asWritten`: keys in the order of the document, in which the first error is found. `plain`: as Go's own encoding/json reads with DisallowUnknownFields: a field that is not known is an error like others, and capital letters do not matter
 */
export function readGoValue(
  body: JsonObject,
  type: GoType,
  how: ReadOptions = {},
): { value: JsonObject; strictErrors: string[] } {
  const reader = new Reader(how);
  const value = reader.read(body, type);
  if (reader.firstError !== undefined) throw new ParseError(reader.firstError);
  return { value: isObject(value) ? value : {}, strictErrors: [...reader.strictErrors] };
}

interface ReadOptions {
  plain?: boolean;
  asWritten?: boolean;
}

/** What an error says of its place: the struct that holds the field, and the path of fields to it. */
interface Place {
  struct: string;
  fields: readonly string[];
}

class Reader {
  /** A wrong type is remembered and reading goes on: a value that cannot be parsed ends it at once, with its own error. */
  firstError: string | undefined;
  readonly strictErrors = new Set<string>();
  private place: Place = { struct: "", fields: [] };
  /** With indexes and map keys: `spec.ports[0]`. */
  private path = "";
  private readonly how: ReadOptions;

  constructor(how: ReadOptions) {
    this.how = how;
  }

  private keys(value: JsonObject): string[] {
    return this.how.asWritten ? Object.keys(value) : sortedKeys(value);
  }

  /** Undefined stands for the zero value. */
  read(value: Json | undefined, type: GoType): Json | undefined {
    if (type.kind === "special") return this.readSpecial(value, type.name);
    if (value === null || value === undefined) return undefined;
    switch (type.kind) {
      case "pointer":
        return this.read(value, type.item) ?? zeroOf(type.item);
      case "struct":
        return isObject(value) ? this.readStruct(value, type) : this.mismatch(value, type.text);
      case "map":
        return isObject(value) ? this.readMap(value, type.item) : this.mismatch(value, type.text);
      case "slice":
        return Array.isArray(value) ? this.readSlice(value, type.item) : this.mismatch(value, type.text);
      case "bytes":
        return this.readBytes(value, type.text);
      case "string":
      case "bool":
        return typeof value === (type.kind === "bool" ? "boolean" : "string") ? value : this.mismatch(value, type.text);
      default:
        return this.readNumber(value, type.kind, type.text);
    }
  }

  private readStruct(value: JsonObject, type: GoType & { kind: "struct" }): JsonObject {
    const out: JsonObject = {};
    const { place, path } = this;
    for (const key of this.keys(value)) {
      const field = type.fields.get(key) ?? (this.how.plain ? anyCase(type.fields, key) : undefined);
      this.path = path ? `${path}.${key}` : key;
      if (!field) {
        if (this.how.plain) this.firstError ??= `json: unknown field ${goQuote(key)}`;
        this.strictErrors.add(`unknown field ${goQuote(this.path)}`);
        continue;
      }
      const embedded = field.embedded ? [field.embedded] : [];
      this.place = { struct: type.name, fields: [...place.fields, ...embedded, field.name] };
      out[field.name] = this.read(value[key], field.type());
    }
    this.place = place;
    this.path = path;
    return out;
  }

  private readMap(value: JsonObject, item: GoType): JsonObject {
    const out: JsonObject = {};
    const { path } = this;
    for (const key of this.keys(value)) {
      this.path = path ? `${path}.${key}` : key;
      setKey(out, key, this.read(getKey(value, key), item) ?? zeroOf(item));
    }
    this.path = path;
    return out;
  }

  private readSlice(value: Json[], item: GoType): Json[] {
    const { path } = this;
    const out = value.map((member, i) => {
      this.path = `${path}[${i}]`;
      return this.read(member, item) ?? zeroOf(item) ?? null;
    });
    this.path = path;
    return out;
  }

  private readBytes(value: Json, text: string): Json | undefined {
    if (Array.isArray(value)) return this.readByteList(value);
    if (typeof value !== "string") return this.mismatch(value, text);
    try {
      return canonicalBase64(value);
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      this.firstError ??= error.message;
      return undefined;
    }
  }

  private readByteList(value: Json[]): string {
    return encodeBase64(
      Uint8Array.from(value, (member) => Number(this.readNumber(member ?? 0, "uint8", "uint8") ?? 0)),
    );
  }

  private readNumber(value: Json, kind: GoNumber, text: string): number | undefined {
    if (typeof value !== "number") {
      this.mismatch(value, text);
      return undefined;
    }
    if (kind === "float64" || fits(value, kind)) return value;
    return this.save(`number ${value}`, text);
  }

  /** Types that read their own JSON: their errors end the reading at once. */
  private readSpecial(value: Json | undefined, name: string): Json | undefined {
    return readSpecial(value, name, (what, text) => this.message(what, text));
  }

  private mismatch(value: Json, text: string): undefined {
    return this.save(jsonShape(value), text);
  }

  private save(what: string, text: string): undefined {
    this.firstError ??= this.message(what, text);
    return undefined;
  }

  private message(what: string, text: string): string {
    const { struct, fields } = this.place;
    const target = fields.length ? `struct field ${struct}.${fields.join(".")}` : "value";
    return `json: cannot unmarshal ${what} into Go ${target} of type ${text}`;
  }
}

function anyCase(fields: ReadonlyMap<string, GoField>, key: string): GoField | undefined {
  const lower = key.toLowerCase();
  return [...fields.values()].find((field) => field.name.toLowerCase() === lower);
}

/** Free-form data keeps the order in which kubectl sends it: by key. */
function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const out: JsonObject = {};
  for (const key of sortedKeys(value)) setKey(out, key, sorted(getKey(value, key) as Json));
  return out;
}

/**
 * Reads the JSON of a type that does so itself. Undefined is the zero value.
 * @param message words a value of a wrong JSON type
 */
export function readSpecial(
  value: Json | undefined,
  name: string,
  message: (what: string, text: string) => string,
): Json | undefined {
  const isNull = value === null || value === undefined;
  switch (name) {
    case "Time":
    case "MicroTime":
      if (isNull) return undefined;
      if (typeof value !== "string") throw new ParseError(message(jsonShape(value), "string"));
      return name === "Time" ? parseTime(value) : parseMicroTime(value);
    case "Quantity":
      if (isNull) return "0";
      return canonicalQuantity((typeof value === "string" ? value : JSON.stringify(value)).trim());
    case "IntOrString":
      if (isNull) return 0;
      if (typeof value === "string") return value;
      if (typeof value !== "number") throw new ParseError(message(jsonShape(value), "int32"));
      if (!fits(value, "int32")) throw new ParseError(message(`number ${value}`, "int32"));
      return value;
    default:
      return isNull ? undefined : sorted(value);
  }
}

const RANGES: Readonly<Record<Exclude<GoNumber, "float64">, readonly [number, number]>> = {
  int: [-(2 ** 63), 2 ** 63],
  int64: [-(2 ** 63), 2 ** 63],
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint8: [0, 2 ** 8 - 1],
  uint16: [0, 2 ** 16 - 1],
  uint32: [0, 2 ** 32 - 1],
  uint64: [0, 2 ** 64],
};

function fits(value: number, kind: Exclude<GoNumber, "float64">): boolean {
  const [min, max] = RANGES[kind];
  return Number.isInteger(value) && value >= min && value <= max && !String(value).includes("e");
}

/** What stands in a list, a map or behind a pointer for a value that is not given; undefined: nil. */
export function zeroOf(type: GoType): Json | undefined {
  switch (type.kind) {
    case "string":
      return "";
    case "bytes":
      return "";
    case "bool":
      return false;
    case "struct":
      return {};
    case "pointer":
    case "slice":
    case "map":
      return undefined;
    case "special":
      return type.name === "Quantity" ? "0" : type.name === "IntOrString" ? 0 : undefined;
    default:
      return 0;
  }
}
