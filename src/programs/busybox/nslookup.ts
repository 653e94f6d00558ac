import { kernelHostname } from "../../network/dns/machine-files.ts";
import type { DnsAnswer } from "../../network/dns/message.ts";
import { ipv6Groups, isIPv4, relative } from "../../network/dns/names.ts";
import { Exit, exitStatus } from "../exit.ts";
import type { Program, ProgramContext } from "../program.ts";
import { findHost, query, resolvConfText } from "../resolver.ts";
import { showUsage } from "./usage.ts";

const USAGE = `nslookup [-type=QUERY_TYPE] [-debug] HOST [DNS_SERVER]

Query DNS about HOST

QUERY_TYPE: soa,ns,a,aaaa,cname,mx,txt,ptr,srv,any`;

const TYPES = ["SOA", "NS", "A", "AAAA", "CNAME", "MX", "TXT", "SRV", "PTR", "ANY"];
/** Options in the order in which an abbreviation is looked up. */
const OPTIONS = ["type", "querytype", "port", "retry", "debug", "t", "timeout"];

interface Query {
  name: string;
  type: string;
  replied: boolean;
}

interface Settings {
  types: Set<string>;
  debug: boolean;
  port: number;
}

/**
 * nslookup of BusyBox 1.35. Real replies come in any order, as all is asked at once; here they come in the order of the questions.
 * Models networking/nslookup.c.
 */
export const program: Program = {
  run: (argv, context) => exitStatus(() => nslookup(argv, context)),
};

function nslookup(argv: readonly string[], context: ProgramContext): number {
  const settings: Settings = { types: new Set(), debug: false, port: 53 };
  const operands = parseOptions(argv, context, settings);
  const [host = "", server, extra] = operands;
  if (extra !== undefined) showUsage(context, USAGE);
  const text = resolvConfText(context);
  // With a server of the user's own the file is not read at all, and so nothing is searched.
  const servers = server === undefined ? nameservers(text) : [server];
  const resolved = servers.map((name) => serverOf(context, name, settings.port));
  const queries = plan(host, settings, server === undefined ? searchOf(context, text) : []);
  let replies = 0;
  let failed = false;
  for (const each of resolved) {
    const result = ask(context, each, queries, settings.debug);
    replies = result.replies;
    failed ||= result.failed;
    if (replies > 0) break;
  }
  if (replies <= 0) {
    context.out(";; connection timed out; no servers could be reached\n\n");
    return 1;
  }
  const silent = queries.filter((it) => !it.replied);
  for (const { name } of silent) context.out(`*** Can't find ${name}: No answer\n`);
  if (silent.length > 0) context.out("\n");
  return failed ? 1 : 0;
}

function parseOptions(argv: readonly string[], context: ProgramContext, settings: Settings): string[] {
  let i = 0;
  for (; argv[i]?.startsWith("-"); i++) {
    const [word = "", value = ""] = (argv[i] ?? "").slice(1).split(/=(.*)/s);
    const option = OPTIONS.find((name) => name.startsWith(word));
    if (option === undefined) showUsage(context, USAGE);
    if (option === "type" || option === "querytype") {
      const type = value.toUpperCase();
      if (!TYPES.includes(type)) fail(context, `invalid query type "${value}"`);
      settings.types.add(type);
    } else if (option === "debug") {
      settings.debug = true;
    } else {
      const max = option === "port" ? 0xffff : option === "retry" ? 0x7fffffff : Math.floor(0x7fffffff / 1000);
      const count = inRange(context, value, max);
      if (option === "port") settings.port = count;
    }
  }
  if (i >= argv.length) showUsage(context, USAGE);
  return argv.slice(i);
}

/** Models xatou_range: 1 to `max`. */
function inRange(context: ProgramContext, value: string, max: number): number {
  if (!/^[0-9]+$/.test(value)) fail(context, `invalid number '${value}'`);
  const count = Number(value);
  if (count < 1 || count > max) fail(context, `number ${value} is not in 1..${max} range`);
  return count;
}

function fail(context: ProgramContext, text: string): never {
  context.err(`nslookup: ${text}\n`);
  throw new Exit(1);
}

/** What follows a keyword, to the end of its line. */
function valuesOf(text: string, keyword: string): string[] {
  return [...text.matchAll(new RegExp(`^[ \\t]*${keyword}[ \\t]+(.+)$`, "gm"))].map((match) => match[1] ?? "");
}

function nameservers(text: string): string[] {
  const found = valuesOf(text, "nameserver");
  return found.length > 0 ? found : ["127.0.0.1"];
}

/** The last `search`, else the last `domain`, else what follows the first dot in the machine's own name. */
function searchOf(context: ProgramContext, text: string): string[] {
  const own = kernelHostname(context.network.snapshot(), context.where);
  const found =
    valuesOf(text, "search").at(-1) ?? valuesOf(text, "domain").at(-1) ?? own.slice(`${own}.`.indexOf(".") + 1);
  return found === "." ? [] : found.split(/[ \t]+/).filter(Boolean);
}

interface NameServer {
  name: string;
  address: string;
  port: number;
}

/** `host`, `host:port` or an address of IPv6. Models xhost2sockaddr of libbb/xconnect.c. */
function serverOf(context: ProgramContext, name: string, defaultPort: number): NameServer {
  const [, host = name, text] = /^([^:]*):([^:]*)$/.exec(name) ?? [];
  const port = text === undefined ? defaultPort : Number(/^[0-9]+$/.test(text) ? text : Number.NaN);
  if (!(port <= 0xffff)) fail(context, `bad port spec '${name}'`);
  const found = findHost(context, host);
  if (typeof found === "string" || found.addresses[0] === undefined) return fail(context, `bad address '${name}'`);
  return { name, address: found.addresses[0], port };
}

function plan(host: string, { types }: Settings, search: readonly string[]): Query[] {
  const queries: Query[] = [];
  const add = (type: string, name: string) => queries.push({ type, name, replied: false });
  const addSearched = (type: string) => {
    if (type === "PTR" || search.length === 0 || host.includes(".")) add(type, host);
    else for (const domain of search) add(type, `${host}.${domain}`);
  };
  const reverse = types.size === 0 ? pointerName(host) : undefined;
  if (reverse !== undefined) add("PTR", reverse);
  else for (const type of types.size === 0 ? ["A", "AAAA"] : TYPES.filter((it) => types.has(it))) addSearched(type);
  return queries;
}

/** The reverse name of an address, IPv4 inside IPv6 included. Models make_ptr. */
function pointerName(host: string): string | undefined {
  if (isIPv4(host)) return `${host.split(".").reverse().join(".")}.in-addr.arpa`;
  const groups = ipv6Groups(host);
  if (!groups) return undefined;
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    const [high = 0, low = 0] = groups.slice(6);
    return `${low & 255}.${low >> 8}.${high & 255}.${high >> 8}.in-addr.arpa`;
  }
  const digits = groups.map((group) => group.toString(16).padStart(4, "0")).join("");
  return `${[...digits].reverse().join(".")}.ip6.arpa`;
}

function ask(
  context: ProgramContext,
  server: NameServer,
  queries: Query[],
  debug: boolean,
): { replies: number; failed: boolean } {
  let replies = 0;
  let failed = false;
  for (const [i, query_] of queries.entries()) {
    const reply = query(context, server, { name: query_.name, type: query_.type });
    if (reply.kind === "unreachable" && !isIPv4(server.address)) {
      fail(context, "can't connect to remote host: Network is unreachable");
    }
    if (reply.kind === "refused") {
      // The kernel tells of the rejected first packet when the next one is written; a lone one is read for, once a try.
      const read = "nslookup: read: Connection refused\n";
      context.err(queries.length === 1 ? read + read : `nslookup: write to '${server.name}': Connection refused\n`);
      return { replies: -1, failed };
    }
    if (reply.kind !== "answer") continue;
    if (replies++ === 0) context.out(`Server:\t\t${server.name}\nAddress:\t${server.address}:${server.port}\n\n`);
    query_.replied = true;
    if (debug) context.out(`Query #${i} completed in 0ms:\n`);
    const { rcode } = reply.answer;
    if (rcode !== "NOERROR") {
      context.out(`** server can't find ${query_.name}: ${rcode}\n`);
      failed = true;
    } else {
      printReply(context, reply.answer, debug);
    }
    context.out("\n");
  }
  return { replies, failed };
}

const VERBS: Readonly<Record<string, string>> = {
  NS: "nameserver =",
  CNAME: "canonical name =",
  PTR: "name =",
  MX: "mail exchanger =",
  SRV: "service =",
  TXT: "text =",
};

/** Models parse_reply. */
function printReply(context: ProgramContext, answer: DnsAnswer, debug: boolean): void {
  if (!answer.flags.includes("AA")) context.out("Non-authoritative answer:\n");
  else if (debug) context.out("authoritative answer:\n");
  for (const record of answer.answer) {
    const name = relative(record.name);
    const verb = VERBS[record.type];
    if (record.type === "A" || record.type === "AAAA") context.out(`Name:\t${name}\nAddress: ${record.data}\n`);
    else if (record.type === "SOA") context.out(`${name}\n${startOfAuthority(record.data)}`);
    else if (verb !== undefined) context.out(`${name}\t${verb} ${relative(record.data)}\n`);
  }
}

function startOfAuthority(data: string): string {
  const words = data.split(" ").map(relative);
  return ["origin", "mail addr", "serial", "refresh", "retry", "expire", "minimum"]
    .map((what, i) => `\t${what} = ${words[i]}\n`)
    .join("");
}
