import { goQuote, goQuoteAscii, isPrintable, quoteRuneGo } from "../../api/encoding/go-quote.ts";
import { encodeText } from "../../api/encoding/text.ts";
import { sortedKeys } from "../../api/json.ts";
import { formatFloat } from "./float.ts";
import { canBackquote } from "./unquote.ts";
import { type GoData, isMap, kindOf, numberOf, typeOf } from "./value.ts";

/** The flags of one verb of a format. `sharpV` and `plusV` are `#` and `+` of a `%v`. */
export interface Flags {
  width?: number;
  precision?: number;
  sharp: boolean;
  zero: boolean;
  plus: boolean;
  minus: boolean;
  space: boolean;
  sharpV: boolean;
}

export function noFlags(): Flags {
  return { sharp: false, zero: false, plus: false, minus: false, space: false, sharpV: false };
}

/** Go's `fmt.Sprint`: `%v` of each; a blank between two that are both no strings. */
export function sprint(...args: GoData[]): string {
  let out = "";
  let previousString = true;
  args.forEach((arg, i) => {
    const isString = typeof arg === "string";
    if (i > 0 && !isString && !previousString) out += " ";
    out += formatArg(arg, "v", noFlags());
    previousString = isString;
  });
  return out;
}

/** Go's `fmt.Sprintln`: blanks between all, a newline at the end. */
export function sprintln(...args: GoData[]): string {
  return `${args.map((arg) => formatArg(arg, "v", noFlags())).join(" ")}\n`;
}

/** `%#v`: the data as a Go expression, keys sorted. */
export function goSyntax(data: GoData): string {
  return formatArg(data, "v", { ...noFlags(), sharpV: true });
}

/** One argument under one verb. Models Go's `fmt` printArg for the types that data has. */
export function formatArg(arg: GoData | undefined, verb: string, flags: Flags): string {
  if (arg === null || arg === undefined) {
    return verb === "T" || verb === "v" ? pad("<nil>", flags) : badVerb(arg, verb, flags);
  }
  if (verb === "T") return pad(truncate(typeOf(arg), flags), flags);
  if (verb === "p") return badVerb(arg, verb, flags);
  return formatValue(arg, verb, flags);
}

function formatValue(value: GoData, verb: string, flags: Flags): string {
  if (typeof value === "boolean")
    return verb === "t" || verb === "v" ? pad(String(value), flags) : badVerb(value, verb, flags);
  if (typeof value === "string") return formatString(value, verb, flags);
  if (Array.isArray(value)) {
    const items = value.map((item) => formatMember(item, verb, flags));
    return flags.sharpV ? `[]interface {}{${items.join(", ")}}` : `[${items.join(" ")}]`;
  }
  if (isMap(value)) {
    const members = sortedKeys(value)
      .filter((key) => value[key] !== undefined)
      .map((key) => `${formatString(key, verb, flags)}:${formatMember(value[key], verb, flags)}`);
    return flags.sharpV ? `map[string]interface {}{${members.join(", ")}}` : `map[${members.join(" ")}]`;
  }
  const number = numberOf(value) ?? 0;
  return kindOf(value) === "float"
    ? formatFloatArg(number, value, verb, flags)
    : formatInteger(number, value, verb, flags);
}

/** A member is held by an interface: its nil prints without regard to verb and width. */
function formatMember(value: GoData | undefined, verb: string, flags: Flags): string {
  if (value === null || value === undefined) return flags.sharpV ? "interface {}(nil)" : "<nil>";
  return formatValue(value, verb, flags);
}

/** `%!verb(type=value)`, which is how Go reports a verb that does not fit; the flags hold for the value. */
function badVerb(value: GoData | undefined, verb: string, flags: Flags): string {
  if (value === null || value === undefined) return `%!${verb}(<nil>)`;
  return `%!${verb}(${typeOf(value)}=${formatValue(value, "v", flags)})`;
}

function formatString(text: string, verb: string, flags: Flags): string {
  switch (verb) {
    case "v":
      return flags.sharpV ? formatQuoted(text, flags) : pad(truncate(text, flags), flags);
    case "s":
      return pad(truncate(text, flags), flags);
    case "q":
      return formatQuoted(text, flags);
    case "x":
    case "X":
      return formatHex(text, verb, flags);
    default:
      return badVerb(text, verb, flags);
  }
}

function formatQuoted(text: string, flags: Flags): string {
  const cut = truncate(text, flags);
  if (flags.sharp && canBackquote(cut)) return pad(`\`${cut}\``, flags);
  return pad(flags.plus ? goQuoteAscii(cut) : goQuote(cut), flags);
}

function formatHex(text: string, verb: string, flags: Flags): string {
  let bytes = [...encodeText(text)];
  if (flags.precision !== undefined) bytes = bytes.slice(0, flags.precision);
  if (bytes.length === 0) return pad("", { ...flags, zero: false });
  const digits = bytes.map((byte) => {
    const pair = byte.toString(16).padStart(2, "0");
    return verb === "X" ? pair.toUpperCase() : pair;
  });
  const prefix = flags.sharp ? `0${verb}` : "";
  const body = flags.space ? digits.map((pair) => prefix + pair).join(" ") : prefix + digits.join("");
  return pad(body, flags);
}

const BASES: Record<string, number> = { v: 10, d: 10, b: 2, o: 8, O: 8, x: 16, X: 16 };

function formatInteger(number: number, value: GoData, verb: string, flags: Flags): string {
  if (verb === "c") return pad(character(number), flags);
  if (verb === "q") return pad(quoteRuneGo(character(number), flags.plus), flags);
  if (verb === "U") return formatUnicode(number, flags);
  const base = flags.sharpV && verb === "v" && kindOf(value) === "uint" ? 16 : BASES[verb];
  if (base === undefined) return badVerb(value, verb, flags);
  const sharp = flags.sharp || (flags.sharpV && base === 16);
  const negative = number < 0;
  const signed = negative || flags.plus || flags.space;
  if (flags.precision === 0 && number === 0) return pad("", { ...flags, zero: false });
  let precision = flags.precision ?? 0;
  if (flags.precision === undefined && flags.zero && !flags.minus && flags.width !== undefined)
    precision = flags.width - (signed ? 1 : 0);
  let digits = BigInt(Math.abs(number)).toString(base).padStart(precision, "0");
  if (verb === "X") digits = digits.toUpperCase();
  if (sharp && base === 2) digits = `0b${digits}`;
  if (sharp && base === 8 && !digits.startsWith("0")) digits = `0${digits}`;
  if (sharp && base === 16) digits = `0${verb === "X" ? "X" : "x"}${digits}`;
  if (verb === "O") digits = `0o${digits}`;
  const sign = negative ? "-" : flags.plus ? "+" : flags.space ? " " : "";
  return pad(sign + digits, { ...flags, zero: false });
}

function character(code: number): string {
  const valid = code >= 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return valid ? String.fromCodePoint(code) : "\ufffd";
}

/** `%U`: `U+0041`; with `#` also the character itself. */
function formatUnicode(code: number, flags: Flags): string {
  const digits = BigInt.asUintN(64, BigInt(code)).toString(16).toUpperCase();
  const text = `U+${digits.padStart(Math.max(4, flags.precision ?? 0), "0")}`;
  const shown =
    flags.sharp && code >= 0 && code <= 0x10ffff && isPrintable(character(code)) ? ` '${character(code)}'` : "";
  return pad(text + shown, { ...flags, zero: false });
}

const FLOAT_PRECISION: Record<string, number> = { v: -1, b: -1, g: -1, G: -1, x: -1, X: -1, f: 6, F: 6, e: 6, E: 6 };

function formatFloatArg(number: number, value: GoData, verb: string, flags: Flags): string {
  const standard = FLOAT_PRECISION[verb];
  if (standard === undefined) return badVerb(value, verb, flags);
  const precision = flags.precision ?? standard;
  const kind = verb === "v" ? "g" : verb === "F" ? "f" : verb;
  let text = formatFloat(number, kind, precision);
  if (!/^[+-]/.test(text)) text = `+${text}`;
  if (flags.space && text.startsWith("+") && !flags.plus) text = ` ${text.slice(1)}`;
  if (text[1] === "I" || text[1] === "N") {
    const bare = (text[1] === "N" && !flags.space && !flags.plus) || (text.startsWith("+") && !flags.plus);
    return pad(bare ? text.slice(1) : text, { ...flags, zero: false });
  }
  if (flags.sharp && kind !== "b") text = keepZeros(text, kind, precision);
  if (!flags.plus && text.startsWith("+")) return pad(text.slice(1), flags);
  if (flags.zero && !flags.minus && flags.width !== undefined && flags.width > text.length)
    return (text[0] ?? "") + text.slice(1).padStart(flags.width - 1, "0");
  return pad(text, flags);
}

/** The `#` flag on floats: always a decimal point, and `%g` keeps its trailing zeros. */
function keepZeros(text: string, verb: string, precision: number): string {
  let digits = verb === "g" || verb === "G" || verb === "x" ? (precision === -1 ? 6 : precision) : 0;
  const exponentAt = verb === "x" || verb === "X" ? text.search(/[pP]/) : text.search(/[eE]/);
  const tail = exponentAt < 0 ? "" : text.slice(exponentAt);
  let head = exponentAt < 0 ? text : text.slice(0, exponentAt);
  const significant = head
    .slice(1)
    .replace(".", "")
    .replace(/^[0xX]+/, "");
  digits -= significant.length;
  if (!head.includes(".")) {
    if (head.length === 2 && head[1] === "0") digits--;
    head += ".";
  }
  return head + "0".repeat(Math.max(0, digits)) + tail;
}

function truncate(text: string, flags: Flags): string {
  return flags.precision === undefined ? text : [...text].slice(0, flags.precision).join("");
}

/** Pads to the width in characters: blanks left, zeros left with `0`, blanks right with `-`. */
function pad(text: string, flags: Flags): string {
  if (flags.width === undefined) return text;
  const missing = flags.width - [...text].length;
  if (missing <= 0) return text;
  if (flags.minus) return text + " ".repeat(missing);
  return (flags.zero ? "0" : " ").repeat(missing) + text;
}
