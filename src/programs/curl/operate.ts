import { decodeText } from "../../api/encoding/text.ts";
import { FileError, type ProgramContext } from "../program.ts";
import type { GetOut, Operation, RequestKind } from "./config.ts";
import { Connections } from "./connection.ts";
import type { Console } from "./console.ts";
import { CookieJar } from "./cookies.ts";
import { CURL_MESSAGES, CurlError } from "./error.ts";
import { expandGlob } from "./glob.ts";
import { freeName, isDevice, Output, outputFile } from "./output.ts";
import { PARALLEL_HEADER, ParallelProgress } from "./parallel-progress.ts";
import { Retries } from "./retries.ts";
import { Transfer } from "./transfer.ts";
import { addFileName, appendQuery } from "./url.ts";
import { writeOut } from "./write-out.ts";

/** Carries out what the command line asks for, one URL after the other. Models tool_operate.c. */
export class Runner {
  private readonly context: ProgramContext;
  private readonly console: Console;
  private readonly connections: Connections;
  private urlNumber = 0;
  private readonly sum = new ParallelProgress();

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
    if (!noProgress) {
      this.console.raw(PARALLEL_HEADER);
      this.console.raw(this.sum.line(transfers, Math.min(transfers, this.console.global.parallelMax)));
    }
    const { status } = await this.all(operations);
    if (!noProgress) this.console.raw(this.sum.line(this.sum.started, 0));
    return status;
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
    // curl 7.88.1 closes a file that it could not open, and dies of it.
    if (!this.beginHeaders(operation.dumpHeader)) return { status: 139, stop: true };
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

  /** The file of `-D` is emptied before the first transfer; false: it cannot be written. */
  private beginHeaders(file: string | undefined): boolean {
    if (file === undefined || file === "-" || isDevice(file)) return true;
    try {
      this.context.files.write(file, "");
      return true;
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      return false;
    }
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
      if (file !== undefined && file !== "") {
        upload = isInput(file) ? await this.context.stdin() : this.context.files.read(file);
        if (!upload) {
          this.console.help(`Can't open '${file}'!`);
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
    const destination = this.destination(operation, out, url, values);
    if ("status" in destination) return destination.status;
    const { file } = destination;
    const whole = this.target(operation, upload && out.upload, url);
    if ("status" in whole) return whole.status;
    const { target } = whole;
    const { silent, noProgress, progressBar, parallel, showError } = console.global;
    const shown = !silent && !noProgress && !(file === undefined && context.isTerminal) && !parallel;
    const progress = shown ? (progressBar ? "bar" : "meter") : "none";
    const transfer = new Transfer(context, console, this.connections, operation, cookies, progress);
    this.sum.started++;
    const retries = new Retries(operation);
    for (;;) {
      const failure = this.attempt(operation, transfer, target, upload, isInput(out.upload), file);
      if (failure && (!silent || showError)) console.error(`(${failure.code}) ${failure.message}`);
      if (progress === "bar") console.raw("\n");
      this.sum.add(transfer.info);
      const again = retries.after(transfer, failure);
      if (again !== undefined) {
        console.warn(again);
        // What the file got is taken back.
        const thrown = file === undefined || isDevice(file) ? 0 : (transfer.info?.downloaded ?? 0);
        if (thrown > 0 && !silent) console.raw(`Throwing away ${thrown} bytes\n`);
        continue;
      }
      if (operation.writeOut !== undefined) {
        writeOut(
          operation.writeOut,
          {
            info: transfer.info,
            method: transfer.method,
            url: target,
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

  /** The file that a URL's body goes to, undefined for standard output; the exit status where there is no such name. */
  private destination(
    operation: Operation,
    out: GetOut,
    url: string,
    values: readonly string[],
  ): { file: string | undefined } | { status: number } {
    try {
      const file = outputFile(operation, out, url, values);
      return { file: file !== undefined && operation.noClobber ? freeName(file, this.context) : file };
    } catch (error) {
      if (!(error instanceof CurlError)) throw error;
      if (error.code === 23 && !this.console.global.silent) this.console.error("Remote file name has no length!");
      this.console.error(`(${error.code}) ${error.message}`);
      return { status: error.code };
    }
  }

  /** The URL with what an upload and `-G` add to it; the exit status where it is none. */
  private target(
    operation: Operation,
    upload: string | undefined,
    url: string,
  ): { target: string } | { status: number } {
    let target = url;
    try {
      if (upload !== undefined && !isInput(upload)) target = addFileName(url, upload);
    } catch (error) {
      if (!(error instanceof CurlError)) throw error;
      this.console.error(`(${error.code}) ${error.message}`);
      return { status: error.code };
    }
    try {
      return { target: withQuery(operation, target) };
    } catch (error) {
      if (!(error instanceof CurlError)) throw error;
      // Nobody says what was wrong with it.
      return { status: error.code };
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
    const store = new Output(this.context, this.console, operation, file);
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

/** `-G -d` or else `--url-query` adds to the query. Models tool_operate.c single_transfer. @throws CurlError */
function withQuery(operation: Operation, url: string): string {
  if (operation.get && operation.body) return appendQuery(url, decodeText(operation.body));
  return operation.urlQuery.length > 0 ? appendQuery(url, operation.urlQuery.join("&")) : url;
}

/** `-T -` and `-T .`: standard input. */
const isInput = (file: string | undefined) => file === "-" || file === ".";
