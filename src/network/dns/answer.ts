import type { Snapshot } from "../../api/snapshot.ts";
import { CLUSTER_TTL, CLUSTER_ZONE, namesOf, type Target, targetsOf, zoneAsAsked, zoneSerial } from "./backend.ts";
import type { DnsAnswer, DnsQuestion, DnsRecord } from "./message.ts";
import { absolute, addressOfReverse, isIP, isIPv4, isSubdomain } from "./names.ts";
import { answerOutside, REFUSED } from "./outside.ts";

const ZONES = [CLUSTER_ZONE, "in-addr.arpa.", "ip6.arpa."];
const SCHEMA_VERSION = "1.1.0";
const SCHEMA_VERSION_TTL = 28800;
const MAX_CNAME_CHAIN = 10;

/** The records that were found, or undefined when there is no such name. */
type Found = { answer: DnsRecord[]; additional?: DnsRecord[] } | undefined;

interface Lookup {
  snapshot: Snapshot;
  /** As asked, absolute. */
  name: string;
  type: string;
  /** The zone that the name is in, in the case in which it was asked for. */
  zone: string;
}

/**
 * What CoreDNS 1.14 answers with kubeadm's Corefile: the kubernetes plugin (`pods insecure`, `fallthrough in-addr.arpa ip6.arpa`,
 * `ttl 30`) and, for all else, a forward to the simulated internet. Records of one kind come in the order of their addresses.
 * Models handler.go of plugin/kubernetes and plugin/backend_lookup.go. As in the recordings the server is bound to no address
 * of a kube-dns endpoint, so the zone has no NS record, and answers pass through no cache. A server that forwards looks at no
 * question's class: what the cluster knows it tells of any, with records of class IN.
 */
export function answer(snapshot: Snapshot, question: DnsQuestion): DnsAnswer {
  const name = absolute(question.name);
  const matched = ZONES.find((it) => isSubdomain(it, name));
  if (matched === undefined) return answerOutside(snapshot, question);
  if (question.type === "AXFR" || question.type === "IXFR") return REFUSED;
  const lookup: Lookup = { snapshot, name, type: question.type, zone: zoneAsAsked(name, matched) };
  const found = find(lookup);
  if (!found && matched !== CLUSTER_ZONE) return answerOutside(snapshot, question);
  if (!found || found.answer.length === 0) {
    return reply(found ? "NOERROR" : "NXDOMAIN", { authority: [startOfAuthority(lookup)] });
  }
  return reply("NOERROR", { answer: found.answer, additional: found.additional ?? [] });
}

function reply(rcode: DnsAnswer["rcode"], part: Partial<DnsAnswer>): DnsAnswer {
  return { rcode, flags: ["QR", "AA", "RD"], answer: [], authority: [], additional: [], ...part };
}

function find(lookup: Lookup): Found {
  switch (lookup.type) {
    case "A":
    case "AAAA":
      return addressRecords(lookup, []);
    case "CNAME":
      return aliasRecord(lookup);
    case "SRV":
      return serviceRecords(lookup);
    case "PTR":
      return pointerRecords(lookup);
    case "TXT":
      return textRecord(lookup);
    case "SOA":
      return { answer: lookup.name === lookup.zone ? [startOfAuthority(lookup)] : [] };
    default:
      // What else there may be is told apart by a look for an address: the name is there, or it is not.
      return addressRecords({ ...lookup, type: "A" }, []) && { answer: [] };
  }
}

const NAME_SERVER = "ns.dns.";

/**
 * `ns.dns` below a zone is there even when no server is known by it, and so is every name that begins in that way.
 * Models isDefaultNS of ns.go.
 */
function targets(lookup: Lookup): Target[] | undefined {
  const name = lookup.name.toLowerCase();
  if (name.startsWith(NAME_SERVER) && name.indexOf(lookup.zone) === NAME_SERVER.length) return [];
  return targetsOf(lookup.snapshot, lookup.name, lookup.zone);
}

function record(name: string, type: string, data: string): DnsRecord {
  return { name, ttl: CLUSTER_TTL, type, data };
}

function addressRecords(lookup: Lookup, chain: readonly DnsRecord[]): Found {
  const found = targets(lookup);
  if (!found) return undefined;
  const records: DnsRecord[] = [];
  const seen = new Set<string>();
  for (const target of found) {
    if (!isIP(target.host)) {
      records.push(...followAlias(lookup, target, chain));
      continue;
    }
    const type = isIPv4(target.host) ? "A" : "AAAA";
    if (type !== lookup.type || seen.has(target.host)) continue;
    seen.add(target.host);
    records.push(record(lookup.name, type, target.host));
  }
  return { answer: records };
}

/** An alias is told only together with what it leads to inside the zone; outside it is told in any case. */
function followAlias(lookup: Lookup, target: Target, chain: readonly DnsRecord[]): DnsRecord[] {
  const host = absolute(target.host);
  if (isSubdomain(lookup.name, host)) return [];
  const alias = record(lookup.name, "CNAME", host);
  if (chain.length > MAX_CNAME_CHAIN || chain.some((it) => it.type === "CNAME" && it.data === host)) return [];
  if (isSubdomain(lookup.zone, host)) {
    const next = addressRecords({ ...lookup, name: host }, [...chain, alias])?.answer ?? [];
    return next.length > 0 ? [alias, ...next] : [];
  }
  return [alias, ...answer(lookup.snapshot, { name: host, type: lookup.type }).answer];
}

function aliasRecord(lookup: Lookup): Found {
  const found = targets(lookup);
  if (!found) return undefined;
  const host = found[0]?.host;
  return { answer: host === undefined || isIP(host) ? [] : [record(lookup.name, "CNAME", absolute(host))] };
}

function serviceRecords(lookup: Lookup): Found {
  const found = targets(lookup)?.filter((target) => isIP(target.host));
  if (!found) return undefined;
  const weight = Math.max(1, Math.floor((100 / (100 * found.length)) * 100));
  const answers = new Map<string, DnsRecord>();
  const additional = new Map<string, DnsRecord>();
  for (const { host, port, name } of found) {
    if (port === -1) continue;
    const key = `${name} ${port}`;
    if (!answers.has(key)) answers.set(key, record(lookup.name, "SRV", `0 ${weight} ${port} ${name}`));
    additional.set(`${name} ${host}`, record(name, isIPv4(host) ? "A" : "AAAA", host));
  }
  return { answer: [...answers.values()], additional: [...additional.values()] };
}

function pointerRecords(lookup: Lookup): Found {
  const address = addressOfReverse(lookup.name.toLowerCase());
  if (address === undefined) return targetsOf(lookup.snapshot, lookup.name, lookup.zone) && { answer: [] };
  const names = namesOf(lookup.snapshot, address);
  return names.length > 0 ? { answer: names.map((name) => record(lookup.name, "PTR", name)) } : undefined;
}

function textRecord(lookup: Lookup): Found {
  const first = lookup.name.slice(0, -lookup.zone.length);
  if (first.toLowerCase() === "dns-version.") {
    return {
      answer: [{ name: lookup.name, ttl: SCHEMA_VERSION_TTL, type: "TXT", data: JSON.stringify(SCHEMA_VERSION) }],
    };
  }
  // A name with nothing behind it has no text either, and this query alone calls that NXDOMAIN.
  const found = targetsOf(lookup.snapshot, lookup.name, lookup.zone) ?? [];
  return found.length > 0 ? { answer: [] } : undefined;
}

function startOfAuthority({ snapshot, zone }: Lookup): DnsRecord {
  return record(
    zone,
    "SOA",
    `ns.dns.${zone} hostmaster.${zone} ${zoneSerial(snapshot)} 7200 1800 86400 ${CLUSTER_TTL}`,
  );
}
