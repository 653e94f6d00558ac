import { posix } from "node:path";
import { decodeText, encodeText } from "../../api/encoding/text.ts";
import { compareStrings } from "../../api/json.ts";
import { reasonPhrase } from "../../api/meta/http-reasons.ts";
import type { Files, HttpAsk, HttpReply } from "../../platform/platform.ts";
import { moved, notFoundPage, plainReply, reply } from "./replies.ts";

/** What Go knows of endings without a list of the system's. */
const TYPES: Readonly<Record<string, string>> = {
  ".avif": "image/avif",
  ".css": "text/css; charset=utf-8",
  ".gif": "image/gif",
  ".htm": "text/html; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".jpeg": "image/jpeg",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".mjs": "text/javascript; charset=utf-8",
  ".pdf": "application/pdf",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".webp": "image/webp",
  ".xml": "text/xml; charset=utf-8",
};

/**
 * A file of a folder, or what is in it. Models Go's net/http FileServer: links are followed, nothing above the folder is reached.
 * @param path below the folder, percent-decoded, with a slash in front
 */
export function staticFile(folder: string, path: string, ask: HttpAsk, files: Files): HttpReply {
  if (path.endsWith("/index.html")) return moved("./");
  const clean = posix.normalize(path);
  const full = posix.join(folder, clean).replace(/(?<=.)\/$/, "");
  if (!files.exists(full)) return notFoundPage();
  const name = posix.basename(clean);
  if (!files.isDirectory(full)) return path.endsWith("/") ? moved(`../${name}`) : content(full, ask, files);
  if (!path.endsWith("/")) return moved(`${encodeURI(name)}/`);
  const index = posix.join(full, "index.html");
  return files.exists(index) ? content(index, ask, files) : listing(full, files);
}

const lastModified = (path: string, files: Files): [string, string] => [
  "Last-Modified",
  new Date(files.stat(path).mtimeMs).toUTCString(),
];

function listing(folder: string, files: Files): HttpReply {
  const escaped = (text: string) =>
    text.replace(/[&<>"']/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;" })[sign]!);
  const lines = files
    .list(folder)
    .map((name) => (files.isDirectory(posix.join(folder, name)) ? `${name}/` : name))
    .sort(compareStrings)
    .map((name) => `<a href="${encodeURI(name).replace(/[?#]/g, encodeURIComponent)}">${escaped(name)}</a>\n`);
  const page = `<!doctype html>\n<meta name="viewport" content="width=device-width">\n<pre>\n${lines.join("")}</pre>\n`;
  return reply(200, [["Content-Type", "text/html; charset=utf-8"], lastModified(folder, files)], encodeText(page));
}

function content(path: string, { headers }: HttpAsk, files: Files): HttpReply {
  const data = files.read(path);
  const whole = { begin: 0, end: data.length };
  const part = rangeOf(headers, data.length);
  if (part === "none") {
    const told = plainReply(416, "invalid range: failed to overlap");
    return { ...told, headers: [["Content-Range", `bytes */${data.length}`], ...told.headers] };
  }
  const { begin, end } = part ?? whole;
  // Go sorts the headers that a handler sets.
  return {
    status: part ? 206 : 200,
    reason: reasonPhrase(part ? 206 : 200),
    headers: [
      ["Accept-Ranges", "bytes"],
      ["Content-Length", String(end - begin)],
      ...(part ? [["Content-Range", `bytes ${begin}-${end - 1}/${data.length}`] as const] : []),
      ["Content-Type", typeOf(path, data)],
      lastModified(path, files),
    ],
    body: data.subarray(begin, end),
  };
}

/** The one part that a client asks for; undefined: all of it, `none`: nothing lies there. */
function rangeOf(headers: HttpAsk["headers"], length: number): { begin: number; end: number } | "none" | undefined {
  const range = headers.find(([name]) => name.toLowerCase() === "range")?.[1];
  const [, from = "", to = ""] = /^bytes=(\d*)-(\d*)$/.exec(range ?? "") ?? [];
  if (from === "" && to === "") return undefined;
  const begin = from === "" ? Math.max(0, length - Number(to)) : Number(from);
  const end = from === "" || to === "" ? length : Math.min(length, Number(to) + 1);
  return begin < end ? { begin, end } : "none";
}

/** By the ending, else by the first bytes. Models Go's mime.TypeByExtension and, for text and what is none, http.DetectContentType. */
function typeOf(path: string, data: Uint8Array): string {
  const known = TYPES[posix.extname(path).toLowerCase()];
  if (known !== undefined) return known;
  const start = data.subarray(0, 512);
  if (/^\s*<(!doctype html|html|head|body|script|h1|div|table|p|a|br|!--)[\s>]/i.test(decodeText(start)))
    return "text/html; charset=utf-8";
  const binary = start.some((byte) => byte < 9 || byte === 11 || (byte > 13 && byte < 27) || (byte > 27 && byte < 32));
  return binary ? "application/octet-stream" : "text/plain; charset=utf-8";
}
