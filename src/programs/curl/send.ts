import { type Exchange, type HttpRequest, headerOf } from "../../network/http/message.ts";
import type { Connection } from "./connection.ts";
import type { Console } from "./console.ts";
import { CurlError } from "./error.ts";
import { authentication, buildRequest, customHeaders, type RequestPlan } from "./request.ts";
import { handshake } from "./tls.ts";
import { closeConnection, type TransferState } from "./transfer-state.ts";
import type { CurlUrl } from "./url.ts";

/** What one request is for; `sameHost`: it may see the login; `referer`: the URL that has led here. */
export interface Errand {
  url: CurlUrl;
  plan: RequestPlan;
  sameHost: boolean;
  referer: string | undefined;
}

/** One request on a connection, TLS before it where the URL asks for it, up to its last byte. @throws CurlError */
export function sendRequest(
  { url, plan, sameHost, referer }: Errand,
  connection: Connection,
  state: TransferState,
): Exchange {
  const { operation, console, context, cookies, info, progress, sink } = state;
  const jar = cookies.send(url, context.now());
  const allCookies = [
    ...(jar === "" ? [] : [jar]),
    ...(operation.cookies.length > 0 ? [operation.cookies.join(";")] : []),
  ];
  const situation = {
    url,
    sameHost,
    cookies: allCookies.join("; "),
    ...(connection.proxy ? { proxy: connection.proxy } : {}),
    ...(referer ? { referer } : {}),
  };
  const built = buildRequest(operation, plan, situation);
  const { request } = built;
  if (built.chunked && request.version === "1.0") {
    console.info("Chunky upload is not supported by HTTP 1.0");
    console.info(`Connection #${connection.id} to host ${connection.host} left intact`);
    throw new CurlError(25);
  }
  const sent = headerOf(request.headers, "referer");
  if (sent !== undefined) info.referer = sent;
  const exchange = context.network.http(connection.path, request);
  const wish = headerOf(request.headers, "connection")?.toLowerCase();
  connection.dead = wish === "close" || (request.version === "1.0" && wish !== "keep-alive");
  if (!connection.secured) {
    // X509_V_ERR_UNSPECIFIED until the handshake says more.
    if (url.scheme === "https") info.verifyResult = 1;
    const secured = handshake(exchange, url, operation, context, console, () => closeConnection(state, connection));
    if (secured) connection.secured = secured;
  }
  const { secured } = connection;
  announceLogins(connection, state, authentication(operation, situation));
  if (secured) {
    info.verifyResult = secured.verifyResult;
    if (secured.session.protocol === "h2") announceStream(request, url, console);
    console.data("}", 5);
  }
  if (secured?.session.protocol === "h2") {
    request.version = "2";
    request.headers = request.headers.map(([name, value]) => [name === "Host" ? name : name.toLowerCase(), value]);
    built.lines = request.headers.map(([name, value]) => (value === "" ? `${name}:` : `${name}: ${value}`));
  }
  const lines = [`${request.method} ${request.target} HTTP/${request.version}`, ...built.lines, ""];
  if (console.global.verbose) {
    for (const line of lines) console.header(`> ${line}\r\n`);
  }
  const interim = headerOf(request.headers, "expect") !== undefined && exchange.kind === "response";
  if (interim) {
    for (const line of ["HTTP/1.1 100 Continue", ""]) {
      // -v shows the line alone, -i the empty one behind it too.
      if (console.global.verbose && line !== "") console.header(`< ${line}\r\n`);
      sink.header(`${line}\r\n`);
      info.sizeHeader += line.length + 2;
    }
  }
  sendBody(request, plan, built.chunked && request.version !== "2", console);
  info.sizeRequest += lines.reduce((sum, line) => sum + line.length + 2, 0);
  if (!plan.separately) info.sizeRequest += request.body.length;
  info.uploaded = request.body.length;
  if (request.body.length > 0) {
    progress.uploaded(request.body.length);
  }
  return exchange;
}

/** What -v tells of a body. Models lib/transfer.c Curl_fillreadbuffer and readwrite_upload. */
function sendBody({ body, version }: HttpRequest, plan: RequestPlan, chunked: boolean, console: Console): void {
  const last = "0\r\n\r\n".length;
  // Each chunk has its length before it, and two line ends.
  const framed = body.length === 0 ? 0 : body.length + body.length.toString(16).length + 4;
  if (chunked && plan.chunked) {
    if (framed > 0) console.data("}", framed);
    console.info("Signaling end of chunked upload via terminating chunk.");
    console.data("}", last);
    return;
  }
  if (body.length === 0) return;
  console.data("}", version === "2" ? 5 : chunked ? framed + last : body.length);
  if (version === "2" || (plan.separately && !plan.chunked)) console.info("We are completely uploaded and fine");
}

/** Models lib/http.c output_auth_headers. */
function announceLogins(
  connection: Connection,
  { operation, console }: TransferState,
  own: ReturnType<typeof authentication>,
): void {
  const login = connection.proxy?.login;
  if (login !== undefined) console.info(`Proxy auth using Basic with user '${login.replace(/:.*$/s, "")}'`);
  const given = customHeaders(operation).some(({ name }) => name.toLowerCase() === "authorization");
  if (own && !given) console.info(`Server auth using ${own.scheme} with user '${own.user}'`);
}

/** Models lib/h2h3.c and lib/http2.c; the handle's address means nothing. */
function announceStream(request: HttpRequest, url: CurlUrl, console: Console): void {
  console.info(`h2h3 [:method: ${request.method}]`);
  console.info(`h2h3 [:path: ${request.target}]`);
  console.info(`h2h3 [:scheme: ${url.scheme}]`);
  for (const [name, value] of request.headers)
    console.info(`h2h3 [${name === "Host" ? ":authority" : name.toLowerCase()}: ${value}]`);
  console.info("Using Stream ID: 1 (easy handle 0x55c1bdc192b0)");
}
