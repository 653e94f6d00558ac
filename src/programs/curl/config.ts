import type { Header } from "../../network/http/message.ts";

/** One URL of the command line with where its output goes. Models tool_cfgable.h struct getout. */
export interface GetOut {
  url?: string;
  /** `-o FILE`; `remote`: `-O`. */
  output?: { file: string } | "remote";
  upload?: string;
}

/** Options of one operation (what stands between two `--next`). Models tool_cfgable.h struct OperationConfig. */
export interface Operation {
  urls: GetOut[];
  includeHeaders: boolean;
  head: boolean;
  get: boolean;
  method?: string;
  headers: string[];
  body?: Uint8Array;
  /** The body is JSON: two headers say so. */
  json: boolean;
  /** What the options ask for; another kind on top of it is refused. */
  kind?: RequestKind;
  form: FormPart[];
  userAgent?: string;
  referer?: string;
  user?: string;
  bearer?: string;
  cookies: string[];
  /** `-b FILE`; `content` undefined: it is not there, but cookies are to be kept. */
  cookieFiles: { name: string; content: Uint8Array | undefined }[];
  cookieJar?: string;
  /** `-j`: cookies of a session are not read from files. */
  junkSession: boolean;
  followRedirects: boolean;
  trustRedirects: boolean;
  maxRedirects: number;
  keepPost: ReadonlySet<number>;
  maxTimeMs?: number;
  connectTimeoutMs?: number;
  insecure: boolean;
  /** Options of TLS that are not simulated. */
  ofTls: string[];
  /** `--cacert`: the authorities to trust instead of the machine's. */
  caFile?: string;
  fail: "no" | "fast" | "withBody";
  proxy?: string;
  proxyUser?: string;
  /** `-p`: CONNECT even for http. */
  proxyTunnel: boolean;
  noProxy?: string;
  resolve: string[];
  connectTo: string[];
  retries: number;
  retryDelayMs: number;
  retryMaxMs: number;
  retryAll: boolean;
  retryRefused: boolean;
  ipVersion?: 4 | 6;
  httpVersion: "default" | "1.0" | "1.1" | "2";
  http09: boolean;
  compressed: boolean;
  writeOut?: string;
  dumpHeader?: string;
  outputDir?: string;
  createDirs: boolean;
  remoteNameAll: boolean;
  /** `-J`: the server may name the file. */
  headerName: boolean;
  noClobber: boolean;
  range?: string;
  requestTarget?: string;
  urlQuery: string[];
  globOff: boolean;
  pathAsIs: boolean;
  maxFileSize?: number;
  protoDefault?: string;
  /** Schemes that may be used at all, and after a redirection; absent: curl's own. */
  protocols?: ReadonlySet<string>;
  redirectProtocols?: ReadonlySet<string>;
  /** `--tr-encoding`. */
  transferEncoding: boolean;
  /** `--disallow-username-in-url`. */
  refuseUser: boolean;
}

/** Models tool_sdecls.h HttpReq. */
export type RequestKind = "get" | "head" | "form" | "post" | "put";

export interface FormPart {
  name: string;
  value: Uint8Array;
  /** `stream`: standard input. */
  kind: "literal" | "file" | "stream";
  /** Where a file was read. */
  path?: string;
  fileName?: string;
  type?: string;
  encoder?: string;
  headers?: string[];
  /** Several files under one name. */
  files?: FormPart[];
}

export interface Global {
  silent: boolean;
  showError: boolean;
  verbose: boolean;
  noProgress: boolean;
  progressBar: boolean;
  failEarly: boolean;
  parallel: boolean;
  parallelMax: number;
  styled: boolean;
}

export function newGlobal(): Global {
  return {
    silent: false,
    showError: false,
    verbose: false,
    noProgress: false,
    progressBar: false,
    failEarly: false,
    parallel: false,
    parallelMax: 50,
    styled: true,
  };
}

export function newOperation(): Operation {
  return {
    urls: [],
    includeHeaders: false,
    head: false,
    get: false,
    headers: [],
    json: false,
    form: [],
    cookies: [],
    cookieFiles: [],
    junkSession: false,
    followRedirects: false,
    trustRedirects: false,
    maxRedirects: 50,
    keepPost: new Set(),
    insecure: false,
    ofTls: [],
    proxyTunnel: false,
    fail: "no",
    resolve: [],
    connectTo: [],
    retries: 0,
    retryDelayMs: 0,
    retryMaxMs: 0,
    retryAll: false,
    retryRefused: false,
    httpVersion: "default",
    http09: false,
    compressed: false,
    createDirs: false,
    remoteNameAll: false,
    headerName: false,
    noClobber: false,
    urlQuery: [],
    globOff: false,
    pathAsIs: false,
    transferEncoding: false,
    refuseUser: false,
  };
}

/**
 * `Name: value` as -H takes it, and the line as it is sent; `Name:` takes a header away, `Name;` sends it empty; undefined: it is neither.
 * Models lib/http.c Curl_add_custom_headers.
 */
export function customHeader(line: string): { name: string; value?: string; line: string } | undefined {
  const colon = line.indexOf(":");
  if (colon > 0) {
    const value = line.slice(colon + 1).trimStart();
    return { name: line.slice(0, colon), ...(value === "" ? {} : { value }), line };
  }
  if (colon < 0 && line.indexOf(";") === line.length - 1 && line !== "")
    return { name: line.slice(0, -1), value: "", line: `${line.slice(0, -1)}:` };
  return undefined;
}

export type { Header };
