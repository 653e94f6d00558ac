import {
  type Header,
  httpDate,
  type Image,
  type ImageAnswer,
  type ImageRequest,
  type PodView,
  splitTarget,
  tcp,
} from "../image.ts";
import { goAnswer, hostname, text } from "./agnhost.ts";

/** Small Go servers of tutorials: one binary, no shell. */
export const serveHostname: Image = {
  entrypoint: ["/serve_hostname"],
  cmd: [],
  toolbox: { base: "none" },
  process: (argv) =>
    argv[0] !== "/serve_hostname"
      ? undefined
      : {
          lifetime: { runs: true },
          listens: tcp(9376),
          startLines: (view) => [{ stream: "stderr", text: `${logTime(view.startedAt)} Serving on port 9376.` }],
          http: (request, view) => goAnswer(request, text(view, 200, `${hostname(view)}\n`)),
        },
};

/** GoogleCloudPlatform/kubernetes-engine-samples hello-app. */
export const helloApp: Image = {
  entrypoint: [],
  cmd: ["/hello-app"],
  toolbox: { base: "none" },
  tags: ["1.0", "2.0"],
  process: (argv, container) => {
    if (argv[0] !== "/hello-app") return undefined;
    const port = Number(container.env.PORT ?? 8080);
    return {
      lifetime: { runs: true },
      listens: tcp(port),
      startLines: (view) => [{ stream: "stderr", text: `${logTime(view.startedAt)} Server listening on port ${port}` }],
      http: (request, view) => {
        const { path } = splitTarget(request.target);
        const body = `Hello, world!\nVersion: ${container.tag}.0\nHostname: ${hostname(view)}\n`;
        const log = [{ stream: "stderr" as const, text: `${logTime(view.now)} Serving request: ${path}` }];
        return { ...goAnswer(request, text(view, 200, body)), log };
      },
    };
  },
};

/** The backend of the documentation's "Connect a Frontend to a Backend Using Services". */
export const helloBackend: Image = {
  entrypoint: [],
  cmd: ["/hello"],
  toolbox: { base: "none" },
  tags: ["1.0"],
  process: (argv) =>
    argv[0] !== "/hello"
      ? undefined
      : {
          lifetime: { runs: true },
          listens: tcp(80),
          http: (request, view) => goAnswer(request, text(view, 200, '{"message":"Hello"}\n')),
        },
};

/** traefik/whoami: describes the request as plain text. */
export const whoami: Image = {
  entrypoint: ["/whoami"],
  cmd: [],
  toolbox: { base: "none" },
  process(argv, container) {
    if (argv[0] !== "/whoami") return undefined;
    const port = Number(option(argv, "port") ?? container.env.WHOAMI_PORT_NUMBER ?? 80);
    return {
      lifetime: { runs: true },
      listens: tcp(port),
      startLines: (view) => [{ stream: "stdout", text: `${logTime(view.startedAt)} Starting up on port ${port}` }],
      http: (request, view) => {
        const { path } = splitTarget(request.target);
        if (path === "/health") return goAnswer(request, text(view, 200, ""));
        return goAnswer(
          request,
          text(view, 200, describe(request, view, option(argv, "name") ?? container.env.WHOAMI_NAME)),
        );
      },
    };
  },
};

function describe(request: ImageRequest, view: PodView, name: string | undefined): string {
  const canonical = (key: string) =>
    key.toLowerCase().replace(/(^|-)([a-z])/g, (_, dash: string, ch: string) => dash + ch.toUpperCase());
  const headers = request.headers
    .filter(([key]) => key.toLowerCase() !== "host")
    .map(([key, value]): Header => [canonical(key), value])
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const host = request.headers.find(([key]) => key.toLowerCase() === "host")?.[1] ?? "";
  return [
    ...(name ? [`Name: ${name}`] : []),
    `Hostname: ${hostname(view)}`,
    "IP: 127.0.0.1",
    "IP: ::1",
    ...(view.pod.status?.podIP ? [`IP: ${view.pod.status.podIP}`] : []),
    `RemoteAddr: ${request.client.address}:${request.client.port}`,
    `${request.method} ${request.target} HTTP/${request.version}`,
    `Host: ${host}`,
    ...headers.map(([key, value]) => `${key}: ${value}`),
    "",
    "",
  ].join("\n");
}

/** hashicorp/http-echo: one text on one port. Without `-text` it says what is missing and ends with 127. */
export const httpEcho: Image = {
  entrypoint: ["/http-echo"],
  cmd: [],
  toolbox: { base: "none" },
  process(argv, container) {
    if (argv[0] !== "/http-echo") return undefined;
    const said = option(argv, "text") ?? container.env.ECHO_TEXT;
    if (said === undefined) {
      const lines = [{ stream: "stderr" as const, text: "Missing -text option!" }];
      return { lifetime: { exits: 127, afterMs: 0 }, listens: [], startLines: () => lines };
    }
    const listen = option(argv, "listen") ?? ":5678";
    const port = Number(listen.replace(/^.*:/, ""));
    const loopback = /^(127\.|localhost:|\[::1\])/.test(listen);
    const status = Number(option(argv, "status-code") ?? 200);
    return {
      lifetime: { runs: true },
      listens: loopback ? [{ port, protocol: "TCP", loopback }] : tcp(port),
      startLines: (view) => [
        {
          stream: "stdout",
          text: `${new Date(view.startedAt).toISOString().slice(0, 23)}Z [INFO] server is listening on ${listen}`,
        },
      ],
      http: (request, view) => {
        const healthy = splitTarget(request.target).path === "/health";
        const body = healthy ? '{"status":"ok"}' : `${said}\n`;
        return goAnswer(
          request,
          withHeaders(text(view, healthy ? 200 : status, body), [
            ["X-App-Name", "http-echo"],
            ["X-App-Version", container.tag],
          ]),
        );
      },
    };
  },
};

function withHeaders(answer: ImageAnswer, headers: readonly Header[]): ImageAnswer {
  return "status" in answer ? { ...answer, headers: [...headers, ...answer.headers] } : answer;
}

/** A flag of Go's: `-name=value`, `--name=value`, `-name value`. */
function option(argv: readonly string[], name: string): string | undefined {
  for (const [i, arg] of argv.entries()) {
    const parts = /^--?([a-z-]+)(?:=(.*))?$/s.exec(arg);
    if (parts?.[1] === name) return parts[2] ?? argv[i + 1];
  }
  return undefined;
}

/** Go's log package: `2026/11/22 15:00:00`. */
function logTime(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace("T", " ").replaceAll("-", "/");
}

/** docker.io/jocatalin and gcr.io/google-samples kubernetes-bootcamp: a Node.js server on 8080. */
export const bootcamp: Image = {
  entrypoint: [],
  cmd: ["/bin/sh", "-c", "node server.js"],
  env: { NPM_CONFIG_LOGLEVEL: "info", NODE_VERSION: "6.3.1" },
  files: (container) => ({ "/server.js": bootcampSource(container.tag === "v2" ? 2 : 1) }),
  toolbox: { base: "debian", extra: ["curl", "node"] },
  tags: ["v1", "v2", "latest"],
  process(argv, container) {
    if (argv.join(" ") !== "/bin/sh -c node server.js") return undefined;
    const version = container.tag === "v2" ? 2 : 1;
    return {
      lifetime: { runs: true },
      listens: tcp(8080),
      startLines: (view) => [
        {
          stream: "stdout",
          text: `Kubernetes Bootcamp App Started At: ${new Date(view.startedAt).toISOString()} | Running On:  ${hostname(view)} `,
        },
        { stream: "stdout", text: "" },
      ],
      http: (request, view) => {
        const body = `Hello Kubernetes bootcamp! | Running on: ${hostname(view)} | v=${version}\n`;
        const requests = Number(view.memory.requests ?? 0) + 1;
        const running = ((view.now - view.startedAt) / 1000).toFixed(3);
        return {
          status: 200,
          headers: [
            ["Content-Type", "text/plain"],
            ["Date", httpDate(view.now)],
            ["Connection", "keep-alive"],
            ["Transfer-Encoding", "chunked"],
          ],
          body: request.method === "HEAD" ? "" : body,
          log: [
            {
              stream: "stdout",
              text: `Running On: ${hostname(view)} | Total Requests: ${requests} | App Uptime: ${running} seconds | Log Time: ${new Date(view.now).toISOString()}`,
            },
          ],
          memory: { requests: String(requests) },
        };
      },
    };
  },
};

/** A program that does what the image's does; its own text is another. */
function bootcampSource(version: number): string {
  return `const http = require('http');
const host = process.env.HOSTNAME;
let started;
let requests = 0;

const server = http.createServer((request, response) => {
  response.setHeader('Content-Type', 'text/plain');
  response.write('Hello Kubernetes bootcamp! | Running on: ' + host);
  response.end(' | v=${version}\\n');
  requests += 1;
  const uptime = (new Date() - started) / 1000;
  console.log('Running On:', host, '| Total Requests:', requests, '| App Uptime:', uptime, 'seconds', '| Log Time:', new Date());
});

server.listen(8080, () => {
  started = new Date();
  console.log('Kubernetes Bootcamp App Started At:', started, '| Running On: ', host, '\\n');
});
`;
}
