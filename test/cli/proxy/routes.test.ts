import { describe, expect, it } from "vitest";
import { decodeText } from "../../../src/api/encoding/text.ts";
import { type Routes, route } from "../../../src/cli/proxy/routes.ts";
import type { Files, HttpAsk } from "../../../src/platform/platform.ts";
import { memoryFiles } from "../../support/terminal.ts";

const CONTENT: Record<string, string> = {
  "/www/a.txt": "hi\n",
  "/www/b c&d.txt": "x",
  "/www/bin": "\u0000\u0001",
  "/www/d.json": "{}",
  "/www/p.html": "<h1>x</h1>",
  "/www/sub/": "",
  "/www/withindex/index.html": "index!",
};
const FILES: Files = {
  ...memoryFiles(CONTENT),
  stat: () => ({ size: 0, mtimeMs: Date.UTC(2026, 10, 23, 13, 31, 37, 5), ino: 1, isFile: true, mode: 0o644 }),
};
const ROUTES: Routes = {
  apiPrefix: "/",
  staticPrefix: "/static/",
  folder: "/www",
  accepts: ({ target }) => !/^\/api\/.*\/pods\/.*\/exec/.test(target),
};

const asked = (target: string, headers: HttpAsk["headers"] = []): HttpAsk => ({
  method: "GET",
  target,
  version: "1.1",
  headers,
  body: new Uint8Array(),
  signal: new AbortController().signal,
});

/** The reply as it goes over the wire; what goes on to the API with its target alone. */
function told(target: string, { headers, ...routes }: Partial<Routes> & { headers?: HttpAsk["headers"] } = {}): string {
  const answer = route(asked(target, headers), { ...ROUTES, ...routes }, FILES);
  if (!("status" in answer)) return `API ${answer.target}`;
  const lines = answer.headers.map(([name, value]) => `${name}: ${value}\n`).join("");
  return `${answer.status} ${answer.reason}\n${lines}\n${decodeText(answer.body as Uint8Array)}`;
}

const MODIFIED = "Last-Modified: Mon, 23 Nov 2026 13:31:37 GMT\n";
const file = (type: string, body: string) =>
  `200 OK\nAccept-Ranges: bytes\nContent-Length: ${body.length}\nContent-Type: ${type}\n${MODIFIED}\n${body}`;
const page = (body: string) =>
  `200 OK\nContent-Type: text/html; charset=utf-8\n${MODIFIED}Content-Length: ${body.length}\n\n${body}`;
const HEAD = '<!doctype html>\n<meta name="viewport" content="width=device-width">\n<pre>\n';
const PLAIN = "Content-Type: text/plain; charset=utf-8\nX-Content-Type-Options: nosniff\n";
const elsewhere = (path: string) =>
  `307 Temporary Redirect\nContent-Type: text/html; charset=utf-8\nLocation: ${path}\nContent-Length: ${path.length + 36}\n\n<a href="${path}">Temporary Redirect</a>.\n\n`;
const moved = (path: string) => `301 Moved Permanently\nLocation: ${path}\nContent-Length: 0\n\n`;

// As a real `kubectl proxy --www` 1.36.2 answered curl; the time and what a connection is are the server's.
describe("proxy --www", () => {
  it.each([
    [
      "/static/",
      page(
        `${HEAD}<a href="a.txt">a.txt</a>\n<a href="b%20c&d.txt">b c&amp;d.txt</a>\n<a href="bin">bin</a>\n` +
          '<a href="d.json">d.json</a>\n<a href="p.html">p.html</a>\n<a href="sub/">sub/</a>\n<a href="withindex/">withindex/</a>\n</pre>\n',
      ),
    ],
    ["/static", elsewhere("/static/")],
    ["/static/a.txt", file("text/plain; charset=utf-8", "hi\n")],
    ["/static/p.html", file("text/html; charset=utf-8", "<h1>x</h1>")],
    ["/static/d.json", file("application/json", "{}")],
    ["/static/bin", file("application/octet-stream", "\u0000\u0001")],
    ["/static/b%20c&d.txt", file("text/plain; charset=utf-8", "x")],
    ["/static/sub", moved("sub/")],
    ["/static/sub/", page(`${HEAD}</pre>\n`)],
    ["/static/withindex/", file("text/html; charset=utf-8", "index!")],
    ["/static/withindex/index.html", moved("./")],
    ["/static/a.txt/", moved("../a.txt")],
    ["/static/nope", `404 Not Found\n${PLAIN}Content-Length: 19\n\n404 page not found\n`],
    ["/static/../x", elsewhere("/x")],
    ["/static/../../etc/passwd", elsewhere("/etc/passwd")],
    ["/static/%2e%2e/%2e%2e/etc/passwd", elsewhere("/etc/passwd")],
  ])("%s", (target, wanted) => {
    expect(told(target)).toBe(wanted);
  });

  it.each([
    [
      "bytes=0-0",
      `206 Partial Content\nAccept-Ranges: bytes\nContent-Length: 1\nContent-Range: bytes 0-0/3\nContent-Type: text/plain; charset=utf-8\n${MODIFIED}\nh`,
    ],
    [
      "bytes=-2",
      `206 Partial Content\nAccept-Ranges: bytes\nContent-Length: 2\nContent-Range: bytes 1-2/3\nContent-Type: text/plain; charset=utf-8\n${MODIFIED}\ni\n`,
    ],
  ])("Range: %s", (range, wanted) => {
    expect(told("/static/a.txt", { headers: [["Range", range]] })).toBe(wanted);
  });
});

const FORBIDDEN = `403 Forbidden\n${PLAIN}Content-Length: 10\n\nForbidden\n`;
const NOT_FOUND = `404 Not Found\n${PLAIN}Content-Length: 19\n\n404 page not found\n`;

// Statuses of a real `kubectl proxy --api-prefix` 1.36.2.
describe("proxy --api-prefix", () => {
  it.each([
    ["/custom/", "/api/v1/namespaces/default", NOT_FOUND],
    ["/custom/", "/custom/api/v1/namespaces/default?a=b", "API /api/v1/namespaces/default?a=b"],
    ["/custom/", "/custom", elsewhere("/custom/")],
    ["/custom/", "/custom/", "API /"],
    ["/custom/", "/custom/api/v1/namespaces/default/pods/x/exec", FORBIDDEN],
    ["/api/", "/api/v1/namespaces/default", "API /api/v1/namespaces/default"],
    ["/api/", "/apis", NOT_FOUND],
    ["/api/", "/api/v1/namespaces/default/pods/x/exec", FORBIDDEN],
  ])("%s: %s", (apiPrefix, target, wanted) => {
    expect(told(target, { apiPrefix, folder: "" })).toBe(wanted);
  });
});
