import { unquoteChar } from "../go/unquote.ts";
import { GoNumber } from "../go/value.ts";

/** What a number in a template is: a constant of type int or float64, or a text that says why it is none of them when it is used. */
export type Constant = GoNumber | { overflow: string };

const INT64 = 1n << 63n;
const UINT64 = 1n << 64n;

/**
 * Reads a number or a character constant. A string is the error, as Go's parser words it. Models newNumber of text/template/parse
 * and idealConstant of text/template, whose outcome the constant is. Imaginary numbers are not supported.
 */
export function readConstant(text: string, type: "number" | "charConstant" | "complex"): Constant | string {
  if (type === "charConstant") return readCharacter(text);
  if (type === "complex" || text.endsWith("i")) return `imaginary number ${text} is not simulated`;
  const whole = parseInteger(text);
  if (whole !== undefined && whole >= -INT64 && whole < INT64) return new GoNumber("int", Number(whole));
  if (whole !== undefined && whole >= INT64 && whole < UINT64) return { overflow: `${text} overflows int` };
  const float = parseFloat64(text);
  if (float === undefined) return `illegal number syntax: "${text}"`;
  return /[.eEpP]/.test(text) ? new GoNumber("float64", float) : `integer overflow: "${text}"`;
}

function readCharacter(text: string): Constant | string {
  const char = unquoteChar(text.slice(1), "'");
  if (!char) return "invalid syntax";
  if (char.rest !== "'") return `malformed character constant: ${text}`;
  return new GoNumber("int", char.code);
}

/** Go's integer literals: 0x, 0o, 0b, a leading 0 for octal, underscores between digits. */
function parseInteger(text: string): bigint | undefined {
  const match = /^([+-]?)(0[xX]|0[oO]|0[bB]|0(?=[0-9_]))?([0-9a-fA-F_]+)$/.exec(text);
  if (!match || !underscoresFit(text)) return undefined;
  const prefix = (match[2] ?? "").toLowerCase();
  const digits = (match[3] ?? "").replaceAll("_", "");
  const allowed = { "0x": /^[0-9a-fA-F]+$/, "0b": /^[01]+$/, "": /^[0-9]+$/ }[prefix] ?? /^[0-7]+$/;
  if (!allowed.test(digits)) return undefined;
  const lead = prefix === "" ? "" : prefix === "0" ? "0o" : prefix;
  const value = BigInt(lead + digits);
  return match[1] === "-" ? -value : value;
}

function parseFloat64(text: string): number | undefined {
  if (!underscoresFit(text)) return undefined;
  const plain = text.replaceAll("_", "");
  const hex = /^([+-]?)0[xX]([0-9a-fA-F]*)\.?([0-9a-fA-F]*)[pP]([+-]?[0-9]+)$/.exec(plain);
  if (hex) {
    const digits = (hex[2] ?? "") + (hex[3] ?? "");
    if (digits === "") return undefined;
    const size = Number(BigInt(`0x${digits}`)) * 2 ** (Number(hex[4]) - 4 * (hex[3] ?? "").length);
    return Number.isFinite(size) ? (hex[1] === "-" ? -size : size) : undefined;
  }
  if (!/^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$/.test(plain)) return undefined;
  const number = Number(plain);
  return Number.isFinite(number) ? number : undefined;
}

/** An underscore stands between two digits, or between a base prefix and a digit. */
function underscoresFit(text: string): boolean {
  return !/(^[+-]?_)|__|_$|_[^0-9a-fA-F]|[^0-9a-fA-FxXoObB]_/.test(text);
}
