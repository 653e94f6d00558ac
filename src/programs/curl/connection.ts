import { isLoopback } from "../../network/address.ts";
import { isIP } from "../../network/dns/names.ts";
import type { NetworkPath } from "../../network/path.ts";
import type { ProgramContext } from "../program.ts";
import type { Operation } from "./config.ts";
import type { Console } from "./console.ts";
import { CurlError } from "./error.ts";
import type { Secured } from "./tls.ts";
import type { CurlUrl } from "./url.ts";

export interface Connection {
  id: number;
  /** Scheme, host and port (and proxy) that it may be used again for. */
  key: string;
  path: NetworkPath;
  host: string;
  /** TLS is spoken. */
  secured?: Secured;
  /** The other end is an HTTP proxy; `login`: what it is told of the user. */
  proxy?: { login?: string };
}

/** A clock of the transfer's own: waiting adds to it, nobody sleeps. */
export interface Stopwatch {
  ms: number;
  /** The meter moves on while time passes. */
  advance(toMs: number): void;
  /** The transfer is over: the last line of the meter. */
  done(): void;
}

/** Opens connections and keeps them for the next request. Models lib/url.c, lib/connect.c and lib/hostip.c. */
export class Connections {
  private readonly context: ProgramContext;
  private readonly console: Console;
  private readonly open: Connection[] = [];
  private nextId = 0;
  /** `HOST:PORT` that `--resolve` has put in the DNS cache. */
  private readonly pinned = new Map<string, string[]>();
  /** How many new ones the current transfer has needed. */
  opened = 0;

  constructor(context: ProgramContext, console: Console) {
    this.context = context;
    this.console = console;
  }

  /** Throws CurlError 5, 6, 7 or 28. */
  get(operation: Operation, url: CurlUrl, watch: Stopwatch): Connection {
    const proxy = proxyOf(operation, url, this.context.env);
    const key = `${url.scheme}://${url.host.toLowerCase()}:${url.port}|${proxy ? `${proxy.host}:${proxy.port}` : ""}`;
    const kept = this.open.find((connection) => connection.key === key);
    if (kept) {
      // The address is where curl keeps its list of connections to the host; it means nothing.
      this.console.info("Found bundle for host: 0x55d0c8a4b2f0 [serially]");
      this.console.info("Can not multiplex, even if we wanted to");
      this.console.info(`Re-using existing connection #${kept.id} with host ${kept.host}`);
      return kept;
    }
    const id = this.nextId++;
    try {
      const elsewhere = proxy ? undefined : redirected(operation, url);
      if (elsewhere?.host !== undefined) this.console.info(`Connecting to hostname: ${elsewhere.host}`);
      if (elsewhere?.port !== undefined) this.console.info(`Connecting to port: ${elsewhere.port}`);
      const target = proxy ?? { host: elsewhere?.host ?? url.host, port: elsewhere?.port ?? url.port };
      const path = this.connect(operation, target, watch, proxy !== undefined);
      // curl 7.88 has no name at hand for what --connect-to names.
      const host = elsewhere?.host === undefined ? target.host : "(nil)";
      const connection = { id, key, path, host, ...(proxy ? { proxy } : {}) };
      this.console.info(`Connected to ${host} (${path.to}) port ${target.port} (#${id})`);
      this.open.push(connection);
      this.opened++;
      return connection;
    } catch (error) {
      if (error instanceof CurlError) {
        if (!(error.code === 7 && error.message === "Couldn't connect to server")) this.console.info(error.message);
        // A name that is not found ends the transfer before the meter is told.
        if (error.code !== 5 && error.code !== 6) watch.done();
        this.console.info(`Closing connection ${id}`);
      }
      throw error;
    }
  }

  /** `--resolve [+]HOST:PORT:ADDRESS[,ADDRESS]` and `-HOST:PORT`, before each transfer. @throws CurlError 49. Models lib/hostip.c Curl_loadhostpairs. */
  pin(entries: readonly string[]): void {
    for (const entry of entries) {
      if (entry.startsWith("-")) {
        this.pinned.delete(entry.slice(1).toLowerCase());
        continue;
      }
      const [, plus, host = "", port = "", list = ""] = /^(\+?)([^:]+|\[[^\]]+\]):(\d+):(.+)$/.exec(entry) ?? [];
      const addresses = list.split(",").map((address) => address.replace(/^\[(.*)\]$/, "$1"));
      if (list === "" || !addresses.every(isIP)) {
        const message = `Couldn't parse CURLOPT_RESOLVE entry '${entry}'`;
        this.console.info(message);
        throw new CurlError(49, message);
      }
      const key = `${host.toLowerCase()}:${Number(port)}`;
      if (this.pinned.has(key)) this.console.info(`RESOLVE ${host}:${Number(port)} is - old addresses discarded`);
      this.pinned.set(key, addresses);
      this.console.info(`Added ${host}:${Number(port)}:${list} to DNS cache${plus ? " (non-permanent)" : ""}`);
      if (host === "*") this.console.info(`RESOLVE *:${Number(port)} is wildcard, enabling wildcard checks`);
    }
  }

  close(connection: Connection): void {
    this.console.info(`Closing connection ${connection.id}`);
    const at = this.open.indexOf(connection);
    if (at >= 0) this.open.splice(at, 1);
  }

  private connect(
    operation: Operation,
    target: { host: string; port: number },
    watch: Stopwatch,
    isProxy: boolean,
  ): NetworkPath {
    const { host, port } = target;
    const addresses = this.addressesOf(operation, host, port, isProxy);
    const began = watch.ms;
    const connectLimit = operation.connectTimeoutMs || Number.POSITIVE_INFINITY;
    const totalLimit = operation.maxTimeMs || Number.POSITIVE_INFINITY;
    let lastTimedOut = false;
    for (const address of addresses) {
      const shown = address.includes(":") ? `[${address}]` : address;
      this.console.info(`  Trying ${shown}:${port}...`);
      const path = this.context.network.connect(address, port, "TCP");
      if (path.verdict === "answered") return path;
      const after = watch.ms + path.afterMs;
      if (after >= totalLimit && totalLimit <= began + connectLimit) {
        watch.advance(totalLimit);
        throw new CurlError(28, `Connection timed out after ${Math.round(totalLimit)} milliseconds`);
      }
      if (after >= began + connectLimit) {
        watch.advance(began + connectLimit);
        throw new CurlError(28, failed(host, port, Math.round(connectLimit), "Timeout was reached"));
      }
      watch.advance(after);
      lastTimedOut = path.verdict === "dropped";
      if (path.verdict === "noRoute" && address.includes(":"))
        this.console.info(`Immediate connect fail for ${address}: Network is unreachable`);
      else this.console.info(`connect to ${address} port ${port} failed: ${reason(path)}`);
    }
    const message = failed(host, port, Math.round(watch.ms - began), "Couldn't connect to server");
    throw new CurlError(lastTimedOut ? 28 : 7, message);
  }

  private addressesOf(operation: Operation, host: string, port: number, isProxy: boolean): string[] {
    if (isIP(host)) {
      const family = host.includes(":") ? 6 : 4;
      if (operation.ipVersion !== undefined && operation.ipVersion !== family) throw new CurlError(7);
      return [host];
    }
    const pinned = this.pinned.get(`${host.toLowerCase()}:${port}`) ?? this.pinned.get(`*:${port}`);
    if (pinned) {
      this.console.info(`Hostname ${host} was found in DNS cache`);
      return pinned;
    }
    const { addresses } = this.context.network.resolve(host, operation.ipVersion);
    if (addresses.length > 0) return addresses;
    // The name is there, but has no address of the family that was asked for.
    if (operation.ipVersion === 6 && this.context.network.resolve(host, 4).addresses.length > 0) throw new CurlError(7);
    throw isProxy
      ? new CurlError(5, `Could not resolve proxy: ${host}`)
      : new CurlError(6, `Could not resolve host: ${host}`);
  }
}

const failed = (host: string, port: number, ms: number, why: string) =>
  `Failed to connect to ${host} port ${port} after ${ms} ms: ${why}`;

function reason(path: NetworkPath): string {
  if (path.verdict === "refused") return "Connection refused";
  return path.verdict === "noRoute" ? "No route to host" : "Connection timed out";
}

/** `--connect-to HOST1:PORT1:HOST2:PORT2`; an empty part stands for any, or for the same. */
function redirected(operation: Operation, url: CurlUrl): { host?: string; port?: number } | undefined {
  const part = "(\\[[^\\]]*\\]|[^:]*)";
  const pattern = new RegExp(`^${part}:(\\d*):${part}:(\\d*)$`);
  for (const entry of operation.connectTo) {
    const [, host = "", port = "", toHost = "", toPort = ""] = pattern.exec(entry) ?? [];
    const bare = (text: string) => text.replace(/^\[(.*)\]$/, "$1");
    const matches = host === "" || bare(host).toLowerCase() === url.host.toLowerCase();
    if (matches && (port === "" || Number(port) === url.port))
      return {
        ...(toHost === "" ? {} : { host: bare(toHost) }),
        ...(toPort === "" ? {} : { port: Number(toPort) }),
      };
  }
  return undefined;
}

function proxyOf(
  operation: Operation,
  url: CurlUrl,
  env: Readonly<Record<string, string>>,
): { host: string; port: number; login?: string } | undefined {
  const fromEnv =
    env[`${url.scheme}_proxy`] ??
    (url.scheme === "http" ? undefined : env[`${url.scheme.toUpperCase()}_PROXY`]) ??
    env.all_proxy ??
    env.ALL_PROXY;
  const given = operation.proxy ?? fromEnv;
  if (!given || isExempt(operation.noProxy ?? env.no_proxy ?? env.NO_PROXY ?? "", url.host)) return undefined;
  const parts = /^(?:([a-z0-9]+):\/\/)?(?:([^@/]*)@)?([^:/]+)(?::(\d+))?(?:\/.*)?$/i.exec(given);
  if (!parts) throw new CurlError(5, `Unsupported proxy syntax in '${given}'`);
  const scheme = parts[1]?.toLowerCase() ?? "http";
  if (!["http", "https", "socks", "socks4", "socks4a", "socks5", "socks5h"].includes(scheme))
    throw new CurlError(7, `Unsupported proxy scheme for '${given}'`);
  if (scheme !== "http") throw new CurlError(7, `kubemu does not simulate a ${scheme} proxy`);
  if (url.scheme !== "http") throw new CurlError(7, "kubemu does not simulate CONNECT through a proxy");
  const login = operation.proxyUser ?? parts[2];
  return {
    host: parts[3]!,
    port: parts[4] ? Number(parts[4]) : 1080,
    ...(login === undefined ? {} : { login }),
  };
}

/** Models lib/noproxy.c Curl_check_noproxy. */
function isExempt(list: string, host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, "");
  return list.split(/[\s,]+/).some((entry) => {
    const wanted = entry.toLowerCase().replace(/^\./, "").replace(/\.$/, "");
    if (wanted === "") return false;
    return (
      wanted === "*" || name === wanted || name.endsWith(`.${wanted}`) || (wanted === "127.0.0.1" && isLoopback(name))
    );
  });
}
