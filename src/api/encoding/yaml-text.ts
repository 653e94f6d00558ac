/** Where and how a text is written. */
export interface TextPlace {
  /** Columns already used on the line, the blank before the value not counted. */
  column: number;
  /** Indentation of continuation lines. */
  indent: number;
  /** A key before `:` stays on one line. */
  simpleKey: boolean;
}

interface Analysis {
  multiline: boolean;
  plain: boolean;
  single: boolean;
  block: boolean;
}

/** Lines are folded at the first single blank beyond this column. */
const BEST_WIDTH = 80;
// Printable ASCII with no blank at the ends, and nothing that has a meaning at the start or inside.
const HARMLESS = /^(?!\.\.\.)[A-Za-z0-9_/.(+=$^\\;<~][A-Za-z0-9_/.()+=$^\\;<>~!*&|%@`'",?[\]{}-]*$/;
const BREAKS = /[\n\r\x85\u2028\u2029]/;
const UNPRINTABLE = /[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;
const MARKERS = /^(?:---|\.\.\.)/;

function isBreak(rune: string | undefined): boolean {
  return rune === "\n" || rune === "\r" || rune === "\x85" || rune === "\u2028" || rune === "\u2029";
}

/** Which styles a text allows in block context. Models yaml_emitter_analyze_scalar. */
function analyze(text: string): Analysis {
  const multiline = BREAKS.test(text);
  const special = UNPRINTABLE.test(text);
  const edge = /^[ \n\r\x85\u2028\u2029]|[ \n\r\x85\u2028\u2029]$/.test(text);
  const breakSpace = /[\n\r\x85\u2028\u2029] /.test(text);
  const spaceBreak = / [\n\r\x85\u2028\u2029]/.test(text);
  const indicators =
    MARKERS.test(text) ||
    /^[#,[\]{}&*!|>'"%@`]/.test(text) ||
    /^[?:-](?:[ \t]|$)/.test(text) ||
    /:(?:[ \t]|$)/.test(text) ||
    /[ \t\n\r\x85\u2028\u2029\0]#/.test(text);
  return {
    multiline,
    plain: !(edge || breakSpace || spaceBreak || special || multiline || indicators),
    single: !(breakSpace || spaceBreak || special),
    block: !(text.endsWith(" ") || spaceBreak || special),
  };
}

/** Whether a key can stand before `:` without a `?`. */
export function isSimpleKey(key: string): boolean {
  if (key.length > 128 || BREAKS.test(key)) return false;
  return key.length <= 42 || utf8Length(key) <= 128;
}

function utf8Length(text: string): number {
  let length = 0;
  for (const rune of text) {
    const code = rune.codePointAt(0)!;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return length;
}

/**
 * A string value or key in the style that go.yaml.in/yaml/v2 picks, its continuation lines indented.
 * `quote` says that the text would be read as another type without quotes. A literal block ends with its line break if
 * the text does; the caller starts the next line in that case without one.
 */
export function writeText(text: string, quote: boolean, place: TextPlace): string {
  if (!quote && HARMLESS.test(text)) return text;
  const allowed = analyze(text);
  if (text.includes("\n") && allowed.block && !place.simpleKey) return literal(text, place.indent);
  const start = place.column + 1;
  const fold = !place.simpleKey;
  if (text !== "" && !text.includes("\n") && !quote) {
    if (allowed.plain)
      return !fold || start + text.length <= BEST_WIDTH ? text : foldBlanks(text, start, place.indent, 0);
    if (allowed.single && !(place.simpleKey && allowed.multiline)) return singleQuoted(text, start, place.indent, fold);
  }
  // An empty key is the one text that is plain for the encoder and quoted once by the emitter.
  return doubleQuoted(text, start, place.indent, fold);
}

function literal(text: string, indent: number): string {
  const pad = " ".repeat(indent);
  let header = "|";
  if (/^[ \n\r\x85\u2028\u2029]/.test(text)) header += "2";
  if (!isBreak(text.at(-1))) header += "-";
  else if (text.length === 1 || isBreak(text.at(-2))) header += "+";
  let out = `${header}\n`;
  let fresh = true;
  for (const part of text.split(/([\n\r\x85\u2028\u2029])/)) {
    if (part === "") continue;
    if (isBreak(part)) {
      out += part;
      fresh = true;
    } else {
      out += (fresh ? pad : "") + part;
      fresh = false;
    }
  }
  return out;
}

/** Plain and single-quoted text: a line is broken at a lone blank beyond the best width, never at `edge` of the ends. */
function foldBlanks(text: string, start: number, indent: number, edge: 0 | 1): string {
  let out = "";
  let column = start;
  let spaces = false;
  const runes = [...text];
  for (let i = 0; i < runes.length; i++) {
    const rune = runes[i]!;
    if (rune === " ") {
      const inside = i >= edge && i < runes.length - edge;
      if (!spaces && column > BEST_WIDTH && inside && runes[i + 1] !== " ") {
        out += `\n${" ".repeat(indent)}`;
        column = indent;
      } else {
        out += rune;
        column++;
      }
      spaces = true;
    } else {
      out += rune;
      column += rune === "'" && edge === 1 ? 2 : 1;
      if (rune === "'" && edge === 1) out += rune;
      spaces = false;
    }
  }
  return out;
}

function singleQuoted(text: string, start: number, indent: number, fold: boolean): string {
  if (!BREAKS.test(text)) {
    const doubled = text.replaceAll("'", "''");
    if (!fold || start + 1 + doubled.length <= BEST_WIDTH) return `'${doubled}'`;
    return `'${foldBlanks(text, start + 1, indent, 1)}'`;
  }
  let out = "'";
  let column = start + 1;
  let spaces = false;
  let breaks = false;
  const runes = [...text];
  for (let i = 0; i < runes.length; i++) {
    const rune = runes[i]!;
    if (rune === " ") {
      if (fold && !spaces && column > BEST_WIDTH && i > 0 && i < runes.length - 1 && runes[i + 1] !== " ") {
        out += `\n${" ".repeat(indent)}`;
        column = indent;
      } else {
        out += rune;
        column++;
      }
      spaces = true;
    } else if (isBreak(rune)) {
      out += rune;
      column = 0;
      breaks = true;
    } else {
      if (breaks) {
        out += " ".repeat(Math.max(0, indent - column));
        column = Math.max(column, indent);
      }
      out += rune === "'" ? "''" : rune;
      column += rune === "'" ? 2 : 1;
      spaces = false;
      breaks = false;
    }
  }
  return `${out}'`;
}

const ESCAPES = new Map([
  [0x00, "0"],
  [0x07, "a"],
  [0x08, "b"],
  [0x09, "t"],
  [0x0a, "n"],
  [0x0b, "v"],
  [0x0c, "f"],
  [0x0d, "r"],
  [0x1b, "e"],
  [0x22, '"'],
  [0x5c, "\\"],
  [0x85, "N"],
  [0xa0, "_"],
  [0x2028, "L"],
  [0x2029, "P"],
]);

function escapeRune(rune: string): string {
  const code = rune.codePointAt(0)!;
  const named = ESCAPES.get(code);
  if (named !== undefined) return `\\${named}`;
  const hex = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${hex.padStart(2, "0")}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}

function doubleQuoted(text: string, start: number, indent: number, fold: boolean): string {
  // The original looks for a byte order mark at the start of the text whichever character it is at.
  const escapeAll = text.startsWith("\ufeff");
  if (/^[ !#-[\]-~]*$/.test(text) && (!fold || start + 1 + text.length <= BEST_WIDTH)) return `"${text}"`;
  let out = '"';
  let column = start + 1;
  let spaces = false;
  const runes = [...text];
  for (let i = 0; i < runes.length; i++) {
    const rune = runes[i]!;
    if (escapeAll || rune === '"' || rune === "\\" || isBreak(rune) || UNPRINTABLE.test(rune)) {
      const escaped = escapeRune(rune);
      out += escaped;
      column += escaped.length;
      spaces = false;
    } else if (rune === " ") {
      if (fold && !spaces && column > BEST_WIDTH && i > 0 && i < runes.length - 1) {
        out += `\n${" ".repeat(indent)}`;
        column = indent;
        if (runes[i + 1] === " ") {
          out += "\\";
          column++;
        }
      } else {
        out += rune;
        column++;
      }
      spaces = true;
    } else {
      out += rune;
      column++;
      spaces = false;
    }
  }
  return `${out}"`;
}
