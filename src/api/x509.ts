import { decodeBase64, decodeText } from "./encoding/text.ts";

/** What a TLS client looks at in a certificate. */
export interface Certificate {
  /** As OpenSSL prints it in curl: `C=US; O=Let's Encrypt; CN=R12`. */
  subject: string;
  issuer: string;
  commonName?: string;
  /** Of the extension subjectAltName. */
  dnsNames: string[];
  addresses: string[];
  /** Milliseconds since 1970. */
  notBefore: number;
  notAfter: number;
  /** Bytes of its DER form, and of a signature by its key. */
  size: number;
  signature: number;
  /** Hexadecimal digits of the DER form; absent: only described, not there. */
  der?: string;
}

/** The certificates of a PEM text, in order; what is none is left out. Models RFC 7468 and RFC 5280 section 4.1. */
export function readCertificates(pem: string): Certificate[] {
  const blocks = pem.matchAll(/-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----([\s\S]*?)-----END/g);
  return [...blocks].flatMap(([, body = ""]) => {
    try {
      return [certificate(decodeBase64(body.replace(/\s+/g, "")))];
    } catch (error) {
      if (error instanceof DerError || error instanceof DOMException || error instanceof RangeError) return [];
      throw error;
    }
  });
}

class DerError extends Error {}

interface Value {
  tag: number;
  content: Uint8Array;
}

/** One value of DER and where the next begins. */
function read(bytes: Uint8Array, at: number): { value: Value; next: number } {
  const tag = bytes[at];
  let length = bytes[at + 1];
  if (tag === undefined || length === undefined) throw new DerError("cut off");
  let start = at + 2;
  if (length & 0x80) {
    const count = length & 0x7f;
    length = 0;
    for (const byte of bytes.subarray(start, start + count)) length = length * 256 + byte;
    start += count;
  }
  if (start + length > bytes.length) throw new DerError("cut off");
  return { value: { tag, content: bytes.subarray(start, start + length) }, next: start + length };
}

function children({ content }: Value): Value[] {
  const found: Value[] = [];
  for (let at = 0; at < content.length; ) {
    const { value, next } = read(content, at);
    found.push(value);
    at = next;
  }
  return found;
}

function certificate(der: Uint8Array): Certificate {
  const [body, , signature] = children(read(der, 0).value);
  if (!body || !signature) throw new DerError("no certificate");
  const fields = children(body);
  // The version, where there is one, stands first under a tag of its own.
  const from = fields[0]?.tag === 0xa0 ? 1 : 0;
  const [, , issuer, validity, subject, key] = fields.slice(from);
  if (!issuer || !validity || !subject || !key) throw new DerError("no certificate");
  const [notBefore = Number.NaN, notAfter = Number.NaN] = children(validity).map(timeOf);
  const extensions = fields.find((field) => field.tag === 0xa3);
  const names = extensions ? alternativeNames(extensions) : { dnsNames: [], addresses: [] };
  const parts = nameParts(subject);
  const commonName = parts.filter(([type]) => type === "CN").at(-1)?.[1];
  return {
    subject: shown(parts),
    issuer: shown(nameParts(issuer)),
    ...(commonName === undefined ? {} : { commonName }),
    ...names,
    notBefore,
    notAfter,
    size: der.length,
    signature: signatureSize(key),
    der: hex(der),
  };
}

const ATTRIBUTES: Readonly<Record<string, string>> = {
  "550403": "CN",
  "550405": "serialNumber",
  "550406": "C",
  "550407": "L",
  "550408": "ST",
  "550409": "street",
  "55040a": "O",
  "55040b": "OU",
  "2a864886f70d010901": "emailAddress",
  "0992268993f22c640119": "DC",
  "0992268993f22c640101": "UID",
};

function nameParts(name: Value): [string, string][] {
  return children(name).flatMap((set) =>
    children(set).flatMap((attribute): [string, string][] => {
      const [type, text] = children(attribute);
      if (!type || !text) return [];
      return [[ATTRIBUTES[hex(type.content)] ?? "UNDEF", decodeText(text.content)]];
    }),
  );
}

const shown = (parts: readonly [string, string][]) => parts.map(([type, text]) => `${type}=${text}`).join("; ");

/** UTCTime has two digits for the year, GeneralizedTime four. */
function timeOf({ tag, content }: Value): number {
  const text = decodeText(content);
  const year =
    tag === 0x17 ? (Number(text.slice(0, 2)) < 50 ? 2000 : 1900) + Number(text.slice(0, 2)) : Number(text.slice(0, 4));
  const rest = text.slice(tag === 0x17 ? 2 : 4);
  const two = (at: number) => Number(rest.slice(at, at + 2));
  return Date.UTC(year, two(0) - 1, two(2), two(4), two(6), two(8));
}

function alternativeNames(extensions: Value): { dnsNames: string[]; addresses: string[] } {
  const dnsNames: string[] = [];
  const addresses: string[] = [];
  const [list] = children(extensions);
  for (const extension of list ? children(list) : []) {
    const [id, ...rest] = children(extension);
    const value = rest.at(-1);
    if (!id || !value || hex(id.content) !== "551d11") continue;
    for (const name of children(read(value.content, 0).value)) {
      if (name.tag === 0x82) dnsNames.push(decodeText(name.content));
      if (name.tag === 0x87 && name.content.length === 4) addresses.push([...name.content].join("."));
    }
  }
  return { dnsNames, addresses };
}

/** As long as the modulus for RSA, about 71 bytes for a key on the curve P-256. */
function signatureSize(key: Value): number {
  const [algorithm, bits] = children(key);
  if (!algorithm || !bits || !hex(algorithm.content).includes("2a864886f70d0101")) return 71;
  const [modulus] = children(read(bits.content, 1).value);
  return modulus ? modulus.content.length - (modulus.content[0] === 0 ? 1 : 0) : 256;
}

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
