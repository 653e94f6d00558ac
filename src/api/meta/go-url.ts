import { goQuote } from "../encoding/go-quote.ts";
import { ParseError } from "./parse-error.ts";

/** What Go's url.Parse tells of a URL: `user` undefined where there is none, the others "" then. */
export interface GoUrl {
  scheme: string;
  user: string | undefined;
  host: string;
  fragment: string;
  query: string;
}

/** Throws ParseError with the text of the real one. Models Go's net/url Parse. */
export function parseGoUrl(text: string): GoUrl {
  const fail = (why: string) => new ParseError(`parse ${goQuote(text)}: ${why}`);
  const hash = text.indexOf("#");
  const whole = hash < 0 ? text : text.slice(0, hash);
  if ([...whole].some((ch) => ch < " " || ch === "\x7f")) throw fail("net/url: invalid control character in URL");
  if (whole.startsWith(":")) throw fail("missing protocol scheme");
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(whole)?.[1] ?? "";
  let rest = scheme ? whole.slice(scheme.length + 1) : whole;
  const mark = rest.indexOf("?");
  const query = mark < 0 ? "" : rest.slice(mark + 1);
  if (mark >= 0) rest = rest.slice(0, mark);
  const url: GoUrl = {
    scheme: scheme.toLowerCase(),
    user: undefined,
    host: "",
    fragment: hash < 0 ? "" : text.slice(hash + 1),
    query,
  };
  if (!rest.startsWith("/")) {
    if (scheme) return url;
    if (rest.split("/")[0]!.includes(":")) throw fail("first path segment in URL cannot contain colon");
  }
  if (rest.startsWith("//") && (scheme || !rest.startsWith("///"))) {
    const end = rest.indexOf("/", 2);
    const authority = end < 0 ? rest.slice(2) : rest.slice(2, end);
    rest = end < 0 ? "" : rest.slice(end);
    const at = authority.lastIndexOf("@");
    if (at >= 0) url.user = authority.slice(0, at);
    url.host = checkedHost(authority.slice(at + 1), fail);
  }
  const broken = badEscape(rest);
  if (broken !== undefined) throw fail(`invalid URL escape ${goQuote(broken)}`);
  return url;
}

function checkedHost(host: string, fail: (why: string) => ParseError): string {
  const bracket = host.lastIndexOf("]");
  if (host.startsWith("[") && bracket < 0) throw fail("missing ']' in host");
  const port = host.startsWith("[") ? host.slice(bracket + 1) : (/:.*$/.exec(host.replace(/^.*(?=:)/, ""))?.[0] ?? "");
  if (port !== "" && !/^:[0-9]*$/.test(port)) throw fail(`invalid port ${goQuote(port)} after host`);
  const wrong = [...host].find((ch) => ch < "\x80" && !/[A-Za-z0-9\-_.~!$&'()*+,;=:[\]<>"%]/.test(ch));
  if (wrong !== undefined) throw fail(`invalid character ${goQuote(wrong)} in host name`);
  return host;
}

/** The first `%` that no two hexadecimal digits follow, with what follows. */
function badEscape(text: string): string | undefined {
  for (let at = text.indexOf("%"); at >= 0; at = text.indexOf("%", at + 1))
    if (!/^%[0-9a-fA-F]{2}/.test(text.slice(at))) return text.slice(at, at + 3);
  return undefined;
}
