import { keyedInt } from "../../api/keyed-random.ts";
import type { ProgramContext } from "../program.ts";
import type { TransferInfo } from "./transfer-state.ts";
import { formatUrl } from "./url.ts";

export interface WriteOutSource {
  info: TransferInfo | undefined;
  /** Of the first request, where there is no `info` to know it. */
  method: string;
  /** As on the command line. */
  url: string;
  urlNumber: number;
  exitCode: number;
  errorMessage: string;
  fileName?: string;
}

/** `-w FORMAT`. Models tool_writeout.c. */
export function writeOut(format: string, source: WriteOutSource, context: ProgramContext): void {
  let toError = false;
  const put = (text: string) => (toError ? context.err(text) : context.out(text));
  const pattern = /%header\{([^}]*)\}|%\{([^}]*)\}|%%|\\([rnt])|\\(.)|[^%\\]+|[%\\]/gs;
  for (const [all, header, typed, escaped] of format.matchAll(pattern)) {
    const name = typed?.toLowerCase();
    if (header !== undefined) {
      const wanted = header.toLowerCase();
      put(source.info?.response?.headers.find(([key]) => key.toLowerCase() === wanted)?.[1] ?? "");
    } else if (name === "stderr" || name === "stdout") toError = name === "stderr";
    else if (name === "onerror") {
      if (source.exitCode === 0) return;
    } else if (name === "json") put(json(source, context));
    else if (name === "header_json") put(headerJson(source));
    else if (name !== undefined) {
      const value = variable(name, source, context);
      if (value === undefined) context.err(`curl: unknown --write-out variable: '${typed}'\n`);
      else put(String(value));
    } else if (all === "%%") put("%");
    else if (escaped !== undefined) put({ r: "\r", n: "\n", t: "\t" }[escaped]!);
    else put(all);
  }
}

/** Variables that are numbers in `%{json}`; the others are texts. */
const NUMBERS = new Set([
  "exitcode",
  "http_code",
  "http_connect",
  "local_port",
  "num_certs",
  "num_connects",
  "num_headers",
  "num_redirects",
  "proxy_ssl_verify_result",
  "remote_port",
  "response_code",
  "size_download",
  "size_header",
  "size_request",
  "size_upload",
  "speed_download",
  "speed_upload",
  "ssl_verify_result",
  "time_appconnect",
  "time_connect",
  "time_namelookup",
  "time_pretransfer",
  "time_redirect",
  "time_starttransfer",
  "time_total",
  "urlnum",
]);

const NAMES = [
  ...NUMBERS,
  "certs",
  "content_type",
  "errormsg",
  "filename_effective",
  "ftp_entry_path",
  "http_version",
  "local_ip",
  "method",
  "redirect_url",
  "referer",
  "remote_ip",
  "scheme",
  "url",
  "url_effective",
];

function variable(name: string, source: WriteOutSource, context: ProgramContext): string | number | undefined {
  const { info } = source;
  const totalUs = info?.totalUs ?? 0;
  const seconds = (us: number) => (us / 1_000_000).toFixed(6);
  const share = (part: number) => seconds(Math.min(totalUs, part));
  const speed = (bytes: number) => (totalUs > 0 ? Math.floor((bytes * 1_000_000) / totalUs) : 0);
  const connected = (info?.remoteIp ?? "") !== "";
  switch (name) {
    case "content_type":
      return info?.contentType ?? "";
    case "certs":
      return "";
    case "errormsg":
      return source.exitCode === 0 ? "" : source.errorMessage;
    case "exitcode":
      return source.exitCode;
    case "filename_effective":
      return source.fileName ?? "";
    case "ftp_entry_path":
      return "";
    case "http_code":
    case "response_code":
      return String(info?.responseCode ?? 0).padStart(3, "0");
    case "http_connect":
      return "000";
    case "http_version":
      return info?.response ? { "1.0": "1.0", "1.1": "1.1", "2": "2" }[info.response.version] : "0";
    case "local_ip":
      return connected ? localAddress(context, info!.remoteIp) : "";
    case "local_port":
      return connected
        ? 32768 + keyedInt(28232, context.network.snapshot().cluster.seed, "local port", context.now())
        : 0;
    case "method":
      return info?.method ?? source.method;
    case "num_certs":
      return 0;
    case "num_connects":
      return info?.connects ?? 0;
    case "num_headers":
      return info?.response?.headers.length ?? 0;
    case "num_redirects":
      return info?.redirects ?? 0;
    case "proxy_ssl_verify_result":
      return 0;
    case "ssl_verify_result":
      return info?.verifyResult ?? 0;
    case "redirect_url":
      return info?.redirectUrl ?? "";
    case "referer":
      return info?.referer ?? "";
    case "remote_ip":
      return info?.remoteIp ?? "";
    case "remote_port":
      return info?.remotePort ?? 0;
    case "scheme":
      return connected ? info!.url.scheme.toUpperCase() : "";
    case "size_download":
      return info?.downloaded ?? 0;
    case "size_header":
      return info?.sizeHeader ?? 0;
    case "size_request":
      return info?.sizeRequest ?? 0;
    case "size_upload":
      return info?.uploaded ?? 0;
    case "speed_download":
      return speed(info?.downloaded ?? 0);
    case "speed_upload":
      return speed(info?.uploaded ?? 0);
    case "time_namelookup":
      return share(21);
    case "time_connect":
      return connected ? share(154) : seconds(0);
    case "time_appconnect":
    case "time_redirect":
      return seconds(0);
    case "time_pretransfer":
      return connected ? share(198) : seconds(0);
    case "time_starttransfer":
      return info?.response ? seconds(Math.max(0, totalUs - 66)) : seconds(0);
    case "time_total":
      return seconds(totalUs);
    case "url":
      return source.url;
    case "url_effective":
      return info ? formatUrl(info.url) : source.url;
    case "urlnum":
      return source.urlNumber;
    default:
      return undefined;
  }
}

function localAddress(context: ProgramContext, remote: string): string {
  if (remote.startsWith("127.")) return "127.0.0.1";
  const { where, network } = context;
  if (where.kind !== "pod") return "127.0.0.1";
  const pod = network.snapshot().get("pods", where.namespace, where.name);
  return (pod?.status as { podIP?: string } | undefined)?.podIP ?? "";
}

function json(source: WriteOutSource, context: ProgramContext): string {
  const members = [...NAMES].sort().map((name) => {
    const value = variable(name, source, context) ?? "";
    const text = String(value);
    const optional = new Set([
      "content_type",
      "errormsg",
      "filename_effective",
      "ftp_entry_path",
      "redirect_url",
      "referer",
      "scheme",
    ]);
    if (NUMBERS.has(name))
      return `"${name}":${Number(text) === 0 && /^0+$/.test(text) ? 0 : text.replace(/^0+(?=\d)/, "")}`;
    return `"${name}":${text === "" && optional.has(name) ? "null" : JSON.stringify(text)}`;
  });
  return `{${members.join(",")},"curl_version":"libcurl/7.88.1 OpenSSL/3.0.19 zlib/1.2.13 brotli/1.0.9 zstd/1.5.4 libidn2/2.3.3 libpsl/0.21.2 (+libidn2/2.3.3) libssh2/1.10.0 nghttp2/1.52.0 librtmp/2.3 OpenLDAP/2.5.13"}`;
}

function headerJson(source: WriteOutSource): string {
  const found: Record<string, string[]> = {};
  for (const [name, value] of source.info?.response?.headers ?? []) {
    const key = name.toLowerCase();
    found[key] = [...(found[key] ?? []), value];
  }
  const members = Object.keys(found).map(
    (name) => `"${name}":[${found[name]!.map((value) => JSON.stringify(value)).join(",")}]`,
  );
  return `{${members.join(",\n")}\n}`;
}
