/** What a plain YAML scalar means. `int` values beyond 2^53 keep their digits in `digits`. */
export type ScalarKind = "string" | "bool" | "null" | "int" | "uint" | "float" | "timestamp";
export interface ResolvedScalar {
  kind: ScalarKind;
  value: string | boolean | number | null;
  /** Exact decimal digits of an int or uint. */
  digits?: string;
}

const WORDS = new Map<string, ResolvedScalar>();
for (const word of ["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"])
  WORDS.set(word, { kind: "bool", value: true });
for (const word of ["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"])
  WORDS.set(word, { kind: "bool", value: false });
for (const word of ["", "~", "null", "Null", "NULL"]) WORDS.set(word, { kind: "null", value: null });
for (const word of ["nan", "NaN", "NAN"]) WORDS.set(`.${word}`, { kind: "float", value: Number.NaN });
for (const word of ["inf", "Inf", "INF"]) {
  WORDS.set(`.${word}`, { kind: "float", value: Number.POSITIVE_INFINITY });
  WORDS.set(`+.${word}`, { kind: "float", value: Number.POSITIVE_INFINITY });
  WORDS.set(`-.${word}`, { kind: "float", value: Number.NEGATIVE_INFINITY });
}

const STARTS_NUMBER = /^[-+0-9.]/;
const STARTS_WORD = /^[yYnNtTfFoO~]/;
const INTEGER = /^[-+]?(?:0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|0[0-7]*|[1-9][0-9]*)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const DOT_FLOAT = /^\.[0-9](?:_?[0-9])*(?:[eE][-+]?[0-9](?:_?[0-9])*)?$/;
const SIGNED_BINARY = /^0b[-+][01]+$/;
const BASE60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;
const DATE = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:([Tt])(.*)| ( *)(.*))?$/s;
const CLOCK = /^(\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?(Z|[-+]\d\d:\d\d)?$/;

const MAX_INT = 2n ** 63n - 1n;
const MIN_INT = -(2n ** 63n);
const MAX_UINT = 2n ** 64n - 1n;

/**
 * The meaning of an unquoted scalar by YAML 1.1 as Go reads it: `y` and `on` are booleans, `0o17`, `017` and `0x0f`
 * are 15, `08` is the float 8, `12:30` stays a string. Models go.yaml.in/yaml/v2 resolve.go.
 */
export function resolveScalar(text: string, timestamps = true): ResolvedScalar {
  if (text !== "" && !STARTS_NUMBER.test(text) && !STARTS_WORD.test(text)) return { kind: "string", value: text };
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  const first = text[0]!;
  if (STARTS_NUMBER.test(first)) {
    const number = first === "." ? dotFloat(text) : resolveNumber(text, timestamps);
    if (number !== undefined) return number;
  }
  return { kind: "string", value: text };
}

function dotFloat(text: string): ResolvedScalar | undefined {
  return DOT_FLOAT.test(text) ? finite(text.replaceAll("_", "")) : undefined;
}

function finite(text: string): ResolvedScalar | undefined {
  const value = Number(text);
  return Number.isFinite(value) ? { kind: "float", value } : undefined;
}

function resolveNumber(text: string, timestamps: boolean): ResolvedScalar | undefined {
  if (timestamps && isTimestamp(text)) return { kind: "timestamp", value: text };
  const plain = text.includes("_") ? text.replaceAll("_", "") : text;
  if (INTEGER.test(plain)) {
    const value = parseInteger(plain);
    if (value >= MIN_INT && value <= MAX_INT) return { kind: "int", value: Number(value), digits: String(value) };
    if (value <= MAX_UINT && value > 0n && !plain.startsWith("+"))
      return { kind: "uint", value: Number(value), digits: String(value) };
  }
  if (FLOAT.test(plain)) return finite(plain);
  if (SIGNED_BINARY.test(plain)) {
    const value = BigInt(`0b${plain.slice(3)}`) * (plain[2] === "-" ? -1n : 1n);
    if (value >= MIN_INT && value <= MAX_INT) return { kind: "int", value: Number(value), digits: String(value) };
  }
  return undefined;
}

function parseInteger(plain: string): bigint {
  const negative = plain.startsWith("-");
  let body = negative || plain.startsWith("+") ? plain.slice(1) : plain;
  if (/^0[0-7]+$/.test(body)) body = `0o${body.slice(1)}`;
  const value = BigInt(body.toLowerCase());
  return negative ? -value : value;
}

/** Whether Go reads the text as one of the four timestamp layouts of resolve.go (which stay strings). */
export function isTimestamp(text: string): boolean {
  const date = DATE.exec(text);
  if (date === null) return false;
  const year = Number(date[1]);
  const month = Number(date[2]);
  const day = Number(date[3]);
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return false;
  if (date[4] === undefined && date[7] === undefined) return true;
  const clock = CLOCK.exec(date[5] ?? date[7] ?? "");
  if (clock === null) return false;
  // With a `T` the zone is required, with a blank it is refused.
  if ((date[4] !== undefined) !== (clock[4] !== undefined)) return false;
  if (Number(clock[1]) > 23 || Number(clock[2]) > 59 || Number(clock[3]) > 59) return false;
  const zone = clock[4];
  return zone === undefined || zone === "Z" || (Number(zone.slice(1, 3)) <= 24 && Number(zone.slice(4, 6)) <= 60);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Whether the text, written without quotes, would be read as something other than itself (a string). */
export function needsQuotes(text: string): boolean {
  const code = text.charCodeAt(0);
  // Letters other than those that can begin a word of the table are the common case.
  if (code >= 0x61 && code <= 0x7a && text.length > 5) return false;
  return resolveScalar(text).kind !== "string" || BASE60.test(text);
}
