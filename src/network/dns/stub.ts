import type { Snapshot } from "../../api/snapshot.ts";
import type { Location } from "../location.ts";
import { ask, type Connect } from "./ask.ts";
import { hostsFile, resolvConf } from "./machine-files.ts";
import type { DnsAnswer, DnsQuestion, DnsRecord } from "./message.ts";
import { absolute, canonicalIP, isIP, isIPv4, labels, relative, reverseName } from "./names.ts";

/** What resolv.conf(5) says, with the library's own defaults. */
export interface StubConfig {
  nameservers: string[];
  searches: string[];
  ndots: number;
}

const MAX_NAMESERVERS = 3;
const MAX_NDOTS = 15;

export function parseResolvConf(text: string): StubConfig {
  const config: StubConfig = { nameservers: [], searches: [], ndots: 1 };
  for (const line of text.split("\n")) {
    const [keyword, ...words] = line.split(/[ \t]+/);
    if (keyword === "nameserver" && words[0] && config.nameservers.length < MAX_NAMESERVERS) {
      config.nameservers.push(words[0]);
    }
    if (keyword === "search" || keyword === "domain") config.searches = words.filter((word) => word !== "");
    if (keyword !== "options") continue;
    for (const word of words) {
      const dots = /^ndots:([0-9]+)$/.exec(word)?.[1];
      if (dots !== undefined) config.ndots = Math.min(MAX_NDOTS, Number(dots));
    }
  }
  if (config.nameservers.length === 0) config.nameservers.push("127.0.0.1");
  return config;
}

/** Lines of /etc/hosts: an address and its names, the first of which is the canonical one. */
export function parseHosts(text: string): { address: string; names: string[] }[] {
  return text.split("\n").flatMap((line) => {
    const [address = "", ...names] = line.replace(/#.*/, "").split(/\s+/).filter(Boolean);
    return isIP(address) && names.length > 0 ? [{ address, names }] : [];
  });
}

/** The absolute names that a stub resolver asks for, in its order. Models res_search of glibc. */
export function searchNames(name: string, { searches, ndots }: Pick<StubConfig, "searches" | "ndots">): string[] {
  if (name.endsWith(".")) return [name];
  const asIs = absolute(name);
  const searched = searches.map((domain) => (domain === "." ? asIs : absolute(`${name}.${domain}`)));
  const names = labels(name).length - 1 >= ndots ? [asIs, ...searched] : [...searched, asIs];
  return [...new Set(names)];
}

export interface HostAddresses {
  /** In the order of the answers, IPv4 and IPv6 apart. */
  addresses: string[];
  /** The name that owns the addresses, and the names that led there, without the dot at their end. */
  canonicalName: string;
  aliases: string[];
}

/** `notFound`: no such name, or it has no address; `tryAgain`: no server gave an answer. */
export type HostFailure = "notFound" | "tryAgain";

export interface LookupOptions {
  family?: 4 | 6;
  /** The texts of the two files, where a program sees others than the machine's own. */
  resolvConf?: string;
  hosts?: string;
  /** Told of every query and what came back; undefined when no server answered. */
  observe?(question: DnsQuestion, answer: DnsAnswer | undefined): void;
}

/**
 * gethostbyname2(3) and getaddrinfo(3) of glibc: an address stands for itself, then /etc/hosts, then the name servers of
 * /etc/resolv.conf with its search list. `connect` says what becomes of a packet to a name server from where the program runs.
 */
export function lookupHost(
  snapshot: Snapshot,
  where: Location,
  name: string,
  connect: Connect,
  options: LookupOptions = {},
): HostAddresses | HostFailure {
  const wanted = (address: string) => options.family === undefined || isIPv4(address) === (options.family === 4);
  if (isIP(name)) {
    const address = canonicalIP(name) ?? name;
    return wanted(address) ? { addresses: [address], canonicalName: name, aliases: [] } : "notFound";
  }
  const plain = relative(name).toLowerCase();
  const local = parseHosts(options.hosts ?? hostsFile(snapshot, where)).filter(
    (line) => wanted(line.address) && line.names.some((it) => it.toLowerCase() === plain),
  );
  if (local.length > 0) {
    const [canonicalName = "", ...aliases] = local[0]?.names ?? [];
    return { addresses: [...new Set(local.map((line) => line.address))], canonicalName, aliases };
  }
  const config = parseResolvConf(options.resolvConf ?? resolvConf(snapshot, where));
  let failure: HostFailure = "notFound";
  for (const asked of searchNames(name, config)) {
    const found = queryHost(snapshot, connect, config, asked, options);
    if (found === "tryAgain") return "tryAgain";
    if (found === "serverFailure") failure = "tryAgain";
    else if (found !== "notFound") return found;
  }
  return failure;
}

function queryHost(
  snapshot: Snapshot,
  connect: Connect,
  config: StubConfig,
  name: string,
  { family, observe }: LookupOptions,
): HostAddresses | HostFailure | "serverFailure" {
  const records: DnsRecord[] = [];
  let failed = false;
  for (const type of family === 4 ? ["A"] : family === 6 ? ["AAAA"] : ["A", "AAAA"]) {
    const answer = askServers(snapshot, connect, config, { name, type });
    observe?.({ name, type }, answer);
    if (!answer) return "tryAgain";
    if (answer.rcode !== "NOERROR" && answer.rcode !== "NXDOMAIN") failed = true;
    for (const record of answer.answer) {
      if (!records.some((it) => it.name === record.name && it.data === record.data)) records.push(record);
    }
  }
  const addresses = records.filter((it) => it.type === "A" || it.type === "AAAA");
  if (addresses.length === 0) return failed ? "serverFailure" : "notFound";
  return {
    addresses: addresses.map((it) => it.data),
    canonicalName: relative(addresses[0]?.name ?? name),
    aliases: records.filter((it) => it.type === "CNAME").map((it) => relative(it.name)),
  };
}

/** The first answer of the servers in their order; undefined when none was reached. */
function askServers(
  snapshot: Snapshot,
  connect: Connect,
  config: StubConfig,
  question: DnsQuestion,
): DnsAnswer | undefined {
  for (const server of config.nameservers) {
    let reply = ask(snapshot, connect, server, question);
    if (reply.kind === "answer" && reply.answer.flags.includes("TC")) {
      reply = ask(snapshot, connect, server, question, { protocol: "TCP" });
    }
    if (reply.kind === "answer") return reply.answer;
  }
  return undefined;
}

/** gethostbyaddr(3) of glibc: the names in /etc/hosts, else the first name that the reverse zone answers. */
export function lookupAddress(
  snapshot: Snapshot,
  where: Location,
  address: string,
  connect: Connect,
  options: LookupOptions = {},
): HostAddresses | HostFailure {
  const line = parseHosts(options.hosts ?? hostsFile(snapshot, where)).find(
    (it) => canonicalIP(it.address) === address,
  );
  if (line) {
    const [canonicalName = "", ...aliases] = line.names;
    return { addresses: [address], canonicalName, aliases };
  }
  const config = parseResolvConf(options.resolvConf ?? resolvConf(snapshot, where));
  const answer = askServers(snapshot, connect, config, { name: reverseName(address) ?? ".", type: "PTR" });
  if (!answer) return "tryAgain";
  const name = answer.answer.find((it) => it.type === "PTR");
  return name ? { addresses: [address], canonicalName: relative(name.data), aliases: [] } : "notFound";
}
