import { compareStrings, getKey } from "../json.ts";
import { ParseError } from "./parse-error.ts";

export interface FieldRequirement {
  field: string;
  operator: "=" | "!=";
  value: string;
}

/** A condition on fields, as `--field-selector` takes it. Models k8s.io/apimachinery pkg/fields. */
export interface FieldSelector {
  /** In the order of the texts of the terms. */
  readonly requirements: readonly FieldRequirement[];
  /** True when it matches all objects. */
  readonly empty: boolean;
  /** Fields that are missing count as "". */
  matches(fields: Readonly<Record<string, string>>): boolean;
  /** The canonical text. */
  toString(): string;
}

/** Terms between commas that no backslash goes before. */
function terms(text: string): string[] {
  const out: string[] = [];
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === ",") {
      out.push(text.slice(start, i));
      start = i + 1;
    }
  }
  return [...out, text.slice(start)];
}

function unescapeValue(text: string): string {
  let out = "";
  const runes = [...text];
  for (let i = 0; i < runes.length; i++) {
    const rune = runes[i]!;
    if (rune === "\\") {
      const next = runes[++i];
      if (next !== "\\" && next !== "," && next !== "=")
        throw new ParseError(`invalid field selector: invalid escape sequence: \\${next ?? ""}`);
      out += next;
    } else if (rune === "," || rune === "=")
      // Go prints the number of the rune here.
      throw new ParseError(`invalid field selector: unescaped character in value: ${rune.codePointAt(0)}`);
    else out += rune;
  }
  return out;
}

/** Escapes what means something in a selector: backslash, comma, equals sign. */
export function escapeFieldValue(value: string): string {
  return value.replace(/[\\,=]/g, (ch) => `\\${ch}`);
}

/** Parses `metadata.name=web,spec.type!=NodePort`. Throws ParseError with the texts of the real one. */
export function parseFieldSelector(text: string): FieldSelector {
  const requirements: FieldRequirement[] = [];
  for (const term of terms(text).sort(compareStrings)) {
    if (term === "") continue;
    const found = /!=|==|=/.exec(term);
    if (found === null) throw new ParseError(`invalid selector: '${text}'; can't understand '${term}'`);
    requirements.push({
      field: term.slice(0, found.index),
      operator: found[0] === "!=" ? "!=" : "=",
      value: unescapeValue(term.slice(found.index + found[0].length)),
    });
  }
  // `=` alone is a term without field and value, which the real one leaves out.
  const kept = requirements.filter(({ field, value }) => field !== "" || value !== "");
  return {
    requirements: kept,
    empty: kept.length === 0,
    matches: (fields) =>
      kept.every(({ field, operator, value }) => {
        const actual = getKey(fields, field) ?? "";
        return (actual === value) === (operator === "=");
      }),
    toString: () => kept.map(({ field, operator, value }) => `${field}${operator}${escapeFieldValue(value)}`).join(","),
  };
}
