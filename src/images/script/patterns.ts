import { Unsupported } from "./program.ts";

/** A pattern of `case` or `${x%…}`: `*`, `?` and `[…]`. @throws Unsupported */
export function globOf(pattern: string): RegExp {
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

/** `${x#prefix}`, `${x%suffix}`, and with a doubled sign the longest. @throws Unsupported */
export function strip(value: string, operator: string, pattern: string): string {
  const whole = globOf(pattern);
  const lengths = Array.from({ length: value.length + 1 }, (_, i) => i);
  if (operator.length === 2) lengths.reverse();
  for (const length of lengths) {
    const cut = operator.startsWith("#") ? value.slice(0, length) : value.slice(value.length - length);
    if (whole.test(cut)) return operator.startsWith("#") ? value.slice(length) : value.slice(0, value.length - length);
  }
  return value;
}
