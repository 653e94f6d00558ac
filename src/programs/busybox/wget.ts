import { decodeText, encodeText } from "../../api/encoding/text.ts";
import { notSimulated } from "../../api/status.ts";
import type { Header, HttpResponse } from "../../network/http/message.ts";
import { errnoText } from "../../platform/errno.ts";
import { Exit, exitStatus } from "../exit.ts";
import { FileError, type Program, type ProgramContext } from "../program.ts";
import { findHost } from "../resolver.ts";
import { followLocation, parseWebAddress, type WebAddress } from "../web-address.ts";
import { showUsage } from "./usage.ts";

const USAGE = `wget [-cqS] [--spider] [-O FILE] [-o LOGFILE] [--header STR]
	[--post-data STR | --post-file FILE] [-Y on/off]
	[--no-check-certificate] [-P DIR] [-U AGENT] URL...

Retrieve files via HTTP or FTP

	--spider	Only check URL existence: $? is 0 if exists
	--header STR	Add STR (of form 'header: value') to headers
	--post-data STR	Send STR using POST method
	--post-file FILE	Send FILE using POST method
	--no-check-certificate	Don't validate the server's certificate
	-c		Continue retrieval of aborted transfer
	-q		Quiet
	-P DIR		Save to DIR (default .)
	-S    		Show server response
	-O FILE		Save to FILE ('-' for stdout)
	-o LOGFILE	Log messages to FILE
	-U STR		Use STR for User-Agent header
	-Y on/off	Use proxy`;

interface Options {
  quiet: boolean;
  spider: boolean;
  showHeaders: boolean;
  output: string | undefined;
  folder: string;
  agent: string;
  headers: Header[];
  post: string | undefined;
  timeLimit: boolean;
  urls: string[];
}

const LONG_WITH_VALUE: Readonly<Record<string, string>> = {
  header: "header",
  "post-data": "post-data",
  "post-file": "post-file",
  "output-document": "O",
  "output-file": "o",
  "directory-prefix": "P",
  "user-agent": "U",
  proxy: "Y",
  timeout: "T",
};
const LONG: Readonly<Record<string, string>> = {
  spider: "spider",
  quiet: "q",
  continue: "c",
  "server-response": "S",
  "no-check-certificate": "no-check-certificate",
  passive: "passive",
  "passive-ftp": "passive",
};

/** wget of BusyBox 1.35 over HTTP. Models networking/wget.c. */
export const program: Program = {
  run: (argv, context) =>
    exitStatus(() => {
      const options = parse(argv, context);
      for (const url of options.urls) new Download(context, options, url).run();
      return 0;
    }),
};

function fail(context: ProgramContext, text: string): never {
  context.err(`wget: ${text}\n`);
  throw new Exit(1);
}

function parse(argv: readonly string[], context: ProgramContext): Options {
  const options: Options = {
    quiet: false,
    spider: false,
    showHeaders: false,
    output: undefined,
    folder: "",
    agent: "Wget",
    headers: [],
    post: undefined,
    timeLimit: false,
    urls: [],
  };
  const usage = (text: string) => {
    context.err(`wget: ${text}\n`);
    showUsage(context, USAGE);
  };
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] ?? "";
    if (word === "--") {
      options.urls.push(...argv.slice(i + 1));
      break;
    }
    if (word.startsWith("--")) {
      const [name = "", given] = word.slice(2).split(/=(.*)/s);
      const plain = Object.hasOwn(LONG, name) ? LONG[name] : undefined;
      const valued = Object.hasOwn(LONG_WITH_VALUE, name) ? LONG_WITH_VALUE[name] : undefined;
      if (plain !== undefined) set(context, options, plain, "");
      else if (valued === undefined) usage(`unrecognized option '${word}'`);
      else {
        const value = given ?? argv[++i];
        if (value === undefined) usage(`option '${word}' requires an argument`);
        else set(context, options, valued, value);
      }
    } else if (word.startsWith("-") && word !== "-") {
      for (let at = 1; at < word.length; at++) {
        const letter = word.charAt(at);
        if ("OoPUYTt".includes(letter)) {
          const value = word.slice(at + 1) || argv[++i];
          if (value === undefined) usage(`option requires an argument -- '${letter}'`);
          else set(context, options, letter, value);
          break;
        }
        if (!"qcS".includes(letter)) usage(`invalid option -- '${letter}'`);
        set(context, options, letter, "");
      }
    } else options.urls.push(word);
  }
  if (options.urls.length === 0) showUsage(context, USAGE);
  return options;
}

function set(context: ProgramContext, options: Options, name: string, value: string): void {
  switch (name) {
    case "q":
      options.quiet = true;
      break;
    case "S":
      options.showHeaders = true;
      break;
    case "spider":
      options.spider = true;
      break;
    case "O":
      options.output = value;
      break;
    case "P":
      options.folder = value;
      break;
    case "U":
      options.agent = value;
      break;
    case "T":
      options.timeLimit = true;
      break;
    case "header": {
      const colon = value.indexOf(":");
      options.headers.push([value.slice(0, colon), value.slice(colon + 1).trim()]);
      break;
    }
    case "post-data":
      options.post = value;
      break;
    case "post-file": {
      const file = context.files.read(value);
      if (!file) fail(context, `can't open '${value}': No such file or directory`);
      options.post = decodeText(file);
      break;
    }
    case "t":
    case "no-check-certificate":
    case "passive":
      break;
    default:
      throw notSimulated(`wget -${name}`);
  }
}

const MAX_REDIRECTS = 16;
const SUCCESS = new Set([200, 201, 202, 203, 204]);
const REDIRECTS = new Set([300, 301, 302, 303, 307, 308]);

class Download {
  private readonly context: ProgramContext;
  private readonly options: Options;
  private readonly url: string;

  constructor(context: ProgramContext, options: Options, url: string) {
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
