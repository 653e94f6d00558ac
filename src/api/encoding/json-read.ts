import { type Json, type JsonObject, setKey } from "../json.ts";
import { quoteRuneGo } from "./go-quote.ts";
import { byteLength, encodeText } from "./text.ts";

/** Text that is not JSON, in the words of Go's encoding/json. */
export class JsonSyntaxError extends Error {
  override name = "JsonSyntaxError";
  /** Bytes read, the offending one included. */
  readonly offset: number;
  /** The text ended too early. */
  readonly atEnd: boolean;

  constructor(message: string, offset: number, atEnd = false) {
    super(message);
    this.offset = offset;
    this.atEnd = atEnd;
  }
}

export interface JsonDocument {
  value: Json;
  /** Index after the value. */
  end: number;
  /** Paths of fields that occur more than once in their object: `spec.ports[0].port`. The last value counts. */
  duplicates: string[];
}

/** Reads one JSON text. Throws JsonSyntaxError. Models encoding/json Unmarshal into an `interface{}`. */
export function readJson(text: string): JsonDocument {
  const reader = new Reader(text, 0);
  const document = reader.document();
  reader.skipSpace();
  if (reader.pos < text.length) throw reader.problem("after top-level value");
  return { ...document, end: reader.pos };
}

/** Reads the JSON value that begins at `start` (blanks before it are skipped), undefined if only blanks are left. */
export function readJsonAt(text: string, start: number): JsonDocument | undefined {
  const reader = new Reader(text, start);
  reader.skipSpace();
  return reader.pos >= text.length ? undefined : reader.document();
}

const BLANK_FITS = /^looking|^after (?:array|object|top)|^in string literal/;
const MAX_DEPTH = 10000;
const ESCAPES: Record<string, string> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

class Reader {
  readonly text: string;
  pos: number;
  private depth = 0;
  private readonly path: string[] = [];
  private readonly duplicates = new Set<string>();

  constructor(text: string, start: number) {
    this.text = text;
    this.pos = start;
  }

  document(): JsonDocument {
    try {
      const value = this.value();
      return { value, end: this.pos, duplicates: [...this.duplicates] };
    } catch (error) {
      if (error instanceof RangeError) throw new JsonSyntaxError("exceeded max depth", this.offset());
      throw error;
    }
  }

  skipSpace(): void {
    while (" \t\r\n".includes(this.text[this.pos] ?? "x")) this.pos++;
  }

  problem(where: string): JsonSyntaxError {
    if (this.pos >= this.text.length) {
      // At the end the original tries a blank, which is no part of a word, a number or an escape.
      const message = BLANK_FITS.test(where) ? "unexpected end of JSON input" : `invalid character ' ' ${where}`;
      return new JsonSyntaxError(message, this.offset() - 1, true);
    }
    // The original looks at bytes and prints the first one of a character as if it were one.
    const first = encodeText(String.fromCodePoint(this.text.codePointAt(this.pos)!))[0]!;
    const shown = quoteRuneGo(String.fromCharCode(first));
    return new JsonSyntaxError(`invalid character ${shown} ${where}`, this.offset());
  }

  private offset(): number {
    return byteLength(this.text.slice(0, this.pos)) + 1;
  }

  private value(): Json {
    this.skipSpace();
    const char = this.text[this.pos];
    switch (char) {
      case "{":
        return this.object();
      case "[":
        return this.array();
      case '"':
        return this.string();
      case "t":
        return this.literal("true", true);
      case "f":
        return this.literal("false", false);
      case "n":
        return this.literal("null", null);
    }
    if (char !== undefined && (char === "-" || isDigit(char))) return this.number();
    throw this.problem("looking for beginning of value");
  }

  private enter(): void {
    if (++this.depth > MAX_DEPTH) throw new JsonSyntaxError("exceeded max depth", this.offset());
    this.pos++;
    this.skipSpace();
  }

  private leave(): void {
    this.depth--;
    this.pos++;
  }

  private object(): JsonObject {
    const object: JsonObject = {};
    this.enter();
    if (this.text[this.pos] === "}") {
      this.leave();
      return object;
    }
    for (;;) {
      this.skipSpace();
      if (this.text[this.pos] !== '"') throw this.problem("looking for beginning of object key string");
      const key = this.string();
      this.skipSpace();
      if (this.text[this.pos] !== ":") throw this.problem("after object key");
      this.pos++;
      this.path.push(this.path.length === 0 ? key : `.${key}`);
      if (Object.hasOwn(object, key)) this.duplicates.add(this.path.join(""));
      setKey(object, key, this.value());
      this.path.pop();
      this.skipSpace();
      if (this.text[this.pos] === "}") break;
      if (this.text[this.pos] !== ",") throw this.problem("after object key:value pair");
      this.pos++;
    }
    this.leave();
    return object;
  }

  private array(): Json[] {
    const items: Json[] = [];
    this.enter();
    if (this.text[this.pos] === "]") {
      this.leave();
      return items;
    }
    for (;;) {
      this.path.push(`[${items.length}]`);
      items.push(this.value());
      this.path.pop();
      this.skipSpace();
      if (this.text[this.pos] === "]") break;
      if (this.text[this.pos] !== ",") throw this.problem("after array element");
      this.pos++;
    }
    this.leave();
    return items;
  }

  private string(): string {
    let out = "";
    let from = ++this.pos;
    for (;;) {
      const unit = this.text.charCodeAt(this.pos);
      if (Number.isNaN(unit) || unit < 0x20) throw this.problem("in string literal");
      if (unit === 0x22) break;
      if (unit === 0x5c) {
        out += this.text.slice(from, this.pos);
        this.pos++;
        out += this.escape();
        from = this.pos;
      } else this.pos++;
    }
    out += this.text.slice(from, this.pos++);
    return out;
  }

  private escape(): string {
    const char = this.text[this.pos] ?? "";
    const escaped = ESCAPES[char];
    if (escaped !== undefined) {
      this.pos++;
      return escaped;
    }
    if (char !== "u") throw this.problem("in string escape code");
    const high = this.hexUnit();
    if (high < 0xd800 || high > 0xdfff) return String.fromCharCode(high);
    // Half a pair is no character.
    if (high > 0xdbff || this.text[this.pos] !== "\\" || this.text[this.pos + 1] !== "u") return "\ufffd";
    const before = this.pos++;
    const low = this.hexUnit();
    if (low >= 0xdc00 && low <= 0xdfff) return String.fromCharCode(high, low);
    this.pos = before;
    return "\ufffd";
  }

  private hexUnit(): number {
    this.pos++;
    let value = 0;
    for (let i = 0; i < 4; i++, this.pos++) {
      const digit = /^[0-9a-fA-F]$/.test(this.text[this.pos] ?? "");
      if (!digit) throw this.problem("in \\u hexadecimal character escape");
      value = value * 16 + Number.parseInt(this.text[this.pos]!, 16);
    }
    return value;
  }

  private literal<T extends boolean | null>(word: string, value: T): T {
    this.pos++;
    for (let i = 1; i < word.length; i++, this.pos++)
      if (this.text[this.pos] !== word[i]) throw this.problem(`in literal ${word} (expecting '${word[i]}')`);
    return value;
  }

  private number(): number {
    const from = this.pos;
    if (this.text[this.pos] === "-") this.pos++;
    if (this.text[this.pos] === "0") this.pos++;
    else this.digits("in numeric literal");
    if (this.text[this.pos] === ".") {
      this.pos++;
      this.digits("after decimal point in numeric literal");
    }
    if (this.text[this.pos] === "e" || this.text[this.pos] === "E") {
      this.pos++;
      if (this.text[this.pos] === "+" || this.text[this.pos] === "-") this.pos++;
      this.digits("in exponent of numeric literal");
    }
    const digits = this.text.slice(from, this.pos);
    const value = Number(digits);
    if (!Number.isFinite(value))
      throw new JsonSyntaxError(`json: cannot unmarshal number ${digits} into Go value of type float64`, this.offset());
    return value;
  }

  private digits(where: string): void {
    if (!isDigit(this.text[this.pos] ?? "")) throw this.problem(where);
    while (isDigit(this.text[this.pos] ?? "")) this.pos++;
  }
}

function isDigit(char: string): boolean {
  return char >= "0" && char <= "9" && char.length === 1;
}
