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
  /** A directive that answers in a way that is not simulated. */
  notSimulated?: string;
}

interface Return {
  status: number;
  text: string;
}

interface Directive {
  words: string[];
  block?: Directive[];
}

/** Directives that change nothing of what is simulated. */
const HARMLESS = new Set(
  "access_log add_header charset client_max_body_size default_type deny allow error_log error_page etag expires gzip include keepalive_timeout log_not_found sendfile server_tokens ssl_certificate_key ssl_ciphers ssl_prefer_server_ciphers ssl_protocols ssl_session_cache ssl_session_tickets ssl_session_timeout tcp_nopush try_files types".split(
    " ",
  ),
);

/** The servers of a file that conf.d holds. Models src/core/ngx_conf_file.c and src/http/ngx_http_core_module.c. */
export function readNginxConfig(text: string): NginxServer[] {
  const tokens = [
    ...text.replace(/(^|\s)#.*$/gm, "$1").matchAll(/"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([{};])|([^\s{};"']+)/g),
  ];
  let at = 0;
  const read = (): Directive[] => {
    const found: Directive[] = [];
    let words: string[] = [];
    for (; at < tokens.length; at++) {
      const [, double, single, sign, word] = tokens[at]!;
      if (sign === "}") return found;
      if (sign === ";") {
        found.push({ words });
        words = [];
      } else if (sign === "{") {
        at++;
        found.push({ words, block: read() });
        words = [];
      } else
        words.push((double ?? single ?? word ?? "").replace(/\\(.)/g, (_, ch: string) => (ch === "n" ? "\n" : ch)));
    }
    return found;
  };
  return read()
    .filter(({ words }) => words[0] === "server")
    .map(({ block = [] }) => serverOf(block));
}

function serverOf(directives: readonly Directive[]): NginxServer {
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
    else if (name === "location") server.locations.push(locationOf(values, block ?? []));
    else if (!HARMLESS.has(name)) fallback.notSimulated ??= name;
  }
  if (server.listens.length === 0) server.listens.push({ port: 80, ssl: false, loopback: false });
  if (fallback.notSimulated) server.locations.push(fallback);
  return server;
}

function locationOf(values: readonly string[], directives: readonly Directive[]): NginxLocation {
  const [first = "", second] = values;
  const match = second === undefined || first === "^~" ? "prefix" : first === "=" ? "exact" : "other";
  const location: NginxLocation = { match, path: second ?? first };
  for (const { words } of directives) {
    const [name = "", ...rest] = words;
    if (name === "root") location.root = rest[0] ?? "";
    else if (name === "return") location.returns = returned(rest);
    else if (name !== "index" && !HARMLESS.has(name)) location.notSimulated ??= name;
  }
  if (match === "other") location.notSimulated ??= `location ${first}`;
  return location;
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
