import { keyedSuffix } from "../../api/keyed-random.ts";
import type { ProgramContext } from "../program.ts";
import { type Global, newOperation, type Operation } from "./config.ts";
import type { Console } from "./console.ts";
import { CURL_MESSAGES } from "./error.ts";
import { type CurlOption, findLetter, findLong, reversible } from "./options.ts";

/** The command line is wrong; `text` as helpf prints it, undefined when it is printed already. */
export class ParameterError extends Error {
  readonly status: number;
  constructor(text: string | undefined, status = 2) {
    super(text ?? "");
    this.name = "ParameterError";
    this.status = status;
  }
}

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
    if (option === "unknown") throw new ParameterError(`option ${word}: is unknown`);
    if (option === "ambiguous") throw new ParameterError(`option ${word}: is ambiguous`);
    if (option.takesParameter) {
      if (negated) throw new ParameterError(`option ${word}: used '--no-' for option that isn't a boolean`);
      if (next === undefined) throw new ParameterError(`option ${word}: requires parameter`);
      await this.apply(option, next, word);
      return true;
    }
    if (negated && !reversible(option))
      throw new ParameterError(`option ${word}: used '--no-' for option that isn't a boolean`);
    return this.toggle(option, !negated, word, next);
  }

  private async cluster(word: string, next: string | undefined): Promise<boolean> {
    for (let at = 1; at < word.length; at++) {
      const option = findLetter(word[at]!);
      if (!option) throw new ParameterError(`option ${word}: is unknown`);
      if (option.takesParameter) {
        const attached = word.slice(at + 1);
        if (attached !== "") {
          await this.apply(option, attached, word);
          return false;
        }
        if (next === undefined) throw new ParameterError(`option ${word}: requires parameter`);
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
        break;
      case "get":
        operation.get = on;
        break;
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
      case "http2-prior-knowledge":
        operation.httpVersion = "2-prior";
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
      case "junk-session-cookies":
      case "proxy-basic":
        break;
      default:
        throw new ParameterError(`kubemu does not simulate ${word.startsWith("--") ? word : `--${option.name}`}`);
    }
    return false;
  }

  private exclusive(word: string): never {
    this.console.error("You must select either --fail or --fail-with-body, not both.");
    throw new ParameterError(`option ${word}: is badly used here`);
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
        if (value.startsWith("@"))
          for (const line of await this.lines(value.slice(1), word)) operation.headers.push(line);
        else operation.headers.push(value);
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
        operation.proxy = value;
        break;
      case "proxy-user":
        operation.proxyUser = value;
        break;
      case "noproxy":
        operation.noProxy = value;
        break;
      case "cookie":
        if (!value.includes("=") && value !== "") throw new ParameterError("kubemu does not simulate files of cookies");
        if (value !== "") operation.cookies.push(value);
        break;
      case "range":
        operation.range = value;
        break;
      case "max-time":
        operation.maxTimeMs = this.seconds(value, word);
        break;
      case "connect-timeout":
        operation.connectTimeoutMs = this.seconds(value, word);
        break;
      case "max-redirs":
        operation.maxRedirects = this.number(value, word);
        break;
      case "max-filesize":
        operation.maxFileSize = this.number(value, word);
        break;
      case "retry":
        operation.retries = this.number(value, word);
        break;
      case "retry-delay":
        operation.retryDelayMs = this.number(value, word) * 1000;
        break;
      case "retry-max-time":
        operation.retryMaxMs = this.number(value, word) * 1000;
        break;
      case "resolve":
        operation.resolve.push(value);
        break;
      case "connect-to":
        operation.connectTo.push(value);
        break;
      case "write-out":
        operation.writeOut = value.startsWith("@") ? await this.text(value.slice(1), word) : value;
        break;
      case "proto-default":
        operation.protoDefault = value;
        break;
      case "config":
        await this.configFile(value, word);
        break;
      // No handshake here depends on these.
      case "ciphers":
      case "tls-max":
      case "parallel-max":
      case "keepalive-time":
      case "expect100-timeout":
      case "happy-eyeballs-timeout-ms":
        break;
      default:
        throw new ParameterError(`kubemu does not simulate --${option.name}`);
    }
  }

  private number(text: string, word: string): number {
    if (/^-\d/.test(text) && word !== "--max-redirs")
      throw new ParameterError(`option ${word}: expected a positive numerical parameter`);
    if (!/^-?\d+$/.test(text)) throw new ParameterError(`option ${word}: expected a proper numerical parameter`);
    return Number(text);
  }

  /** Seconds with a fraction, in milliseconds. */
  private seconds(text: string, word: string): number {
    if (/^-/.test(text)) throw new ParameterError(`option ${word}: expected a positive numerical parameter`);
    if (!/^\d+(\.\d*)?$|^\.\d+$/.test(text))
      throw new ParameterError(`option ${word}: expected a proper numerical parameter`);
    return Math.floor(Number(text) * 1000);
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

  private async text(file: string, word: string): Promise<string> {
    const content = await this.content(file);
    if (!content) {
      this.console.warn(`Failed to open ${file}`);
      throw new ParameterError(`option ${word}: error encountered when reading a file`, word === "-K" ? 26 : 2);
    }
    return new TextDecoder().decode(content);
  }

  private async lines(file: string, word: string): Promise<string[]> {
    return (await this.text(file, word)).split(/\r?\n/).filter((line) => line !== "");
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
    operation.body = before ? join(before, encode(name === "json" ? "" : "&"), piece) : piece;
    if (name === "json") {
      const has = (header: string) =>
        operation.headers.some((line) => line.toLowerCase().startsWith(`${header.toLowerCase()}:`));
      if (!has("Content-Type")) operation.headers.push("Content-Type: application/json");
      if (!has("Accept")) operation.headers.push("Accept: application/json");
    }
    operation.bodyKind = name === "json" ? "json" : "data";
  }

  /** `content`, `=content`, `name=content`, `@file`, `name@file`. */
  private async urlencoded(value: string): Promise<string> {
    const at = /^([^=@]*)([=@])(.*)$/s.exec(value);
    if (!at) return formEncode(encode(value));
    const [, name = "", kind, rest = ""] = at;
    const content = kind === "@" ? await this.content(rest) : encode(rest);
    const encoded = formEncode(content ?? new Uint8Array());
    return name === "" ? encoded : `${name}=${encoded}`;
  }

  private async form(value: string, plain: boolean): Promise<void> {
    const equals = value.indexOf("=");
    if (equals < 0) {
      this.console.warn("Illegally formatted input field!");
      throw new ParameterError(`option ${plain ? "--form-string" : "-F"}: is badly used here`);
    }
    const { operation } = this;
    const name = value.slice(0, equals);
    const rest = value.slice(equals + 1);
    operation.bodyKind = "form";
    const marker = plain ? undefined : /^[@<]/.exec(rest)?.[0];
    if (marker === undefined) {
      operation.form.push({ name, value: encode(rest) });
      return;
    }
    const [file = "", ...attributes] = rest.slice(1).split(";");
    const content = await this.content(file);
    if (!content) {
      this.console.error(`(26) ${CURL_MESSAGES[26]}`);
      throw new ParameterError(undefined, 26);
    }
    const type = attributes.find((attribute) => attribute.startsWith("type="))?.slice(5);
    const named = attributes.find((attribute) => attribute.startsWith("filename="))?.slice(9);
    operation.form.push({
      name,
      value: content,
      ...(marker === "@"
        ? { fileName: named ?? file.replace(/^.*\//, ""), type: type ?? mimeType(file) }
        : type
          ? { type }
          : {}),
    });
  }

  /** `-K FILE`: one option a line, its dashes left out or not. Models tool_parsecfg.c. */
  private async configFile(file: string, word: string): Promise<void> {
    for (const line of (await this.text(file, word)).split("\n")) {
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
      if (/^-[^-]/.test(name)) await this.cluster(name, value);
      else await this.long(name.startsWith("--") ? name : `--${name}`, value);
    }
  }
}

const encode = (text: string) => new TextEncoder().encode(text);

function join(...parts: Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** A blank is a plus since curl 7.88. */
const formEncode = (bytes: Uint8Array) => percentEncode(bytes).replaceAll("%20", "+");

/** curl_easy_escape: all but letters, digits, `-._~`. */
export function percentEncode(bytes: Uint8Array): string {
  return [...bytes]
    .map((byte) => {
      const ch = String.fromCharCode(byte);
      return /[A-Za-z0-9\-._~]/.test(ch) ? ch : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
    })
    .join("");
}

/** Models lib/mime.c Curl_mime_contenttype. */
function mimeType(file: string): string {
  const known: Record<string, string> = {
    gif: "image/gif",
    jpg: "image/jpeg",
    jpeg: "image/jpeg",
    png: "image/png",
    svg: "image/svg+xml",
    txt: "text/plain",
    htm: "text/html",
    html: "text/html",
    pdf: "application/pdf",
    xml: "application/xml",
  };
  return known[file.replace(/^.*\./, "").toLowerCase()] ?? "application/octet-stream";
}

/** multipart/form-data of the parts; the boundary is drawn by key. */
export function multipart(operation: Operation, seed: string): { body: Uint8Array; boundary: string } {
  const boundary = `------------------------${[...keyedSuffix(16, seed, "curl boundary", operation.form.length)]
    .map((ch) => (ch.charCodeAt(0) % 16).toString(16))
    .join("")}`;
  const parts: Uint8Array[] = [];
  for (const part of operation.form) {
    const quote = (text: string) => text.replaceAll('"', "%22").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
    const file = part.fileName === undefined ? "" : `; filename="${quote(part.fileName)}"`;
    const type = part.type === undefined ? "" : `\r\nContent-Type: ${part.type}`;
    parts.push(
      encode(`--${boundary}\r\nContent-Disposition: form-data; name="${quote(part.name)}"${file}${type}\r\n\r\n`),
      part.value,
      encode("\r\n"),
    );
  }
  return { body: join(...parts, encode(`--${boundary}--\r\n`)), boundary };
}
