import { encodeText } from "../../api/encoding/text.ts";
import { notSimulated } from "../../api/status.ts";
import type { Header, HttpResponse } from "../../network/http/message.ts";
import { errnoText } from "../../platform/errno.ts";
import { exitStatus } from "../exit.ts";
import { FileError, type Program, type ProgramContext } from "../program.ts";
import { findHost } from "../resolver.ts";
import { followLocation, parseWebAddress, type WebAddress } from "../web-address.ts";
import { fail, parseOptions, type WgetOptions } from "./wget-options.ts";

/** wget of BusyBox 1.35 over HTTP. Models networking/wget.c. */
export const program: Program = {
  run: (argv, context) =>
    exitStatus(() => {
      const options = parseOptions(argv, context);
      for (const url of options.urls) new Download(context, options, url).run();
      return 0;
    }),
};

const MAX_REDIRECTS = 16;
const SUCCESS = new Set([200, 201, 202, 203, 204]);
const REDIRECTS = new Set([300, 301, 302, 303, 307, 308]);

class Download {
  private readonly context: ProgramContext;
  private readonly options: WgetOptions;
  private readonly url: string;

  constructor(context: ProgramContext, options: WgetOptions, url: string) {
    this.context = context;
    this.options = options;
    this.url = url;
  }

  run(): void {
    const { context, options } = this;
    let target = this.parseUrl(this.url);
    const file = this.fileName(target);
    let address = this.resolve(target);
    for (let left = MAX_REDIRECTS; ; ) {
      const response = this.request(target, address);
      const { status, reason, version } = response;
      if (options.showHeaders) context.err(`  HTTP/${version} ${status} ${reason}\n`);
      if (!SUCCESS.has(status) && !REDIRECTS.has(status)) {
        fail(context, `server returned error: HTTP/${version} ${status} ${reason}`);
      }
      if (options.showHeaders) for (const [name, value] of response.headers) context.err(`  ${name}: ${value}\n`);
      const next = status >= 300 ? followLocation(target, response.headers) : undefined;
      if (!next) {
        if (options.showHeaders) context.err("  \n");
        this.save(response, file);
        return;
      }
      if (--left === 0) fail(context, "too many redirections");
      // On the same server nothing is looked up, or told, again.
      if (next.authority !== target.authority || next.scheme !== target.scheme) address = this.resolve(next);
      target = next;
    }
  }

  private parseUrl(url: string): WebAddress {
    const address = parseWebAddress(url);
    if (!address) fail(this.context, `not an http or ftp url: ${url}`);
    if (address.scheme === "https") throw notSimulated("BusyBox's wget over https");
    return address;
  }

  private fileName(target: WebAddress): string {
    if (this.options.output !== undefined) return this.options.output;
    const last = target.path.slice(target.path.lastIndexOf("/") + 1) || "index.html";
    const { folder } = this.options;
    return folder === "" ? last : `${folder.replace(/\/$/, "")}/${last}`;
  }

  private resolve(target: WebAddress): string {
    const { context, options } = this;
    const found = findHost(context, target.host);
    const address = typeof found === "string" ? undefined : found.addresses[0];
    if (address === undefined) fail(context, `bad address '${target.authority}'`);
    if (!options.quiet) context.err(`Connecting to ${target.authority} (${address}:${target.port})\n`);
    return address;
  }

  private request(target: WebAddress, address: string): HttpResponse {
    const { context, options } = this;
    const path = context.network.connect(address, target.port, "TCP");
    if (path.verdict !== "answered") {
      if (path.verdict === "dropped" && options.timeLimit) fail(context, "download timed out");
      const why = { refused: "Connection refused", dropped: "Connection timed out", noRoute: "No route to host" };
      const reason = path.verdict === "nameNotFound" ? why.noRoute : why[path.verdict];
      fail(context, `can't connect to remote host (${address}): ${reason}`);
    }
    const has = (name: string) => options.headers.some(([key]) => key.toLowerCase() === name);
    const headers: Header[] = [];
    if (!has("host")) headers.push(["Host", target.authority]);
    if (!has("user-agent")) headers.push(["User-Agent", options.agent]);
    headers.push(["Connection", "close"], ...options.headers);
    const body = encodeText(options.post ?? "");
    if (options.post !== undefined) {
      if (!has("content-type")) headers.push(["Content-Type", "application/x-www-form-urlencoded"]);
      headers.push(["Content-Length", String(body.length)]);
    }
    const method = options.post === undefined ? "GET" : "POST";
    const exchange = context.network.http(path, { method, target: target.path, version: "1.1", headers, body });
    if (exchange.kind === "response") return exchange.response;
    if (exchange.kind === "silence") fail(context, "download timed out");
    if (exchange.kind === "other") fail(context, "bad header line: ".concat(exchange.text.split("\n")[0] ?? ""));
    return fail(context, "error getting response");
  }

  private save(response: HttpResponse, file: string): void {
    const { context, options } = this;
    const { quiet } = options;
    if (options.spider) {
      if (!quiet) context.err("remote file exists\n");
      return;
    }
    const stdout = file === "-";
    if (!stdout && options.output === undefined && context.files.exists(file)) {
      fail(context, `can't open '${file}': File exists`);
    }
    if (!quiet) context.err(stdout ? "writing to stdout\n" : `saving to '${file}'\n`);
    if (stdout) context.out(response.body);
    else this.write(file, response.body);
    if (quiet) return;
    context.err(bar(file.slice(file.lastIndexOf("/") + 1), response.body.length));
    context.err(stdout ? "written to stdout\n" : `'${file}' saved\n`);
  }

  private write(file: string, body: Uint8Array): void {
    try {
      this.context.files.write(file, body);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      fail(this.context, `can't open '${file}': ${errnoText(error.code)}`);
    }
  }
}

/** The whole of the progress bar. Models libbb/progress.c. */
function bar(name: string, size: number): string {
  return `${name.slice(0, 20).padEnd(20)} 100% |${"*".repeat(32)}| ${fiveWide(size)}  0:00:00 ETA\n`;
}

/** Five characters: digits as they are up to 99999, then `92.1M` or ` 123M`. Models smart_ulltoa5 of libbb. */
function fiveWide(size: number): string {
  if (size <= 99999) return String(size).padStart(5);
  let tenths = size * 10;
  let unit = 0;
  do {
    tenths = Math.floor(tenths / 1024);
    unit++;
  } while (tenths >= 100000);
  const whole = Math.floor(tenths / 10);
  const text = whole >= 100 ? String(whole) : `${whole}.${tenths % 10}`;
  return `${text.padStart(4)}${" kMGTPEZY".charAt(unit)}`;
}
