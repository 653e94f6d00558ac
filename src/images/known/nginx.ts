import { byteLength } from "../../api/encoding/text.ts";
import { keyedInt } from "../../api/keyed-random.ts";
import { readCertificates } from "../../api/x509.ts";
import {
  type ContainerView,
  header,
  httpDate,
  type Image,
  type ImageAnswer,
  type ImageRequest,
  type LogLine,
  type PodView,
  type Process,
  splitTarget,
  tcp,
} from "../image.ts";
import { locationFor, type NginxServer, readNginxConfig } from "./nginx-config.ts";
import { nginxError, WELCOME, type WelcomePage } from "./nginx-pages.ts";

const MAINLINE = "1.29.4";

/** nginx as the official image is set up: the welcome page on 80, access log on stdout, errors on stderr. */
export const nginx: Image = {
  entrypoint: ["/docker-entrypoint.sh"],
  cmd: ["nginx", "-g", "daemon off;"],
  env: {
    NGINX_VERSION: MAINLINE,
    NJS_VERSION: "0.9.4",
    NJS_RELEASE: "1~trixie",
    ACME_VERSION: "0.3.1",
    PKG_RELEASE: "1~trixie",
    DYNPKG_RELEASE: "1~trixie",
  },
  toolbox: { base: "debian", extra: ["curl", "nginx"] },
  files: (container) => {
    const page = pageOf(versionOf(container.tag));
    return { [`${ROOT}/index.html`]: page.index, [`${ROOT}/50x.html`]: page.error50x };
  },
  process(argv, container) {
    const program = argv[0] === "/docker-entrypoint.sh" ? argv.slice(1) : argv;
    if (program[0] !== "nginx" && program[0] !== "nginx-debug") return undefined;
    const version = versionOf(container.tag);
    const unprivileged = container.repository.endsWith("nginx-unprivileged");
    const start = (view: PodView) => startLines(view, version, argv[0] === "/docker-entrypoint.sh");
    const configs = container.mounted("/etc/nginx/conf.d");
    if (!configs)
      return {
        lifetime: { runs: true },
        listens: tcp(unprivileged ? 8080 : 80),
        startLines: start,
        http: (request, view) => serve(request, view, version),
      };
    return configured(
      [...configs].filter(([path]) => path.endsWith(".conf")).flatMap(([, text]) => readNginxConfig(text)),
      container,
      version,
      start,
    );
  },
};

/** nginx with servers of a configuration that is mounted. */
function configured(
  servers: readonly NginxServer[],
  container: ContainerView,
  version: string,
  start: (view: PodView) => LogLine[],
): Process {
  const pemOf = ({ certificate = "" }: NginxServer) =>
    container.mounted(certificate.slice(0, certificate.lastIndexOf("/")))?.get(certificate);
  const broken = servers.find(
    (server) => server.listens.some(({ ssl }) => ssl) && !readCertificates(pemOf(server) ?? "")[0],
  );
  if (broken) {
    const path = broken.certificate ?? "";
    const why =
      pemOf(broken) === undefined
        ? `BIO_new_file() failed (SSL: error:80000002:system library::No such file or directory:calling fopen(${path}, r) error:10000080:BIO routines::no such file)`
        : "PEM_read_bio_X509_AUX() failed (SSL: error:0480006C:PEM routines::no start line:Expecting: TRUSTED CERTIFICATE)";
    const text =
      broken.certificate === undefined
        ? 'no "ssl_certificate" is defined for the "listen ... ssl" directive in /etc/nginx/conf.d/default.conf:1'
        : `cannot load certificate "${path}": ${why}`;
    return {
      listens: [],
      lifetime: { exits: 1, afterMs: 0 },
      startLines: (view) => [
        ...start(view).filter(({ stream }) => stream === "stdout"),
        { stream: "stderr", text: `${errorTime(view.startedAt)} [emerg] 1#1: ${text}` },
        { stream: "stderr", text: `nginx: [emerg] ${text}` },
      ],
    };
  }
  const on = (port: number) => servers.filter((server) => server.listens.some((listen) => listen.port === port));
  const isSecure = (port: number) =>
    on(port).some((server) => server.listens.some((listen) => listen.port === port && listen.ssl));
  return {
    lifetime: { runs: true },
    listens: tcp(...new Set(servers.flatMap(({ listens }) => listens.map(({ port }) => port)))),
    startLines: start,
    tls: isSecure,
    plainHttp: (request, view) => {
      const body = nginxError(400, version, "The plain HTTP request was sent to HTTPS port");
      return {
        status: 400,
        headers: [
          ["Server", `nginx/${version}`],
          ["Date", httpDate(view.now)],
          ["Content-Type", "text/html"],
          ["Content-Length", String(body.length)],
          ["Connection", "close"],
        ],
        body: request.method === "HEAD" ? "" : body,
        log: [{ stream: "stdout", text: accessLine(request, view, 400, body.length) }],
      };
    },
    certificate: (port) => (isSecure(port) ? pemOf(on(port)[0]!) : undefined),
    http: (request, view) => {
      const host = header(request, "host")?.replace(/:\d+$/, "");
      const here = on(request.server.port);
      const server = here.find(({ names }) => host !== undefined && names.includes(host)) ?? here[0]!;
      return serve(request, view, version, server);
    },
  };
}

/** The version behind a tag; names of channels stand for the newest one. */
function versionOf(tag: string): string {
  const named = /^(\d+\.\d+\.\d+)/.exec(tag)?.[1];
  if (named) return named;
  const line = /^(\d+\.\d+)(-|$)/.exec(tag)?.[1];
  const newest: Record<string, string> = { "1.29": MAINLINE, "1.28": "1.28.0", "1.27": "1.27.5", "1.14": "1.14.2" };
  if (tag.startsWith("stable")) return newest["1.28"]!;
  return line ? (newest[line] ?? `${line}.0`) : MAINLINE;
}

function pageOf(version: string): WelcomePage {
  const [, minor = 0, patch = 0] = version.split(".").map(Number);
  return minor < 21 || (minor === 21 && patch < 5) ? WELCOME.old : WELCOME.current;
}

function serve(request: ImageRequest, view: PodView, version: string, server?: NginxServer): ImageAnswer {
  const { path } = splitTarget(request.target);
  const host = header(request, "host");
  const location = server && locationFor(server, path);
  const found = fileFor(path, view, version, location?.root ?? server?.root);
  const log = (status: number, size: number): LogLine[] => [
    { stream: "stdout", text: accessLine(request, view, status, size) },
  ];
  const common = [
    ["Server", `nginx/${version}`],
    ["Date", httpDate(view.now)],
  ] as const;
  const failure = (status: number, extra: LogLine[] = []): ImageAnswer => {
    const body = nginxError(status, version);
    return {
      status,
      headers: [
        ...common,
        ["Content-Type", "text/html"],
        ["Content-Length", String(body.length)],
        ["Connection", status === 400 ? "close" : "keep-alive"],
      ],
      body: request.method === "HEAD" ? "" : body,
      log: [...extra, ...log(status, request.method === "HEAD" ? 0 : body.length)],
    };
  };
  if (request.version === "1.1" && host === undefined) return failure(400);
  const plain = (status: number, text: string): ImageAnswer => ({
    status,
    headers: [
      ...common,
      ["Content-Type", "text/plain"],
      ["Content-Length", String(byteLength(text))],
      ["Connection", "keep-alive"],
    ],
    body: request.method === "HEAD" ? "" : text,
    log: log(status, text.length),
  });
  const returns = location?.returns ?? server?.returns;
  if (location?.notSimulated) return plain(501, `kubemu does not simulate nginx's ${location.notSimulated}\n`);
  if (returns && [301, 302, 303, 307, 308].includes(returns.status)) {
    const answer = failure(returns.status);
    return {
      ...answer,
      headers: [...("headers" in answer ? answer.headers : []), ["Location", returns.text]],
    } as ImageAnswer;
  }
  if (returns)
    return returns.text === "" && returns.status >= 400 ? failure(returns.status) : plain(returns.status, returns.text);
  if (found === "folder") return path.endsWith("/") ? failure(403) : failure(301);
  if (found === undefined) {
    const why = `open() "/usr/share/nginx/html${path}" failed (2: No such file or directory)`;
    return failure(404, [
      {
        stream: "stderr",
        text: `${errorTime(view.now)} [error] 30#30: *${1 + keyedInt(90, view.seed, "nginx", view.now, path)} ${why}, client: ${request.client.address}, server: localhost, request: "${request.method} ${request.target} HTTP/${request.version}", host: "${host ?? ""}"`,
      },
    ]);
  }
  if (request.method !== "GET" && request.method !== "HEAD") return failure(405);
  const { etag, lastModified, data, type } = found;
  if (header(request, "if-none-match") === etag || header(request, "if-modified-since") === lastModified) {
    return {
      status: 304,
      headers: [...common, ["Last-Modified", lastModified], ["Connection", "keep-alive"], ["ETag", etag]],
      body: "",
      log: log(304, 0),
    };
  }
  return {
    status: 200,
    headers: [
      ...common,
      ["Content-Type", type],
      ["Content-Length", String(data.length)],
      ["Last-Modified", lastModified],
      ["Connection", "keep-alive"],
      ["ETag", etag],
      ["Accept-Ranges", "bytes"],
    ],
    body: request.method === "HEAD" ? "" : data,
    log: log(200, request.method === "HEAD" ? 0 : data.length),
  };
}

const ROOT = "/usr/share/nginx/html";
const TYPES: Readonly<Record<string, string>> = {
  html: "text/html",
  htm: "text/html",
  css: "text/css",
  xml: "text/xml",
  js: "application/javascript",
  txt: "text/plain",
  json: "application/json",
  svg: "image/svg+xml",
  png: "image/png",
  jpg: "image/jpeg",
  gif: "image/gif",
  ico: "image/x-icon",
};

interface StaticFile {
  data: string | Uint8Array;
  type: string;
  etag: string;
  lastModified: string;
}

/** The file of a path: what was put in the image's place in this container, else the image's own two pages. */
function fileFor(path: string, view: PodView, version: string, root = ROOT): StaticFile | "folder" | undefined {
  const name = decoded(path.endsWith("/") ? `${path}index.html` : path);
  const changed = view.changedFile(`${root}${name}`);
  const page = pageOf(version);
  if (changed === "removed") return undefined;
  if (changed === "folder") return "folder";
  if (changed) {
    const { data, writtenAt } = changed;
    const seconds = Math.floor(writtenAt / 1000);
    return {
      data,
      type: TYPES[/\.([^./]+)$/.exec(name)?.[1] ?? ""] ?? "application/octet-stream",
      etag: `"${seconds.toString(16)}-${data.length.toString(16)}"`,
      lastModified: httpDate(seconds * 1000),
    };
  }
  if (root !== ROOT) return undefined;
  const known = { type: "text/html", lastModified: page.lastModified };
  if (name === "/index.html") return { ...known, data: page.index, etag: page.etag };
  if (name === "/50x.html") return { ...known, data: page.error50x, etag: page.etag50x };
  return undefined;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** `log_format main` of the image's nginx.conf. */
function accessLine(request: ImageRequest, view: PodView, status: number, size: number): string {
  const at = new Date(view.now);
  const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const two = (value: number) => String(value).padStart(2, "0");
  const time = `${two(at.getUTCDate())}/${months[at.getUTCMonth()]}/${at.getUTCFullYear()}:${at.toISOString().slice(11, 19)} +0000`;
  const value = (name: string) => header(request, name) || "-";
  return `${request.client.address} - - [${time}] "${request.method} ${request.target} HTTP/${request.version === "2" ? "2.0" : request.version}" ${status} ${size} "${value("referer")}" "${value("user-agent")}" "${value("x-forwarded-for")}"`;
}

function errorTime(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace("T", " ").replaceAll("-", "/");
}

function startLines(view: PodView, version: string, entrypoint: boolean): LogLine[] {
  const script = (text: string): LogLine => ({ stream: "stdout", text });
  const notice = (text: string): LogLine => ({
    stream: "stderr",
    text: `${errorTime(view.startedAt)} [notice] 1#1: ${text}`,
  });
  const [, minor = 0] = version.split(".").map(Number);
  const entry = [
    script("/docker-entrypoint.sh: /docker-entrypoint.d/ is not empty, will attempt to perform configuration"),
    script("/docker-entrypoint.sh: Looking for shell scripts in /docker-entrypoint.d/"),
    script("/docker-entrypoint.sh: Launching /docker-entrypoint.d/10-listen-on-ipv6-by-default.sh"),
    script("10-listen-on-ipv6-by-default.sh: info: Getting the checksum of /etc/nginx/conf.d/default.conf"),
    script("10-listen-on-ipv6-by-default.sh: info: Enabled listen on IPv6 in /etc/nginx/conf.d/default.conf"),
    ...(minor >= 25 ? [script("/docker-entrypoint.sh: Sourcing /docker-entrypoint.d/15-local-resolvers.envsh")] : []),
    script("/docker-entrypoint.sh: Launching /docker-entrypoint.d/20-envsubst-on-templates.sh"),
    script("/docker-entrypoint.sh: Launching /docker-entrypoint.d/30-tune-worker-processes.sh"),
    script("/docker-entrypoint.sh: Configuration complete; ready for start up"),
  ];
  // The entry script came with 1.19; before it nginx said nothing at its start.
  if (minor < 19) return [];
  return [
    ...(entrypoint ? entry : []),
    notice('using the "epoll" event method'),
    notice(`nginx/${version}`),
    notice("built by gcc 14.2.0 (Debian 14.2.0-19)"),
    notice("OS: Linux 6.12.54-linuxkit"),
    notice("getrlimit(RLIMIT_NOFILE): 1048576:1048576"),
    notice("start worker processes"),
    ...Array.from({ length: 8 }, (_, worker) => notice(`start worker process ${29 + worker}`)),
  ];
}
