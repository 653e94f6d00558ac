import { byteLength } from "../../api/encoding/text.ts";
import {
  type ContainerView,
  header,
  httpDate,
  type Image,
  type ImageAnswer,
  type ImageRequest,
  type PodView,
  type Process,
  splitTarget,
  tcp,
} from "../image.ts";

/** The test image of Kubernetes. Models kubernetes test/images/agnhost (netexec, serve-hostname, pause, porter). */
export const agnhost: Image = {
  entrypoint: ["/agnhost"],
  cmd: ["pause"],
  toolbox: { base: "alpine", extra: ["curl", "dig", "nslookup", "host", "nc", "agnhost"] },
  process(argv, container) {
    if (!argv[0]?.endsWith("agnhost")) return undefined;
    const [subcommand, ...args] = argv.slice(1);
    switch (subcommand) {
      case "netexec":
        return netexec(args);
      case "serve-hostname":
        return serveHostname(args);
      case "test-webserver":
        return {
          lifetime: { runs: true },
          listens: tcp(flag(args, "port", 80)),
          http: (_, view) => text(view, 200, ""),
        };
      case "porter":
        return porter(container);
      case "pause":
        return { lifetime: { runs: true }, listens: [], startLines: () => [{ stream: "stdout", text: "Paused" }] };
      default:
        return {
          lifetime: { exits: subcommand === undefined || subcommand === "help" ? 0 : 1, afterMs: 0 },
          listens: [],
        };
    }
  },
};

/** A flag of cobra's: `--name=8` or `--name 8`. */
function flag(args: readonly string[], name: string, fallback: number): number {
  const at = args.findIndex((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`));
  if (at < 0) return fallback;
  const value = args[at]!.includes("=") ? args[at]!.slice(args[at]!.indexOf("=") + 1) : (args[at + 1] ?? "");
  return Number(value) || 0;
}

export function text(view: PodView, status: number, body: string, type = "text/plain; charset=utf-8"): ImageAnswer {
  const length = byteLength(body);
  return {
    status,
    headers: [
      ["Date", httpDate(view.now)],
      ["Content-Length", String(length)],
      ...(length > 0 ? ([["Content-Type", type]] as const) : []),
    ],
    body,
  };
}

/** net/http leaves the body away for HEAD, and sends what length it would have. */
export function goAnswer(request: ImageRequest, answer: ImageAnswer): ImageAnswer {
  return "status" in answer && request.method === "HEAD" ? { ...answer, body: "" } : answer;
}

function netexec(args: readonly string[]): Process {
  const httpPort = flag(args, "http-port", 8080);
  const udpPort = flag(args, "udp-port", 8081);
  const sctpPort = flag(args, "sctp-port", -1);
  return {
    lifetime: { runs: true },
    listens: [
      ...tcp(httpPort),
      ...(udpPort > 0 ? [{ port: udpPort, protocol: "UDP" as const }] : []),
      ...(sctpPort > 0 ? [{ port: sctpPort, protocol: "SCTP" as const }] : []),
    ],
    startLines: (view) => [
      {
        stream: "stderr",
        text: `${klogHeader(view.startedAt)} netexec.go:250] Started HTTP server on port ${httpPort}`,
      },
      ...(udpPort > 0
        ? [
            {
              stream: "stderr" as const,
              text: `${klogHeader(view.startedAt)} netexec.go:256] Started UDP server on port  ${udpPort}`,
            },
          ]
        : []),
    ],
    http: (request, view) => {
      const { path, query } = splitTarget(request.target);
      const log = {
        stream: "stderr" as const,
        text: `${klogHeader(view.now)} netexec.go:${LINES[path] ?? 271}] GET ${path}`,
      };
      const answer = goAnswer(request, netexecAnswer(path, new URLSearchParams(query), request, view));
      return { ...answer, log: [log] };
    },
  };
}

const LINES: Readonly<Record<string, number>> = { "/hostname": 357, "/clientip": 278, "/": 268 };

function netexecAnswer(path: string, query: URLSearchParams, request: ImageRequest, view: PodView): ImageAnswer {
  switch (path) {
    case "/":
      return text(view, 200, `NOW: ${goTime(view.now)}`);
    case "/clientip":
      return text(view, 200, `${request.client.address}:${request.client.port}`);
    case "/header":
      return text(view, 200, header(request, query.get("key") ?? "") ?? "");
    case "/echo": {
      const code = query.get("code");
      return text(view, code ? Number(code) : 200, query.get("msg") ?? "");
    }
    case "/healthz":
      return text(view, 200, "");
    case "/hostname":
    case "/hostName":
      return text(view, 200, hostname(view));
    case "/redirect": {
      const location = query.get("location") ?? "";
      const code = Number(query.get("code") ?? 302);
      return {
        status: code,
        headers: [
          ["Location", location],
          ["Date", httpDate(view.now)],
          ["Content-Length", "0"],
        ],
        body: "",
      };
    }
    case "/exit":
      return { close: true };
    default:
      return text(view, 200, `NOW: ${goTime(view.now)}`);
  }
}

function serveHostname(args: readonly string[]): Process {
  const port = flag(args, "port", 9376);
  return {
    lifetime: { runs: true },
    listens: tcp(port),
    startLines: (view) => [
      { stream: "stderr", text: `${klogHeader(view.startedAt)} log.go:195] Serving on port ${port}.` },
    ],
    http: (request, view) => goAnswer(request, text(view, 200, hostname(view))),
  };
}

/** Each variable `SERVE_PORT_n` is a port, its value the answer. */
function porter(container: ContainerView): Process {
  const pages = Object.entries(container.env).flatMap(([name, value]) => {
    const port = /^SERVE_PORT_(\d+)$/.exec(name)?.[1];
    return port ? [[Number(port), value] as const] : [];
  });
  const bodies = new Map(pages);
  return {
    lifetime: { runs: true },
    listens: tcp(...bodies.keys()),
    http: (request, view) => goAnswer(request, text(view, 200, bodies.get(request.server.port) ?? "")),
  };
}

export function hostname(view: PodView): string {
  return view.env.HOSTNAME ?? view.pod.spec?.hostname ?? view.pod.metadata.name ?? "";
}

/** `I1122 15:40:26.000000       1`. Models klog's header. */
function klogHeader(ms: number): string {
  const iso = new Date(ms).toISOString();
  return `I${iso.slice(5, 7)}${iso.slice(8, 10)} ${iso.slice(11, 23)}000       1`;
}

/** time.Time's String() with a monotonic clock reading. */
function goTime(ms: number): string {
  const iso = new Date(ms).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 23)} +0000 UTC m=+${((ms % 100000) / 1000).toFixed(9)}`;
}
