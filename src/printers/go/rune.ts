import { isPrintable } from "../../api/encoding/go-quote.ts";

/** A letter, a digit or an underscore, as Go's lexers of templates see it; false at the end of the input. */
export function isAlphaNumeric(char: string | undefined): boolean {
  return char !== undefined && /^[_\p{L}\p{Nd}]$/u.test(char);
}

/** `%#U`: the code point, and the character when it can be shown. */
export function unicodeName(char: string): string {
  const code = `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  return isPrintable(char) ? `${code} '${char}'` : code;
}
