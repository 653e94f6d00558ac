import { Unsupported } from "./program.ts";

/** A pattern of `case` or `${x%…}`: `*`, `?` and `[…]`. @throws Unsupported */
function globOf(pattern: string): RegExp {
  const source = pattern.replace(/\[!?[^\]]+\]|[\s\S]/g, (part) => {
    if (part === "*") return ".*";
    if (part === "?") return ".";
    if (part.length > 1) return part.replace(/^\[!/, "[^").replaceAll("\\", "\\\\");
    return part.replace(/[\\^$.|+()[\]{}*?]/, "\\$&");
  });
  try {
    return new RegExp(`^(?:${source})$`, "s");
  } catch {
    throw new Unsupported("a pattern");
  }
}

/** More steps than this are not taken to match a text: a pattern with many `*` may need very many. */
const MOST_STEPS = 10_000_000;

function checked(value: string, pattern: string, times: number): RegExp {
  const stars = pattern.split("*").length - 1;
  if (times * value.length ** Math.max(1, stars) > MOST_STEPS) throw new Unsupported("a pattern as long");
  return globOf(pattern);
}

/** Whether a word is as a pattern of `case` says. @throws Unsupported */
export function matches(value: string, pattern: string): boolean {
  return checked(value, pattern, 1).test(value);
}

/** `${x#prefix}`, `${x%suffix}`, and with a doubled sign the longest. @throws Unsupported */
export function strip(value: string, operator: string, pattern: string): string {
  const whole = checked(value, pattern, value.length);
  const lengths = Array.from({ length: value.length + 1 }, (_, i) => i);
  if (operator.length === 2) lengths.reverse();
  for (const length of lengths) {
    const cut = operator.startsWith("#") ? value.slice(0, length) : value.slice(value.length - length);
    if (whole.test(cut)) return operator.startsWith("#") ? value.slice(length) : value.slice(0, value.length - length);
  }
  return value;
}
