import type { Protocol } from "../path.ts";
import type { DnsAnswer, DnsQuestion, DnsRecord } from "./message.ts";
import { ipv6Groups, isIPv4, labels } from "./names.ts";

const HEADER = 12;
const QUESTION_FIXED = 4;
const RECORD_FIXED = 10;
const POINTER = 2;
const OPT = 11;
/** What a datagram may always hold, and what it holds before its names are made short to spare it from being cut on its way. */
const DATAGRAM_MIN = 512;
const UNFRAGMENTED = { IPv4: 1480, IPv6: 1220 };
const STREAM_MAX = 65535;
/** A pointer has 14 bits. */
const POINTER_MAX = 0x4000;

/** What a client says of the answers that it can take. */
export interface ReplyRoom {
  /** Octets of the options in the client's OPT record; undefined: it sends none. */
  edns?: number | undefined;
  /** Octets of a datagram that the OPT record allows. */
  bufferSize?: number | undefined;
  protocol: Protocol;
  family: "IPv4" | "IPv6";
}

/** A response as it goes over the wire. */
export interface Fitted {
  /** Without the records that there was no room for; the flag TC tells of them. */
  answer: DnsAnswer;
  /** Octets. */
  size: number;
}

/** The length of a message that grows record by record; without `compress` every name is written out. */
class Length {
  size = HEADER;
  private readonly seen = new Set<string>();
  private readonly compress: boolean;

  constructor(question: DnsQuestion, compress: boolean) {
    this.compress = compress;
    this.size += this.name(question.name, 0) + QUESTION_FIXED;
  }

  add(record: DnsRecord): void {
    const owner = this.name(record.name, 0);
    this.size += owner + RECORD_FIXED + this.data(record, owner + RECORD_FIXED);
  }

  /** A known ending becomes a pointer; the endings before it become known, also those of a name that must stand in full. */
  private name(name: string, at: number, mayPoint = true): number {
    const parts = labels(name);
    let length = 0;
    for (let i = 0; i < parts.length; i++) {
      const rest = parts.slice(i).join(".");
      if (this.compress) {
        if (this.seen.has(rest)) {
          if (mayPoint) return length + POINTER;
        } else if (this.size + at + length < POINTER_MAX) this.seen.add(rest);
      }
      length += 1 + (parts[i] ?? "").length;
    }
    return length + 1;
  }

  private data({ type, data }: DnsRecord, at: number): number {
    const words = data.split(" ");
    if (type === "A" && isIPv4(data)) return 4;
    if (type === "AAAA" && ipv6Groups(data)) return 16;
    if (type === "CNAME" || type === "PTR" || type === "NS") return this.name(data, at);
    // RFC 2782: the target of an SRV record is not compressed.
    if (type === "SRV") return 6 + this.name(words[3] ?? ".", at + 6, false);
    if (type === "SOA") {
      const first = this.name(words[0] ?? ".", at);
      return first + this.name(words[1] ?? ".", at + first) + 20;
    }
    // A character string: the quotes go, a length octet comes.
    return data.length - 1;
  }
}

function lengthOf(question: DnsQuestion, answer: DnsAnswer, compress: boolean): number {
  const length = new Length(question, compress);
  for (const section of [answer.answer, answer.authority, answer.additional]) {
    for (const record of section) length.add(record);
  }
  return length.size;
}

/**
 * What a server makes of an answer for a client: names are compressed only when they must be, and when the message is too long
 * even so, records go from its end. Models coredns request.Scrub and miekg/dns Msg.Truncate.
 */
export function fitReply(question: DnsQuestion, answer: DnsAnswer, room: ReplyRoom): Fitted {
  const { edns, bufferSize, protocol, family } = room;
  const opt = edns === undefined ? 0 : OPT + edns;
  const limit =
    protocol === "TCP" ? STREAM_MAX : Math.max(DATAGRAM_MIN, edns === undefined ? 0 : (bufferSize ?? DATAGRAM_MIN));
  const plain = lengthOf(question, answer, false) + opt;
  if (plain <= limit) {
    const long = protocol !== "TCP" && plain > UNFRAGMENTED[family];
    return { answer, size: long ? lengthOf(question, answer, true) + opt : plain };
  }
  const length = new Length(question, true);
  let full = false;
  const kept = (section: readonly DnsRecord[]) =>
    section.filter((record) => {
      if (full) return false;
      const before = length.size;
      length.add(record);
      full = length.size > limit - opt;
      if (full) length.size = before;
      return !full;
    });
  const sections = {
    answer: kept(answer.answer),
    authority: kept(answer.authority),
    additional: kept(answer.additional),
  };
  const flags = full ? answer.flags.flatMap((flag) => (flag === "RD" ? ["TC", "RD"] : [flag])) : answer.flags;
  return { answer: { ...answer, ...sections, flags }, size: length.size + opt };
}
