import { encodeBase64, encodeText } from "../../api/encoding/text.ts";
import type { Header, HttpRequest } from "../../network/http/message.ts";
import { customHeader, type Operation } from "./config.ts";
import { multipart } from "./form.ts";
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
    const { body, boundary } = multipart(operation.form, seed);
    const contentType = `multipart/form-data; boundary=${boundary}`;
    return { method: operation.method ?? "POST", body, contentType, separately: true };
  }
  if (operation.body && !operation.get) {
    const type = operation.json ? undefined : "application/x-www-form-urlencoded";
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
  const login = url.user !== undefined ? `${url.user}:${url.password ?? ""}` : operation.user;
  if (login !== undefined) {
    const whole = login.includes(":") ? login : `${login}:`;
    return { scheme: "Basic", user: whole.slice(0, whole.indexOf(":")), value: `Basic ${base64(whole)}` };
  }
  const { bearer } = operation;
  return bearer === undefined ? undefined : { scheme: "Bearer", user: "", value: `Bearer ${bearer}` };
}

/** The headers of `-H`, and those that `--json` adds. */
export function customHeaders(operation: Operation): { name: string; value?: string }[] {
  const custom = operation.headers.flatMap((line) => {
    const header = customHeader(line);
    return header ? [header] : [];
  });
  const has = (name: string) => custom.some((header) => header.name.toLowerCase() === name);
  if (operation.json && !has("content-type")) custom.push({ name: "Content-Type", value: "application/json" });
  if (operation.json && !has("accept")) custom.push({ name: "Accept", value: "application/json" });
  return custom;
}

/** The request as curl writes it, header by header. Models lib/http.c Curl_http. */
export function buildRequest(operation: Operation, plan: RequestPlan, context: RequestContext): HttpRequest {
  const { url } = context;
  const custom = customHeaders(operation);
  const overridden = (name: string) => custom.some((header) => header.name.toLowerCase() === name.toLowerCase());
  const headers: Header[] = [];
  const add = (name: string, value: string | undefined) => {
    if (value !== undefined && !overridden(name)) headers.push([name, value]);
  };
  const ownHost = custom.find((header) => header.name.toLowerCase() === "host");
  if (ownHost && context.sameHost) {
    if (ownHost.value !== undefined) headers.push(["Host", ownHost.value]);
  } else headers.push(["Host", hostHeader(url)]);
  const login = context.proxy?.login;
  if (login !== undefined) add("Proxy-Authorization", `Basic ${base64(login)}`);
  const mayAuthorize = context.sameHost || operation.trustRedirects;
  add("Authorization", authentication(operation, context)?.value);
  if (operation.range !== undefined && !plan.body) add("Range", `bytes=${operation.range}`);
  const agent = operation.userAgent ?? "curl/7.88.1";
  if (agent !== "") add("User-Agent", agent);
  add("Accept", "*/*");
  if (operation.transferEncoding) headers.push(["Connection", "TE"], ["TE", "gzip"]);
  if (operation.compressed) add("Accept-Encoding", "deflate, gzip, br, zstd");
  const referer = context.referer ?? operation.referer?.replace(/;auto$/, "");
  if (referer) add("Referer", referer);
  if (context.proxy) add("Proxy-Connection", "Keep-Alive");
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
    const chunked = custom.some(
      ({ name, value }) => name.toLowerCase() === "transfer-encoding" && value?.toLowerCase() === "chunked",
    );
    if (plan.chunked) add("Transfer-Encoding", "chunked");
    else if (!chunked) add("Content-Length", String(plan.body.length));
    add("Content-Type", plan.contentType);
    const upload = plan.separately && plan.contentType === undefined;
    if (plan.chunked || upload || plan.body.length > 1024 * 1024) add("Expect", "100-continue");
  }
  return {
    method: plan.method,
    target: operation.requestTarget ?? (context.proxy ? proxyTarget(url) : targetOf(url)),
    version: operation.httpVersion === "1.0" ? "1.0" : "1.1",
    headers,
    body: plan.body ?? new Uint8Array(),
    ...(url.scheme === "https" ? { tls: { serverName: url.host } } : {}),
  };
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
