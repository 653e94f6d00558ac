import { decodeText } from "./text.ts";
import { type Cursor, isBlank, isBlankOrEnd, isBreakOrEnd, isWord, type Mark, yamlProblem } from "./yaml-cursor.ts";
import type { Token } from "./yaml-scanner.ts";

/** The name after `*` or `&`, the cursor at the indicator. */
export function scanAnchorName(cursor: Cursor): { value: string } {
  const start = cursor.mark();
  cursor.skip();
  const value = scanWord(cursor);
  const end = cursor.peek();
  if (value === "" || !(isBlankOrEnd(end) || "?:,]}%@`".includes(String.fromCharCode(end))))
    throw yamlProblem("scanner", "did not find expected alphabetic or numeric character", cursor.mark(), start);
  return { value };
}

function scanWord(cursor: Cursor): string {
  const from = cursor.pos;
  while (isWord(cursor.peek())) cursor.skip();
  return cursor.text.slice(from, cursor.pos);
}

/** `!<uri>`, `!suffix` or `!handle!suffix`: the handle as `value`, the rest as `suffix`. */
export function scanTag(cursor: Cursor): { value: string; suffix: string } {
  const start = cursor.mark();
  let value = "";
  let suffix: string;
  if (cursor.peek(1) === 0x3c) {
    cursor.skip(2);
    suffix = scanUri(cursor, "", start);
    if (cursor.peek() !== 0x3e) throw yamlProblem("scanner", "did not find the expected '>'", cursor.mark(), start);
    cursor.skip();
  } else {
    value = scanHandle(cursor, false, start);
    if (value.length > 1 && value.endsWith("!")) suffix = scanUri(cursor, "", start);
    else {
      suffix = scanUri(cursor, value, start);
      value = "!";
      // The tag `!` alone.
      if (suffix === "") [value, suffix] = ["", "!"];
    }
  }
  if (!isBlankOrEnd(cursor.peek()))
    throw yamlProblem("scanner", "did not find expected whitespace or line break", cursor.mark(), start);
  return { value, suffix };
}

function scanHandle(cursor: Cursor, directive: boolean, start: Mark): string {
  if (cursor.peek() !== 0x21) throw yamlProblem("scanner", "did not find expected '!'", cursor.mark(), start);
  cursor.skip();
  let handle = `!${scanWord(cursor)}`;
  if (cursor.peek() === 0x21) {
    handle += "!";
    cursor.skip();
  } else if (directive && handle !== "!")
    throw yamlProblem("scanner", "did not find expected '!'", cursor.mark(), start);
  return handle;
}

const URI = /^[0-9A-Za-z_\-;/?:@&=+$,.!~*'()[\]%]$/;

function scanUri(cursor: Cursor, head: string, start: Mark): string {
  let uri = head.slice(1);
  let found = head !== "";
  while (URI.test(String.fromCharCode(cursor.peek()))) {
    if (cursor.peek() === 0x25) uri += scanUriEscape(cursor, start);
    else {
      uri += String.fromCharCode(cursor.peek());
      cursor.skip();
    }
    found = true;
  }
  if (!found) throw yamlProblem("scanner", "did not find expected tag URI", cursor.mark(), start);
  return uri;
}

/** One character of `%XX` octets. */
function scanUriEscape(cursor: Cursor, start: Mark): string {
  const octets: number[] = [];
  for (let width = 1; octets.length < width; ) {
    const escaped = /^%([0-9A-Fa-f]{2})/.exec(cursor.text.slice(cursor.pos, cursor.pos + 3));
    if (escaped === null) throw yamlProblem("scanner", "did not find URI escaped octet", cursor.mark(), start);
    const octet = Number.parseInt(escaped[1]!, 16);
    if (octets.length === 0) {
      width = octet < 0x80 ? 1 : octet >> 5 === 6 ? 2 : octet >> 4 === 14 ? 3 : octet >> 3 === 30 ? 4 : 0;
      if (width === 0) throw yamlProblem("scanner", "found an incorrect leading UTF-8 octet", cursor.mark(), start);
    } else if (octet >> 6 !== 2)
      throw yamlProblem("scanner", "found an incorrect trailing UTF-8 octet", cursor.mark(), start);
    octets.push(octet);
    cursor.skip(3);
  }
  return decodeText(Uint8Array.from(octets));
}

/** `%YAML 1.1` and `%TAG !x! prefix`, to the end of their line. */
export function scanDirective(cursor: Cursor): Token {
  const start = cursor.mark();
  cursor.skip();
  const name = scanWord(cursor);
  if (name === "") throw yamlProblem("scanner", "could not find expected directive name", cursor.mark(), start);
  if (!isBlankOrEnd(cursor.peek()))
    throw yamlProblem("scanner", "found unexpected non-alphabetical character", cursor.mark(), start);
  let token: Token;
  if (name === "YAML") token = { type: "version-directive", start, value: scanVersion(cursor, start) };
  else if (name === "TAG") token = { type: "tag-directive", start, ...scanTagDirective(cursor, start) };
  else throw yamlProblem("scanner", "found unknown directive name", cursor.mark(), start);
  cursor.skipBlanks();
  cursor.skipComment();
  if (!isBreakOrEnd(cursor.peek()))
    throw yamlProblem("scanner", "did not find expected comment or line break", cursor.mark(), start);
  cursor.lineBreak();
  return token;
}

function scanVersion(cursor: Cursor, start: Mark): string {
  cursor.skipBlanks();
  const major = scanVersionNumber(cursor, start);
  if (cursor.peek() !== 0x2e)
    throw yamlProblem("scanner", "did not find expected digit or '.' character", cursor.mark(), start);
  cursor.skip();
  return `${major}.${scanVersionNumber(cursor, start)}`;
}

function scanVersionNumber(cursor: Cursor, start: Mark): number {
  let digits = "";
  while (cursor.peek() >= 0x30 && cursor.peek() <= 0x39) {
    if (digits.length === 2) throw yamlProblem("scanner", "found extremely long version number", cursor.mark(), start);
    digits += String.fromCharCode(cursor.peek());
    cursor.skip();
  }
  if (digits === "") throw yamlProblem("scanner", "did not find expected version number", cursor.mark(), start);
  return Number(digits);
}

function scanTagDirective(cursor: Cursor, start: Mark): { value: string; suffix: string } {
  cursor.skipBlanks();
  const value = scanHandle(cursor, true, start);
  if (!isBlank(cursor.peek())) throw yamlProblem("scanner", "did not find expected whitespace", cursor.mark(), start);
  cursor.skipBlanks();
  const suffix = scanUri(cursor, "", start);
  if (!isBlankOrEnd(cursor.peek()))
    throw yamlProblem("scanner", "did not find expected whitespace or line break", cursor.mark(), start);
  return { value, suffix };
}
