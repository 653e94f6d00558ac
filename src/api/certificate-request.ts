import { formatIp } from "./meta/ip.ts";
import { ParseError } from "./meta/parse-error.ts";

/** What a certificate signing request (PKCS #10) says of whom it is for. */
export interface CertificateRequest {
  subject: {
    commonName: string;
    serialNumber: string;
    organization: string[];
    organizationalUnit: string[];
    country: string[];
    locality: string[];
    province: string[];
    streetAddress: string[];
    postalCode: string[];
  };
  /** The subject alternative names. */
  names: { dns: string[]; emails: string[]; uris: string[]; addresses: string[] };
  /** The public key in DER (SubjectPublicKeyInfo). */
  key: Uint8Array;
  /** What the owner of the key has signed, and how: the digits of the algorithm's identifier in DER. */
  signature: { algorithm: string; of: Uint8Array; bytes: Uint8Array };
}

/** One value of DER: its tag, its content, and both. */
interface Element {
  tag: number;
  content: Buffer;
  whole: Buffer;
}

const OID_EXTENSION_REQUEST = "2a864886f70d01090e";
const OID_ALTERNATIVE_NAMES = "551d11";
/** The last byte of the attribute types under 2.5.4, and what of the subject they are. */
const ATTRIBUTES: Readonly<
  Record<string, Exclude<keyof CertificateRequest["subject"], "commonName" | "serialNumber">>
> = {
  "550406": "country",
  "550407": "locality",
  "550408": "province",
  "550409": "streetAddress",
  "55040a": "organization",
  "55040b": "organizationalUnit",
  "550411": "postalCode",
};

/** Reads a request in PEM, itself in base64 as the API has it. Throws ParseError. Models kubernetes pkg/apis/certificates (ParseCSR). */
export function parseRequest(base64: string): CertificateRequest {
  const pem = Buffer.from(base64, "base64").toString("latin1");
  const block = /^-----BEGIN ([^\n-]+)-----\s*\n([\s\S]*?)\n-----END \1-----\s*$/m.exec(pem);
  if (block?.[1] !== "CERTIFICATE REQUEST") throw new ParseError("PEM block type must be CERTIFICATE REQUEST");
  const der = Buffer.from(block[2]!, "base64");
  requireSequence(der);
  const [outer] = children(der);
  const [info, algorithm, signature] = outer ? children(outer.content) : [];
  const [, subject, key, attributes] = info ? children(info.content) : [];
  const [identifier] = algorithm ? children(algorithm.content) : [];
  if (!subject || !key || !signature || !identifier) throw new ParseError("x509: malformed certificate request");
  return {
    subject: readSubject(subject.content),
    names: readNames(attributes?.content),
    key: key.whole,
    // The first byte counts the unused bits of the last one.
    signature: { algorithm: identifier.content.toString("hex"), of: info!.whole, bytes: signature.content.subarray(1) },
  };
}

function children(bytes: Buffer): Element[] {
  const found: Element[] = [];
  for (let at = 0; at < bytes.length; ) {
    const from = at;
    const tag = bytes[at]!;
    let length = bytes[at + 1] ?? truncated();
    at += 2;
    if (length > 0x80) {
      const count = length & 0x7f;
      if (count > 4 || at + count > bytes.length) truncated();
      length = bytes.readUIntBE(at, count);
      at += count;
    }
    if (at + length > bytes.length) truncated();
    found.push({ tag, content: bytes.subarray(at, at + length), whole: bytes.subarray(from, at + length) });
    at += length;
  }
  return found;
}

/** The first thing that Go's decoder of DER looks at: a SEQUENCE is the universal, constructed tag 16. */
function requireSequence(der: Buffer): void {
  const [tag = 0x30, length = 0] = der;
  if (tag === 0x30 || (tag & 0x1f) === 0x1f || length >= 0x80) return;
  const found = `{class:${tag >> 6} tag:${tag & 0x1f} length:${length} isCompound:${(tag & 0x20) !== 0}}`;
  const wanted =
    "{optional:false explicit:false application:false private:false defaultValue:<nil> tag:<nil> stringType:0 timeType:0 set:false omitEmpty:false}";
  throw new ParseError(`asn1: structure error: tags don't match (16 vs ${found}) ${wanted} certificateRequest @2`);
}

function truncated(): never {
  throw new ParseError("asn1: syntax error: data truncated");
}

function readSubject(bytes: Buffer): CertificateRequest["subject"] {
  const subject: CertificateRequest["subject"] = {
    commonName: "",
    serialNumber: "",
    organization: [],
    organizationalUnit: [],
    country: [],
    locality: [],
    province: [],
    streetAddress: [],
    postalCode: [],
  };
  for (const set of children(bytes)) {
    for (const pair of children(set.content)) {
      const [type, value] = children(pair.content);
      const text = value?.content.toString("utf8") ?? "";
      const oid = type?.content.toString("hex") ?? "";
      if (oid === "550403") subject.commonName = text;
      else if (oid === "550405") subject.serialNumber = text;
      else if (ATTRIBUTES[oid]) subject[ATTRIBUTES[oid]].push(text);
    }
  }
  return subject;
}

function readNames(attributes: Buffer | undefined): CertificateRequest["names"] {
  const names: CertificateRequest["names"] = { dns: [], emails: [], uris: [], addresses: [] };
  for (const attribute of attributes ? children(attributes) : []) {
    const [type, values] = children(attribute.content);
    if (type?.content.toString("hex") !== OID_EXTENSION_REQUEST || !values) continue;
    const extensions = children(values.content)[0];
    for (const extension of extensions ? children(extensions.content) : []) {
      const [id, ...rest] = children(extension.content);
      if (id?.content.toString("hex") !== OID_ALTERNATIVE_NAMES) continue;
      const list = children(rest.at(-1)!.content)[0];
      for (const { tag, content } of list ? children(list.content) : []) addName(names, tag, content);
    }
  }
  return names;
}

/** Models the GeneralName choice of RFC 5280. */
function addName(names: CertificateRequest["names"], tag: number, content: Buffer): void {
  const text = content.toString("latin1");
  if (tag === 0x81) names.emails.push(text);
  else if (tag === 0x82) names.dns.push(text);
  else if (tag === 0x86) names.uris.push(text);
  else if (tag === 0x87) {
    const value = BigInt(`0x${content.toString("hex") || "0"}`);
    names.addresses.push(formatIp({ family: content.length === 4 ? "IPv4" : "IPv6", value }));
  }
}
