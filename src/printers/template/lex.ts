import { goQuote, isPrintable } from "../../api/encoding/go-quote.ts";
import { isAlphaNumeric, unicodeName } from "../go/rune.ts";
import { type Item, type ItemType, KEYWORDS } from "./item.ts";

const SPACES = " \t\r\n";
/** Undefined is the end of the input. */
type Char = string | undefined;

/** Cuts a template into tokens. Models Go's text/template/parse lex.go with the delimiters `{{` and `}}`. */
export class Lexer {
  #input: string;
  #at = 0;
  #start = 0;
  #line = 1;
  #counted = 0;
  #parens = 0;
  #inside = false;

  constructor(input: string) {
    this.#input = input;
  }

  /** The next token; after the last one and after an error always `eof`. */
  next(): Item {
    return this.#inside ? this.#action() : this.#text();
  }

  #emit(type: ItemType): Item {
    const item = { type, value: this.#input.slice(this.#start, this.#at), pos: this.#start, line: this.#lineAt() };
    this.#start = this.#at;
    return item;
  }

  #lineAt(): number {
    for (; this.#counted < this.#start; this.#counted++) if (this.#input[this.#counted] === "\n") this.#line++;
    return this.#line;
  }

  #error(message: string): Item {
    const item: Item = { type: "error", value: message, pos: this.#start, line: this.#lineAt() };
    this.#input = "";
    this.#at = 0;
    this.#start = 0;
    return item;
  }

  #peek(): Char {
    const code = this.#input.codePointAt(this.#at);
    return code === undefined ? undefined : String.fromCodePoint(code);
  }

  #next(): Char {
    const char = this.#peek();
    this.#at += char?.length ?? 0;
    return char;
  }

  #accept(valid: string): boolean {
    const char = this.#peek();
    if (char === undefined || !valid.includes(char)) return false;
    this.#at++;
    return true;
  }

  #acceptRun(valid: string): void {
    while (this.#accept(valid));
  }

  #skip(count: number): void {
    this.#at += count;
    this.#start = this.#at;
  }

  #text(): Item {
    for (;;) {
      const open = this.#input.indexOf("{{", this.#at);
      if (open < 0) {
        this.#at = this.#input.length;
        if (this.#at > this.#start) return this.#emit("text");
        return { type: "eof", value: "EOF", pos: this.#at, line: this.#lineAt() };
      }
      const trimmed = this.#trimMarkerAt(open + 2);
      this.#at = open;
      if (trimmed) while (this.#at > this.#start && SPACES.includes(this.#input[this.#at - 1]!)) this.#at--;
      const item = this.#at > this.#start ? this.#emit("text") : undefined;
      this.#at = open;
      this.#start = open;
      if (item) return item;
      const marker = trimmed ? 2 : 0;
      if (!this.#input.startsWith("/*", open + 2 + marker)) {
        this.#at += 2;
        const delim = this.#emit("leftDelim");
        this.#inside = true;
        this.#skip(marker);
        this.#parens = 0;
        return delim;
      }
      this.#skip(2 + marker);
      const error = this.#comment();
      if (error) return error;
    }
  }

  /** `-` and a space right of `{{`. */
  #trimMarkerAt(at: number): boolean {
    return this.#input[at] === "-" && isSpace(this.#input[at + 1]);
  }

  #comment(): Item | undefined {
    const close = this.#input.indexOf("*/", this.#at + 2);
    if (close < 0) return this.#error("unclosed comment");
    this.#at = close + 2;
    const { delim, trim } = this.#rightDelimAhead();
    if (!delim) return this.#error("comment ends before closing delimiter");
    this.#skip(trim ? 4 : 2);
    if (trim) this.#skipSpaces();
    return undefined;
  }

  #rightDelimAhead(): { delim: boolean; trim: boolean } {
    if (isSpace(this.#input[this.#at]) && this.#input.startsWith("-}}", this.#at + 1))
      return { delim: true, trim: true };
    return { delim: this.#input.startsWith("}}", this.#at), trim: false };
  }

  #skipSpaces(): void {
    while (isSpace(this.#input[this.#at])) this.#at++;
    this.#start = this.#at;
  }

  #rightDelim(): Item {
    const { trim } = this.#rightDelimAhead();
    if (trim) this.#skip(2);
    this.#at += 2;
    const item = this.#emit("rightDelim");
    if (trim) this.#skipSpaces();
    this.#inside = false;
    return item;
  }

  #action(): Item {
    if (this.#rightDelimAhead().delim) {
      return this.#parens === 0 ? this.#rightDelim() : this.#error("unclosed left paren");
    }
    const char = this.#next();
    if (char === undefined) return this.#error("unclosed action");
    if (isSpace(char)) return this.#space();
    switch (char) {
      case "=":
        return this.#emit("assign");
      case ":":
        return this.#next() === "=" ? this.#emit("declare") : this.#error("expected :=");
      case "|":
        return this.#emit("pipe");
      case '"':
        return this.#quoted('"', "string", "unterminated quoted string");
      case "'":
        return this.#quoted("'", "charConstant", "unterminated character constant");
      case "`":
        return this.#raw();
      case "$":
        return this.#fieldOrVariable("variable");
      case "(":
        this.#parens++;
        return this.#emit("leftParen");
      case ")":
        this.#parens--;
        return this.#parens < 0 ? this.#error("unexpected right paren") : this.#emit("rightParen");
    }
    const digitAhead = /^[0-9]$/.test(this.#input[this.#at] ?? "");
    if (char === "." && this.#at < this.#input.length && !digitAhead) return this.#fieldOrVariable("field");
    this.#at -= char.length;
    if (/^[.+\-0-9]$/.test(char)) return this.#number();
    if (isAlphaNumeric(char)) return this.#identifier();
    this.#at += char.length;
    if (char <= "\x7f" && isPrintable(char)) return this.#emit("char");
    return this.#error(`unrecognized character in action: ${unicodeName(char)}`);
  }

  /** A run of spaces, but not the one that belongs to ` -}}`. */
  #space(): Item {
    let count = 1;
    while (isSpace(this.#input[this.#at])) {
      this.#at++;
      count++;
    }
    this.#at--;
    if (this.#rightDelimAhead().trim) {
      if (count === 1) return this.#rightDelim();
    } else this.#at++;
    return this.#emit("space");
  }

  #identifier(): Item {
    while (isAlphaNumeric(this.#peek())) this.#next();
    const word = this.#input.slice(this.#start, this.#at);
    if (!this.#atTerminator()) return this.#badCharacter();
    if (KEYWORDS.has(word)) return this.#emit("keyword");
    return this.#emit(word === "true" || word === "false" ? "bool" : "identifier");
  }

  #fieldOrVariable(type: "field" | "variable"): Item {
    if (this.#atTerminator()) return this.#emit(type === "variable" ? "variable" : "keyword");
    while (isAlphaNumeric(this.#peek())) this.#next();
    return this.#atTerminator() ? this.#emit(type) : this.#badCharacter();
  }

  #badCharacter(): Item {
    return this.#error(`bad character ${unicodeName(this.#peek() ?? "")}`);
  }

  #atTerminator(): boolean {
    const char = this.#peek();
    return char === undefined || isSpace(char) || ".,|:)(".includes(char) || this.#input.startsWith("}}", this.#at);
  }

  #quoted(mark: string, type: ItemType, message: string): Item {
    for (;;) {
      let char = this.#next();
      if (char === mark) return this.#emit(type);
      if (char === "\\") {
        char = this.#next();
        if (char !== undefined && char !== "\n") continue;
      }
      if (char === undefined || char === "\n") return this.#error(message);
    }
  }

  #raw(): Item {
    const close = this.#input.indexOf("`", this.#at);
    if (close < 0) return this.#error("unterminated raw quoted string");
    this.#at = close + 1;
    return this.#emit("rawString");
  }

  #number(): Item {
    const bad = () => this.#error(`bad number syntax: ${goQuote(this.#input.slice(this.#start, this.#at))}`);
    if (!this.#scanNumber()) return bad();
    const sign = this.#peek();
    if (sign !== "+" && sign !== "-") return this.#emit("number");
    return this.#scanNumber() && this.#input[this.#at - 1] === "i" ? this.#emit("complex") : bad();
  }

  #scanNumber(): boolean {
    this.#accept("+-");
    let digits = "0123456789_";
    if (this.#accept("0")) {
      if (this.#accept("xX")) digits = "0123456789abcdefABCDEF_";
      else if (this.#accept("oO")) digits = "01234567_";
      else if (this.#accept("bB")) digits = "01_";
    }
    this.#acceptRun(digits);
    if (this.#accept(".")) this.#acceptRun(digits);
    const exponent = digits.length === 11 ? "eE" : digits.length === 23 ? "pP" : "";
    if (this.#accept(exponent)) {
      this.#accept("+-");
      this.#acceptRun("0123456789_");
    }
    this.#accept("i");
    if (!isAlphaNumeric(this.#peek())) return true;
    this.#next();
    return false;
  }
}

function isSpace(char: Char): boolean {
  return char !== undefined && SPACES.includes(char);
}
