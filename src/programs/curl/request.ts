import type { Header, HttpRequest } from "../../network/http/message.ts";
import { customHeader, type Operation } from "./config.ts";
import { multipart } from "./getparam.ts";
import type { CurlUrl } from "./url.ts";

export interface RequestPlan {
  method: string;
  body?: Uint8Array;
  /** Headers that follow from the kind of body. */
  contentType?: string;
  /** Its length is not known beforehand. */
  chunked?: boolean;
}

/** What is to be sent first: method and body of an operation and its upload. */
export function planRequest(
  operation: Operation,
  upload: Uint8Array | undefined,
  chunked: boolean,
  seed: string,
): RequestPlan {
  if (upload) return { method: operation.method ?? "PUT", body: upload, ...(chunked ? { chunked } : {}) };
  if (operation.head) return { method: operation.method ?? "HEAD" };
  if (operation.bodyKind === "form") {
    const { body, boundary } = multipart(operation, seed);
    return { method: operation.method ?? "POST", body, contentType: `multipart/form-data; boundary=${boundary}` };
  }
  if (operation.body && !operation.get) {
    const type = operation.bodyKind === "json" ? undefined : "application/x-www-form-urlencoded";
    return {
      method: operation.method ?? "POST",
      body: operation.body,
      ...(type ? { contentType: type } : {}),
    };
  }
  return { method: operation.method ?? "GET" };
}

export interface RequestContext {
  url: CurlUrl;
  /** The first URL's host: credentials and a custom Host go to no other. */
  sameHost: boolean;
  cookies: string;
  viaProxy: boolean;
  referer?: string;
}

/** The request as curl writes it, header by header. Models lib/http.c Curl_http. */
export function buildRequest(operation: Operation, plan: RequestPlan, context: RequestContext): HttpRequest {
  const { url } = context;
  const custom = operation.headers.flatMap((line) => {
    const header = customHeader(line);
    return header ? [header] : [];
  });
  const overridden = (name: string) => custom.some((header) => header.name.toLowerCase() === name.toLowerCase());
  const headers: Header[] = [];
  const add = (name: string, value: string | undefined) => {
    if (value !== undefined && !overridden(name)) headers.push([name, value]);
  };
  const ownHost = custom.find((header) => header.name.toLowerCase() === "host");
  if (ownHost && context.sameHost) {
    if (ownHost.value !== undefined) headers.push(["Host", ownHost.value]);
  } else headers.push(["Host", hostHeader(url)]);
  if (context.viaProxy && operation.proxyUser) add("Proxy-Authorization", `Basic ${base64(operation.proxyUser)}`);
  const credentials = url.user !== undefined ? `${url.user}:${url.password ?? ""}` : operation.user;
  const mayAuthorize = context.sameHost || operation.trustRedirects;
  if (credentials !== undefined && mayAuthorize)
    add("Authorization", `Basic ${base64(credentials.includes(":") ? credentials : `${credentials}:`)}`);
  else if (operation.bearer !== undefined && mayAuthorize) add("Authorization", `Bearer ${operation.bearer}`);
  if (operation.range !== undefined && !plan.body) add("Range", `bytes=${operation.range}`);
  const agent = operation.userAgent ?? "curl/7.88.1";
  if (agent !== "") add("User-Agent", agent);
  add("Accept", "*/*");
  if (operation.compressed) add("Accept-Encoding", "deflate, gzip, br, zstd");
  const referer = context.referer ?? operation.referer?.replace(/;auto$/, "");
  if (referer) add("Referer", referer);
  if (context.viaProxy) add("Proxy-Connection", "Keep-Alive");
  if (context.cookies !== "") add("Cookie", context.cookies);
  if (operation.httpVersion === "2" && url.scheme === "http") {
    headers.push(["Connection", "Upgrade, HTTP2-Settings"], ["Upgrade", "h2c"]);
    headers.push(["HTTP2-Settings", "AAMAAABkAAQCAAAAAAIAAAAA"]);
  }
  for (const { name, value } of custom) {
    const lower = name.toLowerCase();
    if (value === undefined || lower === "host") continue;
    if ((lower === "authorization" || lower === "cookie") && !mayAuthorize) continue;
    headers.push([name, value]);
  }
  if (plan.body) {
    if (plan.chunked) {
      add("Transfer-Encoding", "chunked");
      add("Expect", "100-continue");
    } else add("Content-Length", String(plan.body.length));
    add("Content-Type", plan.contentType);
    if (plan.body.length > 1024 * 1024) add("Expect", "100-continue");
  }
  return {
    method: plan.method,
    target: operation.requestTarget ?? (context.viaProxy ? proxyTarget(url) : targetOf(url)),
    version: operation.httpVersion === "1.0" ? "1.0" : "1.1",
    headers,
    body: plan.body ?? new Uint8Array(),
    ...(url.scheme === "https" ? { tls: { serverName: url.host } } : {}),
  };
}

export const targetOf = (url: CurlUrl) => `${url.path}${url.query === undefined ? "" : `?${url.query}`}`;
const proxyTarget = (url: CurlUrl) => `${url.scheme}://${hostHeader(url)}${targetOf(url)}`;

export function hostHeader(url: CurlUrl): string {
  const host = url.ipv6 ? `[${url.host}]` : url.host;
  const usual = (url.scheme === "http" && url.port === 80) || (url.scheme === "https" && url.port === 443);
  return usual ? host : `${host}:${url.port}`;
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
