import { inCidr, isLoopback } from "../../network/address.ts";
import type { Operation } from "./config.ts";
import { CurlError } from "./error.ts";
import { percentDecode } from "./percent.ts";
import type { CurlUrl } from "./url.ts";

/**
 * `--connect-to HOST1:PORT1:HOST2:PORT2`; an empty part stands for any, or for the same. Models lib/url.c parse_connect_to_slist.
 * @throws CurlError 49 for a port that is none
 */
export function redirected(operation: Operation, url: CurlUrl): { host?: string; port?: number } | undefined {
  const part = "(\\[[^\\]]*\\]|[^:]*)";
  const pattern = new RegExp(`^${part}:(\\d*):${part}(?::(.*))?$`);
  for (const entry of operation.connectTo) {
    const [, host = "", port = "", toHost = "", toPort = ""] = pattern.exec(entry) ?? [];
    const bare = (text: string) => text.replace(/^\[(.*)\]$/, "$1");
    const matches = host === "" || bare(host).toLowerCase() === url.host.toLowerCase();
    if (!matches || (port !== "" && Number(port) !== url.port)) continue;
    if (toPort !== "" && !(/^\d+$/.test(toPort) && Number(toPort) <= 65535))
      throw new CurlError(49, `No valid port number in connect to host string (${toPort})`);
    return {
      ...(toHost === "" ? {} : { host: bare(toHost) }),
      ...(toPort === "" ? {} : { port: Number(toPort) }),
    };
  }
  return undefined;
}

export interface HttpProxy {
  host: string;
  port: number;
  /** `USER:PASSWORD`. */
  login?: string;
  /** What would have to be spoken once it has taken the connection, and is not simulated. */
  missing?: string;
}

/** Models lib/url.c create_conn_helper_init_proxy and parse_proxy. @throws CurlError 5, 7 */
export function proxyOf(
  operation: Operation,
  url: CurlUrl,
  env: Readonly<Record<string, string>>,
): HttpProxy | undefined {
  const fromEnv =
    env[`${url.scheme}_proxy`] ??
    (url.scheme === "http" ? undefined : env[`${url.scheme.toUpperCase()}_PROXY`]) ??
    env.all_proxy ??
    env.ALL_PROXY;
  const given = operation.proxy ?? fromEnv;
  if (!given || isExempt(operation.noProxy ?? env.no_proxy ?? env.NO_PROXY ?? "", url.host)) return undefined;
  const parts = /^(?:([a-z0-9]+):\/\/)?(?:([^@/]*)@)?([^:/[\]]+|\[[^\]/]+\])(?::(\d+))?(?:\/.*)?$/i.exec(given);
  if (!parts || Number(parts[4] ?? 0) > 65535) throw new CurlError(5, `Unsupported proxy syntax in '${given}'`);
  const scheme = parts[1]?.toLowerCase() ?? "http";
  if (!["http", "https", "socks", "socks4", "socks4a", "socks5", "socks5h"].includes(scheme))
    throw new CurlError(7, `Unsupported proxy scheme for '${given}'`);
  const [, user, password = ""] = /^([^:]*):?(.*)$/s.exec(parts[2] ?? "") ?? [];
  const fromProxy = parts[2] === undefined ? undefined : `${percentDecode(user ?? "")}:${percentDecode(password)}`;
  const login = operation.proxyUser ?? fromProxy;
  let missing: string | undefined;
  if (scheme !== "http") missing = `a ${scheme} proxy`;
  else if (url.scheme !== "http" || operation.proxyTunnel) missing = "CONNECT through a proxy";
  return {
    host: parts[3]!.replace(/^\[(.*)\]$/, "$1"),
    port: parts[4] ? Number(parts[4]) : scheme === "https" ? 443 : 1080,
    ...(login === undefined ? {} : { login }),
    ...(missing === undefined ? {} : { missing }),
  };
}

/** Models lib/noproxy.c Curl_check_noproxy. */
function isExempt(list: string, host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, "");
  return list.split(/[\s,]+/).some((entry) => {
    const wanted = entry.toLowerCase().replace(/^\./, "").replace(/\.$/, "");
    if (wanted === "") return false;
    return (
      inCidr(name, wanted) ||
      wanted === "*" ||
      name === wanted ||
      name.endsWith(`.${wanted}`) ||
      (wanted === "127.0.0.1" && isLoopback(name))
    );
  });
}
