import { type Cursor, isBlank, isBlankOrEnd, isBreak, isBreakOrEnd, type Mark, yamlProblem } from "./yaml-cursor.ts";

/** Line breaks and blanks between two parts of a scalar, folded as YAML says. */
class Gap {
  private blanks = "";
  private first = "";
  private rest = "";
  broken = false;

  /** Takes the blanks and line breaks from the cursor. `onTab` hears of tabs at the start of a line. */
  take(cursor: Cursor, onTab?: () => void): void {
    for (;;) {
      const unit = cursor.peek();
      if (isBlank(unit)) {
        if (this.broken && unit === 0x09) onTab?.();
        if (!this.broken) this.blanks += String.fromCharCode(unit);
        cursor.skip();
      } else if (isBreak(unit)) {
        const text = cursor.lineBreak();
        if (this.broken) this.rest += text;
        else {
          this.blanks = "";
          this.first = text;
          this.broken = true;
        }
      } else return;
    }
  }

  get isEmpty(): boolean {
    return !this.broken && this.blanks === "";
  }

  text(): string {
    if (!this.broken) return this.blanks;
    if (this.first !== "\n") return this.first + this.rest;
    return this.rest === "" ? " " : this.rest;
  }
}

/** A plain scalar; `broken` tells that it was followed by a line break. `indent` is that of the block around it. */
export function scanPlain(cursor: Cursor, indent: number, inFlow: boolean): { value: string; broken: boolean } {
  const start = cursor.mark();
  let value = "";
  let gap = new Gap();
  for (;;) {
    cursor.check();
    if (cursor.atDocumentMarker() || cursor.peek() === 0x23) break;
    const from = cursor.pos;
    let length = 0;
    for (;;) {
      const unit = cursor.peek(length);
      if (isBlankOrEnd(unit)) break;
      if (unit === 0x3a && isBlankOrEnd(cursor.peek(length + 1))) break;
      if (inFlow && (unit === 0x2c || unit === 0x3f || isBracket(unit))) break;
      length++;
    }
    if (length > 0) {
      value += gap.text() + cursor.text.slice(from, from + length);
      gap = new Gap();
      cursor.skip(length);
    }
    const unit = cursor.peek();
    if (!isBlank(unit) && !isBreak(unit)) break;
    gap.take(cursor, () => {
      if (cursor.column < indent + 1)
        throw yamlProblem("scanner", "found a tab character that violates indentation", cursor.mark(), start);
    });
    if (!inFlow && cursor.column < indent + 1) break;
  }
  return { value, broken: gap.broken };
}

function isBracket(unit: number): boolean {
  return unit === 0x5b || unit === 0x5d || unit === 0x7b || unit === 0x7d;
}

/** A scalar in `'` or `"`. The cursor is at the opening quote. */
export function scanQuoted(cursor: Cursor): string {
  const start = cursor.mark();
  const quote = cursor.peek();
  const single = quote === 0x27;
  cursor.skip();
  let value = "";
  for (;;) {
    cursor.check();
    if (cursor.atDocumentMarker())
      throw yamlProblem("scanner", "found unexpected document indicator", cursor.mark(), start);
    if (cursor.pos >= cursor.text.length)
      throw yamlProblem("scanner", "found unexpected end of stream", cursor.mark(), start);
    const gap = new Gap();
    for (;;) {
      const unit = cursor.peek();
      if (isBlankOrEnd(unit)) break;
      if (unit === quote) {
        if (!single || cursor.peek(1) !== 0x27) break;
        value += "'";
        cursor.skip(2);
      } else if (!single && unit === 0x5c && isBreak(cursor.peek(1))) {
        cursor.skip();
        cursor.lineBreak();
        // What follows on the next line is joined without a blank.
        value += joinEscaped(cursor);
        break;
      } else if (!single && unit === 0x5c) value += scanEscape(cursor, start);
      else {
        let length = 1;
        while (!isSpecialInQuotes(cursor.peek(length), quote)) length++;
        value += cursor.text.slice(cursor.pos, cursor.pos + length);
        cursor.skip(length);
      }
    }
    if (cursor.peek() === quote) break;
    gap.take(cursor);
    value += gap.text();
  }
  cursor.skip();
  return value;
}

function isSpecialInQuotes(unit: number, quote: number): boolean {
  return unit === quote || unit === 0x5c || isBlankOrEnd(unit);
}

/** After an escaped line break: blanks go, further line breaks stay. */
function joinEscaped(cursor: Cursor): string {
  let breaks = "";
  while (isBlank(cursor.peek()) || isBreak(cursor.peek())) {
    if (isBlank(cursor.peek())) cursor.skip();
    else breaks += cursor.lineBreak();
  }
  return breaks;
}

const ESCAPES: Record<string, string> = {
  "0": "\0",
  a: "\x07",
  b: "\b",
  t: "\t",
  "\t": "\t",
  n: "\n",
  v: "\v",
  f: "\f",
  r: "\r",
  e: "\x1b",
  " ": " ",
  '"': '"',
  "'": "'",
  "\\": "\\",
  N: "\x85",
  _: "\xa0",
  L: "\u2028",
  P: "\u2029",
};
const HEX_LENGTHS: Record<string, number> = { x: 2, u: 4, U: 8 };

function scanEscape(cursor: Cursor, start: Mark): string {
  const letter = String.fromCharCode(cursor.peek(1));
  const text = ESCAPES[letter];
  const length = HEX_LENGTHS[letter];
  if (text === undefined && length === undefined)
    throw yamlProblem("scanner", "found unknown escape character", cursor.mark(), start);
  cursor.skip(2);
  if (length === undefined) return text!;
  const digits = cursor.text.slice(cursor.pos, cursor.pos + length);
  if (digits.length < length || !/^[0-9a-fA-F]+$/.test(digits))
    throw yamlProblem("scanner", "did not find expected hexdecimal number", cursor.mark(), start);
  const code = Number.parseInt(digits, 16);
  if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff)
    throw yamlProblem("scanner", "found invalid Unicode character escape code", cursor.mark(), start);
  cursor.skip(length);
  return String.fromCodePoint(code);
}

/** A scalar after `|` or `>`. The cursor is at the indicator; `parentIndent` is that of the block around it, -1 for none. */
export function scanBlock(cursor: Cursor, parentIndent: number): string {
  const start = cursor.mark();
  const literal = cursor.peek() === 0x7c;
  cursor.skip();
  const { chomping, increment } = scanBlockHeader(cursor, start);
  let indent = increment === 0 ? 0 : Math.max(parentIndent, 0) + increment;
  let value = "";
  let leadingBreak = "";
  let leadingBlank = false;
  let breaks = "";
  ({ breaks, indent } = scanBlockBreaks(cursor, indent, parentIndent, start));
  while (cursor.column === indent && cursor.pos < cursor.text.length) {
    cursor.check();
    const blank = isBlank(cursor.peek());
    if (!literal && !leadingBlank && !blank && leadingBreak === "\n") {
      if (breaks === "") value += " ";
    } else value += leadingBreak;
    value += breaks;
    leadingBlank = blank;
    let length = 0;
    while (!isBreakOrEnd(cursor.peek(length))) length++;
    value += cursor.text.slice(cursor.pos, cursor.pos + length);
    cursor.skip(length);
    leadingBreak = cursor.lineBreak();
    ({ breaks, indent } = scanBlockBreaks(cursor, indent, parentIndent, start));
  }
  if (chomping !== "-") value += leadingBreak;
  if (chomping === "+") value += breaks;
  return value;
}

function scanBlockHeader(cursor: Cursor, start: Mark): { chomping: string; increment: number } {
  let chomping = "";
  let increment = 0;
  const chomp = () => {
    if (cursor.peek() !== 0x2b && cursor.peek() !== 0x2d) return;
    chomping = String.fromCharCode(cursor.peek());
    cursor.skip();
  };
  chomp();
  const unit = cursor.peek();
  if (unit >= 0x30 && unit <= 0x39) {
    if (unit === 0x30) throw yamlProblem("scanner", "found an indentation indicator equal to 0", cursor.mark(), start);
    increment = unit - 0x30;
    cursor.skip();
    if (chomping === "") chomp();
  }
  cursor.skipBlanks();
  cursor.skipComment();
  if (!isBreakOrEnd(cursor.peek()))
    throw yamlProblem("scanner", "did not find expected comment or line break", cursor.mark(), start);
  cursor.lineBreak();
  return { chomping, increment };
}

/** Line breaks and indentation before the next line of a block; finds out the indentation (0) from the first line. */
function scanBlockBreaks(
  cursor: Cursor,
  indent: number,
  parentIndent: number,
  start: Mark,
): { breaks: string; indent: number } {
  let breaks = "";
  let widest = 0;
  for (;;) {
    while ((indent === 0 || cursor.column < indent) && cursor.peek() === 0x20) cursor.skip();
    widest = Math.max(widest, cursor.column);
    if ((indent === 0 || cursor.column < indent) && cursor.peek() === 0x09)
      throw yamlProblem(
        "scanner",
        "found a tab character where an indentation space is expected",
        cursor.mark(),
        start,
      );
    if (!isBreak(cursor.peek())) break;
    breaks += cursor.lineBreak();
  }
  return { breaks, indent: indent === 0 ? Math.max(widest, parentIndent + 1, 1) : indent };
}
