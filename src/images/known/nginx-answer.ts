import { byteLength } from "../../api/encoding/text.ts";
import { keyedInt } from "../../api/keyed-random.ts";
import {
  header,
  httpDate,
  type ImageAnswer,
  type ImageRequest,
  type LogLine,
  type PodView,
  splitTarget,
} from "../image.ts";
import { locationFor, type NginxServer } from "./nginx-config.ts";
import { accessLine, errorTime } from "./nginx-log.ts";
import { nginxError, pageOf } from "./nginx-pages.ts";
import { proxied } from "./nginx-proxy.ts";

/** What a server answers: of its configuration, else the files of the container. Models ngx_http_core_module and ngx_http_static_module. */
export function serve(request: ImageRequest, view: PodView, version: string, server?: NginxServer): ImageAnswer {
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
  if (location?.proxy && !returns) return proxied(request, view, version, { server: server!, location, failure });
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
    const headers = [...common, ["Last-Modified", lastModified], ["Connection", "keep-alive"], ["ETag", etag]] as const;
    return { status: 304, headers, body: "", log: log(304, 0) };
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

export const ROOT = "/usr/share/nginx/html";
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
