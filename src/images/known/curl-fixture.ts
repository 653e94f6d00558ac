import { byteLength, decodeText, encodeText } from "../../api/encoding/text.ts";
import { header, type Image, type ImageAnswer, type ImageRequest, tcp } from "../image.ts";

/** The server that curl's recordings were made against: a small HTTP/1.1 server on port 80. */
export const curlFixture: Image = {
  entrypoint: ["/server"],
  cmd: [],
  toolbox: { base: "debian", extra: ["curl"] },
  process: (argv) =>
    argv[0] !== "/server"
      ? undefined
      : { lifetime: { runs: true }, listens: tcp(80), http: (request) => answer(request) },
};

function answer(request: ImageRequest): ImageAnswer {
  // A whole URL, as a proxy gets it, is no path that it knows.
  const path = request.target.replace(/\?.*$/s, "").replace(/^\/{2,}/, "/");
  const status = /^\/status\/(\d{3})$/.exec(path)?.[1];
  if (status) return plain(request, Number(status), "status\n");
  switch (path) {
    case "/redirect":
      return {
        status: 302,
        headers: [
          ["Location", "/"],
          ["Content-Length", "0"],
        ],
        body: "",
      };
    case "/slow":
      return { ...plain(request, 200, "slow\n"), delayMs: 3000 };
    case "/close":
      return { close: true };
    case "/nonl":
      return plain(request, 200, "no newline");
    case "/echo":
      return plain(request, 200, `${describe(request)}\n`, "application/json");
    default:
      return plain(request, 200, "hello\n");
  }
}

function plain(request: ImageRequest, status: number, body: string, type = "text/plain") {
  return {
    status,
    headers: [
      ["Content-Type", type],
      ["Content-Length", String(byteLength(body))],
    ] as const,
    body: request.method === "HEAD" ? "" : body,
  };
}

/** Python's json.dumps: a blank after each colon and comma, all but ASCII escaped. */
function describe(request: ImageRequest): string {
  const text = (value: string) =>
    JSON.stringify(value).replace(/[\u007f-\uffff]/g, (ch) => `\\u${ch.charCodeAt(0).toString(16).padStart(4, "0")}`);
  // A name that comes again has the value of the first one.
  const names = new Map(request.headers.map(([name]) => [name, header(request, name) ?? ""]));
  const headers = [...names].map(([name, value]) => `${text(latin1(name))}: ${text(latin1(value))}`).join(", ");
  const length = Number(header(request, "content-length") ?? 0);
  const body = decodeText(request.body.slice(0, length));
  return `{"method": ${text(request.method)}, "path": ${text(latin1(request.target.replace(/^\/{2,}/, "/")))}, "headers": {${headers}}, "body": ${text(body)}}`;
}

/** The bytes of a request line, each read as one character. */
const latin1 = (text: string) => String.fromCharCode(...encodeText(text));
