import { encodeBase64, encodeText } from "../../api/encoding/text.ts";
import type { Header, HttpRequest } from "../../network/http/message.ts";
import { customHeader, type Operation } from "./config.ts";
import { multipart } from "./form.ts";
import { percentDecode } from "./percent.ts";
import type { CurlUrl } from "./url.ts";

export interface RequestPlan {
  method: string;
  body?: Uint8Array;
  /** Headers that follow from the kind of body. */
  contentType?: string;
  /** Its length is not known beforehand. */
  chunked?: boolean;
  /** It is read piece by piece, and not written together with the headers. */
  separately?: boolean;
  /** It is a form: its parts' boundary is told with its type. */
  form?: boolean;
}

/** What is to be sent first: method and body of an operation and its upload. */
export function planRequest(
  operation: Operation,
  upload: Uint8Array | undefined,
  chunked: boolean,
  seed: string,
): RequestPlan {
  if (upload) {
    const more = { separately: upload.length > 0, ...(chunked ? { chunked } : {}) };
    return { method: operation.method ?? "PUT", body: upload, ...more };
  }
  if (operation.head) return { method: operation.method ?? "HEAD" };
  if (operation.form.length > 0) {
    const own = customHeaders(operation).find(({ name }) => name.toLowerCase() === "content-type");
    const type = own ? (own.value ?? "") : "multipart/form-data";
    const { body, boundary } = multipart(operation.form, type, seed);
    const contentType = `${type}; boundary=${boundary}`;
    return { method: operation.method ?? "POST", body, contentType, separately: true, form: true };
  }
  if (operation.body && !operation.get) {
    const type = operation.json ? undefined : "application/x-www-form-urlencoded";
    return {
      method: operation.method ?? "POST",
      body: operation.body,
      ...(type ? { contentType: type } : {}),
      separately: operation.body.length > 0 && expectsContinue(operation),
    };
  }
  return { method: operation.method ?? "GET" };
}

const expectsContinue = (operation: Operation) =>
  customHeaders(operation).some(({ name, value }) => name.toLowerCase() === "expect" && value === "100-continue");

export interface RequestContext {
  url: CurlUrl;
  /** The first URL's host: credentials and a custom Host go to no other. */
  sameHost: boolean;
  cookies: string;
  /** The proxy's login; absent: there is no proxy. */
  proxy?: { login?: string };
  referer?: string;
}

/** What a request says of who asks: `Basic` with a login, or `Bearer`; undefined: nothing. */
export function authentication(
  operation: Operation,
  context: RequestContext,
): { scheme: "Basic" | "Bearer"; user: string; value: string } | undefined {
  const { url } = context;
  if (!context.sameHost && !operation.trustRedirects) return undefined;
  const fromUrl = url.user === undefined ? undefined : percentDecode(`${url.user}:${url.password ?? ""}`);
  const login = operation.user ?? fromUrl;
  const whole = login === undefined || login.includes(":") ? login : `${login}:`;
  const user = whole?.slice(0, whole.indexOf(":")) ?? "";
  const { bearer } = operation;
  if (bearer !== undefined) return { scheme: "Bearer", user, value: `Bearer ${bearer}` };
  return whole === undefined ? undefined : { scheme: "Basic", user, value: `Basic ${base64(whole)}` };
}

/** The headers of `-H`, and those that `--json` adds. */
export function customHeaders(operation: Operation): { name: string; value?: string; line: string }[] {
  const custom = operation.headers.flatMap((line) => {
    const header = customHeader(line);
    return header ? [header] : [];
  });
  const has = (name: string) => custom.some((header) => header.name.toLowerCase() === name);
  const json = ["Content-Type", "Accept"].filter((name) => operation.json && !has(name.toLowerCase()));
  custom.push(...json.map((name) => ({ name, value: "application/json", line: `${name}: application/json` })));
  return custom;
}

/** A request, and its lines as they are sent. */
export interface BuiltRequest {
  request: HttpRequest;
  /** Of the header section, each without its end; `-H` as it was typed. */
  lines: string[];
  /** The body is sent in chunks. */
  chunked: boolean;
}

/** The request as curl writes it, header by header. Models lib/http.c Curl_http. */
export function buildRequest(operation: Operation, plan: RequestPlan, context: RequestContext): BuiltRequest {
  const { url } = context;
  const custom = customHeaders(operation);
  const own = (name: string) => custom.find((header) => header.name.toLowerCase() === name.toLowerCase());
  const headers: Header[] = [];
  const lines: string[] = [];
  const put = (name: string, value: string, line = value === "" ? `${name}:` : `${name}: ${value}`) => {
    headers.push([name, value]);
    lines.push(line);
  };
  const add = (name: string, value: string | undefined) => {
    if (value !== undefined && !own(name)) put(name, value);
  };
  const ownHost = own("host");
  if (!ownHost || !context.sameHost) put("Host", hostHeader(url));
  else if (ownHost.line.length > "Host:".length || ownHost.value !== undefined)
    put("Host", ownHost.value ?? "", `Host:${ownHost.line.slice("Host:".length)}`);
  const login = context.proxy?.login;
  if (login !== undefined) add("Proxy-Authorization", `Basic ${base64(login)}`);
  const mayAuthorize = context.sameHost || operation.trustRedirects;
  add("Authorization", authentication(operation, context)?.value);
  if (operation.range !== undefined) {
    if (!plan.body) add("Range", `bytes=${operation.range}`);
    else if (!plan.form) add("Content-Range", `bytes ${operation.range}/${plan.body.length}`);
  }
  const agent = operation.userAgent ?? "curl/7.88.1";
  if (agent !== "") add("User-Agent", agent);
  add("Accept", "*/*");
  if (operation.transferEncoding) {
    put("Connection", "TE");
    put("TE", "gzip");
  }
  if (operation.compressed) add("Accept-Encoding", "deflate, gzip, br, zstd");
  const referer = context.referer ?? operation.referer?.replace(/;auto$/, "");
  if (referer) add("Referer", referer);
  if (context.proxy) add("Proxy-Connection", "Keep-Alive");
  const ownEncoding = own("transfer-encoding");
  const chunked = ownEncoding ? ownEncoding.value?.toLowerCase() === "chunked" : (plan.chunked ?? false);
  if (chunked) add("Transfer-Encoding", "chunked");
  if (context.cookies !== "") add("Cookie", context.cookies);
  if (operation.httpVersion === "2" && url.scheme === "http") {
    put("Connection", "Upgrade, HTTP2-Settings");
    put("Upgrade", "h2c");
    put("HTTP2-Settings", "AAMAAABkAAQCAAAAAAIAAAAA");
  }
  for (const { name, value, line } of custom) {
    const lower = name.toLowerCase();
    if (value === undefined || lower === "host" || (plan.form && lower === "content-type")) continue;
    if ((lower === "authorization" || lower === "cookie") && !mayAuthorize) continue;
    put(name, value, line);
  }
  if (plan.body) {
    if (!chunked && !plan.chunked) add("Content-Length", String(plan.body.length));
    if (plan.form) put("Content-Type", plan.contentType!);
    else add("Content-Type", plan.contentType);
    const upload = plan.separately && plan.contentType === undefined;
    if (plan.chunked || upload || plan.body.length > 1024 * 1024) add("Expect", "100-continue");
  }
  const request: HttpRequest = {
    method: plan.method,
    target: operation.requestTarget ?? (context.proxy ? proxyTarget(url) : targetOf(url)),
    version: operation.httpVersion === "1.0" ? "1.0" : "1.1",
    headers,
    body: plan.body ?? new Uint8Array(),
    ...(url.scheme === "https" ? { tls: { serverName: url.host } } : {}),
  };
  return { request, lines, chunked };
}

export const targetOf = (url: CurlUrl) => `${url.path}${url.query === undefined ? "" : `?${url.query}`}`;
const proxyTarget = (url: CurlUrl) => `${url.scheme}://${hostHeader(url)}${targetOf(url)}`;

function hostHeader(url: CurlUrl): string {
  const host = url.ipv6 ? `[${url.host}]` : url.host;
  const usual = (url.scheme === "http" && url.port === 80) || (url.scheme === "https" && url.port === 443);
  return usual ? host : `${host}:${url.port}`;
}

function base64(text: string): string {
  return encodeBase64(encodeText(text));
}
