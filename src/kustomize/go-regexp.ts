import { KustomizeError } from "./problem.ts";

/**
 * A pattern of Go's regexp (RE2), which is nearly one of JavaScript: flags in front, named groups and `\A`, `\z` are written otherwise, and what RE2 has not
 * (looking around, references back) is refused as Go does. Throws KustomizeError.
 */
export function goRegExp(pattern: string): RegExp {
  const refused = /\(\?(?:[=!]|<[=!])/.exec(pattern);
  if (refused)
    throw problem("invalid or unsupported Perl syntax", refused[0].slice(0, refused[0].includes("<") ? 4 : 3));
  const reference = /\\[1-9]/.exec(pattern);
  if (reference) throw problem("invalid escape sequence", reference[0]);
  let flags = "";
  const source = pattern
    .replace(/\(\?([ims]+)\)/g, (_, letters: string) => {
      for (const letter of letters) if (!flags.includes(letter)) flags += letter;
      return "";
    })
    .replace(/\(\?P</g, "(?<")
    .replace(/\\A/g, "^")
    .replace(/\\z/g, "$")
    .replace(/\[\[:(\w+):\]\]/g, (whole, name: string) => CLASSES[name] ?? whole);
  try {
    return new RegExp(source, flags);
  } catch {
    throw explain(pattern);
  }
}

const CLASSES: Readonly<Record<string, string>> = {
  alnum: "[0-9A-Za-z]",
  alpha: "[A-Za-z]",
  digit: "[0-9]",
  lower: "[a-z]",
  upper: "[A-Z]",
  space: "[\\t\\n\\v\\f\\r ]",
  word: "[0-9A-Za-z_]",
};

function problem(what: string, where: string): KustomizeError {
  return new KustomizeError(`error parsing regexp: ${what}: \`${where}\``);
}

/** The commonest mistakes, in the words of Go's regexp/syntax. */
function explain(pattern: string): KustomizeError {
  const repeat = /(?:^|\(\?:|\(|\|)([*+?])/.exec(pattern);
  if (repeat) return problem("missing argument to repetition operator", repeat[1]!);
  const opened = (pattern.match(/(?<!\\)\[/g) ?? []).length;
  if (opened > (pattern.match(/(?<!\\)\]/g) ?? []).length)
    return problem("missing closing ]", pattern.slice(pattern.indexOf("[")));
  const parentheses = (pattern.match(/(?<!\\)[()]/g) ?? []).reduce((depth, char) => depth + (char === "(" ? 1 : -1), 0);
  if (parentheses > 0) return problem("missing closing )", pattern);
  if (parentheses < 0) return problem("unexpected )", pattern);
  return problem("invalid escape sequence", pattern);
}
