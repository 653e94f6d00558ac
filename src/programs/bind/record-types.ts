/** Numbers of the types that BIND 9.18 knows by name (lib/dns/rdata), in the order of their names. */
// biome-ignore format: a table
const NUMBERS: Readonly<Record<string, number>> = {
  A: 1, A6: 38, AAAA: 28, AFSDB: 18, AMTRELAY: 260, ANY: 255, APL: 42, ATMA: 34, AVC: 258, AXFR: 252, BRID: 68, CAA: 257,
  CDNSKEY: 60, CDS: 59, CERT: 37, CNAME: 5, CSYNC: 62, DHCID: 49, DLV: 32769, DNAME: 39, DNSKEY: 48, DOA: 259, DS: 43, DSYNC: 66,
  EID: 31, EUI48: 108, EUI64: 109, GID: 102, GPOS: 27, HHIT: 67, HINFO: 13, HIP: 55, HTTPS: 65, IPSECKEY: 45, ISDN: 20, IXFR: 251,
  KEY: 25, KX: 36, L32: 105, L64: 106, LOC: 29, LP: 107, MAILA: 254, MAILB: 253, MB: 7, MD: 3, MF: 4, MG: 8, MINFO: 14, MR: 9,
  MX: 15, NAPTR: 35, NID: 104, NIMLOC: 32, NINFO: 56, NS: 2, NSAP: 22, "NSAP-PTR": 23, NSEC: 47, NSEC3: 50, NSEC3PARAM: 51,
  NULL: 10, NXT: 30, OPENPGPKEY: 61, OPT: 41, PTR: 12, PX: 26, RESINFO: 261, RKEY: 57, RP: 17, RRSIG: 46, RT: 21, SIG: 24,
  SINK: 40, SMIMEA: 53, SOA: 6, SPF: 99, SRV: 33, SSHFP: 44, SVCB: 64, TA: 32768, TALINK: 58, TKEY: 249, TLSA: 52, TSIG: 250,
  TXT: 16, UID: 101, UINFO: 100, UNSPEC: 103, URI: 256, WALLET: 262, WKS: 11, X25: 19, ZONEMD: 63,
};

const CLASSES: Readonly<Record<string, string>> = {
  IN: "IN",
  CH: "CH",
  CHAOS: "CH",
  HS: "HS",
  HESIOD: "HS",
  ANY: "ANY",
  NONE: "NONE",
  RESERVED0: "RESERVED0",
};

/** The type that a word names, as BIND writes it; undefined: none. Models dns_rdatatype_fromtext. */
export function typeFromText(text: string): string | undefined {
  const upper = text.toUpperCase();
  if (Object.hasOwn(NUMBERS, upper)) return upper;
  const number = /^TYPE([0-9]{1,5})$/.exec(upper)?.[1];
  if (number === undefined || Number(number) > 65535) return undefined;
  return Object.keys(NUMBERS).find((name) => NUMBERS[name] === Number(number)) ?? `TYPE${Number(number)}`;
}

/** The number of a type that BIND knows, or that its own name (`TYPE123`) gives. */
export function typeNumber(type: string): number {
  return NUMBERS[type] ?? Number(type.slice("TYPE".length));
}

/** The class that a word names, as BIND writes it. */
export function classFromText(text: string): string | undefined {
  const upper = text.toUpperCase();
  return Object.hasOwn(CLASSES, upper) ? CLASSES[upper] : undefined;
}
