import { goQuote } from "../../api/encoding/go-quote.ts";
import { byteLength } from "../../api/encoding/text.ts";

export type ItemType =
  | "error"
  | "bool"
  | "char"
  | "charConstant"
  | "complex"
  | "assign"
  | "declare"
  | "eof"
  | "field"
  | "identifier"
  | "leftDelim"
  | "leftParen"
  | "number"
  | "pipe"
  | "rawString"
  | "rightDelim"
  | "rightParen"
  | "space"
  | "string"
  | "text"
  | "variable"
  | "keyword";

/** A token. A keyword's value is the word, `.` included. `pos` counts UTF-16 units. */
export interface Item {
  type: ItemType;
  value: string;
  pos: number;
  line: number;
}

export const KEYWORDS = new Set([
  ".",
  "block",
  "break",
  "continue",
  "define",
  "else",
  "end",
  "if",
  "range",
  "nil",
  "template",
  "with",
]);

/** The token as parse errors name it. */
export function itemText(item: Item): string {
  if (item.type === "eof") return "EOF";
  if (item.type === "error") return item.value;
  if (item.type === "keyword") return `<${item.value}>`;
  if (byteLength(item.value) > 10) return `${goQuote([...item.value].slice(0, 10).join(""))}...`;
  return goQuote(item.value);
}
