import type { ProgramContext } from "../program.ts";
import { type FormPart, type Global, newOperation, type Operation, type RequestKind } from "./config.ts";
import type { Console } from "./console.ts";
import { CURL_MESSAGES } from "./error.ts";
import { concat, FormFileError, knownEncoder, parseForm } from "./form.ts";
import { type CurlOption, findLetter, findLong, reversible } from "./options.ts";
import {
  formEncode,
  ParameterError,
  readNumber,
  readProtocols,
  readSeconds,
  readSize,
  SIMULATED_SCHEMES,
  wrong,
} from "./parameter-values.ts";

export type Parsed = { kind: "run"; operations: Operation[] } | { kind: "version" | "help"; topic?: string };

/** Reads the command line into operations and the global options. Models tool_getparam.c parse_args and getparameter. */
export class ParameterReader {
  readonly operations: Operation[] = [newOperation()];
  private readonly context: ProgramContext;
  private readonly console: Console;
  private readonly global: Global;
  private input: Uint8Array | undefined;
  /** `-V` or `-h`: what was asked for instead of a transfer. */
  private instead: { kind: "version" | "help"; topic?: string } | undefined;

  constructor(context: ProgramContext, console: Console) {
    this.context = context;
    this.console = console;
    this.global = console.global;
  }

  async read(argv: readonly string[]): Promise<Parsed> {
    let options = true;
    for (let i = 0; i < argv.length; i++) {
      const word = argv[i]!;
      if (options && word === "--") {
        options = false;
        continue;
      }
      if (!options || !word.startsWith("-") || word === "-") {
        this.addUrl(word);
        continue;
      }
      const used = word.startsWith("--") ? await this.long(word, argv[i + 1]) : await this.cluster(word, argv[i + 1]);
      if (used) i++;
      if (this.instead) return this.instead;
    }
    return { kind: "run", operations: this.operations };
  }

  private get operation(): Operation {
    return this.operations.at(-1)!;
  }

  private addUrl(url: string): void {
    const free = this.operation.urls.find((out) => out.url === undefined);
    if (free) free.url = url;
    else this.operation.urls.push({ url });
  }

  private async long(word: string, next: string | undefined): Promise<boolean> {
    const negated = word.startsWith("--no-");
    const name = word.slice(negated ? 5 : 2);
    const option = findLong(name);
    if (option === "unknown") throw wrong(word, "is unknown");
    if (option === "ambiguous") throw wrong(word, "is ambiguous");
    if (option.takesParameter) {
      if (negated) throw wrong(word, "used '--no-' for option that isn't a boolean");
      if (next === undefined) throw wrong(word, "requires parameter");
      await this.apply(option, next, word);
      return true;
    }
    if (negated && !reversible(option)) throw wrong(word, "used '--no-' for option that isn't a boolean");
    return this.toggle(option, !negated, word, next);
  }

  private async cluster(word: string, next: string | undefined): Promise<boolean> {
    for (let at = 1; at < word.length; at++) {
      const option = findLetter(word[at]!);
      if (!option) throw wrong(word, "is unknown");
      if (option.takesParameter) {
        const attached = word.slice(at + 1);
        if (attached !== "") {
          await this.apply(option, attached, word);
          return false;
        }
        if (next === undefined) throw wrong(word, "requires parameter");
        await this.apply(option, next, word);
        return true;
      }
      if (this.toggle(option, true, word, undefined)) return true;
      if (this.instead) return false;
    }
    return false;
  }

  /** A switch. True when it took the next word too (`--help TOPIC`). */
  private toggle(option: CurlOption, on: boolean, word: string, next: string | undefined): boolean {
    const { operation, global } = this;
    switch (option.name) {
      case "silent":
        global.silent = on;
        break;
      case "show-error":
        global.showError = on;
        break;
      case "verbose":
        global.verbose = on;
        break;
      case "progress-meter":
        global.noProgress = !on;
        break;
      case "progress-bar":
        global.progressBar = on;
        break;
      case "fail-early":
        global.failEarly = on;
        break;
      case "parallel":
        global.parallel = on;
        break;
      case "styled-output":
        global.styled = on;
        break;
      case "include":
        operation.includeHeaders = on;
        break;
      case "head":
        operation.head = on;
        if (!this.request(on ? "head" : "get")) throw wrong(word, "is badly used here");
        break;
      case "get":
        operation.get = on;
        break;
      case "tr-encoding":
        operation.transferEncoding = on;
        break;
      case "netrc":
      case "netrc-optional":
        if (on && this.context.files.exists(`${this.context.env.HOME ?? ""}/.netrc`))
          throw new ParameterError("kubemu does not simulate .netrc");
        break;
      case "disallow-username-in-url":
        operation.refuseUser = on;
        break;
      case "junk-session-cookies":
        operation.junkSession = on;
        break;
      case "http3":
      case "http3-only":
        throw wrong(word, "the installed libcurl version doesn't support this");
      case "location":
        operation.followRedirects = on;
        break;
      case "location-trusted":
        operation.followRedirects = on;
        operation.trustRedirects = on;
        break;
      case "insecure":
        operation.insecure = on;
        break;
      case "fail":
        if (on && operation.fail === "withBody") this.exclusive(word);
        operation.fail = on ? "fast" : "no";
        break;
      case "fail-with-body":
        if (on && operation.fail === "fast") this.exclusive(word);
        operation.fail = on ? "withBody" : "no";
        break;
      case "remote-name": {
        const free = operation.urls.find((out) => out.output === undefined);
        if (free) free.output = "remote";
        else operation.urls.push({ output: "remote" });
        break;
      }
      case "remote-header-name":
        operation.headerName = on;
        break;
      case "remote-name-all":
        operation.remoteNameAll = on;
        break;
      case "ipv4":
        operation.ipVersion = 4;
        break;
      case "ipv6":
        operation.ipVersion = 6;
        break;
      case "http1.0":
        operation.httpVersion = "1.0";
        break;
      case "http1.1":
        operation.httpVersion = "1.1";
        break;
      case "http2":
        operation.httpVersion = "2";
        break;
      case "http0.9":
        operation.http09 = on;
        break;
      case "compressed":
        operation.compressed = on;
        break;
      case "create-dirs":
        operation.createDirs = on;
        break;
      case "clobber":
        operation.noClobber = !on;
        break;
      case "globoff":
        operation.globOff = on;
        break;
      case "path-as-is":
        operation.pathAsIs = on;
        break;
      case "retry-all-errors":
        operation.retryAll = on;
        break;
      case "retry-connrefused":
        operation.retryRefused = on;
        break;
      case "post301":
      case "post302":
      case "post303": {
        const kept = new Set(operation.keepPost);
        if (on) kept.add(Number(option.name.slice(4)));
        else kept.delete(Number(option.name.slice(4)));
        operation.keepPost = kept;
        break;
      }
      case "version":
        this.instead = { kind: "version" };
        break;
      case "help":
        this.instead = next && !next.startsWith("-") ? { kind: "help", topic: next } : { kind: "help" };
        return next !== undefined && !next.startsWith("-");
      case "next":
        if (operation.urls.some((out) => out.url !== undefined)) this.operations.push(newOperation());
        break;
      // These change nothing that a simulated transfer could show.
      case "buffer":
      case "disable":
      case "keepalive":
      case "tcp-nodelay":
      case "tcp-fastopen":
      case "basic":
      case "alpn":
      case "npn":
      case "sessionid":
      case "ssl-no-revoke":
      case "tlsv1":
      case "tlsv1.0":
      case "tlsv1.1":
      case "tlsv1.2":
      case "tlsv1.3":
      case "parallel-immediate":
      case "proxy-basic":
      case "raw":
      case "ssl":
      case "ssl-reqd":
      case "false-start":
      case "suppress-connect-headers":
      case "remote-time":
      case "xattr":
        break;
      default:
        throw new ParameterError(`kubemu does not simulate ${word.startsWith("--") ? word : `--${option.name}`}`);
    }
    return false;
  }

  private exclusive(word: string): never {
    this.console.error("You must select either --fail or --fail-with-body, not both.");
    throw wrong(word, "is badly used here");
  }

  private async apply(option: CurlOption, value: string, word: string): Promise<void> {
    const { operation } = this;
    switch (option.name) {
      case "url":
        this.addUrl(value);
        break;
      case "output": {
        const free = operation.urls.find((out) => out.output === undefined);
        if (free) free.output = { file: value };
        else operation.urls.push({ output: { file: value } });
        break;
      }
      case "upload-file": {
        const free = operation.urls.find((out) => out.upload === undefined);
        if (free) free.upload = value;
        else operation.urls.push({ upload: value });
        break;
      }
      case "cacert":
        operation.caFile = value;
        break;
      case "output-dir":
        operation.outputDir = value;
        break;
      case "dump-header":
        operation.dumpHeader = value;
        break;
      case "request":
        operation.method = value;
        break;
      case "request-target":
        operation.requestTarget = value;
        break;
      case "header":
        if (value.startsWith("@")) {
          const content = await this.content(value.slice(1));
          if (!content) this.console.warn(`Failed to open ${value.slice(1)}!`);
          const lines = new TextDecoder().decode(content).split(/\r?\n/);
          operation.headers.push(...lines.filter((line) => line !== ""));
        } else operation.headers.push(value);
        break;
      case "data":
      case "data-ascii":
      case "data-binary":
      case "data-raw":
      case "data-urlencode":
      case "json":
        await this.data(option.name, value);
        break;
      case "url-query":
        operation.urlQuery.push(value.startsWith("+") ? value.slice(1) : await this.urlencoded(value));
        break;
      case "form":
      case "form-string":
        await this.form(value, option.name === "form-string");
        break;
      case "user-agent":
        operation.userAgent = value;
        break;
      case "referer":
        operation.referer = value;
        break;
      case "user":
        operation.user = value;
        break;
      case "oauth2-bearer":
        operation.bearer = value;
        break;
      case "proxy":
      case "proxy1.0":
        operation.proxy = value;
        break;
      case "dns-interface":
      case "dns-ipv4-addr":
      case "dns-ipv6-addr":
      case "dns-servers":
        throw wrong(word, "the installed libcurl version doesn't support this");
      case "stderr":
        this.console.redirect(value);
        break;
      case "proto":
        operation.protocols = readProtocols(this.console, value, SIMULATED_SCHEMES);
        break;
      case "proto-redir":
        operation.redirectProtocols = readProtocols(this.console, value, ["http", "https", "ftp", "ftps"]);
        break;
      case "cookie-jar":
        operation.cookieJar = value;
        break;
      case "proxy-user":
        operation.proxyUser = value;
        break;
      case "noproxy":
        operation.noProxy = value;
        break;
      case "cookie":
        if (value.includes("=")) operation.cookies.push(value);
        else operation.cookieFiles.push({ name: value, content: value === "" ? undefined : await this.content(value) });
        break;
      case "range":
        operation.range = value;
        if (/^\d+/.test(value) && !value.includes("-")) {
          this.console.warn("A specified range MUST include at least one dash (-). Appending one for you!");
          operation.range = `${/^\d+/.exec(value)![0]}-`;
        }
        break;
      case "max-time":
        operation.maxTimeMs = readSeconds(value, word);
        break;
      case "connect-timeout":
        operation.connectTimeoutMs = readSeconds(value, word);
        break;
      case "max-redirs":
        operation.maxRedirects = readNumber(value, word);
        break;
      case "max-filesize":
        operation.maxFileSize = readSize(this.console, value, option.name, word);
        break;
      case "retry":
        operation.retries = readNumber(value, word);
        break;
      case "retry-delay":
        operation.retryDelayMs = readNumber(value, word) * 1000;
        break;
      case "retry-max-time":
        operation.retryMaxMs = readNumber(value, word) * 1000;
        break;
      case "resolve":
        operation.resolve.push(value);
        break;
      case "connect-to":
        operation.connectTo.push(value);
        break;
      case "write-out":
        operation.writeOut = value.startsWith("@") ? await this.format(value.slice(1)) : value;
        break;
      case "proto-default":
        operation.protoDefault = value;
        break;
      case "config":
        await this.configFile(value, word);
        break;
      // No handshake here depends on these.
      case "tls-max":
        if (!["default", "1.0", "1.1", "1.2", "1.3"].includes(value)) throw wrong(word, "is badly used here");
        break;
      case "parallel-max":
        this.global.parallelMax = readNumber(value, word) || 50;
        break;
      case "keepalive-time":
      case "happy-eyeballs-timeout-ms":
        readNumber(value, word);
        break;
      case "expect100-timeout":
        readSeconds(value, word);
        break;
      case "limit-rate":
        readSize(this.console, value, option.name, word);
        break;
      // Files that the library reads no more, and what only GSSAPI heeds.
      case "ciphers":
      case "egd-file":
      case "random-file":
      case "delegation":
      case "local-port":
        break;
      default:
        throw new ParameterError(`kubemu does not simulate --${option.name}`);
    }
  }

  private async standardInput(): Promise<Uint8Array> {
    this.input ??= await this.context.stdin();
    const all = this.input;
    this.input = new Uint8Array();
    return all;
  }

  private async content(file: string): Promise<Uint8Array | undefined> {
    return file === "-" ? this.standardInput() : this.context.files.read(file);
  }

  /** `-w @FILE`; a file that is not there makes no output. */
  private async format(file: string): Promise<string> {
    const content = await this.content(file);
    if (content) return new TextDecoder().decode(content);
    if (!this.global.silent) this.console.raw(`Warning: Failed to read ${file}`);
    return "";
  }

  private async text(file: string, word: string): Promise<string> {
    const content = await this.content(file);
    if (!content) {
      this.console.warn(`Failed to open ${file}`);
      throw new ParameterError(`option ${word}: error encountered when reading a file`, word === "-K" ? 26 : 2);
    }
    return new TextDecoder().decode(content);
  }

  private async data(name: string, value: string): Promise<void> {
    const { operation } = this;
    let piece: Uint8Array;
    if (name === "data-urlencode") piece = encode(await this.urlencoded(value));
    else if (value.startsWith("@") && name !== "data-raw") {
      const content = await this.content(value.slice(1));
      if (!content) {
        this.console.warn(`Couldn't read data from file "${value.slice(1)}", this makes an empty POST.`);
        piece = new Uint8Array();
      } else if (name === "data-binary" || name === "json") piece = content;
      else piece = content.filter((byte) => byte !== 0 && byte !== 10 && byte !== 13);
    } else piece = encode(value);
    const before = operation.body;
    operation.body = before ? concat([before, encode(name === "json" ? "" : "&"), piece]) : piece;
    if (name === "json") operation.json = true;
  }

  /** `content`, `=content`, `name=content`, `@file`, `name@file`. */
  private async urlencoded(value: string): Promise<string> {
    const at = /^([^=@]*)([=@])(.*)$/s.exec(value);
    if (!at) return formEncode(encode(value));
    const [, name = "", kind, rest = ""] = at;
    const content = kind === "@" ? await this.content(rest) : encode(rest);
    if (!content) {
      this.console.warn(`Couldn't read data from file "${value}", this makes an empty POST.`);
      return "";
    }
    const encoded = formEncode(content);
    return name === "" ? encoded : `${name}=${encoded}`;
  }

  private async form(value: string, plain: boolean): Promise<void> {
    const { operation } = this;
    const badUse = () => new ParameterError(`option ${plain ? "--form-string" : "-F"}: is badly used here`);
    let part: FormPart | undefined;
    try {
      part = await parseForm(
        value,
        plain,
        (file) => this.content(file),
        (text) => this.console.warn(text),
      );
    } catch (error) {
      if (!(error instanceof FormFileError)) throw error;
      this.console.error(`(26) ${CURL_MESSAGES[26]}`);
      throw new ParameterError(undefined, 26);
    }
    if (!part) {
      this.console.warn("Illegally formatted input field!");
      throw badUse();
    }
    const encoder = [part, ...(part.files ?? [])].find((one) => one.encoder && !knownEncoder(one.encoder))?.encoder;
    if (encoder !== undefined) throw new ParameterError(`kubemu does not simulate the encoder ${encoder}`);
    operation.form.push(part);
    if (!this.request("form")) throw badUse();
  }

  /** False, and a warning, when another kind of request was asked for before. Models tool_helpers.c SetHTTPrequest. */
  private request(kind: RequestKind): boolean {
    return this.console.chooseRequest(this.operation, kind);
  }

  /** `-K FILE`: one option a line, its dashes left out or not. Models tool_parsecfg.c. */
  private async configFile(file: string, word: string): Promise<void> {
    const lines = (await this.text(file, word)).split("\n");
    for (const [index, line] of lines.entries()) {
      const text = line.trim();
      if (text === "" || /^[#/;]/.test(text)) continue;
      const parts = /^(\S+?)(?:\s*[=:]\s*|\s+|$)(.*)$/.exec(text);
      const [, name = "", rest = ""] = parts ?? [];
      const quoted = /^"((?:[^"\\]|\\.)*)"/.exec(rest)?.[1];
      const parameter = quoted?.replace(
        /\\(.)/g,
        (_, ch: string) => ({ n: "\n", r: "\r", t: "\t", v: "\v" })[ch] ?? ch,
      );
      const value = parameter ?? (rest === "" ? undefined : rest.split(/\s/)[0]);
      try {
        if (/^-[^-]/.test(name)) await this.cluster(name, value);
        else await this.long(name.startsWith("--") ? name : `--${name}`, value);
      } catch (error) {
        if (!(error instanceof ParameterError) || error.problem === undefined) throw error;
        // What is wrong in a file is told and passed over.
        const where = `${file === "-" ? "<stdin>" : file}:${index + 1}`;
        this.console.warn(`${where}: warning: '${name}' ${error.problem}`);
      }
    }
  }
}

const encode = (text: string) => new TextEncoder().encode(text);
