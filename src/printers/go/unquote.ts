import { decodeText, encodeText } from "../../api/encoding/text.ts";
/** True when `` `text` `` is a valid raw string of one line (`strconv.CanBackquote`). */
export function canBackquote(text: string): boolean {
  for (const char of text) {
    const code = char.codePointAt(0)!;
    if (code === 0xfeff || (code < 0x20 && char !== "\t") || char === "`" || code === 0x7f) return false;
  }
  return true;
}

const SIMPLE_ESCAPES: Record<string, string> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
};
const HEX_WIDTH: Record<string, number> = { x: 2, u: 4, U: 8 };

/** One unquoted character. `byte` is set for `\xHH` and `\ooo`, which name a byte and not a character. */
export interface Unquoted {
  code: number;
  byte: boolean;
  rest: string;
}

/** Decodes the first character of the inside of a literal; undefined is Go's ErrSyntax. Models `strconv.UnquoteChar`. */
export function unquoteChar(text: string, mark: string): Unquoted | undefined {
  if (text === "") return undefined;
  const first = String.fromCodePoint(text.codePointAt(0)!);
  if (first === mark && (mark === "'" || mark === '"')) return undefined;
  if (first !== "\\") return { code: first.codePointAt(0)!, byte: false, rest: text.slice(first.length) };
  const kind = text[1];
  if (kind === undefined) return undefined;
  const rest = text.slice(2);
  const simple = SIMPLE_ESCAPES[kind];
  if (simple !== undefined) return { code: simple.charCodeAt(0), byte: false, rest };
  if (kind === "'" || kind === '"') return kind === mark ? { code: kind.charCodeAt(0), byte: false, rest } : undefined;
  const width = HEX_WIDTH[kind];
  if (width !== undefined) {
    const digits = rest.slice(0, width);
    if (digits.length < width || !/^[0-9a-fA-F]+$/.test(digits)) return undefined;
    const code = Number.parseInt(digits, 16);
    if (kind !== "x" && (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))) return undefined;
    return { code, byte: kind === "x", rest: rest.slice(width) };
  }
  if (kind >= "0" && kind <= "7") {
    const digits = text.slice(1, 4);
    if (!/^[0-7]{3}$/.test(digits)) return undefined;
    const code = Number.parseInt(digits, 8);
    return code > 255 ? undefined : { code, byte: true, rest: text.slice(4) };
  }
  return undefined;
}

/** Decodes the inside of a literal; undefined is Go's ErrSyntax. Bytes that are no UTF-8 become U+FFFD. */
export function unquoteInside(inside: string, mark: string): string | undefined {
  const bytes: number[] = [];
  let rest = inside;
  while (rest !== "") {
    const char = unquoteChar(rest, mark);
    if (char === undefined) return undefined;
    if (char.byte || char.code < 0x80) bytes.push(char.code);
    else bytes.push(...encodeText(String.fromCodePoint(char.code)));
    rest = char.rest;
  }
  return decodeText(Uint8Array.from(bytes));
}

/** `strconv.Unquote` of a Go literal in double, back or single quotes; undefined is ErrSyntax. */
export function unquote(literal: string): string | undefined {
  const mark = literal[0];
  if (literal.length < 2 || mark === undefined || literal.at(-1) !== mark) return undefined;
  const inside = literal.slice(1, -1);
  if (mark === "`") return inside.includes("`") ? undefined : inside.replaceAll("\r", "");
  if (mark !== '"' || inside.includes("\n")) return undefined;
  return unquoteInside(inside, mark);
}
