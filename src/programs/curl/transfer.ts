import { headerOf } from "../../network/http/message.ts";
import type { ProgramContext } from "../program.ts";
import type { Operation } from "./config.ts";
import type { Connection, Connections } from "./connection.ts";
import type { Console } from "./console.ts";
import type { CookieJar } from "./cookies.ts";
import { CurlError } from "./error.ts";
import { receiveAnswer } from "./receive.ts";
import { redirectedPlan, sameOrigin, withLogin } from "./redirect.ts";
import { planRequest, type RequestPlan } from "./request.ts";
import { sendRequest } from "./send.ts";
import { TransferProgress } from "./transfer-progress.ts";
import { closeConnection, type Sink, type TransferInfo, type TransferState } from "./transfer-state.ts";
import { type CurlUrl, formatUrl, parseUrl, resolveReference } from "./url.ts";

/** One URL from first connection to the last redirect. Models lib/multi.c and lib/transfer.c. */
export class Transfer {
  info: TransferInfo | undefined;
  /** What would be sent first. */
  method = "";
  readonly progress: TransferProgress;
  private readonly context: ProgramContext;
  private readonly console: Console;
  private readonly connections: Connections;
  private readonly operation: Operation;
  private readonly cookies: CookieJar;

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
    this.operation = operation;
    this.cookies = cookies;
    this.progress = new TransferProgress(console, context.env, progress);
  }

  /** Throws CurlError; what came before it has gone to the sink. */
  run(text: string, upload: Uint8Array | undefined, chunked: boolean, sink: Sink): void {
    const { operation, progress } = this;
    progress.reset();
    this.connections.opened = 0;
    const plan = planRequest(operation, upload, chunked, this.context.network.snapshot().cluster.seed);
    this.method = plan.method;
    const url = parseUrl(text, {
      pathAsIs: operation.pathAsIs,
      ...(operation.protoDefault ? { protoDefault: operation.protoDefault } : {}),
    });
    if (operation.refuseUser && url.user !== undefined) throw new CurlError(67);
    allow(url, operation.protocols);
    const info: TransferInfo = {
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
    this.info = info;
    progress.begin();
    const { context, console, connections, cookies } = this;
    try {
      follow(url, plan, { context, console, connections, operation, cookies, progress, info, sink });
    } finally {
      info.totalUs = progress.elapsedUs;
      info.connects = this.connections.opened;
    }
  }
}

function follow(first: CurlUrl, firstPlan: RequestPlan, state: TransferState): void {
  const { context, console, connections, operation, cookies, progress, info } = state;
  let url = first;
  let plan = firstPlan;
  let referer: string | undefined;
  for (;;) {
    info.url = url;
    info.method = plan.method;
    if (url.scheme === "file") {
      readFile(url, state);
      return;
    }
    const [refused] = url.scheme === "https" ? operation.ofTls : [];
    if (refused !== undefined) throw new CurlError(2, `kubemu does not simulate --${refused}`);
    const connection = connections.get(operation, url, progress);
    info.remoteIp = connection.path.to;
    info.remotePort = connection.path.port;
    if (url.scheme !== "http" && url.scheme !== "https") {
      otherScheme(url, connection, state);
      return;
    }
    const errand = { url, plan, sameHost: url === first || sameOrigin(url, first), referer };
    const response = receiveAnswer(sendRequest(errand, connection, state), plan, connection, state);
    const location = headerOf(response.headers, "location");
    const redirect = location !== undefined && response.status >= 300 && response.status < 400;
    if (redirect) info.redirectUrl = formatUrl(resolveReference(url, location));
    cookies.receive(response.headers, url, context.now());
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
    console.info(`Issue another request to this URL: '${formatUrl(url)}'`);
    if (response.status === 303) console.info(`Switch to ${plan.method === "HEAD" ? "HEAD" : "GET"}`);
    else if (hadBody && plan.body === undefined) console.info("Switch from POST to GET");
  }
}

/** Models lib/file.c. */
function readFile(url: CurlUrl, { context: { files }, operation, progress, info, sink }: TransferState): void {
  const path = decodeURIComponent(url.path);
  const data = files.isDirectory(path) ? undefined : files.read(path);
  if (!data) throw new CurlError(37, `Couldn't open file ${path}`);
  info.downloaded = data.length;
  progress.expect(data.length);
  progress.downloaded(data.length);
  if (operation.head) {
    const lines = [`Content-Length: ${data.length}`, "Accept-ranges: bytes"];
    for (const line of [...lines, ""]) sink.header(`${line}\r\n`);
  } else sink.body(data);
}

function otherScheme(url: CurlUrl, connection: Connection, state: TransferState): void {
  const { operation, progress } = state;
  if (url.scheme !== "telnet") throw new CurlError(1, `kubemu does not simulate ${url.scheme}://`);
  const limit = operation.maxTimeMs;
  if (!limit) return;
  progress.advance(limit);
  closeConnection(state, connection);
  throw new CurlError(28, `Operation timed out after ${limit + 1} milliseconds with 0 bytes received`);
}

/** @throws CurlError 1 for a scheme that `--proto` or `--proto-redir` leaves out. */
function allow(url: CurlUrl, schemes: ReadonlySet<string> | undefined): void {
  if (schemes && !schemes.has(url.scheme))
    throw new CurlError(1, `Protocol "${url.scheme}" not supported or disabled in libcurl`);
}
