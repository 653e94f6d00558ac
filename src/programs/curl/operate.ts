import { headerOf } from "../../network/http/message.ts";
import { FileError, type ProgramContext } from "../program.ts";
import type { GetOut, Operation } from "./config.ts";
import { Connections } from "./connection.ts";
import type { Console } from "./console.ts";
import { CURL_MESSAGES, CurlError } from "./error.ts";
import { expandGlob } from "./glob.ts";
import { type Sink, Transfer } from "./transfer.ts";
import { parseUrl } from "./url.ts";
import { writeOut } from "./write-out.ts";

/** Carries out what the command line asks for, one URL after the other. Models tool_operate.c. */
export class Runner {
  private readonly context: ProgramContext;
  private readonly console: Console;
  private readonly connections: Connections;
  private readonly begun = new Set<string>();
  private urlNumber = 0;

  constructor(context: ProgramContext, console: Console) {
    this.context = context;
    this.console = console;
    this.connections = new Connections(context, console);
  }

  async run(operations: readonly Operation[]): Promise<number> {
    let status = 0;
    for (const operation of operations) {
      if (!operation.urls.some((out) => out.url !== undefined)) {
        this.console.help("no URL specified!");
        return 2;
      }
      if (this.console.global.parallel) {
        this.console.help("kubemu does not simulate --parallel");
        return 2;
      }
      if (operation.head && operation.body && !operation.get) {
        this.console.warn(
          "You can only select one HTTP request method! You asked for both POST (-d, --data) and HEAD (-I, --head).",
        );
        return 2;
      }
      for (const entry of operation.resolve) {
        const pinned = /^\+?([^:]+:\d+):(.+)$/.exec(entry);
        if (pinned) this.console.info(`Added ${pinned[1]}:${pinned[2]} to DNS cache`);
      }
      for (const out of operation.urls) {
        if (out.url === undefined) {
          this.console.warn("Got more output options than URLs");
          continue;
        }
        const result = await this.urlsOf(operation, out);
        status = result.status;
        if (result.stop || (status !== 0 && this.console.global.failEarly)) return status;
      }
    }
    return status;
  }

  private async urlsOf(operation: Operation, out: GetOut): Promise<{ status: number; stop: boolean }> {
    let urls: { url: string; values: string[] }[];
    try {
      urls = operation.globOff ? [{ url: out.url!, values: [] }] : expandGlob(out.url!);
    } catch (error) {
      if (!(error instanceof CurlError)) throw error;
      this.console.error(`(${error.code}) ${error.message}`);
      return { status: error.code, stop: true };
    }
    let upload: Uint8Array | undefined;
    if (out.upload !== undefined) {
      upload =
        out.upload === "-" || out.upload === "." ? await this.context.stdin() : this.context.files.read(out.upload);
      if (!upload) {
        this.console.error(`Can't open '${out.upload}'!`);
        this.console.help();
        this.console.error(`(26) ${CURL_MESSAGES[26]}`);
        return { status: 26, stop: true };
      }
    }
    let status = 0;
    for (const { url, values } of urls) {
      status = this.one(operation, out, url, values, upload);
      if (status !== 0 && this.console.global.failEarly) break;
    }
    return { status, stop: false };
  }

  private one(
    operation: Operation,
    out: GetOut,
    url: string,
    values: readonly string[],
    upload: Uint8Array | undefined,
  ): number {
    const { console, context } = this;
    const number = this.urlNumber++;
    let file: string | undefined;
    try {
      file = outputFile(operation, out, url, values);
    } catch (error) {
      if (!(error instanceof CurlError)) throw error;
      if (error.code === 23 && !console.global.silent) console.error("Remote file name has no length!");
      console.error(`(${error.code}) ${error.message}`);
      return error.code;
    }
    const target = upload && out.upload !== undefined ? uploadUrl(url, out.upload) : url;
    const toTerminal = file === undefined && context.isTerminal;
    const progress = !console.global.silent && !console.global.noProgress && !toTerminal;
    if (progress && console.global.progressBar) {
      console.error("(2) kubemu does not simulate --progress-bar");
      return 2;
    }
    const transfer = new Transfer(context, console, this.connections, operation, progress);
    let retries = operation.retries;
    let delayMs = 1000;
    let spentMs = 0;
    for (;;) {
      const failure = this.attempt(operation, transfer, target, upload, out.upload === "-" || out.upload === ".", file);
      if (failure && !console.global.silent) {
        console.error(`(${failure.code}) ${failure.message}`);
      } else if (failure && console.global.showError) console.error(`(${failure.code}) ${failure.message}`);
      const why = retries > 0 ? retryReason(operation, transfer, failure) : undefined;
      const pause = operation.retryDelayMs || retryAfter(transfer) || delayMs;
      spentMs += transfer.watch.ms;
      if (why !== undefined && (operation.retryMaxMs === 0 || spentMs + pause < operation.retryMaxMs)) {
        console.warn(
          `Problem ${why}. Will retry in ${Math.floor(pause / 1000)}${pause % 1000 === 0 ? "" : `.${String(pause % 1000).padStart(3, "0")}`} seconds. ${retries} retries left.`,
        );
        spentMs += pause;
        retries--;
        delayMs = Math.min(delayMs * 2, 600_000);
        continue;
      }
      if (operation.writeOut !== undefined) {
        writeOut(
          operation.writeOut,
          {
            info: transfer.info,
            url,
            urlNumber: number,
            exitCode: failure?.code ?? 0,
            errorMessage: failure?.message.split("\n")[0] ?? "",
            ...(file !== undefined ? { fileName: file } : {}),
          },
          context,
        );
      }
      return failure?.code ?? 0;
    }
  }

  private attempt(
    operation: Operation,
    transfer: Transfer,
    url: string,
    upload: Uint8Array | undefined,
    chunked: boolean,
    file: string | undefined,
  ): CurlError | undefined {
    const store = new Store(this.context, this.console, operation, file, this.begun);
    transfer.ended = false;
    try {
      transfer.run(url, upload, chunked, store);
      if (!transfer.ended) transfer.end();
      store.close();
      return undefined;
    } catch (error) {
      if (!(error instanceof CurlError)) throw error;
      if (transfer.info && !transfer.ended) transfer.end();
      return error;
    }
  }
}

const ERRNO: Readonly<Record<string, string>> = {
  ENOENT: "No such file or directory",
  EACCES: "Permission denied",
  EISDIR: "Is a directory",
  ENOTDIR: "Not a directory",
};

/** Where headers and body go. */
class Store implements Sink {
  private readonly context: ProgramContext;
  private readonly operation: Operation;
  private readonly file: string | undefined;
  private readonly begun: Set<string>;
  private readonly console: Console;
  private created = false;

  constructor(
    context: ProgramContext,
    console: Console,
    operation: Operation,
    file: string | undefined,
    begun: Set<string>,
  ) {
    this.context = context;
    this.console = console;
    this.operation = operation;
    this.file = file;
    this.begun = begun;
  }

  header(line: string): void {
    const { operation } = this;
    if (operation.dumpHeader !== undefined) this.dump(operation.dumpHeader, line);
    if (!operation.includeHeaders && !operation.head) return;
    const bold = this.context.isTerminal && this.file === undefined;
    const colon = line.indexOf(":");
    const text =
      bold && colon > 0 && !line.startsWith("HTTP/")
        ? `\x1b[1m${line.slice(0, colon)}\x1b[0m${line.slice(colon)}`
        : line;
    this.body(new TextEncoder().encode(text));
  }

  body(data: Uint8Array): void {
    if (this.file === undefined) this.context.out(data);
    else if (this.file !== "/dev/null") this.store(this.file, data);
  }

  /** A transfer without a body leaves an empty file. */
  close(): void {
    const { file } = this;
    if (file !== undefined && file !== "/dev/null" && !this.created) this.store(file, new Uint8Array());
  }

  private store(file: string, data: Uint8Array): void {
    const { files } = this.context;
    try {
      if (this.created) files.append(file, data);
      else {
        if (this.operation.createDirs) this.createFolders(file);
        files.write(file, data);
      }
      this.created = true;
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      this.console.warn(`Failed to open the file ${file}: ${ERRNO[error.code] ?? error.code}`);
      throw new CurlError(23, "Failure writing output to destination");
    }
  }

  private createFolders(file: string): void {
    const parts = file.split("/").slice(0, -1);
    for (let i = 1; i <= parts.length; i++) {
      const folder = parts.slice(0, i).join("/");
      if (folder !== "" && !this.context.files.exists(folder)) this.context.files.mkdir(folder);
    }
  }

  private dump(file: string, line: string): void {
    if (file === "-") this.context.out(line);
    else if (this.begun.has(file)) this.context.files.append(file, line);
    else {
      this.begun.add(file);
      this.context.files.write(file, line);
    }
  }
}

/** `-o` with its `#1`, `-O`; undefined: standard output. */
function outputFile(operation: Operation, out: GetOut, url: string, values: readonly string[]): string | undefined {
  const output = out.output ?? (operation.remoteNameAll ? "remote" : undefined);
  if (output === undefined) return undefined;
  const inFolder = (name: string) => (operation.outputDir ? `${operation.outputDir}/${name}` : name);
  if (output === "remote") {
    const name = parseUrl(url).path.replace(/^.*\//, "");
    if (name === "") throw new CurlError(23);
    return inFolder(name);
  }
  if (output.file === "-") return undefined;
  const name = output.file.replace(/#(\d+)/g, (all, digits: string) => values[Number(digits) - 1] ?? all);
  return name === "/dev/null" ? name : inFolder(name);
}

/** `-T FILE` to a URL that ends in a slash adds the file's name. */
function uploadUrl(url: string, file: string): string {
  if (file === "-" || file === ".") return url;
  const name = file.replace(/^.*\//, "");
  if (/:\/\/[^/]*$/.test(url)) return `${url}/${name}`;
  return url.endsWith("/") ? url + name : url;
}

function retryReason(operation: Operation, transfer: Transfer, failure: CurlError | undefined): string | undefined {
  const code = transfer.info?.responseCode ?? 0;
  if (failure?.code === 28 || failure?.code === 6 || failure?.code === 5) return ": timeout";
  if (failure?.code === 7 && operation.retryRefused) return ": connection refused";
  if ((!failure || failure.code === 22) && [408, 429, 500, 502, 503, 504].includes(code)) return ": HTTP error";
  return failure && operation.retryAll ? "(retrying all errors)" : undefined;
}

function retryAfter(transfer: Transfer): number {
  const value = headerOf(transfer.info?.response?.headers ?? [], "retry-after");
  return value && /^\d+$/.test(value) ? Number(value) * 1000 : 0;
}
