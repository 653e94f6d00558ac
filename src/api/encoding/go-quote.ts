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
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

function escapeRune(rune: string, quote: string): string {
  if (rune === quote) return `\\${quote}`;
  const named = NAMED[rune];
  if (named !== undefined) return named;
  if (PRINTABLE.test(rune)) return rune;
  const code = rune.codePointAt(0)!;
  if (code < 0x20 || code === 0x7f) return `\\x${code.toString(16).padStart(2, "0")}`;
  if (code > 0xffff) return `\\U${code.toString(16).padStart(8, "0")}`;
  return `\\u${code.toString(16).padStart(4, "0")}`;
}

/** A text as Go's `%q` and `strconv.Quote` write it. */
export function quoteGo(text: string): string {
  if (/^[ !#-[\]-~]*$/.test(text)) return `"${text}"`;
  let out = "";
  for (const rune of text) out += escapeRune(rune, '"');
  return `"${out}"`;
}

/** One character as Go's `strconv.QuoteRune` writes it: `'x'`, `'\n'`, `'\''`. */
export function quoteRuneGo(rune: string): string {
  return `'${escapeRune(rune, "'")}'`;
}
