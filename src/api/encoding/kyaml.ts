import type { Json, JsonObject } from "../json.ts";
import { formatJsonNumber } from "./go-number.ts";
import { orderedKeys, type StructFields } from "./json-emit.ts";
import { isTimestamp } from "./yaml-scalar.ts";

/**
 * A value as a KYAML document: `---`, braces and brackets, double quotes around every text, commas after the last one.
 * Each document brings its own `---`, so that several need nothing between them. Keys are in the order of `fields` where
 * the object is a struct, else sorted. Models sigs.k8s.io/yaml/kyaml Encoder.FromObject.
 */
export function emitKyaml(value: Json, fields: StructFields | null = null): string {
  return `---\n${render(value, 0, fields)}\n`;
}

function pad(level: number): string {
  return "  ".repeat(level);
}

function render(value: Json, level: number, fields: StructFields | null): string {
  if (typeof value === "string") return renderText(value, level + 1);
  if (typeof value === "number") return formatJsonNumber(value);
  if (Array.isArray(value)) return renderList(value, level, fields);
  if (typeof value === "object" && value !== null) return renderMap(value, level, fields);
  return String(value);
}

function renderList(items: Json[], level: number, fields: StructFields | null): string {
  if (items.length === 0) return "[]";
  // Brackets of collections sit side by side: `[{ … }, { … }]`.
  if (items.every((item) => typeof item === "object" && item !== null))
    return `[${items.map((item) => render(item, level, fields)).join(", ")}]`;
  const lines = items.map((item) => `${pad(level + 1)}${render(item ?? null, level + 1, fields)},\n`);
  return `[\n${lines.join("")}${pad(level)}]`;
}

function renderMap(object: JsonObject, level: number, fields: StructFields | null): string {
  const keys = orderedKeys(object, fields);
  if (keys.length === 0) return "{}";
  const lines = keys.map((key) => {
    const inner = fields !== null && Object.hasOwn(fields, key) ? fields[key]! : null;
    return `${pad(level + 1)}${renderKey(key)}: ${render(object[key]!, level + 1, inner)},\n`;
  });
  return `{\n${lines.join("")}${pad(level)}}`;
}

const WORDS = /^(?:null|true|y|yes|on|t|false|n|no|off|f|inf|infinity|nan)$/i;
const INTEGER = /^(?:0x[0-9a-f]+|0o[0-7]+|0b[01]+)$/i;
const FLOAT = /^(?:[0-9]+(?:\.[0-9]*)?)(?:e[+-]?[0-9]+)?$/i;
const HEX_FLOAT = /^0x(?:[0-9a-f]+(?:\.[0-9a-f]*)?)p[+-]?[0-9]+$/i;
const BARE = /^[\p{L}\p{N}_](?:[\p{L}\p{N}_./-]*[\p{L}\p{N}_])?$/u;

/** A key needs quotes unless it is a word that no YAML reader takes for another type. */
function renderKey(key: string): string {
  return BARE.test(key) && !isAmbiguous(key) ? key : quote(key, COMPACT, 0);
}

function isAmbiguous(key: string): boolean {
  if (WORDS.test(key)) return true;
  const plain = key.replaceAll("_", "");
  if (/^(?:inf|infinity|nan)$/i.test(plain) || HEX_FLOAT.test(plain)) return true;
  if (FLOAT.test(plain)) return Number.isFinite(Number(plain));
  if (INTEGER.test(plain)) return BigInt(plain.toLowerCase()) < 2n ** 63n;
  return isTimestamp(key);
}

const COMPACT: Record<string, string> = { "\n": "\\n", "\t": "\\t" };
/** A line break is written and then the line is folded; a tab stays. */
const FOLDED: Record<string, string> = { "\n": "\\n\\\n", "\t": "\t" };

function renderText(text: string, level: number): string {
  if (!text.includes("\n")) return quote(text, FOLDED, level);
  const body = quote(text, FOLDED, level, "\\\n").slice(0, -1);
  return `${body.endsWith("\n") ? body : `${body}\\\n`}${pad(level)}"`;
}

const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;
const SPACE = /^[\t\v\f\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]$/;
const NAMED: Record<string, string> = {
  '"': '\\"',
  "\\": "\\\\",
  "\x07": "\\a",
  "\b": "\\b",
  "\f": "\\f",
  "\r": "\\r",
  "\v": "\\v",
  "\0": "\\0",
  "\x1b": "\\e",
  "\x85": "\\N",
  "\xa0": "\\_",
  "\u2028": "\\L",
  "\u2029": "\\P",
};

function quote(text: string, breaks: Record<string, string>, level: number, opening = ""): string {
  let out = `"${opening}`;
  for (const rune of text) {
    // The text of a line stands one blank further in; a blank of its own is escaped, or it would be taken for indentation.
    if (out.endsWith("\n")) out += pad(level) + (SPACE.test(rune) ? "\\" : " ");
    out += breaks[rune] ?? NAMED[rune] ?? (PRINTABLE.test(rune) ? rune : escapeCode(rune.codePointAt(0)!));
  }
  return `${out}"`;
}

function escapeCode(code: number): string {
  const hex = code.toString(16);
  if (code < 0x20 || code === 0x7f) return `\\x${hex.padStart(2, "0")}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}
