import { decodeText } from "../../api/encoding/text.ts";
import { notSimulated } from "../../api/status.ts";
import { type Header, typedHeader } from "../../network/http/message.ts";
import { Exit } from "../exit.ts";
import type { ProgramContext } from "../program.ts";

export interface WgetOptions {
  /** `quiet`: nothing is told; `terse` (-nv): results alone. */
  verbosity: "quiet" | "terse" | "full";
  output: string | undefined;
  folder: string;
  spider: boolean;
  showHeaders: boolean;
  tries: number;
  maxRedirects: number;
  headers: Header[];
  agent: string;
  method: string | undefined;
  body: string | undefined;
  checkCertificate: boolean;
  contentOnError: boolean;
  noClobber: boolean;
  urls: string[];
}

/** Long names of the options that are simulated, and the short one (or another word) that each stands for. */
const LONG: Readonly<Record<string, { short: string; value?: true }>> = {
  "body-data": { short: "body-data", value: true },
  "connect-timeout": { short: "T", value: true },
  "content-on-error": { short: "content-on-error" },
  "directory-prefix": { short: "P", value: true },
  "dns-timeout": { short: "T", value: true },
  header: { short: "header", value: true },
  "max-redirect": { short: "max-redirect", value: true },
  method: { short: "method", value: true },
  "no-check-certificate": { short: "no-check-certificate" },
  "no-clobber": { short: "nc" },
  "no-verbose": { short: "nv" },
  "output-document": { short: "O", value: true },
  "post-data": { short: "post-data", value: true },
  "post-file": { short: "post-file", value: true },
  quiet: { short: "q" },
  "read-timeout": { short: "T", value: true },
  "server-response": { short: "S" },
  spider: { short: "spider" },
  timeout: { short: "T", value: true },
  tries: { short: "t", value: true },
  "user-agent": { short: "U", value: true },
  verbose: { short: "v" },
  version: { short: "V" },
  wait: { short: "T", value: true },
  waitretry: { short: "T", value: true },
  "inet4-only": { short: "4" },
};

/** Options that wget 1.21 has and that are refused by name. */
// biome-ignore format: a list
const OTHERS = new Set([
  "accept", "adjust-extension", "append-output", "ask-password", "auth-no-challenge", "background", "backup-converted", "backups",
  "base", "bind-address", "ca-certificate", "ca-directory", "certificate", "ciphers", "compression", "config", "content-disposition",
  "continue", "convert-links", "crl-file", "cut-dirs", "debug", "default-page", "delete-after", "domains", "execute",
  "exclude-directories", "exclude-domains", "follow-ftp", "follow-tags", "force-directories", "force-html", "ftp-user", "help",
  "hsts", "html-extension", "http-password", "http-user", "https-only", "if-modified-since", "ignore-case", "ignore-length",
  "ignore-tags", "include-directories", "inet6-only", "input-file", "iri", "keep-session-cookies", "level", "limit-rate",
  "load-cookies", "local-encoding", "mirror", "netrc", "no-cache", "no-cookies", "no-directories", "no-dns-cache", "no-hsts",
  "no-http-keep-alive", "no-parent", "no-proxy", "no-host-directories", "output-file", "page-requisites", "password", "pinnedpubkey",
  "prefer-family", "private-key", "progress", "protocol-directories", "proxy", "proxy-password", "proxy-user", "quota",
  "random-file", "random-wait", "recursive", "referer", "regex-type", "reject", "rejected-log", "relative", "remote-encoding",
  "report-speed", "restrict-file-names", "retry-connrefused", "retry-on-host-error", "retry-on-http-error", "save-cookies",
  "save-headers", "secure-protocol", "show-progress", "span-hosts", "start-pos", "timestamping", "trust-server-names", "unlink",
  "use-askpass", "use-server-timestamps", "user", "warc-file", "xattr",
]);

const SHORT_WITH_VALUE = "OPUTtw";
const SHORT = "qvSV4";
const SHORT_REFUSED = "abcdeghiklmnopruxABDEFGHIKLNQRX6";

function usage(context: ProgramContext, text: string, status: number): never {
  context.err(`wget: ${text}\nUsage: wget [OPTION]... [URL]...\n\nTry \`wget --help' for more options.\n`);
  throw new Exit(status);
}

/** Models wget 1.21 src/main.c: getopt_long, so that options may stand behind the URLs and long ones may be cut short. */
export function parseOptions(argv: readonly string[], context: ProgramContext): WgetOptions {
  const options: WgetOptions = {
    verbosity: "full",
    output: undefined,
    folder: "",
    spider: false,
    showHeaders: false,
    tries: 20,
    maxRedirects: 20,
    headers: [],
    agent: "Wget/1.21.3",
    method: undefined,
    body: undefined,
    checkCertificate: true,
    contentOnError: false,
    noClobber: false,
    urls: [],
  };
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] ?? "";
    if (word === "--") {
      options.urls.push(...argv.slice(i + 1));
      break;
    }
    if (word.startsWith("--")) {
      const [typed = "", given] = word.slice(2).split(/=(.*)/s);
      const name = longName(context, typed);
      const option = Object.hasOwn(LONG, name) ? LONG[name] : undefined;
      if (!option) throw notSimulated(`wget --${name}`);
      const value = option.value ? (given ?? argv[++i]) : "";
      if (value === undefined) usage(context, `option '--${typed}' requires an argument`, 2);
      set(context, options, option.short, value);
    } else if (word.startsWith("-") && word !== "-") {
      for (let at = 1; at < word.length; at++) {
        const letter = word.charAt(at);
        if (SHORT_WITH_VALUE.includes(letter)) {
          const value = word.slice(at + 1) || argv[++i];
          if (value === undefined) usage(context, `option requires an argument -- '${letter}'`, 2);
          set(context, options, letter === "w" ? "T" : letter, value);
          break;
        }
        // `-nv`, `-nc`: each letter behind the n is a word of its own.
        if (letter === "n") {
          for (const flag of word.slice(at + 1)) {
            if (flag !== "v" && flag !== "c") throw notSimulated(`wget -n${flag}`);
            set(context, options, `n${flag}`, "");
          }
          break;
        }
        if (SHORT_REFUSED.includes(letter)) throw notSimulated(`wget -${letter}`);
        if (!SHORT.includes(letter)) usage(context, `invalid option -- '${letter}'`, 2);
        set(context, options, letter, "");
      }
    } else options.urls.push(word);
  }
  if (options.urls.length === 0) usage(context, "missing URL", 1);
  return options;
}

function longName(context: ProgramContext, typed: string): string {
  const names = [...Object.keys(LONG), ...OTHERS];
  if (names.includes(typed)) return typed;
  const candidates = names.filter((name) => name.startsWith(typed));
  if (candidates.length === 1 && candidates[0] !== undefined) return candidates[0];
  return usage(context, `unrecognized option '--${typed}'`, 2);
}

/** Models src/init.c cmd_spec_header, check_user_specified_header. */
function userHeader(context: ProgramContext, text: string): Header {
  const header = /^[^:\s]+:[^\n]*$/.test(text) ? typedHeader(text) : undefined;
  if (header) return header;
  context.err(`wget: --header: Invalid header '${text}'.\n`);
  throw new Exit(2);
}

function set(context: ProgramContext, options: WgetOptions, name: string, value: string): void {
  const whole = () => {
    if (/^[0-9]+$/.test(value)) return Number(value);
    if (value === "inf") return Number.POSITIVE_INFINITY;
    context.err(`wget: --tries: Invalid number '${value}'.\n`);
    throw new Exit(2);
  };
  switch (name) {
    case "q":
      options.verbosity = "quiet";
      break;
    case "v":
      options.verbosity = "full";
      break;
    case "nv":
      options.verbosity = "terse";
      break;
    case "nc":
      options.noClobber = true;
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
    case "t":
      options.tries = whole() || Number.POSITIVE_INFINITY;
      break;
    case "max-redirect":
      options.maxRedirects = whole();
      break;
    case "header":
      if (value === "") options.headers = [];
      else options.headers.push(userHeader(context, value));
      break;
    case "method":
      options.method = value.toUpperCase();
      break;
    case "body-data":
    case "post-data":
      options.body = value;
      if (name === "post-data") options.method = "POST";
      break;
    case "post-file": {
      const file = context.files.read(value);
      if (!file) {
        context.err(`BODY data file '${value}' missing: No such file or directory\n`);
        throw new Exit(1);
      }
      options.body = decodeText(file);
      options.method = "POST";
      break;
    }
    case "no-check-certificate":
      options.checkCertificate = false;
      break;
    case "content-on-error":
      options.contentOnError = true;
      break;
    case "V":
      throw notSimulated("wget --version");
    default:
      break;
  }
}
