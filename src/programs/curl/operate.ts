import { decodeText, encodeText } from "../../api/encoding/text.ts";
import { headerOf } from "../../network/http/message.ts";
import { errnoText } from "../../platform/errno.ts";
import { FileError, type ProgramContext } from "../program.ts";
import type { GetOut, Operation, RequestKind } from "./config.ts";
import { Connections } from "./connection.ts";
import type { Console } from "./console.ts";
import { CookieJar } from "./cookies.ts";
import { CURL_MESSAGES, CurlError } from "./error.ts";
import { expandGlob } from "./glob.ts";
import { five } from "./progress.ts";
import { Transfer } from "./transfer.ts";
import type { Sink } from "./transfer-state.ts";
import { parseUrl } from "./url.ts";
import { writeOut } from "./write-out.ts";

/** Carries out what the command line asks for, one URL after the other. Models tool_operate.c. */
export class Runner {
  private readonly context: ProgramContext;
  private readonly console: Console;
  private readonly connections: Connections;
  private readonly begun = new Set<string>();
  private urlNumber = 0;
  /** `-Z`: what all transfers have brought together. */
  private readonly sum = { started: 0, bytes: 0, us: 0 };

  constructor(context: ProgramContext, console: Console) {
    this.context = context;
    this.console = console;
    this.connections = new Connections(context, console);
  }

  async run(operations: readonly Operation[]): Promise<number> {
    for (const [index, operation] of operations.entries()) {
      await this.askPasswords(operation, index, operations.length);
    }
    const { parallel, noProgress } = this.console.global;
    if (!parallel || operations[0]?.urls.length === 0) return (await this.all(operations)).status;
    // The transfers of `-Z` are told one after the other: nothing here takes time.
    const transfers = operations.flatMap((operation) =>
      operation.urls.flatMap((out) => expansions(operation, out)),
    ).length;
    if (!noProgress) this.console.raw(PARALLEL_HEADER);
    if (!noProgress)
      this.console.raw(this.parallelLine(transfers, Math.min(transfers, this.console.global.parallelMax)));
    const { status } = await this.all(operations);
    if (!noProgress) this.console.raw(this.parallelLine(this.sum.started, 0));
    return status;
  }

  /** Models tool_progress.c progress_meter. */
  private parallelLine(transfers: number, live: number): string {
    const { bytes, us } = this.sum;
    const count = (value: number) => String(value).padStart(5);
    const speed = us > 0 ? Math.floor((bytes * 1_000_000) / us) : 0;
    return `\r${bytes > 0 ? "100" : "--"}${bytes > 0 ? " --" : "  --"}  ${five(bytes)} ${five(0)} ${count(transfers)} ${count(live)}  --:--:-- --:--:-- --:--:-- ${five(speed)}     ${live > 0 ? " " : "\n"}`;
  }

  private async all(operations: readonly Operation[]): Promise<{ status: number }> {
    let status = 0;
    for (const operation of operations) {
      if (!operation.urls.some((out) => out.url !== undefined)) {
        this.console.help("no URL specified!");
        return { status: 2 };
      }
      const cookies = new CookieJar(operation, this.context.now());
      const result = await this.operation(operation, cookies);
      // What runs side by side ends with any one's failure.
      status = result.status === 0 && this.console.global.parallel ? status : result.status;
      if (operation.cookieJar !== undefined) this.saveCookies(operation.cookieJar, cookies);
      if (result.stop) break;
    }
    return { status };
  }

  private async operation(operation: Operation, cookies: CookieJar): Promise<{ status: number; stop: boolean }> {
    let status = 0;
    for (const out of operation.urls) {
      if (out.url === undefined) {
        this.console.warn("Got more output options than URLs");
        continue;
      }
      const result = await this.urlsOf(operation, out, cookies);
      this.urlNumber++;
      status = result.status === 0 && this.console.global.parallel ? status : result.status;
      if (result.stop || (result.status !== 0 && this.console.global.failEarly)) return { status, stop: true };
    }
    return { status, stop: false };
  }

  private saveCookies(file: string, cookies: CookieJar): void {
    const text = cookies.text(this.context.now());
    try {
      if (file === "-") this.context.out(text);
      else this.context.files.write(file, text);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      this.console.info(
        `WARNING: failed to save cookies in ${file}: Failed to open/read local data from file/application`,
      );
    }
  }

  /** Logins without a password are asked for it on standard input. Models tool_paramhlp.c checkpasswd. */
  private async askPasswords(operation: Operation, index: number, count: number): Promise<void> {
    const ask = async (kind: string, login: string) => {
      if (login.includes(":") || login.startsWith(";")) return login;
      const which = index === 0 && count === 1 ? "" : ` on URL #${index + 1}`;
      this.console.raw(`Enter ${kind} password for user '${login}'${which}:`);
      const typed = decodeText(await this.context.stdin());
      this.console.raw("\n");
      return `${login}:${typed.split("\n")[0] ?? ""}`;
    };
    if (operation.user !== undefined && operation.bearer === undefined)
      operation.user = await ask("host", operation.user);
    if (operation.proxyUser !== undefined) operation.proxyUser = await ask("proxy", operation.proxyUser);
  }

  /** What kind of request an operation makes of a URL; undefined, after a warning: two at once. Models single_transfer. */
  private requestKind(operation: Operation, upload: boolean): RequestKind | undefined {
    if (operation.body && operation.get) {
      if (!this.console.chooseRequest(operation, operation.head ? "head" : "get")) return undefined;
    } else if (operation.body && !this.console.chooseRequest(operation, "post")) return undefined;
    if (upload && !this.console.chooseRequest(operation, "put")) return undefined;
    return operation.kind ?? "get";
  }

  private async urlsOf(
    operation: Operation,
    out: GetOut,
    cookies: CookieJar,
  ): Promise<{ status: number; stop: boolean }> {
    let urls: { url: string; values: string[] }[];
    let uploads: (string | undefined)[];
    try {
      urls = operation.globOff ? [{ url: out.url!, values: [] }] : expandGlob(out.url!);
      uploads =
        out.upload === undefined || operation.globOff ? [out.upload] : expandGlob(out.upload).map(({ url }) => url);
    } catch (error) {
      if (!(error instanceof CurlError)) throw error;
      this.console.error(`(${error.code}) ${error.message}`);
      return { status: error.code, stop: true };
    }
    const kind = this.requestKind(operation, out.upload !== undefined);
    if (kind === undefined) return { status: 2, stop: true };
    let status = 0;
    for (const file of uploads) {
      let upload: Uint8Array | undefined;
      if (file !== undefined) {
        upload = file === "-" || file === "." ? await this.context.stdin() : this.context.files.read(file);
        if (!upload) {
          this.console.error(`Can't open '${file}'!`);
          this.console.help();
          this.console.error(`(26) ${CURL_MESSAGES[26]}`);
          return { status: 26, stop: true };
        }
      }
      for (const { url, values } of urls) {
        this.console.judgeMethod(operation, kind);
        status = this.one(
          operation,
          { ...out, ...(file === undefined ? {} : { upload: file }) },
          url,
          values,
          upload,
          cookies,
        );
        if (status !== 0 && this.console.global.failEarly) return { status, stop: false };
      }
    }
    return { status, stop: false };
  }

  private one(
    operation: Operation,
    out: GetOut,
    url: string,
    values: readonly string[],
    upload: Uint8Array | undefined,
    cookies: CookieJar,
  ): number {
    const { console, context } = this;
    let file: string | undefined;
    try {
      file = outputFile(operation, out, url, values);
      if (file !== undefined && operation.noClobber) file = freeName(file, context);
    } catch (error) {
      if (!(error instanceof CurlError)) throw error;
      if (error.code === 23 && !console.global.silent) console.error("Remote file name has no length!");
      console.error(`(${error.code}) ${error.message}`);
      return error.code;
    }
    const target = upload && out.upload !== undefined ? uploadUrl(url, out.upload) : url;
    const toTerminal = file === undefined && context.isTerminal;
    const { silent, noProgress, progressBar, parallel } = console.global;
    const shown = !silent && !noProgress && !toTerminal && !parallel;
    const progress = shown ? (progressBar ? "bar" : "meter") : "none";
    const transfer = new Transfer(context, console, this.connections, operation, cookies, progress);
    this.sum.started++;
    let retries = operation.retries;
    let delayMs = 1000;
    let spentMs = 0;
    for (;;) {
      const failure = this.attempt(operation, transfer, target, upload, out.upload === "-" || out.upload === ".", file);
      if (failure && !console.global.silent) {
        console.error(`(${failure.code}) ${failure.message}`);
      } else if (failure && console.global.showError) console.error(`(${failure.code}) ${failure.message}`);
      if (progress === "bar") console.raw("\n");
      this.sum.bytes += (transfer.info?.downloaded ?? 0) + (transfer.info?.uploaded ?? 0);
      this.sum.us = Math.max(this.sum.us, transfer.info?.totalUs ?? 0);
      const why = retries > 0 ? retryReason(operation, transfer, failure) : undefined;
      const pause = operation.retryDelayMs || retryAfter(transfer) || delayMs;
      spentMs += transfer.progress.ms;
      if (why !== undefined && (operation.retryMaxMs === 0 || spentMs < operation.retryMaxMs)) {
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
            urlNumber: this.urlNumber,
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
    transfer.progress.ended = false;
    try {
      this.connections.pin(operation.resolve);
      transfer.run(url, upload, chunked, store);
      if (!transfer.progress.ended) transfer.progress.end();
      store.close();
      return undefined;
    } catch (error) {
      if (!(error instanceof CurlError)) throw error;
      if (transfer.info && !transfer.progress.ended && error.code !== 5 && error.code !== 6) transfer.progress.end();
      return error;
    }
  }
}

const PARALLEL_HEADER = "DL% UL%  Dled  Uled  Xfers  Live Total     Current  Left    Speed\n";

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
    this.body(encodeText(text));
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
      this.console.warn(`Failed to open the file ${file}: ${errnoText(error.code)}`);
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

/** The URLs that a pattern stands for; none where it is wrong. */
function expansions(operation: Operation, { url }: GetOut): string[] {
  if (url === undefined || operation.globOff) return url === undefined ? [] : [url];
  try {
    return expandGlob(url).map((one) => one.url);
  } catch (error) {
    if (!(error instanceof CurlError)) throw error;
    return [];
  }
}

/** `--no-clobber`: the name, or the first of NAME.1, NAME.2 … that is free. */
function freeName(file: string, context: ProgramContext): string {
  if (!context.files.exists(file)) return file;
  for (let number = 1; ; number++) if (!context.files.exists(`${file}.${number}`)) return `${file}.${number}`;
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
