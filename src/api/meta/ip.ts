import { goQuote } from "../encoding/go-quote.ts";
import { type FieldError, field } from "../status.ts";

/**
 * IP addresses and CIDRs as Kubernetes reads them: the old lenient parser of Go (leading zeros allowed), and the strict checks on
 * top of it. Models k8s.io/utils/net (ParseIPSloppy) and k8s.io/apimachinery pkg/util/validation/ip.go.
 */

export interface Ip {
  /** An IPv4-mapped IPv6 address counts as IPv4, as in Go's net.IP. */
  family: "IPv4" | "IPv6";
  /** The address as a number of 32 or 128 bits. */
  value: bigint;
  /** It was written as `::ffff:1.2.3.4`. */
  mapped: boolean;
  /** It was written with leading zeros, which net/netip refuses. */
  leadingZeros: boolean;
}

function parseIpv4(text: string): { value: bigint; leadingZeros: boolean } | undefined {
  const parts = text.split(".");
  if (parts.length !== 4) return undefined;
  let value = 0n;
  for (const part of parts) {
    if (!/^[0-9]+$/.test(part) || Number(part) > 255) return undefined;
    value = (value << 8n) | BigInt(Number(part));
  }
  return { value, leadingZeros: parts.some((part) => part.length > 1 && part.startsWith("0")) };
}

function parseIpv6(text: string): Ip | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  let leadingZeros = false;
  let dotted = false;
  const groups = (half: string, last: boolean): bigint[] | undefined => {
    if (half === "") return [];
    const out: bigint[] = [];
    const parts = half.split(":");
    for (const [i, part] of parts.entries()) {
      if (part.includes(".") && last && i === parts.length - 1) {
        const v4 = parseIpv4(part);
        if (!v4) return undefined;
        leadingZeros = v4.leadingZeros;
        dotted = true;
        out.push(v4.value >> 16n, v4.value & 0xffffn);
      } else if (/^[0-9a-fA-F]{1,4}$/.test(part)) out.push(BigInt(`0x${part}`));
      else return undefined;
    }
    return out;
  };
  const head = groups(halves[0]!, halves.length === 1);
  const tail = halves.length === 2 ? groups(halves[1]!, true) : [];
  if (!head || !tail) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const value = [...head, ...new Array<bigint>(missing).fill(0n), ...tail].reduce(
    (sum, part) => (sum << 16n) | part,
    0n,
  );
  if (value >> 32n === 0xffffn) return { family: "IPv4", value: value & 0xffffffffn, mapped: true, leadingZeros };
  return { family: "IPv6", value, mapped: false, leadingZeros: leadingZeros && dotted };
}

/** The address, or undefined where Go's lenient parser returns nil. */
export function parseIp(text: string): Ip | undefined {
  if (text.includes(":")) return parseIpv6(text);
  const v4 = parseIpv4(text);
  return v4 && { family: "IPv4", value: v4.value, mapped: false, leadingZeros: v4.leadingZeros };
}

/** RFC 5952 for IPv6, dotted decimal for IPv4 (also of a mapped address): Go's net.IP.String. */
export function formatIp(ip: Pick<Ip, "family" | "value">): string {
  if (ip.family === "IPv4") return [24n, 16n, 8n, 0n].map((shift) => (ip.value >> shift) & 255n).join(".");
  const groups = Array.from({ length: 8 }, (_, i) => Number((ip.value >> BigInt(112 - 16 * i)) & 0xffffn));
  let best = { start: -1, length: 1 };
  for (let i = 0; i < 8; i++) {
    let end = i;
    while (end < 8 && groups[end] === 0) end++;
    if (end - i > best.length) best = { start: i, length: end - i };
  }
  const hex = (part: number[]) => part.map((group) => group.toString(16)).join(":");
  if (best.start < 0) return hex(groups);
  return `${hex(groups.slice(0, best.start))}::${hex(groups.slice(best.start + best.length))}`;
}

export interface Cidr {
  family: "IPv4" | "IPv6";
  /** The address as written. */
  address: Ip;
  /** The first address: the bits after the prefix cleared. */
  network: bigint;
  /** Prefix length. */
  bits: number;
  /** 32 or 128. */
  width: number;
  prefixHasLeadingZeros: boolean;
}

/** Models k8s.io/utils/net ParseCIDRSloppy; undefined where that fails. */
export function parseCidr(text: string): Cidr | undefined {
  const known = cidrs.get(text);
  if (known) return known;
  const cidr = readCidr(text);
  if (cidr && cidrs.size < MOST_CIDRS) cidrs.set(text, cidr);
  return cidr;
}

/** The ranges of a cluster are few, and looked at for each Service. */
const MOST_CIDRS = 64;
const cidrs = new Map<string, Cidr>();

function readCidr(text: string): Cidr | undefined {
  const slash = text.indexOf("/");
  if (slash < 0) return undefined;
  const prefix = text.slice(slash + 1);
  const written = text.slice(0, slash);
  const ip = parseIp(written);
  if (!ip || !/^[0-9]+$/.test(prefix)) return undefined;
  const long = written.includes(":");
  let bits = Number(prefix);
  if (bits > (long ? 128 : 32)) return undefined;
  if (long && ip.mapped && bits < 96) return undefined;
  if (long && ip.mapped) bits -= 96;
  const width = ip.family === "IPv4" ? 32 : 128;
  const host = BigInt(width - bits);
  const network = (ip.value >> host) << host;
  return {
    family: ip.family,
    address: ip,
    network,
    bits,
    width,
    prefixHasLeadingZeros: prefix.length > 1 && prefix.startsWith("0"),
  };
}

export function formatCidr(cidr: Cidr): string {
  return `${formatIp({ family: cidr.family, value: cidr.network })}/${cidr.bits}`;
}

export function cidrContains(cidr: Cidr, ip: Pick<Ip, "family" | "value">): boolean {
  const host = BigInt(cidr.width - cidr.bits);
  return cidr.family === ip.family && ip.value >> host === cidr.network >> host;
}

/** `valid` lists the values of the stored object: what was once accepted stays accepted. Models IsValidIPForLegacyField, strict. */
export function legacyIpErrors(path: string, text: string, valid: readonly string[] = []): FieldError[] {
  const complaint = valid.includes(text) ? undefined : legacyIpComplaint(text);
  return complaint === undefined ? [] : [field.invalid(path, text, complaint)];
}

function legacyIpComplaint(text: string): string | undefined {
  const ip = parseIp(text);
  if (!ip) return "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
  if (ip.leadingZeros) return "must not have leading 0s";
  return ip.mapped ? "must not be an IPv4-mapped IPv6 address" : undefined;
}

/** What is wrong with an address that is to be strict and in canonical form. */
export function ipComplaint(text: string): string | undefined {
  const complaint = legacyIpComplaint(text);
  if (complaint !== undefined) return complaint;
  const canonical = formatIp(parseIp(text)!);
  return text === canonical ? undefined : `must be in canonical form (${goQuote(canonical)})`;
}

/** Models IsValidIP: strict, and in canonical form. */
export function ipErrors(path: string, text: string): FieldError[] {
  const complaint = ipComplaint(text);
  return complaint === undefined ? [] : [field.invalid(path, text, complaint)];
}

/** Models IsValidCIDRForLegacyField, strict. */
export function legacyCidrErrors(path: string, text: string, valid: readonly string[] = []): FieldError[] {
  if (valid.includes(text)) return [];
  const cidr = parseCidr(text);
  if (!cidr) return [field.invalid(path, text, "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)")];
  if (cidr.address.leadingZeros || cidr.prefixHasLeadingZeros)
    return [field.invalid(path, text, "must not have leading 0s in IP or prefix length")];
  if (cidr.address.mapped) return [field.invalid(path, text, "must not have an IPv4-mapped IPv6 address")];
  if (cidr.address.value !== cidr.network)
    return [field.invalid(path, text, "must not have bits set beyond the prefix length")];
  return [];
}

/** Models IsValidCIDR: strict, and in canonical form. */
export function cidrErrors(path: string, text: string): FieldError[] {
  const errors = legacyCidrErrors(path, text);
  if (errors.length > 0) return errors;
  const canonical = formatCidr(parseCidr(text)!);
  return text === canonical ? [] : [field.invalid(path, text, `must be in canonical form (${goQuote(canonical)})`)];
}

/** Models GetWarningsForIP: the texts after `Warning: `. */
export function ipWarnings(path: string, text: string): string[] {
  const ip = parseIp(text);
  if (!ip) return [];
  const canonical = formatIp(ip);
  if (ip.leadingZeros || ip.mapped)
    return [`${path}: non-standard IP address ${goQuote(text)} is invalid: use ${goQuote(canonical)}`];
  if (ip.family === "IPv6" && canonical !== text)
    return [`${path}: IPv6 address ${goQuote(text)} should be in RFC 5952 canonical format (${goQuote(canonical)})`];
  return [];
}

/** Models GetWarningsForCIDR. */
export function cidrWarnings(path: string, text: string): string[] {
  const cidr = parseCidr(text);
  if (!cidr) return [];
  const canonical = formatCidr(cidr);
  const warnings: string[] = [];
  if (cidr.address.value !== cidr.network) {
    const single = `${formatIp(cidr.address)}/${cidr.width}`;
    warnings.push(
      `${path}: CIDR value ${goQuote(text)} is ambiguous in this context (should be ${goQuote(canonical)} or ${goQuote(single)}?)`,
    );
  }
  if (cidr.address.leadingZeros || cidr.prefixHasLeadingZeros || cidr.address.mapped)
    warnings.push(`${path}: non-standard CIDR value ${goQuote(text)} is invalid: use ${goQuote(canonical)}`);
  if (warnings.length === 0 && cidr.family === "IPv6" && canonical !== text)
    warnings.push(
      `${path}: IPv6 CIDR value ${goQuote(text)} should be in RFC 5952 canonical format (${goQuote(canonical)})`,
    );
  return warnings;
}
