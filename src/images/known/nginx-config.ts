/** A `server` of nginx's configuration, as far as it is simulated. */
export interface NginxServer {
  /** `loopback`: bound to 127.0.0.1. */
  listens: { port: number; ssl: boolean; loopback: boolean }[];
  names: string[];
  root: string;
  index: string[];
  certificate?: string;
  returns?: Return;
  locations: NginxLocation[];
}

export interface NginxLocation {
  /** `/`, `= /healthz`, `~ \.php$`: the path is what stands behind the sign. */
  match: "prefix" | "exact" | "other";
  path: string;
  root?: string;
  returns?: Return;
  proxy?: NginxProxy;
  /** A directive that answers in a way that is not simulated. */
  notSimulated?: string;
}

/** `proxy_pass`: where requests of a location go. */
export interface NginxProxy {
  /** As `$proxy_host` has it: host and port as they are written. */
  host: string;
  /** What stands in the place of the location's path; absent: the path stays as it is. */
  uri?: string;
  /** In turn. `written`: as a message names it; `at`: file and line. */
  servers: { host: string; port: number; written: string; at: string }[];
  version: "1.0" | "1.1";
  /** `proxy_set_header`, the nearest ones. */
  headers: [name: string, value: string][];
}

interface Return {
  status: number;
  text: string;
}

interface Directive {
  words: string[];
  /** File and line. */
  at: string;
  block?: Directive[];
}

type Upstreams = ReadonlyMap<string, NginxProxy["servers"]>;

/** Directives that change nothing of what is simulated. */
const HARMLESS = new Set(
  "access_log add_header charset client_max_body_size default_type deny allow error_log error_page etag expires gzip include keepalive_timeout log_not_found sendfile server_tokens ssl_certificate_key ssl_ciphers ssl_prefer_server_ciphers ssl_protocols ssl_session_cache ssl_session_tickets ssl_session_timeout tcp_nopush try_files types".split(
    " ",
  ),
);

/** Directives of the proxy that change nothing of what is simulated. */
const HARMLESS_PROXY =
  /^proxy_(connect_timeout|read_timeout|send_timeout|buffering|buffers|buffer_size|busy_buffers_size|redirect|next_upstream|request_buffering|cache_bypass|pass_request_headers|pass_request_body|intercept_errors|max_temp_file_size)$/;

/** The servers of the files that conf.d holds. Models src/core/ngx_conf_file.c and src/http/ngx_http_core_module.c. */
export function readNginxConfig(files: Iterable<readonly [path: string, text: string]>): NginxServer[] {
  const all = [...files].flatMap(([path, text]) => directivesOf(path, text));
  const upstreams = new Map(
    all
      .filter(({ words }) => words[0] === "upstream")
      .map(({ words, block = [] }) => [
        words[1] ?? "",
        block
          .filter((inner) => inner.words[0] === "server")
          .map(({ words: [, written = ""], at }) => ({ ...hostAndPort(written), written, at })),
      ]),
  );
  return all.filter(({ words }) => words[0] === "server").map(({ block = [] }) => serverOf(block, upstreams));
}

/** No configuration has blocks as deep. */
const DEEPEST = 100;

function directivesOf(path: string, text: string): Directive[] {
  const plain = text.replace(/(^|\s)#.*$/gm, "$1");
  const tokens = [...plain.matchAll(/"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([{};])|([^\s{};"']+)/g)];
  let at = 0;
  let line = 1;
  let counted = 0;
  const read = (depth: number): Directive[] => {
    const found: Directive[] = [];
    let words: string[] = [];
    for (; at < tokens.length; at++) {
      const [, double, single, sign, word] = tokens[at]!;
      line += plain.slice(counted, tokens[at]!.index).split("\n").length - 1;
      counted = tokens[at]!.index;
      const place = `${path}:${line}`;
      if (sign === "}") return found;
      if (sign === ";") {
        found.push({ words, at: place });
        words = [];
      } else if (sign === "{") {
        at++;
        found.push({ words, at: place, block: depth < DEEPEST ? read(depth + 1) : [] });
        words = [];
      } else
        words.push((double ?? single ?? word ?? "").replace(/\\(.)/g, (_, ch: string) => (ch === "n" ? "\n" : ch)));
    }
    return found;
  };
  return read(0);
}

function hostAndPort(text: string): { host: string; port: number } {
  const [, host = text, port = "80"] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(text) ?? [];
  return { host: host.replace(/^\[|\]$/g, ""), port: Number(port) };
}

function serverOf(directives: readonly Directive[], upstreams: Upstreams): NginxServer {
  const server: NginxServer = {
    listens: [],
    names: [],
    root: "/etc/nginx/html",
    index: ["index.html"],
    locations: [],
  };
  const fallback: NginxLocation = { match: "prefix", path: "" };
  for (const { words, block } of directives) {
    const [name = "", ...values] = words;
    if (name === "listen") {
      const port = Number(/(?:^|:)(\d+)$/.exec(values[0] ?? "")?.[1] ?? 80);
      const ssl = values.includes("ssl");
      const loopback = /^(127\.|localhost|\[::1\])/.test(values[0] ?? "");
      const same = server.listens.find((listen) => listen.port === port);
      if (!same) server.listens.push({ port, ssl, loopback });
      else same.loopback &&= loopback;
    } else if (name === "server_name") server.names = values;
    else if (name === "root") server.root = values[0] ?? server.root;
    else if (name === "index") server.index = values;
    else if (name === "ssl_certificate") server.certificate = values[0] ?? "";
    else if (name === "return") server.returns = returned(values);
    else if (name === "location") server.locations.push(locationOf(values, block ?? [], directives, upstreams));
    else if (!HARMLESS.has(name) && !isOfProxy(name)) fallback.notSimulated ??= name;
  }
  if (server.listens.length === 0) server.listens.push({ port: 80, ssl: false, loopback: false });
  if (fallback.notSimulated) server.locations.push(fallback);
  return server;
}

function locationOf(
  values: readonly string[],
  directives: readonly Directive[],
  around: readonly Directive[],
  upstreams: Upstreams,
): NginxLocation {
  const [first = "", second] = values;
  const match = second === undefined || first === "^~" ? "prefix" : first === "=" ? "exact" : "other";
  const location: NginxLocation = { match, path: second ?? first };
  for (const { words, at } of directives) {
    const [name = "", ...rest] = words;
    if (name === "proxy_pass") {
      const proxy = proxyOf(rest[0] ?? "", at, directives, around, upstreams);
      if (proxy) location.proxy = proxy;
      else location.notSimulated ??= `proxy_pass ${rest[0]}`;
    } else if (name === "root") location.root = rest[0] ?? "";
    else if (name === "return") location.returns = returned(rest);
    else if (name !== "index" && !HARMLESS.has(name) && !isOfProxy(name)) location.notSimulated ??= name;
  }
  if (match === "other") location.notSimulated ??= `location ${first}`;
  return location;
}

const isOfProxy = (name: string) =>
  name === "proxy_set_header" || name === "proxy_http_version" || HARMLESS_PROXY.test(name);

/** undefined: it is written in a way that is not simulated, with variables or TLS. */
function proxyOf(
  url: string,
  at: string,
  directives: readonly Directive[],
  around: readonly Directive[],
  upstreams: Upstreams,
): NginxProxy | undefined {
  const [, host, uri] = /^http:\/\/([^/$]+)(\/[^$]*)?$/.exec(url) ?? [];
  if (host === undefined) return undefined;
  const own = hostAndPort(host);
  const set = (name: string, list: readonly Directive[]) => list.filter(({ words }) => words[0] === name);
  const headers = [directives, around].map((list) => set("proxy_set_header", list)).find((list) => list.length > 0);
  const version = set("proxy_http_version", [...around, ...directives]).at(-1)?.words[1];
  return {
    host,
    ...(uri === undefined ? {} : { uri }),
    servers: upstreams.get(host) ?? [{ ...own, written: own.host, at }],
    version: version === "1.1" ? "1.1" : "1.0",
    headers: (headers ?? []).map(({ words: [, name = "", value = ""] }) => [name, value]),
  };
}

/** `return 301 URL`, `return 200 "text"`, `return URL`. */
function returned([first = "", text = ""]: readonly string[]): Return {
  return /^\d{3}$/.test(first) ? { status: Number(first), text } : { status: 302, text: first };
}

/** The location of a path: an exact one, else the longest beginning; those by pattern win over it when there are any. */
export function locationFor(server: NginxServer, path: string): NginxLocation | undefined {
  const exact = server.locations.find((location) => location.match === "exact" && location.path === path);
  if (exact) return exact;
  const pattern = server.locations.find((location) => location.match === "other");
  return (
    pattern ??
    server.locations
      .filter((location) => location.match === "prefix" && path.startsWith(location.path))
      .sort((a, b) => b.path.length - a.path.length)[0]
  );
}
