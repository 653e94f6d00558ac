import type { Files } from "../../platform/platform.ts";

/** Whether a path is a pattern. Models Go's filepath.hasMeta. */
export function isPattern(path: string): boolean {
  return /[*?[\\]/.test(path);
}

/**
 * What matches a pattern, in the order of the names; undefined: it is none that Go reads. `absolute` tells where a path is.
 * Models Go's filepath.Glob.
 */
export function glob(
  pattern: string,
  files: Pick<Files, "exists" | "isDirectory" | "list">,
  absolute: (path: string) => string,
): string[] | undefined {
  if (pattern.split("/").some((part) => ruleOf(part) === undefined)) return undefined;
  const search = (path: string): string[] => {
    if (!isPattern(path)) return path === "" || files.exists(absolute(path)) ? [path] : [];
    const slash = path.lastIndexOf("/");
    const rule = ruleOf(path.slice(slash + 1))!;
    const parents = slash < 0 ? [""] : search(path.slice(0, slash));
    return parents.flatMap((parent) => {
      const folder = slash === 0 ? "/" : absolute(parent);
      if (!files.isDirectory(folder)) return [];
      const names = [...files.list(folder)].sort().filter((name) => rule.test(name));
      return names.map((name) => (slash < 0 ? name : `${parent}/${name}`));
    });
  };
  return search(pattern);
}

/** A pattern of one name; undefined where it is not well formed. Models Go's filepath.Match. */
function ruleOf(pattern: string): RegExp | undefined {
  const chars = [...pattern];
  let at = 0;
  /** The next character for itself; undefined at the end. */
  const plain = (): string | undefined => {
    if (chars[at] === "\\") at++;
    return chars[at++];
  };
  let source = "";
  while (at < chars.length) {
    const char = chars[at];
    if (char === "*" || char === "?") {
      source += char === "*" ? ".*" : ".";
      at++;
    } else if (char === "[") {
      at++;
      const negated = chars[at] === "^";
      if (negated) at++;
      const ranges: string[] = [];
      do {
        const low = boundAt(chars[at]) ? plain() : undefined;
        const isRange = low !== undefined && chars[at] === "-";
        if (isRange) at++;
        const high = !isRange ? low : boundAt(chars[at]) ? plain() : undefined;
        if (low === undefined || high === undefined || at >= chars.length) return undefined;
        if (low.codePointAt(0)! <= high.codePointAt(0)!) ranges.push(`${literal(low)}-${literal(high)}`);
      } while (chars[at] !== "]");
      at++;
      source += `[${negated ? "^" : ""}${ranges.join("")}]`;
    } else {
      const next = plain();
      if (next === undefined) return undefined;
      source += literal(next);
    }
  }
  return new RegExp(`^${source}$`, "su");
}

/** Neither may stand for itself where a range begins or ends. */
function boundAt(char: string | undefined): boolean {
  return char !== undefined && char !== "-" && char !== "]";
}

function literal(char: string): string {
  return `\\u{${char.codePointAt(0)!.toString(16)}}`;
}
