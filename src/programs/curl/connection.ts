import { isIP } from "../../network/dns/names.ts";
import type { NetworkPath } from "../../network/path.ts";
import type { ProgramContext } from "../program.ts";
import type { Operation } from "./config.ts";
import type { Console } from "./console.ts";
import { CurlError } from "./error.ts";
import { type HttpProxy, proxyOf, redirected } from "./proxy.ts";
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
  /** The server was asked to close it. */
  dead?: boolean;
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
  /** The DNS cache: addresses of `HOST:PORT`, asked for or put there by `--resolve`. */
  private readonly known = new Map<string, string[]>();
  /** How many new ones the current transfer has needed. */
  opened = 0;

  constructor(context: ProgramContext, console: Console) {
    this.context = context;
    this.console = console;
  }

  /** Throws CurlError 5, 6, 7 or 28. */
  get(operation: Operation, url: CurlUrl, watch: Stopwatch): Connection {
    const { proxy, elsewhere } = this.way(operation, url);
    const key = proxy ? `proxy ${proxy.host}:${proxy.port}` : `${url.scheme}://${url.host.toLowerCase()}:${url.port}`;
    const kept = this.open.find((connection) => connection.key === key);
    if (kept) {
      // The address is where curl keeps its list of connections to the host; it means nothing.
      this.console.info("Found bundle for host: 0x55d0c8a4b2f0 [serially]");
      this.console.info("Can not multiplex, even if we wanted to");
      if (!kept.dead) {
        this.console.info(
          `Re-using existing connection #${kept.id} with ${kept.proxy ? "proxy" : "host"} ${kept.host}`,
        );
        return kept;
      }
      this.console.info(`Connection ${kept.id} seems to be dead`);
      this.close(kept);
    }
    const id = this.nextId++;
    try {
      if (elsewhere?.host !== undefined) this.console.info(`Connecting to hostname: ${elsewhere.host}`);
      if (elsewhere?.port !== undefined) this.console.info(`Connecting to port: ${elsewhere.port}`);
      const target = proxy ?? { host: elsewhere?.host ?? url.host, port: elsewhere?.port ?? url.port };
      const path = this.connect(operation, target, watch, proxy !== undefined);
      if (proxy?.missing !== undefined) throw new CurlError(7, `kubemu does not simulate ${proxy.missing}`);
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

  /** Past which proxy, or to which other host and port. @throws CurlError for options that say neither, before there is a connection to number */
  private way(operation: Operation, url: CurlUrl): { proxy?: HttpProxy; elsewhere?: { host?: string; port?: number } } {
    try {
      const proxy = proxyOf(operation, url, this.context.env);
      const elsewhere = proxy ? undefined : redirected(operation, url);
      return { ...(proxy ? { proxy } : {}), ...(elsewhere ? { elsewhere } : {}) };
    } catch (error) {
      if (error instanceof CurlError) {
        this.console.info(error.message);
        this.console.info("Closing connection -1");
      }
      throw error;
    }
  }

  /** `--resolve [+]HOST:PORT:ADDRESS[,ADDRESS]` and `-HOST:PORT`, before each transfer. @throws CurlError 49. Models lib/hostip.c Curl_loadhostpairs. */
  pin(entries: readonly string[]): void {
    for (const entry of entries) {
      if (entry.startsWith("-")) {
        if (!/^-[^:]+:\d+/.test(entry)) this.console.info(`Couldn't parse CURLOPT_RESOLVE removal entry '${entry}'`);
        this.known.delete(entry.slice(1).toLowerCase());
        continue;
      }
      const [, plus, host = "", port = "", list = ""] = /^(\+?)([^:]+|\[[^\]]+\]):(\d+):(.+)$/.exec(entry) ?? [];
      const listed = list.split(",").filter((address) => address !== "");
      const addresses = listed.map((address) => address.replace(/^\[(.*)\]$/, "$1"));
      const illegal = addresses.find((address) => !isIP(address));
      if (illegal !== undefined) this.console.info(`Resolve address '${illegal}' found illegal`);
      if (addresses.length === 0 || illegal !== undefined || Number(port) > 65535) {
        const message = `Couldn't parse CURLOPT_RESOLVE entry '${entry}'`;
        this.console.info(message);
        throw new CurlError(49, message);
      }
      const key = `${host.toLowerCase()}:${Number(port)}`;
      if (this.known.has(key)) this.console.info(`RESOLVE ${host}:${Number(port)} is - old addresses discarded`);
      this.known.set(key, addresses);
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
        this.console.info(
          `ipv${address.includes(":") ? 6 : 4} connect timeout after ${Math.round(connectLimit)}ms, move on!`,
        );
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
    const family = host.includes(":") ? 6 : 4;
    const literal = isIP(host);
    if (literal && operation.ipVersion !== undefined && operation.ipVersion !== family) throw new CurlError(7);
    const key = `${host.toLowerCase()}:${port}`;
    const known = this.known.get(key) ?? this.known.get(`*:${port}`);
    if (known) {
      this.console.info(`Hostname ${host} was found in DNS cache`);
      return known;
    }
    const addresses = literal ? [host] : this.context.network.resolve(host, operation.ipVersion).addresses;
    if (addresses.length > 0) {
      this.known.set(key, addresses);
      return addresses;
    }
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
