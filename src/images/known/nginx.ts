import { readCertificates } from "../../api/x509.ts";
import {
  addressOf,
  type ContainerView,
  header,
  httpDate,
  type Image,
  type LogLine,
  type PodView,
  type Process,
  tcp,
} from "../image.ts";
import { ROOT, serve } from "./nginx-answer.ts";
import { type NginxServer, readNginxConfig } from "./nginx-config.ts";
import { accessLine, errorTime, startLines } from "./nginx-log.ts";
import { nginxError, pageOf } from "./nginx-pages.ts";

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
      readNginxConfig([...configs].filter(([path]) => path.endsWith(".conf"))),
      container,
      version,
      start,
    );
  },
};

/** nginx with servers of a configuration. */
export function configured(
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
  const isOnLoopback = (port: number) =>
    servers.every(({ listens }) => listens.every((listen) => listen.port !== port || listen.loopback));
  const upstreams = servers
    .flatMap(({ locations }) => locations.flatMap(({ proxy }) => proxy?.servers ?? []))
    .filter(({ host }) => !isAddress(host));
  const resolved = (view: PodView) => upstreams.every(({ host }) => addressOf(view.memory, host) !== undefined);
  return {
    lifetime: { runs: true },
    resolves: upstreams.map(({ host, written, at }) => ({
      host,
      failure: (view) => {
        const text = `host not found in upstream "${written}" in ${at}`;
        return [`${errorTime(view.now)} [emerg] 1#1: ${text}`, `nginx: [emerg] ${text}`].map((line) => ({
          stream: "stderr",
          text: line,
        }));
      },
    })),
    listens: tcp(...new Set(servers.flatMap(({ listens }) => listens.map(({ port }) => port)))).map((listen) =>
      isOnLoopback(listen.port) ? { ...listen, loopback: true } : listen,
    ),
    startLines: (view) => (resolved(view) ? start(view) : start(view).filter(({ stream }) => stream === "stdout")),
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

const isAddress = (host: string) => /^[\d.]+$/.test(host) || host.includes(":");

/** The version behind a tag; names of channels stand for the newest one. */
function versionOf(tag: string): string {
  const named = /^(\d+\.\d+\.\d+)/.exec(tag)?.[1];
  if (named) return named;
  const line = /^(\d+\.\d+)(-|$)/.exec(tag)?.[1];
  const newest: Record<string, string> = { "1.29": MAINLINE, "1.28": "1.28.0", "1.27": "1.27.5", "1.14": "1.14.2" };
  if (tag.startsWith("stable")) return newest["1.28"]!;
  return line ? (newest[line] ?? `${line}.0`) : MAINLINE;
}
