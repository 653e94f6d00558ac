import { byteLength, encodeText } from "../api/encoding/text.ts";
import { notSimulated } from "../api/status.ts";
import { isIP } from "../network/dns/names.ts";
import { type HttpResponse, headerOf, type TlsSession } from "../network/http/message.ts";
import type { NetworkPath, Verdict } from "../network/path.ts";
import { errnoText } from "../platform/errno.ts";
import { exitStatus } from "./exit.ts";
import { FileError, type Program, type ProgramContext } from "./program.ts";
import { findHost } from "./resolver.ts";
import { followLocation, parseWebAddress, type WebAddress, webAddressText } from "./web-address.ts";
import { parseOptions, type WgetOptions } from "./wget/options.ts";
import { dots, humanSize, rateText } from "./wget/progress.ts";

/** Exit statuses of wget(1). */
const GENERIC = 1;
const FILE_ERROR = 3;
const NETWORK = 4;
const CERTIFICATE = 5;
const AUTHENTICATION = 6;
const SERVER = 8;

/** wget of GNU 1.21 over HTTP and HTTPS, in the POSIX locale. Models src/http.c and src/retr.c. */
export const program: Program = {
  run: (argv, context) =>
    exitStatus(() => {
      const options = parseOptions(argv, context);
      let status = 0;
      for (const url of options.urls) {
        const got = new Retrieval(context, options).retrieve(url);
        // Of several failures the lowest status is told, as in src/exits.c.
        if (got !== 0) status = status === 0 ? got : Math.min(status, got);
      }
      return status;
    }),
};

const REASONS: Readonly<Record<Exclude<Verdict, "answered">, string>> = {
  refused: "Connection refused",
  dropped: "Connection timed out",
  noRoute: "No route to host",
  nameNotFound: "No route to host",
};

/** What one attempt came to; a number is the end of it all, `retry` what a further one may mend. */
type Attempt = { status: number } | { retry: true } | { follow: WebAddress };

class Retrieval {
  private readonly context: ProgramContext;
  private readonly options: WgetOptions;
  private readonly resolved = new Map<string, string[]>();
  private kept: { authority: string; path: NetworkPath } | undefined;

  constructor(context: ProgramContext, options: WgetOptions) {
    this.context = context;
    this.options = options;
  }

  retrieve(url: string): number {
    const { options } = this;
    let address = parseWebAddress(url);
    if (!address) {
      if (/^ftps?:/i.test(url)) throw notSimulated("wget over FTP");
      this.loud(`${url}: Unsupported scheme '${url.split(":")[0]}'.\n`);
      return GENERIC;
    }
    if (address.host === "") {
      this.loud(`${url}: Invalid host name.\n`);
      return GENERIC;
    }
    if (options.spider) this.tell("Spider mode enabled. Check if remote file exists.\n");
    const name = this.fileName(address);
    for (let redirects = 0; ; redirects++) {
      const result = this.attempts(address, name);
      if (typeof result === "number") return result;
      if (redirects >= options.maxRedirects) {
        this.loud(`${options.maxRedirects} redirections exceeded.\n`);
        return SERVER;
      }
      address = result;
    }
  }

  /** Told with -q left away and -nv not given. */
  private tell(text: string): void {
    if (this.options.verbosity === "full") this.context.err(text);
  }

  /** Told unless -q is given. */
  private loud(text: string): void {
    if (this.options.verbosity !== "quiet") this.context.err(text);
  }

  private attempts(address: WebAddress, name: string): number | WebAddress {
    const { options } = this;
    for (let count = 1; ; count++) {
      const again = count > 1 ? `(try:${String(count).padStart(2)})  ` : "";
      this.tell(`--${this.time()}--  ${again}${webAddressText(address)}\n`);
      const result = this.attempt(address, name);
      if ("status" in result) return result.status;
      if ("follow" in result) return result.follow;
      if (count >= options.tries) {
        this.tell("Giving up.\n\n");
        return NETWORK;
      }
      this.tell("Retrying.\n\n");
    }
  }

  private time(): string {
    return new Date(this.context.now()).toISOString().slice(0, 19).replace("T", " ");
  }

  private attempt(address: WebAddress, name: string): Attempt {
    const path = this.reach(address);
    if ("retry" in path || "status" in path) return path;
    const { options, context } = this;
    const headers = this.headers(address);
    const body = encodeText(options.body ?? "");
    const method = options.method ?? (options.spider ? "HEAD" : "GET");
    const secure = address.scheme === "https" ? { tls: { serverName: address.host } } : {};
    const request = { method, target: address.path, version: "1.1" as const, headers, body, ...secure };
    const exchange = context.network.http(path, request);
    if (exchange.kind === "notTls") {
      this.loud("GnuTLS: An unexpected TLS packet was received.\nUnable to establish SSL connection.\n");
      return { status: NETWORK };
    }
    if (exchange.kind === "response" && exchange.tls && !this.trusts(exchange.tls, address.host)) {
      return { status: CERTIFICATE };
    }
    this.tell(`${options.body === undefined ? "HTTP request" : `${method} request`} sent, awaiting response... `);
    if (exchange.kind === "silence") {
      this.loud("Read error (Connection timed out) in headers.\n");
      return { retry: true };
    }
    if (exchange.kind === "closed") {
      this.loud("No data received.\n");
      return { retry: true };
    }
    if (exchange.kind === "other") {
      this.tell("200 No headers, assuming HTTP/0.9\nLength: unspecified\n");
      return { status: this.save(address, name, encodeText(exchange.text), undefined) };
    }
    return this.receive(address, name, exchange.response, path);
  }

  /** Models connect_to_host and lookup_host: what is resolved once is not told again. */
  private reach(address: WebAddress): NetworkPath | { status: number } | { retry: true } {
    const { context } = this;
    const { host, port } = address;
    if (this.kept?.authority === `${host}:${port}`) {
      this.tell(`Reusing existing connection to ${host.includes(":") ? `[${host}]` : host}:${port}.\n`);
      return this.kept.path;
    }
    const numeric = isIP(host);
    let addresses = numeric ? [host] : this.resolved.get(host);
    if (!addresses) {
      this.tell(`Resolving ${host} (${host})... `);
      const found = findHost(context, host);
      if (typeof found === "string") {
        const why = found === "tryAgain" ? "Temporary failure in name resolution" : "Name or service not known";
        this.tell(`failed: ${why}.\n`);
        this.loud(`wget: unable to resolve host address '${host}'\n`);
        return { status: NETWORK };
      }
      addresses = found.addresses;
      const shown = addresses.slice(0, 3).join(", ");
      this.tell(`${shown}${addresses.length > 3 ? ", ..." : ""}\n`);
      this.resolved.set(host, addresses);
    }
    let retry = true;
    for (const each of addresses) {
      const bracketed = each.includes(":") ? `[${each}]` : each;
      this.tell(`Connecting to ${numeric ? `${bracketed}:${port}` : `${host} (${host})|${bracketed}|:${port}`}... `);
      const path = context.network.connect(each, port, "TCP");
      if (path.verdict === "answered") {
        this.tell("connected.\n");
        return path;
      }
      this.tell(`failed: ${REASONS[path.verdict]}.\n`);
      retry = path.verdict === "dropped";
    }
    return retry ? { retry: true } : { status: NETWORK };
  }

  private headers(address: WebAddress): [string, string][] {
    const { options } = this;
    const headers: [string, string][] = [
      ["Host", address.authority],
      ["User-Agent", options.agent],
      ["Accept", "*/*"],
      ["Accept-Encoding", "identity"],
      ["Connection", "Keep-Alive"],
    ];
    if (options.body !== undefined) {
      headers.push(["Content-Type", "application/x-www-form-urlencoded"]);
      headers.push(["Content-Length", String(byteLength(options.body))]);
    }
    for (const [key, value] of options.headers) {
      const at = headers.findIndex(([known]) => known.toLowerCase() === key.toLowerCase());
      if (at >= 0) headers[at] = [key, value];
      else headers.push([key, value]);
    }
    return headers;
  }

  private trusts(tls: TlsSession, host: string): boolean {
    if (!this.options.checkCertificate) return true;
    if (!tls.trusted) {
      this.loud(`ERROR: The certificate of '${host}' is not trusted.\n`);
      this.loud(`ERROR: The certificate of '${host}' doesn't have a known issuer.\n`);
      return false;
    }
    const { dnsNames, addresses } = tls.certificate;
    const named = [...dnsNames, ...addresses].some((name) =>
      name.startsWith("*.")
        ? host.slice(host.indexOf(".")) === name.slice(1)
        : name.toLowerCase() === host.toLowerCase(),
    );
    if (!named) this.loud(`The certificate's owner does not match hostname '${host}'\n`);
    return named;
  }

  private receive(address: WebAddress, name: string, response: HttpResponse, path: NetworkPath): Attempt {
    const { options } = this;
    const { status, reason, headers, version } = response;
    if (options.showHeaders) {
      const lines = headers.map(([key, value]) => `  ${key}: ${value}\n`).join("");
      this.loud(`\n  HTTP/${version} ${status} ${reason}\n${lines}`);
    } else this.tell(`${status} ${reason}\n`);
    const closes = (headerOf(headers, "connection") ?? "").toLowerCase() === "close" || version === "1.0";
    this.kept = closes ? undefined : { authority: `${address.host}:${address.port}`, path };
    if ([300, 301, 302, 303, 307, 308].includes(status)) {
      const next = followLocation(address, headers);
      if (next) {
        this.tell(`Location: ${headerOf(headers, "location")} [following]\n`);
        return { follow: next };
      }
    }
    const failed = status < 200 || status >= 300;
    if (status === 401) {
      this.loud("\nUsername/Password Authentication Failed.\n");
      return { status: AUTHENTICATION };
    }
    const type = headerOf(headers, "content-type")?.split(";")[0]?.trim();
    const declared = headerOf(headers, "content-length");
    const length = declared === undefined ? undefined : Number(declared);
    if (failed && !options.contentOnError) {
      if (options.spider && status === 404) this.tell("Remote file does not exist -- broken link!!!\n\n");
      else {
        if (options.verbosity === "terse") this.loud(`${webAddressText(address)}:\n`);
        this.loud(`${this.time()} ERROR ${status}: ${reason}.\n${options.verbosity === "full" ? "\n" : ""}`);
      }
      return { status: SERVER };
    }
    if (!failed) {
      const told = length === undefined ? "unspecified" : `${length}${humanSize(length)}`;
      this.tell(`Length: ${told}${type ? ` [${type}]` : ""}\n`);
    }
    if (options.spider) {
      const html = type === "text/html" || type === "application/xhtml+xml";
      this.tell(
        html
          ? "Remote file exists and could contain further links,\nbut recursion is disabled -- not retrieving.\n\n"
          : "Remote file exists.\n\n",
      );
      if (options.verbosity === "terse")
        this.loud(`${this.time()} URL: ${webAddressText(address)} ${status} ${reason}\n`);
      return { status: 0 };
    }
    const saved = this.save(address, name, response.body, length);
    return { status: failed && saved === 0 ? SERVER : saved };
  }

  /** The last part of the path with its query, else `index.html`; a number behind it while there is such a file. */
  private fileName(address: WebAddress): string {
    const { options, context } = this;
    if (options.output !== undefined) return options.output;
    const [path = "", query] = address.path.split(/\?(.*)/s);
    const last = path.slice(path.lastIndexOf("/") + 1) || "index.html";
    const folder = options.folder === "" ? "" : `${options.folder.replace(/\/$/, "")}/`;
    const name = `${folder}${last}${query === undefined ? "" : `?${query}`}`;
    if (!context.files.exists(name)) return name;
    for (let i = 1; ; i++) if (!context.files.exists(`${name}.${i}`)) return `${name}.${i}`;
  }

  private save(address: WebAddress, name: string, body: Uint8Array, length: number | undefined): number {
    const { context, options } = this;
    const stdout = options.output === "-";
    this.tell(`Saving to: '${stdout ? "STDOUT" : name}'\n`);
    if (stdout) context.out(body);
    else {
      try {
        context.files.write(name, body);
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        this.loud(`${name}: ${errnoText(error.code)}\n`);
        return FILE_ERROR;
      }
    }
    const size = length === undefined ? `[${body.length}]` : `[${body.length}/${length}]`;
    const done = stdout ? "written to stdout" : `'${name}' saved`;
    this.tell(`${dots(body.length, length)}${this.time()} (${rateText()}) - ${done} ${size}\n\n`);
    if (options.verbosity === "terse") {
      this.loud(`${this.time()} URL:${webAddressText(address)} ${size} -> "${name}" [1]\n`);
    }
    return 0;
  }
}
