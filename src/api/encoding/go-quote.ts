const NAMED: Record<string, string> = {
  "\u0007": "\\a",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\v": "\\v",
  "\\": "\\\\",
};
let printable: RegExp | undefined;

/** Go's `unicode.IsPrint`: letters, marks, numbers, punctuation, symbols and the ASCII space. */
export function isPrintable(rune: string): boolean {
  // V8 takes long to read the pattern, and ASCII needs none.
  if (rune.length === 1 && rune <= "\x7f") return rune >= " " && rune <= "~";
  printable ??= /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;
  return printable.test(rune);
}

function escapeRune(rune: string, quote: string, ascii: boolean): string {
  if (rune === quote) return `\\${quote}`;
  const named = NAMED[rune];
  if (named !== undefined) return named;
  const code = rune.codePointAt(0)!;
  if (isPrintable(rune) && !(ascii && code > 0x7f)) return rune;
  if (code < 0x20 || code === 0x7f) return `\\x${code.toString(16).padStart(2, "0")}`;
  if (code > 0xffff) return `\\U${code.toString(16).padStart(8, "0")}`;
  return `\\u${code.toString(16).padStart(4, "0")}`;
}

/** A text as Go's `%q` and `strconv.Quote` write it. */
export function goQuote(text: string): string {
  return quoted(text, false);
}

/** The same as `%+q` writes it, which escapes all beyond ASCII. */
export function goQuoteAscii(text: string): string {
  return quoted(text, true);
}

function quoted(text: string, ascii: boolean): string {
  if (/^[ !#-[\]-~]*$/.test(text)) return `"${text}"`;
  let out = "";
  for (const rune of text) out += escapeRune(rune, '"', ascii);
  return `"${out}"`;
}

/** One character as Go's `strconv.QuoteRune` writes it: `'x'`, `'\n'`, `'\''`. */
export function quoteRuneGo(rune: string, ascii = false): string {
  return `'${escapeRune(rune, "'", ascii)}'`;
}
