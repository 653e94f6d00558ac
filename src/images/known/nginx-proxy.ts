import { keyedInt } from "../../api/keyed-random.ts";
import {
  addressOf,
  type CallFailure,
  type Header,
  header,
  httpDate,
  type ImageAnswer,
  type ImageRequest,
  type LogLine,
  type PodView,
} from "../image.ts";
import type { NginxLocation, NginxServer } from "./nginx-config.ts";
import { accessLine, errorTime } from "./nginx-log.ts";

/** nginx waits so long for a connection, in milliseconds (`proxy_connect_timeout`). */
const CONNECT_TIMEOUT = 60_000;

interface Around {
  server: NginxServer;
  location: NginxLocation;
  /** The page of an error, with lines for the log. */
  failure(status: number, log: LogLine[]): ImageAnswer;
}

/** Hands a request on to the servers of `proxy_pass`, in turn, until one answers. Models nginx src/http/modules/ngx_http_proxy_module.c. */
export function proxied(request: ImageRequest, view: PodView, version: string, around: Around): ImageAnswer {
  const { location, server } = around;
  const proxy = location.proxy!;
  const target = proxy.uri === undefined ? request.target : proxy.uri + request.target.slice(location.path.length);
  const turn = Number(view.memory[`turn of ${proxy.host}`] ?? 0);
  const log: LogLine[] = [];
  let failed: CallFailure = "refused";
  for (let tried = 0; tried < proxy.servers.length; tried++) {
    const { host, port } = proxy.servers[(turn + tried) % proxy.servers.length]!;
    const address = addressOf(view.memory, host) ?? host;
    const answer = view.fetch(address, port, {
      method: request.method,
      target,
      version: proxy.version,
      headers: requestHeaders(request, around),
      body: request.body,
    });
    if (!("failure" in answer)) {
      const body = request.method === "HEAD" ? new Uint8Array() : answer.body;
      const memory = { ...view.memory, [`turn of ${proxy.host}`]: String((turn + tried + 1) % proxy.servers.length) };
      return {
        status: answer.status,
        reason: answer.reason,
        headers: responseHeaders(answer.headers, request, view, version),
        body,
        log: [...log, { stream: "stdout", text: accessLine(request, view, answer.status, body.length) }],
        ...(proxy.servers.length > 1 ? { memory } : {}),
      };
    }
    failed = answer.failure;
    const to = `http://${address.includes(":") ? `[${address}]` : address}:${port}${target}`;
    const level = failed === "exhausted" ? "alert" : "error";
    const serial = 1 + keyedInt(90, view.seed, "nginx", view.now, request.target);
    log.push({
      stream: "stderr",
      text: `${errorTime(view.now)} [${level}] 30#30: *${serial} ${WHY[failed]}, client: ${request.client.address}, server: ${server.names[0] ?? ""}, request: "${request.method} ${request.target} HTTP/${request.version}", upstream: "${to}", host: "${header(request, "host") ?? ""}"`,
    });
  }
  const page = around.failure(failed === "timedOut" ? 504 : failed === "exhausted" ? 500 : 502, log);
  return failed === "timedOut" ? { ...page, delayMs: CONNECT_TIMEOUT } : page;
}

const WHY: Readonly<Record<CallFailure, string>> = {
  refused: "connect() failed (111: Connection refused) while connecting to upstream",
  noRoute: "connect() failed (113: No route to host) while connecting to upstream",
  timedOut: "upstream timed out (110: Connection timed out) while connecting to upstream",
  closed: "upstream prematurely closed connection while reading response header from upstream",
  exhausted: "1024 worker_connections are not enough while connecting to upstream",
  unresolved: "no live upstreams while connecting to upstream",
};

/** Headers that belong to one connection: they are not handed on. */
const HOP = new Set([
  "host",
  "connection",
  "keep-alive",
  "transfer-encoding",
  "te",
  "expect",
  "upgrade",
  "content-length",
]);

function requestHeaders(request: ImageRequest, { location, server }: Around): Header[] {
  const proxy = location.proxy!;
  const values: Readonly<Record<string, string>> = {
    proxy_host: proxy.host,
    host: (header(request, "host") ?? server.names[0] ?? "").replace(/:\d+$/, "").toLowerCase(),
    http_host: header(request, "host") ?? "",
    remote_addr: request.client.address,
    proxy_add_x_forwarded_for: [header(request, "x-forwarded-for"), request.client.address].filter(Boolean).join(", "),
    scheme: server.listens.some(({ port, ssl }) => ssl && port === request.server.port) ? "https" : "http",
    server_name: server.names[0] ?? "",
    server_port: String(request.server.port),
    request_uri: request.target,
  };
  const fill = (text: string) =>
    text.replace(/\$\{?([a-z_0-9]+)\}?/g, (_, name: string) =>
      name.startsWith("http_") && values[name] === undefined
        ? (header(request, name.slice(5).replaceAll("_", "-")) ?? "")
        : (values[name] ?? ""),
    );
  const set = proxy.headers.map(([name, value]): Header => [name, fill(value)]);
  const isSet = (name: string) => set.some(([other]) => other.toLowerCase() === name.toLowerCase());
  const own: Header[] = [
    ["Host", proxy.host],
    ["Connection", "close"],
  ];
  const length: Header[] = request.body.length > 0 ? [["Content-Length", String(request.body.length)]] : [];
  return [
    ...set.filter(([, value]) => value !== ""),
    ...own.filter(([name]) => !isSet(name)),
    ...length,
    ...request.headers.filter(([name]) => !HOP.has(name.toLowerCase()) && !isSet(name)),
  ];
}

/** In the order of ngx_http_header_filter_module: its own first, then what the upstream has beside them. */
function responseHeaders(headers: readonly Header[], request: ImageRequest, view: PodView, version: string): Header[] {
  const value = (name: string) => headers.find(([key]) => key.toLowerCase() === name)?.[1];
  const known = (name: string, as: string): Header[] => {
    const found = value(name);
    return found === undefined ? [] : [[as, found]];
  };
  const length = known("content-length", "Content-Length");
  const skipped = new Set(
    "server date content-type content-length last-modified location connection keep-alive transfer-encoding".split(" "),
  );
  return [
    ["Server", `nginx/${version}`],
    ["Date", httpDate(view.now)],
    ...known("content-type", "Content-Type"),
    ...length,
    ...known("last-modified", "Last-Modified"),
    ...known("location", "Location"),
    ...(length.length === 0 && request.version === "1.1" ? ([["Transfer-Encoding", "chunked"]] as const) : []),
    ["Connection", "keep-alive"],
    ...headers.filter(([name]) => !skipped.has(name.toLowerCase())),
  ];
}
