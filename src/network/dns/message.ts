/** Types that a query can name here; any other is spoken of by its text (`MX`, `HTTPS`, `TYPE65280`). */
export type RecordType = string;

export interface DnsQuestion {
  /** With or without the dot at its end; its case is kept in the answer. */
  name: string;
  /** Upper case: `A`, `SRV`. */
  type: RecordType;
  /** Absent: `IN`. */
  class?: string;
}

export interface DnsRecord {
  /** Absolute, with the dot at its end. */
  name: string;
  /** Seconds. */
  ttl: number;
  type: RecordType;
  /** As a zone file writes it: `10.96.0.1`, `0 100 80 web.default.svc.cluster.local.`, `"1.1.0"`. */
  data: string;
}

export type ResponseCode = "NOERROR" | "FORMERR" | "SERVFAIL" | "NXDOMAIN" | "NOTIMP" | "REFUSED";

export interface DnsAnswer {
  rcode: ResponseCode;
  /** In the order of the header's bits: `QR`, `AA`, `RD`. */
  flags: readonly string[];
  answer: DnsRecord[];
  authority: DnsRecord[];
  additional: DnsRecord[];
}

/** One record as one line: `web.default.svc.cluster.local. 30 A 10.96.50.1`. */
export function recordText(record: DnsRecord): string {
  return `${record.name} ${record.ttl} ${record.type} ${record.data}`;
}
