import type { DnsAnswer } from "../../network/dns/message.ts";
import { isIPv4, relative, reverseName } from "../../network/dns/names.ts";
import { Exit } from "../exit.ts";
import type { ProgramContext } from "../program.ts";
import { resolvConfText } from "../resolver.ts";
import { parseResolverConfig } from "./resolv-conf.ts";

/** One thing to look up. Models dig_lookup_t of BIND 9.18 bin/dig/include/dig/dig.h. */
export interface Lookup {
  /** As typed, or as the step before has made it. */
  text: string;
  type: string;
  class: string;
  /** Index into the search list; undefined: the name as it is. */
  origin: number | undefined;
  needSearch: boolean;
  doneAsIs: boolean;
  newSearch: boolean;
  comments: boolean;
  recurse: boolean;
  tcp: boolean;
  /** Be content with the records that a cut datagram holds. */
  ignoreTruncation: boolean;
  servfailStops: boolean;
  /** Octets that the OPT record's options take; undefined: no OPT record is sent. */
  edns: number | undefined;
  ednsVersion: number;
  bufferSize: number;
  /** Servers of its own; empty: the session's. */
  servers: readonly Server[];
  tries: number;
}

export interface Server {
  address: string;
  /** As the user, or resolv.conf, named it. */
  argument: string;
}

export interface Response {
  lookup: Lookup;
  /** The absolute name that was asked for. */
  name: string;
  answer: DnsAnswer;
  server: Server;
  port: number;
  size: number;
}

/** What the three programs share, and the parts in which they differ. Models the globals and callbacks of dighost.c. */
export interface Session {
  program: string;
  context: ProgramContext;
  servers: Server[];
  search: string[];
  ndots: number;
  /** Seconds; 0: as long as the program itself thinks right. */
  timeout: number;
  /** How often a server is asked, unless a lookup says otherwise. */
  tries: number;
  useSearch: boolean;
  showSearch: boolean;
  /** Complain of servers that offer no recursion. */
  checkRecursion: boolean;
  port: number;
  queue: Lookup[];
  trying?(name: string): void;
  print(response: Response): void;
  received?(response: Response): void;
  /** Printed before the error when no server is left. */
  greeting?(lookup: Lookup): string;
  /** Exit status of dig: 9 when a lookup got no reply. */
  status: number;
}

/** A session as resolv.conf has it. */
export function newSession(
  program: string,
  context: ProgramContext,
  callbacks: Pick<Session, "print" | "trying" | "received" | "greeting">,
): Session {
  const config = parseResolverConfig(resolvConfText(context));
  if (!config) {
    context.err(`${program}: parse of /etc/resolv.conf failed\n`);
    throw new Exit(1);
  }
  return {
    program,
    context,
    servers: config.nameservers.map((address) => ({ address, argument: address })),
    search: config.searches,
    ndots: config.ndots,
    timeout: config.timeout,
    tries: config.attempts || DEFAULT_TRIES,
    useSearch: false,
    showSearch: false,
    checkRecursion: false,
    port: 53,
    queue: [],
    status: 0,
    ...callbacks,
  };
}

const DEFAULT_TRIES = 3;

export function newLookup(text: string, type: string): Lookup {
  return {
    text,
    type,
    class: "IN",
    origin: undefined,
    needSearch: false,
    doneAsIs: false,
    newSearch: true,
    comments: true,
    recurse: true,
    tcp: false,
    ignoreTruncation: false,
    servfailStops: true,
    edns: undefined,
    ednsVersion: 0,
    bufferSize: 512,
    servers: [],
    tries: DEFAULT_TRIES,
  };
}

/** `-4` and `-6`: servers of one family alone, or else this machine itself. Models get_server_list and add_fallback_nameserver. */
export function keepFamily(session: Session, family: 4 | 6): void {
  const kept = session.servers.filter(({ address }) => isIPv4(address) === (family === 4));
  const fallback = family === 4 ? "127.0.0.1" : "::1";
  session.servers = kept.length > 0 ? kept : [{ address: fallback, argument: fallback }];
}

/** A server argument's address: itself, or what the system's own resolver says. Models set_nameserver and getaddresses. */
export function serversOf(program: string, context: ProgramContext, argument: string): Server[] {
  const { addresses, failure } = context.network.resolve(argument);
  if (failure || addresses.length === 0) {
    const why = failure === "tryAgain" ? "failure" : "not found";
    context.err(`${program}: couldn't get address for '${argument}': ${why}\n`);
    throw new Exit(1);
  }
  return addresses.map((address) => ({ address, argument }));
}

/** The reverse name of an address as the tools write it: with a dot at its end for IPv4 alone. Models get_reverse, strict. */
export function reverseText(address: string): string | undefined {
  const name = reverseName(address);
  return name !== undefined && !isIPv4(address) ? relative(name) : name;
}
