import type { DnsAnswer, DnsQuestion, DnsRecord } from "./message.ts";
import { ipv6Groups, isIPv4, labels } from "./names.ts";

const HEADER = 12;
const QUESTION_FIXED = 4;
const RECORD_FIXED = 10;
const POINTER = 2;
const OPT = 11;

/** How many octets a name takes; with `seen`, its known endings are pointers and the new ones become known. */
function nameSize(name: string, seen?: Set<string>): number {
  const parts = labels(name);
  let size = 0;
  for (let i = 0; i < parts.length; i++) {
    const rest = parts.slice(i).join(".").toLowerCase();
    if (seen?.has(rest)) return size + POINTER;
    seen?.add(rest);
    size += 1 + (parts[i] ?? "").length;
  }
  return size + 1;
}

function dataSize({ type, data }: DnsRecord, seen?: Set<string>): number {
  const words = data.split(" ");
  if (type === "A" && isIPv4(data)) return 4;
  if (type === "AAAA" && ipv6Groups(data)) return 16;
  if (type === "CNAME" || type === "PTR" || type === "NS") return nameSize(data, seen);
  // RFC 2782: the target of an SRV record is not compressed.
  if (type === "SRV") return 6 + nameSize(words[3] ?? ".");
  if (type === "SOA") return nameSize(words[0] ?? ".", seen) + nameSize(words[1] ?? ".", seen) + 20;
  // A character string: the quotes go, a length octet comes.
  return data.length - 1;
}

/**
 * Octets of a response on the wire, and whether records had to be left out of it to stay within `limit`. Names are compressed only
 * when they must be. Models coredns request.Scrub (miekg/dns Msg.Truncate). `edns` is the size of the OPT record's options, or
 * undefined without one.
 */
export function messageSize(
  question: DnsQuestion,
  answer: DnsAnswer,
  { edns, limit = 65535 }: { edns?: number; limit?: number } = {},
): { size: number; truncated: boolean } {
  const records = [...answer.answer, ...answer.authority, ...answer.additional];
  const sum = (seen?: Set<string>) =>
    HEADER +
    nameSize(question.name, seen) +
    QUESTION_FIXED +
    records.reduce((total, it) => total + nameSize(it.name, seen) + RECORD_FIXED + dataSize(it, seen), 0) +
    (edns === undefined ? 0 : OPT + edns);
  const plain = sum();
  if (plain <= limit) return { size: plain, truncated: false };
  const compressed = sum(new Set());
  return { size: Math.min(compressed, limit), truncated: compressed > limit };
}
