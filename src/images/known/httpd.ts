import { httpDate, type Image, type ImageAnswer, type ImageRequest, type PodView, splitTarget, tcp } from "../image.ts";
import { clfTime } from "./echoserver.ts";

const INDEX = "<html><body><h1>It works!</h1></body></html>\n";

/** The Apache server as its official image is set up. */
export const httpd: Image = {
  entrypoint: [],
  cmd: ["httpd-foreground"],
  env: { HTTPD_PREFIX: "/usr/local/apache2", HTTPD_VERSION: "2.4.66" },
  toolbox: { base: "debian", extra: ["httpd"] },
  process: (argv, container) => {
    if (argv[0] !== "httpd-foreground") return undefined;
    const version = /^2\.4\.\d+/.exec(container.tag)?.[0] ?? "2.4.66";
    return {
      lifetime: { runs: true },
      listens: tcp(80),
      startLines: (view) => startLines(view, version),
      http: (request, view) => answer(request, view, version),
    };
  },
};

function answer(request: ImageRequest, view: PodView, version: string): ImageAnswer {
  const { path } = splitTarget(request.target);
  const found = path === "/" || path === "/index.html";
  const body = found
    ? INDEX
    : `<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>404 Not Found</title>\n</head><body>\n<h1>Not Found</h1>\n<p>The requested URL was not found on this server.</p>\n</body></html>\n`;
  const status = found ? 200 : 404;
  return {
    status,
    headers: [
      ["Date", httpDate(view.now)],
      ["Server", `Apache/${version} (Unix)`],
      ...(found
        ? ([
            ["Last-Modified", "Mon, 11 Jun 2007 18:53:14 GMT"],
            ["ETag", '"2d-432a5e4a73a80"'],
            ["Accept-Ranges", "bytes"],
          ] as const)
        : []),
      ["Content-Length", String(body.length)],
      ["Content-Type", found ? "text/html" : "text/html; charset=iso-8859-1"],
    ],
    body: request.method === "HEAD" ? "" : body,
    log: [
      {
        stream: "stdout",
        text: `${request.client.address} - - [${clfTime(view.now)}] "${request.method} ${request.target} HTTP/${request.version}" ${status} ${body.length}`,
      },
    ],
  };
}

function startLines(view: PodView, version: string) {
  const address = view.pod.status?.podIP ?? "127.0.0.1";
  const [, day, date, month, year, time] = /^(\w+), (\d+) (\w+) (\d+) ([\d:]+)/.exec(
    new Date(view.startedAt).toUTCString(),
  )!;
  const stamp = `[${day} ${month} ${date} ${time}.000000 ${year}]`;
  const name = `AH00558: httpd: Could not reliably determine the server's fully qualified domain name, using ${address}. Set the 'ServerName' directive globally to suppress this message`;
  return [
    name,
    name,
    `${stamp} [mpm_event:notice] [pid 1:tid 1] AH00489: Apache/${version} (Unix) configured -- resuming normal operations`,
    `${stamp} [core:notice] [pid 1:tid 1] AH00094: Command line: 'httpd -D FOREGROUND'`,
  ].map((text) => ({ stream: "stderr" as const, text }));
}
