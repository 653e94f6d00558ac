import { CurlError } from "./error.ts";

export interface GlobbedUrl {
  url: string;
  /** What `#1`, `#2` … stand for in `-o`. */
  values: string[];
}

const MAX_URLS = 100_000;

/** `{a,b}`, `[1-3]`, `[01-10:2]`, `[a-z]`: all URLs of a pattern, the last part running fastest. Models tool_urlglob.c. */
export function expandGlob(pattern: string): GlobbedUrl[] {
  const parts: (string | string[])[] = [];
  let literal = "";
  let at = 0;
  const fail = (what: string, position: number) => {
    const pointer = `${" ".repeat(position - 1)}^`;
    return new CurlError(3, `${what} in URL position ${position}:\n${pattern}\n${pointer}`);
  };
  const flush = () => {
    if (literal !== "") parts.push(literal);
    literal = "";
  };
  while (at < pattern.length) {
    const ch = pattern[at]!;
    if (ch === "\\" && "{}[]".includes(pattern[at + 1] ?? " ")) {
      literal += pattern[at + 1];
      at += 2;
    } else if (ch === "{") {
      const end = pattern.indexOf("}", at);
      if (end === at + 1) throw fail("empty string within braces", end + 1);
      if (end < 0) throw fail("unmatched brace", at + 1);
      const body = pattern.slice(at + 1, end);
      const nested = body.indexOf("{");
      if (nested >= 0) throw fail("nested brace", at + 1 + nested + 1);
      flush();
      parts.push(body.split(","));
      at = end + 1;
    } else if (ch === "[" && isIPv6Literal(pattern, at)) {
      const end = pattern.indexOf("]", at);
      literal += pattern.slice(at, end + 1);
      at = end + 1;
    } else if (ch === "[") {
      if (pattern.slice(at + 1).startsWith("]")) {
        literal += "[]";
        at += 2;
        continue;
      }
      const range = rangeAt(pattern, at);
      if (!range) {
        const known = /^[A-Za-z\d]/.test(pattern.slice(at + 1));
        throw fail(known ? "bad range" : "bad range specification", at + 2 + consumed(pattern.slice(at + 1)));
      }
      flush();
      parts.push(range.values);
      at = range.end;
    } else if (ch === "}" || ch === "]") {
      throw fail("unmatched close brace/bracket", at + 1);
    } else {
      literal += ch;
      at++;
    }
  }
  flush();
  return combine(parts);
}

function combine(parts: readonly (string | string[])[]): GlobbedUrl[] {
  let found: GlobbedUrl[] = [{ url: "", values: [] }];
  for (const part of parts) {
    if (typeof part === "string") found = found.map(({ url, values }) => ({ url: url + part, values }));
    else found = found.flatMap(({ url, values }) => part.map((one) => ({ url: url + one, values: [...values, one] })));
    if (found.length > MAX_URLS) throw new CurlError(3, "range overflow");
  }
  return found;
}

const isIPv6Literal = (pattern: string, at: number) =>
  /^\[[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%[^\]]*)?\]/.test(pattern.slice(at));

/** How far glob_range has read when it gives up. */
function consumed(text: string): number {
  const whole = /^(?:[A-Za-z]-[A-Za-z]|\d+-\d+(?::\d+)?)\]/.exec(text);
  if (whole) return whole[0].length;
  return (/^\d+-\d+:/.exec(text) ?? /^\d+-/.exec(text))?.[0].length ?? 0;
}

function rangeAt(pattern: string, at: number): { values: string[]; end: number } | undefined {
  const text = pattern.slice(at);
  const numbers = /^\[(\d+)-(\d+)(?::(\d+))?\]/.exec(text);
  if (numbers) {
    const [all, first = "", last = "", step = "1"] = numbers;
    const width = first.length > 1 && first.startsWith("0") ? first.length : 0;
    const by = Number(step);
    if (Number(first) > Number(last) || by === 0) return undefined;
    const values: string[] = [];
    for (let n = Number(first); n <= Number(last) && values.length <= MAX_URLS; n += by)
      values.push(String(n).padStart(width, "0"));
    return { values, end: at + all.length };
  }
  const letters = /^\[([A-Za-z])-([A-Za-z])(?::(\d+))?\]/.exec(text);
  if (!letters) return undefined;
  const [all, first = "", last = "", step = "1"] = letters;
  const [from, to] = [first.charCodeAt(0), last.charCodeAt(0)];
  if (from > to || Number(step) === 0 || /[a-z]/.test(first) !== /[a-z]/.test(last)) return undefined;
  const values: string[] = [];
  for (let code = from; code <= to; code += Number(step)) values.push(String.fromCharCode(code));
  return { values, end: at + all.length };
}
