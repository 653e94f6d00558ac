import { type Exchange, type HttpRequest, type HttpResponse, headerOf } from "../../network/http/message.ts";
import type { ProgramContext } from "../program.ts";
import type { Global, Operation } from "./config.ts";
import type { Connection, Connections, Stopwatch } from "./connection.ts";
import type { Console } from "./console.ts";
import type { CookieJar } from "./cookies.ts";
import { CURL_MESSAGES, CurlError } from "./error.ts";
import { EMPTY_METER, type Meter, PROGRESS_HEADER, progressLine } from "./progress.ts";
import { progressBar } from "./progress-bar.ts";
import { authentication, buildRequest, customHeaders, planRequest, type RequestPlan, targetOf } from "./request.ts";
import { beforeAnswer, handshake } from "./tls.ts";
import { type CurlUrl, formatUrl, parseUrl, resolveReference } from "./url.ts";

/** What a transfer without delays takes, in microseconds: about what a pod next door does. */
const TRANSFER_US = 1170;
/** How long a server keeps an idle connection, as nginx does. */
const IDLE_MS = 75_000;

export interface Sink {
  /** Header lines, CRLF included, as they come. */
  header(line: string): void;
  body(data: Uint8Array): void;
}

/** What `-w` can tell of a transfer. */
export interface TransferInfo {
  url: CurlUrl;
  responseCode: number;
  method: string;
  contentType?: string;
  response?: HttpResponse;
  redirects: number;
  redirectUrl?: string;
  connects: number;
  remoteIp: string;
  remotePort: number;
  sizeHeader: number;
  sizeRequest: number;
  downloaded: number;
  uploaded: number;
  totalUs: number;
  /** What OpenSSL said of the certificate; 0 where it was fine, or none. */
  verifyResult: number;
  referer?: string;
}

/** One URL from first connection to the last redirect. Models lib/multi.c and lib/transfer.c. */
export class Transfer {
  info: TransferInfo | undefined;
  private meter: Meter = EMPTY_METER;
  private shownSeconds = 0;
  readonly watch: Stopwatch = { ms: 0, advance: (ms) => this.pass(ms), done: () => this.done() };

  private readonly context: ProgramContext;
  private readonly console: Console;
  private readonly connections: Connections;
  private readonly global: Global;
  private readonly operation: Operation;
  private readonly progress: "meter" | "bar" | "none";
  private readonly cookies: CookieJar;
  private headerShown = false;

  constructor(
    context: ProgramContext,
    console: Console,
    connections: Connections,
    operation: Operation,
    cookies: CookieJar,
    progress: "meter" | "bar" | "none",
  ) {
    this.context = context;
    this.console = console;
    this.connections = connections;
    this.global = console.global;
    this.operation = operation;
    this.cookies = cookies;
    this.progress = progress;
  }

  /** Throws CurlError; what came before it has gone to the sink. */
  run(text: string, upload: Uint8Array | undefined, chunked: boolean, sink: Sink): void {
    this.meter = EMPTY_METER;
    this.shownSeconds = 0;
    this.watch.ms = 0;
    this.connections.opened = 0;
    const { operation } = this;
    const url = parseUrl(text, {
      pathAsIs: operation.pathAsIs,
      ...(operation.protoDefault ? { protoDefault: operation.protoDefault } : {}),
    });
    if (operation.refuseUser && url.user !== undefined) throw new CurlError(67);
    allow(url, operation.protocols);
    if (url.scheme === "http" || url.scheme === "https") this.query(url);
    const plan = planRequest(operation, upload, chunked, this.context.network.snapshot().cluster.seed);
    this.info = {
      url,
      responseCode: 0,
      method: plan.method,
      redirects: 0,
      connects: 0,
      remoteIp: "",
      remotePort: 0,
      sizeHeader: 0,
      sizeRequest: 0,
      downloaded: 0,
      uploaded: 0,
      totalUs: 0,
      verifyResult: 0,
    };
    this.begin();
    try {
      this.follow(url, plan, sink);
    } finally {
      this.info.totalUs = Math.max(this.meter.elapsedUs, Math.round(this.watch.ms * 1000));
      this.info.connects = this.connections.opened;
    }
  }

  /** `-G -d` and `--url-query` add to the query. */
  private query(url: CurlUrl): void {
    const { operation } = this;
    const extra = [...operation.urlQuery];
    if (operation.get && operation.body) extra.unshift(new TextDecoder().decode(operation.body));
    if (extra.length > 0) url.query = [...(url.query === undefined ? [] : [url.query]), ...extra].join("&");
  }

  private begin(): void {
    if (this.progress !== "meter") return;
    if (!this.headerShown) this.console.raw(PROGRESS_HEADER);
    this.headerShown = true;
    this.console.raw(progressLine(EMPTY_METER));
  }

  private pass(ms: number): void {
    this.watch.ms = ms;
    if (this.progress !== "meter") return;
    // The meter is drawn once a second.
    for (; this.shownSeconds < Math.min(Math.ceil(ms / 1000) - 1, 300); ) {
      this.shownSeconds++;
      this.console.raw(progressLine({ ...this.meter, elapsedUs: this.shownSeconds * 1_000_000 }));
    }
  }

  /** The meter is finished before the connection is closed. */
  private done(): void {
    if (!this.ended) this.end();
    this.ended = true;
  }

  private close(connection: Connection): void {
    this.done();
    this.connections.close(connection);
  }

  /** The last line of the meter, or the whole bar; a name that is not found leaves the meter as it was. */
  end(): void {
    if (this.progress === "bar") {
      const bar = progressBar(this.meter, this.context.env);
      // It is drawn for what was sent, and again for what came.
      this.console.raw(this.meter.uploaded > 0 && this.meter.downloaded > 0 ? bar + bar : bar);
    }
    if (this.progress !== "meter") return;
    const elapsedUs = Math.max(this.meter.elapsedUs, Math.round(this.watch.ms * 1000));
    this.console.raw(`${progressLine({ ...this.meter, elapsedUs })}\n`);
  }

  private follow(first: CurlUrl, firstPlan: RequestPlan, sink: Sink): void {
    const { operation } = this;
    const info = this.info!;
    let url = first;
    let plan = firstPlan;
    let referer: string | undefined;
    for (;;) {
      info.url = url;
      info.method = plan.method;
      if (url.scheme === "file") {
        this.readFile(url, sink);
        return;
      }
      const connection = this.connections.get(operation, url, this.watch);
      info.remoteIp = connection.path.to;
      info.remotePort = connection.path.port;
      if (url.scheme !== "http" && url.scheme !== "https") {
        this.otherScheme(url, connection);
        return;
      }
      const response = this.exchange(connection, url, plan, url === first || sameOrigin(url, first), referer, sink);
      const location = headerOf(response.headers, "location");
      const redirect = location !== undefined && response.status >= 300 && response.status < 400;
      if (redirect) info.redirectUrl = formatUrl(resolveReference(url, location));
      this.cookies.receive(response.headers, url, this.context.now());
      if (!redirect || !operation.followRedirects) return;
      if (operation.maxRedirects >= 0 && info.redirects >= operation.maxRedirects)
        throw new CurlError(47, `Maximum (${operation.maxRedirects}) redirects followed`);
      info.redirects++;
      delete info.redirectUrl;
      if (operation.referer?.endsWith(";auto")) referer = formatUrl(url);
      url = resolveReference(withLogin(url, operation.user), location);
      allow(url, operation.protocols);
      allow(url, operation.redirectProtocols);
      const hadBody = plan.body !== undefined;
      plan = redirectedPlan(operation, plan, response.status);
      this.console.info(`Issue another request to this URL: '${formatUrl(url)}'`);
      if (response.status === 303) this.console.info(`Switch to ${plan.method === "HEAD" ? "HEAD" : "GET"}`);
      else if (hadBody && plan.body === undefined) this.console.info("Switch from POST to GET");
    }
  }

  /** Models lib/file.c. */
  private readFile(url: CurlUrl, sink: Sink): void {
    const { files } = this.context;
    const path = decodeURIComponent(url.path);
    const data = files.isDirectory(path) ? undefined : files.read(path);
    if (!data) throw new CurlError(37, `Couldn't open file ${path}`);
    const info = this.info!;
    info.downloaded = data.length;
    this.meter = { ...this.meter, downloadTotal: data.length, downloaded: data.length, elapsedUs: TRANSFER_US };
    if (this.operation.head) {
      const lines = [`Content-Length: ${data.length}`, "Accept-ranges: bytes"];
      for (const line of [...lines, ""]) sink.header(`${line}\r\n`);
    } else sink.body(data);
  }

  private otherScheme(url: CurlUrl, connection: Connection): void {
    if (url.scheme !== "telnet") throw new CurlError(1, `kubemu does not simulate ${url.scheme}://`);
    const limit = this.operation.maxTimeMs;
    if (!limit) return;
    this.watch.advance(limit);
    this.close(connection);
    throw new CurlError(28, `Operation timed out after ${limit + 1} milliseconds with 0 bytes received`);
  }

  private exchange(
    connection: Connection,
    url: CurlUrl,
    plan: RequestPlan,
    sameHost: boolean,
    referer: string | undefined,
    sink: Sink,
  ): HttpResponse {
    const { operation, console } = this;
    const jar = this.cookies.send(url, this.context.now());
    const cookies = [
      ...(jar === "" ? [] : [jar]),
      ...(operation.cookies.length > 0 ? [operation.cookies.join(";")] : []),
    ];
    const context = {
      url,
      sameHost,
      cookies: cookies.join("; "),
      ...(connection.proxy ? { proxy: connection.proxy } : {}),
      ...(referer ? { referer } : {}),
    };
    const request = buildRequest(operation, plan, context);
    const sent = headerOf(request.headers, "referer");
    if (sent !== undefined) this.info!.referer = sent;
    const exchange = this.context.network.http(connection.path, request);
    const info = this.info!;
    if (!connection.secured) {
      // X509_V_ERR_UNSPECIFIED until the handshake says more.
      if (url.scheme === "https") info.verifyResult = 1;
      const secured = handshake(exchange, url, operation, this.context, console, () => this.close(connection));
      if (secured) connection.secured = secured;
    }
    const { secured } = connection;
    this.announceLogins(connection, authentication(operation, context));
    if (secured) {
      info.verifyResult = secured.verifyResult;
      if (secured.session.protocol === "h2") this.announceStream(request, url);
      console.data("}", 5);
    }
    if (secured?.session.protocol === "h2") {
      request.version = "2";
      request.headers = request.headers.map(([name, value]) => [name === "Host" ? name : name.toLowerCase(), value]);
    }
    const lines = [
      `${request.method} ${request.target} HTTP/${request.version}`,
      ...request.headers.map(([name, value]) => (value === "" ? `${name}:` : `${name}: ${value}`)),
      "",
    ];
    if (this.global.verbose) {
      for (const line of lines) console.header(`> ${line}\r\n`);
    }
    const interim = headerOf(request.headers, "expect") !== undefined && exchange.kind === "response";
    if (interim) {
      for (const line of ["HTTP/1.1 100 Continue", ""]) {
        // -v shows the line alone, -i the empty one behind it too.
        if (this.global.verbose && line !== "") console.header(`< ${line}\r\n`);
        sink.header(`${line}\r\n`);
        info.sizeHeader += line.length + 2;
      }
    }
    if (request.body.length > 0) {
      console.data("}", request.version === "2" ? 5 : request.body.length);
      if (plan.chunked) console.info("Signaling end of chunked upload via terminating chunk.");
      else if (request.version === "2" || plan.separately) console.info("We are completely uploaded and fine");
    }
    info.sizeRequest += lines.reduce((sum, line) => sum + line.length + 2, 0);
    if (!plan.separately) info.sizeRequest += request.body.length;
    info.uploaded = request.body.length;
    if (request.body.length > 0) {
      const elapsedUs = TRANSFER_US + Math.round(this.watch.ms * 1000);
      this.meter = { ...this.meter, uploadTotal: request.body.length, uploaded: request.body.length, elapsedUs };
    }
    return this.receive(exchange, connection, sink);
  }

  /** Models lib/http.c output_auth_headers. */
  private announceLogins(connection: Connection, own: ReturnType<typeof authentication>): void {
    const login = connection.proxy?.login;
    if (login !== undefined) this.console.info(`Proxy auth using Basic with user '${login.replace(/:.*$/s, "")}'`);
    const given = customHeaders(this.operation).some(({ name }) => name.toLowerCase() === "authorization");
    if (own && !given) this.console.info(`Server auth using ${own.scheme} with user '${own.user}'`);
  }

  /** Models lib/h2h3.c and lib/http2.c; the handle's address means nothing. */
  private announceStream(request: HttpRequest, url: CurlUrl): void {
    const { console } = this;
    console.info(`h2h3 [:method: ${request.method}]`);
    console.info(`h2h3 [:path: ${request.target}]`);
    console.info(`h2h3 [:scheme: ${url.scheme}]`);
    for (const [name, value] of request.headers)
      console.info(`h2h3 [${name === "Host" ? ":authority" : name.toLowerCase()}: ${value}]`);
    console.info("Using Stream ID: 1 (easy handle 0x55c1bdc192b0)");
  }

  private receive(exchange: Exchange, connection: Connection, sink: Sink): HttpResponse {
    const { operation, console } = this;
    if (exchange.kind === "other" && exchange.text !== "") {
      if (!operation.http09) {
        console.info("Received HTTP/0.9 when not allowed");
        this.close(connection);
        throw new CurlError(1, "Received HTTP/0.9 when not allowed");
      }
      sink.body(new TextEncoder().encode(exchange.text));
    }
    // A server that speaks TLS takes plain HTTP for a broken handshake and hangs up.
    if (exchange.kind !== "response") {
      console.info("Empty reply from server");
      this.close(connection);
      throw new CurlError(52, "Empty reply from server");
    }
    const { secured } = connection;
    const response = secured?.session.protocol === "h2" ? asHttp2(exchange.response) : exchange.response;
    if (secured) beforeAnswer(secured, console);
    const delay = response.delayMs ?? 0;
    const limit = operation.maxTimeMs;
    if (limit && this.watch.ms + delay >= limit) {
      this.watch.advance(limit);
      const message = `Operation timed out after ${limit + 1} milliseconds with 0 bytes received`;
      console.info(message);
      this.close(connection);
      throw new CurlError(28, message);
    }
    this.watch.advance(this.watch.ms + delay);
    this.deliver(response, connection, sink);
    return response;
  }

  private deliver(response: HttpResponse, connection: Connection, sink: Sink): void {
    const { operation, console, global } = this;
    const info = this.info!;
    info.responseCode = response.status;
    info.response = response;
    if (operation.headerName && headerOf(response.headers, "content-disposition") !== undefined)
      throw new CurlError(2, "kubemu does not simulate names by Content-Disposition");
    const type = headerOf(response.headers, "content-type");
    if (type !== undefined) info.contentType = type;
    const head = [
      `HTTP/${response.version} ${response.status} ${response.reason}`,
      ...response.headers.map(([name, value]) => `${name}: ${value}`),
    ];
    const failing = operation.fail !== "no" && response.status >= 400;
    const redirected =
      operation.followRedirects && response.status >= 300 && headerOf(response.headers, "location") !== undefined;
    const length = headerOf(response.headers, "content-length");
    const tooLarge = operation.maxFileSize !== undefined && Number(length ?? 0) > operation.maxFileSize;
    for (const line of [...head, ""]) {
      const last = line === "";
      if (last && tooLarge) {
        console.info(CURL_MESSAGES[63]!);
        this.close(connection);
        throw new CurlError(63);
      }
      // What -v shows is written after the check of the status, what -i shows before it.
      if (global.verbose && !(last && failing && operation.fail === "fast")) console.header(`< ${line}\r\n`);
      if (line === head[0] && redirected && info.uploaded > 0) console.info("Please rewind output before next send");
      sink.header(`${line}\r\n`);
      info.sizeHeader += line.length + 2;
    }
    const bodiless = response.status === 204 || response.status === 304;
    if (response.body.length === 0 && Number(length ?? 0) > 0 && !operation.head && !bodiless && !redirected)
      this.waitForBody(Number(length), connection);
    const body = operation.head || bodiless || redirected ? new Uint8Array() : response.body;
    const total = length === undefined || bodiless ? undefined : Number(length);
    this.meter = { ...this.meter, ...(total === undefined ? {} : { downloadTotal: total }), downloaded: 0 };
    const message = `The requested URL returned error: ${response.status}`;
    if (failing && operation.fail === "fast") {
      console.info(message);
      this.close(connection);
      throw new CurlError(22, message);
    }
    if (body.length > 0) {
      // In HTTP/2 the body comes in a record of its own, whose header is read first.
      const shown = response.version === "2" ? 5 : body.length;
      console.data("{", shown);
      const elapsedUs = TRANSFER_US + Math.round(this.watch.ms * 1000);
      this.meter = { ...this.meter, downloaded: body.length, elapsedUs };
      sink.body(body);
    } else if (redirected && response.body.length > 0) console.info("Ignoring the response-body");
    else if (bodiless && response.body.length > 0 && !operation.head)
      console.info(`Excess found: excess = ${response.body.length} url = ${targetOf(info.url)} (zero-length body)`);
    info.downloaded = body.length;
    this.finish(response, connection, redirected);
    if (failing) throw new CurlError(22, message);
  }

  /** `-X HEAD`: a body was announced that never comes; in the end the server hangs up. */
  private waitForBody(length: number, connection: Connection): never {
    const limit = this.operation.maxTimeMs;
    this.meter = { ...this.meter, downloadTotal: length };
    this.watch.advance(limit || IDLE_MS);
    const message = limit
      ? `Operation timed out after ${limit + 1} milliseconds with 0 out of ${length} bytes received`
      : `transfer closed with ${length} bytes remaining to read`;
    this.console.info(message);
    this.close(connection);
    throw new CurlError(limit ? 28 : 18, message);
  }

  private finish(response: HttpResponse, connection: Connection, redirected: boolean): void {
    const closes =
      headerOf(response.headers, "connection")?.toLowerCase() === "close" ||
      response.version === "1.0" ||
      // Told to go away.
      (connection.secured?.session.library === "go" && response.version === "2");
    this.end();
    this.ended = !redirected;
    if (closes) this.close(connection);
    else this.console.info(`Connection #${connection.id} to host ${connection.host} left intact`);
  }

  /** The last line of the meter is drawn. */
  ended = false;
}

/** @throws CurlError 1 for a scheme that `--proto` or `--proto-redir` leaves out. */
function allow(url: CurlUrl, schemes: ReadonlySet<string> | undefined): void {
  if (schemes && !schemes.has(url.scheme))
    throw new CurlError(1, `Protocol "${url.scheme}" not supported or disabled in libcurl`);
}

/** A redirection is resolved against the URL with the login of `-u` in it. */
function withLogin(url: CurlUrl, login: string | undefined): CurlUrl {
  if (url.user !== undefined || login === undefined) return url;
  const [user = "", ...rest] = login.split(":");
  return { ...url, user, password: rest.join(":") };
}

function sameOrigin(a: CurlUrl, b: CurlUrl): boolean {
  return a.host.toLowerCase() === b.host.toLowerCase() && a.port === b.port && a.scheme === b.scheme;
}

/** As HTTP/2 carries it: no words, small letters, nothing about the connection; Go's server sends the date last. */
function asHttp2(response: HttpResponse): HttpResponse {
  const left = response.headers
    .map(([name, value]): [string, string] => [name.toLowerCase(), value])
    .filter(([name]) => !["connection", "keep-alive", "transfer-encoding"].includes(name));
  const isDate = ([name]: [string, string]) => name === "date";
  return {
    ...response,
    version: "2",
    reason: "",
    headers: [...left.filter((header) => !isDate(header)), ...left.filter(isDate)],
  };
}

/** 301, 302 and 303 turn a POST into a GET; 303 everything but HEAD. Models Curl_follow. */
function redirectedPlan(operation: Operation, plan: RequestPlan, status: number): RequestPlan {
  const kept = operation.keepPost.has(status);
  const isPost = plan.body !== undefined && (plan.method === "POST" || operation.method !== undefined);
  const drop = (status === 301 || status === 302) && isPost && !kept;
  const see = status === 303 && plan.method !== "HEAD" && !kept;
  if (!drop && !see) return plan;
  return { method: operation.method ?? "GET" };
}
