import type { ProgramContext } from "../program.ts";
import type { Global, Operation } from "./config.ts";
import type { Console } from "./console.ts";
import { type CurlOption, FOREIGN, OF_TLS } from "./options.ts";
import { ParameterError, wrong } from "./parameter-values.ts";

/** Whom an option is for. */
export interface OptionTarget {
  operation: Operation;
  global: Global;
  console: Console;
  context: ProgramContext;
}

/**
 * An option without a parameter; `on` is false for `--no-…`. `word` is how it was typed, for errors. Models tool_getparam.c getparameter.
 * @throws ParameterError
 */
export function applySwitch(option: CurlOption, on: boolean, word: string, target: OptionTarget): void {
  const { operation, global, console, context } = target;
  if (FOREIGN.has(option.name)) return;
  if (OF_TLS.has(option.name)) {
    if (on) operation.ofTls.push(option.name);
    return;
  }
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
      if (!console.chooseRequest(operation, on ? "head" : "get")) throw wrong(word, "is badly used here");
      break;
    case "get":
      operation.get = on;
      break;
    case "tr-encoding":
      operation.transferEncoding = on;
      break;
    case "netrc":
    case "netrc-optional":
      if (on && context.files.exists(`${context.env.HOME ?? ""}/.netrc`))
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
      if (on && operation.fail === "withBody") throw exclusive(console, word);
      operation.fail = on ? "fast" : "no";
      break;
    case "fail-with-body":
      if (on && operation.fail === "fast") throw exclusive(console, word);
      operation.fail = on ? "withBody" : "no";
      break;
    case "remote-name": {
      const free = operation.urls.find((out) => out.output === undefined);
      const output = on ? "remote" : { file: "-" };
      if (free) free.output = output;
      else operation.urls.push({ output });
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
    case "proxytunnel":
      operation.proxyTunnel = on;
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
}

function exclusive(console: Console, word: string): ParameterError {
  console.error("You must select either --fail or --fail-with-body, not both.");
  return wrong(word, "is badly used here");
}
