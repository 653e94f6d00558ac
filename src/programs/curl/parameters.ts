import { decodeText, encodeText } from "../../api/encoding/text.ts";
import type { FormPart, Operation } from "./config.ts";
import { CURL_MESSAGES } from "./error.ts";
import { concat, FormFileError, knownEncoder, parseForm } from "./form.ts";
import type { OptionFiles } from "./option-files.ts";
import { type CurlOption, FOREIGN, OF_TLS } from "./options.ts";
import {
  ParameterError,
  readNumber,
  readProtocols,
  readSeconds,
  readSize,
  SIMULATED_SCHEMES,
  wrong,
} from "./parameter-values.ts";
import type { OptionTarget } from "./switches.ts";

export interface ParameterTarget extends OptionTarget {
  files: OptionFiles;
}

/** A URL goes to the first `-o` or `-T` that has none. */
export function addUrl({ urls }: Operation, url: string): void {
  const free = urls.find((out) => out.url === undefined);
  if (free) free.url = url;
  else urls.push({ url });
}

/** An option with its parameter. `word` is how it was typed, for errors. Models tool_getparam.c getparameter. @throws ParameterError */
export async function applyParameter(
  option: CurlOption,
  value: string,
  word: string,
  target: ParameterTarget,
): Promise<void> {
  const { operation, global, console, files } = target;
  if (FOREIGN.has(option.name)) return;
  if (OF_TLS.has(option.name)) {
    operation.ofTls.push(option.name);
    return;
  }
  switch (option.name) {
    case "url":
      addUrl(operation, value);
      break;
    case "output": {
      if (value === "") throw wrong(word, "is badly used here");
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
        const content = await files.content(value.slice(1));
        if (!content) console.warn(`Failed to open ${value.slice(1)}!`);
        const lines = decodeText(content ?? new Uint8Array()).split(/\r?\n/);
        operation.headers.push(...lines.filter((line) => line !== ""));
      } else operation.headers.push(value);
      break;
    case "data":
    case "data-ascii":
    case "data-binary":
    case "data-raw":
    case "data-urlencode":
    case "json":
      await addData(option.name, value, target);
      break;
    case "url-query":
      operation.urlQuery.push(value.startsWith("+") ? value.slice(1) : await files.urlencoded(value));
      break;
    case "form":
    case "form-string":
      await addForm(value, option.name === "form-string", target);
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
    case "socks4":
    case "socks4a":
    case "socks5":
      operation.proxy = `${option.name}://${value}`;
      break;
    case "socks5-hostname":
      operation.proxy = `socks5h://${value}`;
      break;
    case "dns-interface":
    case "dns-ipv4-addr":
    case "dns-ipv6-addr":
    case "dns-servers":
      throw wrong(word, "the installed libcurl version doesn't support this");
    case "stderr":
      console.redirect(value);
      break;
    case "proto":
      operation.protocols = readProtocols(console, value, SIMULATED_SCHEMES);
      break;
    case "proto-redir":
      operation.redirectProtocols = readProtocols(console, value, ["http", "https", "ftp", "ftps"]);
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
      else operation.cookieFiles.push({ name: value, content: value === "" ? undefined : await files.content(value) });
      break;
    case "range":
      operation.range = value;
      if (/^\d+/.test(value) && !value.includes("-")) {
        console.warn("A specified range MUST include at least one dash (-). Appending one for you!");
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
      operation.maxFileSize = readSize(console, value, option.name, word);
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
      operation.writeOut = value.startsWith("@") ? await files.format(value.slice(1)) : value;
      break;
    case "proto-default":
      if (!SIMULATED_SCHEMES.includes(value.toLowerCase()))
        throw wrong(word, "a specified protocol is unsupported by libcurl", 1);
      operation.protoDefault = value;
      break;
    // No handshake here depends on these.
    case "tls-max":
      if (!["default", "1.0", "1.1", "1.2", "1.3"].includes(value)) throw wrong(word, "is badly used here");
      break;
    case "parallel-max":
      global.parallelMax = readNumber(value, word) || 50;
      break;
    case "keepalive-time":
    case "happy-eyeballs-timeout-ms":
      readNumber(value, word);
      break;
    case "expect100-timeout":
      readSeconds(value, word);
      break;
    case "limit-rate":
      readSize(console, value, option.name, word);
      break;
    // Files that the library reads no more, and what only GSSAPI heeds.
    case "ciphers":
    case "egd-file":
    case "random-file":
    case "delegation":
      break;
    case "local-port": {
      const [, first, last = first] = /^(\d{1,5})(?:\s*-\s*(\d{1,5}))?/.exec(value) ?? [];
      if (first === undefined || Number(last) < Number(first) || Number(last) > 65535)
        throw wrong(word, "is badly used here");
      break;
    }
    default:
      throw new ParameterError(`kubemu does not simulate --${option.name}`);
  }
}

async function addData(name: string, value: string, { operation, console, files }: ParameterTarget): Promise<void> {
  let piece: Uint8Array;
  if (name === "data-urlencode") piece = encodeText(await files.urlencoded(value));
  else if (value.startsWith("@") && name !== "data-raw") {
    const content = await files.content(value.slice(1));
    if (!content) {
      console.warn(`Couldn't read data from file "${value.slice(1)}", this makes an empty POST.`);
      piece = new Uint8Array();
    } else if (name === "data-binary" || name === "json") piece = content;
    else piece = content.filter((byte) => byte !== 0 && byte !== 10 && byte !== 13);
  } else piece = encodeText(value);
  const before = operation.body;
  operation.body = before ? concat([before, encodeText(name === "json" ? "" : "&"), piece]) : piece;
  if (name === "json") operation.json = true;
}

async function addForm(value: string, plain: boolean, { operation, console, files }: ParameterTarget): Promise<void> {
  const badUse = () => new ParameterError(`option ${plain ? "--form-string" : "-F"}: is badly used here`);
  let part: FormPart | undefined;
  try {
    part = await parseForm(
      value,
      plain,
      (file) => files.content(file),
      (text) => console.warn(text),
    );
  } catch (error) {
    if (!(error instanceof FormFileError)) throw error;
    console.error(`(26) ${CURL_MESSAGES[26]}`);
    throw new ParameterError(undefined, 26);
  }
  if (!part) throw badUse();
  const encoder = [part, ...(part.files ?? [])].find((one) => one.encoder && !knownEncoder(one.encoder))?.encoder;
  if (encoder !== undefined) throw new ParameterError(`kubemu does not simulate the encoder ${encoder}`);
  operation.form.push(part);
  if (!console.chooseRequest(operation, "form")) throw badUse();
}
