import { goQuote } from "../../api/encoding/go-quote.ts";
import { byteLength } from "../../api/encoding/text.ts";

/** A value that does not parse; the text is that of Go's strconv or time package. */
export class ConvertError extends Error {}

const TRUE = new Set(["1", "t", "T", "true", "TRUE", "True"]);
const FALSE = new Set(["0", "f", "F", "false", "FALSE", "False"]);

/** Models Go's strconv.ParseBool. */
export function parseBool(text: string): boolean {
  if (TRUE.has(text)) return true;
  if (FALSE.has(text)) return false;
  throw new ConvertError(`strconv.ParseBool: parsing ${goQuote(text)}: invalid syntax`);
}

/**
 * Models Go's strconv.ParseInt(text, 0, bits), or with `base` 10; `func` is the name in the error's text (`Atoi` for strconv.Atoi).
 * Values beyond 2^53 lose precision.
 */
export function parseInteger(text: string, bits: 32 | 64, base: 0 | 10 = 0, func = "ParseInt"): number {
  const plain = Number(text);
  if ((plain | 0) === plain && String(plain) === text) return plain;
  const fail = (why: string) => new ConvertError(`strconv.${func}: parsing ${goQuote(text)}: ${why}`);
  let sign = 1n;
  let rest = text;
  if (rest.startsWith("+") || rest.startsWith("-")) {
    if (rest.startsWith("-")) sign = -1n;
    rest = rest.slice(1);
  }
  const digits = base === 10 ? (/^[0-9]+$/.test(rest) ? rest : undefined) : literal(rest);
  if (digits === undefined) throw fail("invalid syntax");
  const value = sign * BigInt(digits);
  const limit = 1n << BigInt(bits - 1);
  if (value >= limit || value < -limit) throw fail("value out of range");
  return Number(value);
}

/** Go's integer literals, as text for BigInt; underscores stand between digits or after the base's prefix only. */
function literal(text: string): string | undefined {
  const match =
    /^(0[xX])((?:_?[0-9a-fA-F])+)$/.exec(text) ??
    /^(0[bB])((?:_?[01])+)$/.exec(text) ??
    /^(0[oO])((?:_?[0-7])+)$/.exec(text) ??
    /^(0)((?:_?[0-7])+)$/.exec(text);
  if (match) {
    const prefix = match[1] === "0" ? "0o" : match[1]!.toLowerCase();
    return prefix + match[2]!.replaceAll("_", "");
  }
  return /^(?:0|[1-9](?:_?[0-9])*)$/.test(text) ? text.replaceAll("_", "") : undefined;
}

const UNIT_MS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** Milliseconds. Models Go's time.ParseDuration. */
export function parseDuration(text: string): number {
  const invalid = () => new ConvertError(`time: invalid duration ${goQuote(text)}`);
  let rest = text;
  let sign = 1;
  if (rest.startsWith("+") || rest.startsWith("-")) {
    if (rest.startsWith("-")) sign = -1;
    rest = rest.slice(1);
  }
  if (rest === "0") return 0;
  if (rest === "") throw invalid();
  let total = 0;
  while (rest !== "") {
    const number = /^(?:[0-9]+\.?[0-9]*|\.[0-9]+)/.exec(rest)?.[0];
    if (number === undefined) throw invalid();
    rest = rest.slice(number.length);
    const unit = /^[^.0-9]*/.exec(rest)![0];
    if (unit === "") throw new ConvertError(`time: missing unit in duration ${goQuote(text)}`);
    const ms = Object.hasOwn(UNIT_MS, unit) ? UNIT_MS[unit] : undefined;
    if (ms === undefined) throw new ConvertError(`time: unknown unit ${goQuote(unit)} in duration ${goQuote(text)}`);
    rest = rest.slice(unit.length);
    total += Number(number) * ms;
  }
  // Go counts nanoseconds in 64 bits.
  if (total * 1e6 > 2 ** 63) throw invalid();
  return sign * total;
}

/** The first record of a text. Models Go's encoding/csv Reader with its default settings. */
export function parseCsv(text: string): string[] {
  if (text === "") return [];
  const lines = text.replaceAll("\r\n", "\n").split("\n");
  let row = 0;
  while (lines[row] === "" && row < lines.length) row++;
  let line = lines[row];
  if (line === undefined) throw new ConvertError("EOF");
  const first = row + 1;
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    if (line[at] !== '"') {
      const comma = line.indexOf(",", at);
      const field = comma < 0 ? line.slice(at) : line.slice(at, comma);
      const quote = field.indexOf('"');
      if (quote >= 0)
        throw new ConvertError(
          `parse error on line ${row + 1}, column ${column(line, at + quote)}: bare " in non-quoted-field`,
        );
      fields.push(field);
      if (comma < 0) return fields;
      at = comma + 1;
      continue;
    }
    const quoted = { value: "" };
    at++;
    for (;;) {
      const end: number = line.indexOf('"', at);
      if (end < 0) {
        quoted.value += `${line.slice(at)}`;
        const next: string | undefined = lines[row + 1];
        if (next === undefined) {
          const where = first === row + 1 ? "" : `record on line ${first}; `;
          throw new ConvertError(
            `${where}parse error on line ${row + 1}, column ${column(line, line.length)}: extraneous or missing " in quoted-field`,
          );
        }
        quoted.value += "\n";
        row++;
        line = next;
        at = 0;
        continue;
      }
      quoted.value += line.slice(at, end);
      at = end + 1;
      if (line[at] !== '"') break;
      quoted.value += '"';
      at++;
    }
    fields.push(quoted.value);
    if (at >= line.length) return fields;
    if (line[at] !== ",") {
      throw new ConvertError(
        `parse error on line ${row + 1}, column ${column(line, at - 1)}: extraneous or missing " in quoted-field`,
      );
    }
    at++;
  }
}

/** encoding/csv counts columns in bytes, from 1. */
function column(line: string, index: number): number {
  return byteLength(line.slice(0, index)) + 1;
}
