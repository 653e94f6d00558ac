import { formatIp } from "../../api/meta/ip.ts";
import { ParseError } from "../../api/meta/parse-error.ts";

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
}

/** One value of DER: its tag, and its content. */
interface Element {
  tag: number;
  content: Buffer;
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

/** Reads a request in PEM, itself in base64 as the API has it. Throws ParseError. Models kubectl pkg/util/certificate ParseCSR. */
export function parseRequest(base64: string): CertificateRequest {
  const pem = Buffer.from(base64, "base64").toString("latin1");
  const match = /-----BEGIN CERTIFICATE REQUEST-----([\s\S]*?)-----END CERTIFICATE REQUEST-----/.exec(pem);
  if (!match) throw new ParseError("Error parsing CSR: PEM block type must be CERTIFICATE REQUEST");
  const outer = children(Buffer.from(match[1]!, "base64"))[0];
  const info = outer && children(outer.content)[0];
  const [, subject, , attributes] = info ? children(info.content) : [];
  if (!subject) throw new ParseError("Error parsing CSR: x509: malformed certificate request");
  return { subject: readSubject(subject.content), names: readNames(attributes?.content) };
}

function children(bytes: Buffer): Element[] {
  const found: Element[] = [];
  for (let at = 0; at + 1 < bytes.length; ) {
    const tag = bytes[at]!;
    let length = bytes[at + 1]!;
    at += 2;
    if (length > 0x80) {
      const count = length & 0x7f;
      length = bytes.readUIntBE(at, count);
      at += count;
    }
    found.push({ tag, content: bytes.subarray(at, at + length) });
    at += length;
  }
  return found;
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
