import { type OutsideHost, RECORDS } from "../../api/records.ts";
import type { Snapshot } from "../../api/snapshot.ts";
import { outsideAddresses } from "../outside.ts";
import type { DnsAnswer, DnsQuestion, DnsRecord } from "./message.ts";
import { absolute, isIPv4, isSubdomain, relative } from "./names.ts";

const TTL = 60;
const SOA: DnsRecord = {
  name: ".",
  ttl: TTL,
  type: "SOA",
  data: "a.outside. hostmaster.outside. 1 1800 900 604800 60",
};
const NS: DnsRecord = { name: ".", ttl: TTL, type: "NS", data: "a.outside." };

/** What a server answers that does not serve a class, or gives no zone away. */
export const REFUSED: DnsAnswer = { rcode: "REFUSED", flags: ["QR", "RD"], answer: [], authority: [], additional: [] };

/**
 * What the simulated internet's name server says: one zone, the root, with the hosts of the state in it. A name above a known one
 * is there, and empty. Models the order of coredns 1.14 plugin/file/lookup.go.
 */
export function answerOutside(snapshot: Snapshot, question: DnsQuestion): DnsAnswer {
  if (question.class !== undefined && question.class !== "IN") return REFUSED;
  if (question.type === "AXFR" || question.type === "IXFR") return REFUSED;
  const name = absolute(question.name).toLowerCase();
  const reply = (part: Partial<DnsAnswer>): DnsAnswer => ({
    rcode: "NOERROR",
    flags: ["QR", "AA", "RD"],
    answer: [],
    authority: [],
    additional: [],
    ...part,
  });
  if (name === "." && question.type === "SOA") return reply({ answer: [SOA], authority: [NS] });
  if (name === "." && question.type === "NS") return reply({ answer: [NS] });
  const hosts = snapshot.list<OutsideHost>(RECORDS.outside);
  const addresses = outsideAddresses(snapshot, relative(name));
  if (addresses.length > 0) {
    const answer = addresses
      .map((data): DnsRecord => ({ name, ttl: TTL, type: isIPv4(data) ? "A" : "AAAA", data }))
      .filter((record) => record.type === question.type);
    return answer.length > 0 ? reply({ answer, authority: [NS] }) : reply({ authority: [SOA] });
  }
  const above = name === "." || hosts.some((it) => isSubdomain(name, it.metadata.name ?? ""));
  return reply({ rcode: above ? "NOERROR" : "NXDOMAIN", authority: [SOA] });
}
