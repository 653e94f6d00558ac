import { isLoopback } from "../../network/address.ts";
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
  /** The other end is an HTTP proxy. */
  viaProxy: boolean;
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
      const target = proxy ?? redirected(operation, url);
      const path = this.connect(operation, target, watch, proxy !== undefined);
      const connection = { id, key, path, host: target.host, viaProxy: proxy !== undefined };
      this.console.info(`Connected to ${target.host} (${path.to}) port ${target.port} (#${id})`);
      this.open.push(connection);
      this.opened++;
      return connection;
    } catch (error) {
      if (error instanceof CurlError) {
        if (!(error.code === 7 && error.message === "Couldn't connect to server")) this.console.info(error.message);
        watch.done();
        this.console.info(`Closing connection ${id}`);
      }
      throw error;
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
    if (/^\d+\.\d+\.\d+\.\d+$/.test(host) || host.includes(":")) {
      const family = host.includes(":") ? 6 : 4;
      if (operation.ipVersion !== undefined && operation.ipVersion !== family)
        throw new CurlError(6, `Could not resolve host: ${host}`);
      return [host];
    }
    const pinned = pinnedAddresses(operation.resolve, host, port);
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

/** `--resolve HOST:PORT:ADDRESS[,ADDRESS]`; a `*` stands for every host. */
export function pinnedAddresses(entries: readonly string[], host: string, port: number): string[] | undefined {
  for (const entry of entries) {
    const parts = /^\+?([^:]+|\*):(\d+):(.+)$/.exec(entry);
    if (!parts) continue;
    const [, name = "", number, addresses = ""] = parts;
    if ((name === "*" || name.toLowerCase() === host.toLowerCase()) && Number(number) === port)
      return addresses.split(",").map((address) => address.replace(/^\[(.*)\]$/, "$1"));
  }
  return undefined;
}

/** `--connect-to HOST1:PORT1:HOST2:PORT2`; an empty part stands for any, or for the same. */
function redirected(operation: Operation, url: CurlUrl): { host: string; port: number } {
  for (const entry of operation.connectTo) {
    const [host = "", port = "", toHost = "", toPort = ""] = entry.split(":");
    if ((host === "" || host.toLowerCase() === url.host.toLowerCase()) && (port === "" || Number(port) === url.port))
      return { host: toHost || url.host, port: toPort === "" ? url.port : Number(toPort) };
  }
  return { host: url.host, port: url.port };
}

function proxyOf(
  operation: Operation,
  url: CurlUrl,
  env: Readonly<Record<string, string>>,
): { host: string; port: number } | undefined {
  const fromEnv =
    env[`${url.scheme}_proxy`] ??
    (url.scheme === "http" ? undefined : env[`${url.scheme.toUpperCase()}_PROXY`]) ??
    env.all_proxy ??
    env.ALL_PROXY;
  const given = operation.proxy ?? fromEnv;
  if (!given || isExempt(operation.noProxy ?? env.no_proxy ?? env.NO_PROXY ?? "", url.host)) return undefined;
  const parts = /^(?:([a-z0-9]+):\/\/)?(?:[^@/]*@)?([^:/]+)(?::(\d+))?/i.exec(given);
  if (!parts) throw new CurlError(5, `Unsupported proxy syntax in '${given}'`);
  const scheme = parts[1]?.toLowerCase() ?? "http";
  if (scheme !== "http") throw new CurlError(7, `kubemu does not simulate a ${scheme} proxy`);
  if (url.scheme !== "http") throw new CurlError(7, "kubemu does not simulate CONNECT through a proxy");
  return { host: parts[2]!, port: parts[3] ? Number(parts[3]) : 1080 };
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
