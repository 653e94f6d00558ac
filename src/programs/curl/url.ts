import { encodeText } from "../../api/encoding/text.ts";
import { formatIPv4 } from "../../network/address.ts";
import { canonicalIP } from "../../network/dns/names.ts";
import { CurlError } from "./error.ts";
import { lowerEscapes, percentDecode, percentEncode } from "./percent.ts";

export interface CurlUrl {
  scheme: string;
  /** As written: not decoded. */
  user?: string;
  password?: string;
  /** IPv6 addresses without brackets. */
  host: string;
  ipv6: boolean;
  port: number;
  /** The port stood in the URL. */
  portGiven: boolean;
  path: string;
  query?: string;
  fragment?: string;
}

export const DEFAULT_PORTS: Readonly<Record<string, number>> = {
  http: 80,
  https: 443,
  ftp: 21,
  ftps: 990,
  telnet: 23,
  dict: 2628,
  ldap: 389,
  ldaps: 636,
  imap: 143,
  imaps: 993,
  smtp: 25,
  smtps: 465,
  pop3: 110,
  pop3s: 995,
  gopher: 70,
  gophers: 70,
  mqtt: 1883,
  rtsp: 554,
  rtmp: 1935,
  scp: 22,
  sftp: 22,
  smb: 445,
  smbs: 445,
  tftp: 69,
};

/** Parses as curl 7.88's URL API with CURLU_GUESS_SCHEME; throws CurlError 3 or 1. Models lib/urlapi.c parseurl. */
export function parseUrl(text: string, options: { pathAsIs?: boolean; protoDefault?: string } = {}): CurlUrl {
  const bad = () => new CurlError(3);
  if (text === "" || BLANKS.test(text)) throw bad();
  const schemed = /^([A-Za-z0-9+.-]{1,40}):(\/.*)$/s.exec(text);
  if (schemed && /^file$/i.test(schemed[1]!)) return fileUrl(schemed[2]!);
  if (schemed && DEFAULT_PORTS[schemed[1]!.toLowerCase()] === undefined) throw unsupported(schemed[1]!);
  const rest = schemed ? schemed[2]!.replace(/^\/{1,3}/, "") : text;
  const authorityEnd = rest.search(/[/?#]/);
  const authority = authorityEnd < 0 ? rest : rest.slice(0, authorityEnd);
  const tail = authorityEnd < 0 ? "" : rest.slice(authorityEnd);
  const at = authority.indexOf("@");
  const login = at < 0 ? undefined : authority.slice(0, at);
  if (login !== undefined) percentDecode(login);
  const hostPort = authority.slice(at + 1);
  const parts = /^(\[[0-9A-Fa-f:.]+(?:%[^\]]*)?\]|[^:[\]@]*)(?::(.*))?$/.exec(hostPort);
  if (!parts || (parts[2] === "" && !schemed)) throw bad();
  const rawHost = parts[1]!;
  const scheme = (schemed?.[1] ?? options.protoDefault ?? guessScheme(rawHost)).toLowerCase();
  if (DEFAULT_PORTS[scheme] === undefined) throw unsupported(scheme);
  const portText = parts[2] ?? "";
  if (portText !== "" && (!/^\d+$/.test(portText) || Number(portText) > 65535)) throw bad();
  const ipv6 = rawHost.startsWith("[");
  const [login_user, login_password] = login === undefined ? [] : splitOnce(login, ":");
  const hash = tail.indexOf("#");
  const beforeHash = hash < 0 ? tail : tail.slice(0, hash);
  const mark = beforeHash.indexOf("?");
  const path = (mark < 0 ? beforeHash : beforeHash.slice(0, mark)) || "/";
  return {
    scheme,
    ...(login_user !== undefined ? { user: login_user } : {}),
    ...(login_password !== undefined ? { password: login_password } : {}),
    host: ipv6 ? shortest(rawHost.slice(1, -1).replace(/%.*$/, "")) : hostName(rawHost),
    ipv6,
    port: portText === "" ? DEFAULT_PORTS[scheme]! : Number(portText),
    portGiven: portText !== "",
    path: options.pathAsIs ? path : removeDots(path),
    ...(mark >= 0 ? { query: beforeHash.slice(mark + 1) } : {}),
    ...(hash >= 0 && hash < tail.length - 1 ? { fragment: tail.slice(hash + 1) } : {}),
  };
}

/** What no URL may hold. */
const BLANKS = /[\u0000-\u001f\u007f ]/;

const unsupported = (scheme: string) => new CurlError(1, `Protocol "${scheme}" not supported or disabled in libcurl`);

/** `file:` of this machine alone: `/path`, `///path`, `//localhost/path`, `//127.0.0.1/path`. */
function fileUrl(rest: string): CurlUrl {
  const path = rest.startsWith("//") ? /^\/\/(?:localhost|127\.0\.0\.1)?(\/.*)$/is.exec(rest)?.[1] : rest;
  if (path === undefined) throw new CurlError(3);
  return { scheme: "file", host: "", ipv6: false, port: 0, portGiven: false, path };
}

/** An IPv6 address in the shorter of its own and the usual form. Models urlapi.c ipv6_parse. @throws CurlError 3 */
function shortest(address: string): string {
  if (!address.includes(":")) throw new CurlError(3);
  const usual = canonicalIP(address);
  if (usual === undefined) throw new CurlError(3);
  return usual.includes(":") && usual.length < address.length ? usual : address;
}

/** Models urlapi.c ipv4_normalize, decode_host and hostname_check. @throws CurlError 3 */
function hostName(raw: string): string {
  const address = normalizeIPv4(raw);
  if (address !== undefined) return address;
  const host = percentDecode(raw);
  if (host === "" || /[\s:#?!@{}[\]\\$'"^`*<>=;,+&()/]/.test(host)) throw new CurlError(3);
  return host;
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

/**
 * Adds to the query of an URL as typed, behind an `&`; the result is the URL in full. Models lib/urlapi.c curl_url_set with
 * CURLU_APPENDQUERY, and curl_url_get. @throws CurlError
 */
export function appendQuery(text: string, addition: string): string {
  const url = parseUrl(text);
  const before = url.query ?? "";
  const query = `${before}${before === "" || before.endsWith("&") ? "" : "&"}${lowerEscapes(addition)}`;
  const { query: _old, ...rest } = url;
  return formatUrl(query === "" ? rest : { ...url, query });
}

/** A URL without a file name in its path gets that of the file that is uploaded. Models tool_operhlp.c add_file_name_to_url. @throws CurlError */
export function addFileName(text: string, file: string): string {
  const url = parseUrl(text);
  if ((url.query ?? "") !== "" || !url.path.endsWith("/")) return text;
  const name = percentEncode(encodeText(file.replace(/^.*\//, "")));
  return formatUrl({ ...url, path: `${url.path}${lowerEscapes(name)}` });
}

function guessScheme(host: string): string {
  const known = /^(ftp|dict|ldap|imap|smtp|pop3)\./i.exec(host)?.[1];
  return known ?? "http";
}

/** Short, octal and hexadecimal forms of an IPv4 address become the usual one; undefined: it is none. Models ipv4_normalize. */
function normalizeIPv4(host: string): string | undefined {
  const parts = host.split(".");
  if (parts.length > 4 || !parts.every((part) => /^(0x[0-9a-f]+|0[0-7]*|[1-9]\d*)$/i.test(part))) return undefined;
  const numbers = parts.map((part) => (/^0\d+$/.test(part) ? Number.parseInt(part, 8) : Number(part)));
  const last = numbers.pop()!;
  if (numbers.some((number) => number > 255) || last >= 256 ** (4 - numbers.length)) return undefined;
  return formatIPv4(numbers.reduce((sum, number, i) => sum + number * 256 ** (3 - i), 0) + last);
}

/** Models lib/dotdot.c (RFC 3986 5.2.4). */
function removeDots(path: string): string {
  const out: string[] = [];
  const segments = path.split("/").slice(1);
  for (const [i, segment] of segments.entries()) {
    const last = i === segments.length - 1;
    if (segment === ".." || segment === ".") {
      if (segment === "..") out.pop();
      if (last) out.push("");
    } else out.push(segment);
  }
  return `/${out.join("/")}`;
}

/** The URL as `%{url_effective}` shows it: in full, port as given. Models lib/urlapi.c curl_url_get. */
export function formatUrl(url: CurlUrl): string {
  const host = url.ipv6 ? `[${url.host}]` : url.host.replaceAll("%", "%25");
  const login = url.user === undefined ? "" : `${url.user}${url.password === undefined ? "" : `:${url.password}`}@`;
  return `${url.scheme}://${login}${host}${url.portGiven ? `:${url.port}` : ""}${url.path}${url.query === undefined ? "" : `?${url.query}`}${url.fragment === undefined ? "" : `#${url.fragment}`}`;
}

/** A Location header against the URL that answered it. Models lib/transfer.c Curl_follow and urlapi.c concat_url. */
export function resolveReference(base: CurlUrl, location: string): CurlUrl {
  const text = location.trim().replaceAll(" ", "%20");
  if (/^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(text)) return parseUrl(text);
  const { user: _user, password: _password, fragment: _fragment, ...plain } = base;
  if (text.startsWith("//")) return parseUrl(`${base.scheme}:${text}`);
  const hash = text.indexOf("#");
  const beforeHash = hash < 0 ? text : text.slice(0, hash);
  const mark = beforeHash.indexOf("?");
  const path = mark < 0 ? beforeHash : beforeHash.slice(0, mark);
  const { query: _query, ...noQuery } = plain;
  return {
    ...noQuery,
    path: path === "" ? base.path : removeDots(path.startsWith("/") ? path : base.path.replace(/[^/]*$/, "") + path),
    ...(mark >= 0 ? { query: beforeHash.slice(mark + 1) } : {}),
    ...(hash >= 0 ? { fragment: text.slice(hash + 1) } : {}),
    ...(base.user !== undefined ? { user: base.user } : {}),
    ...(base.password !== undefined ? { password: base.password } : {}),
  };
}
