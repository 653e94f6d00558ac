import { keyedInt } from "../../api/keyed-random.ts";
import { type Cidr, formatCidr, formatIp, type Ip, parseCidr, parseIp } from "../../api/meta/ip.ts";

/**
 * Addresses out of the ranges that ServiceCIDR objects define. Models kubernetes pkg/registry/core/service/ipallocator
 * (cidrallocator.go, ipallocator.go).
 */

export type Family = "IPv4" | "IPv6";

export interface Range {
  cidr: Cidr;
  first: bigint;
  last: bigint;
  /** The lower band [first, dynamicFirst) is left to addresses that users choose; random ones come from it last. */
  dynamicFirst: bigint;
}

/** The allocatable addresses of a CIDR: not the network's own and, for IPv4, not the broadcast address. */
export function rangeOf(text: string): Range | undefined {
  if (!ranges.has(text)) ranges.set(text, parseRange(text));
  return ranges.get(text);
}

const ranges = new Map<string, Range | undefined>();

function parseRange(text: string): Range | undefined {
  const cidr = parseCidr(text);
  if (!cidr) return undefined;
  const size = 1n << BigInt(cidr.width - cidr.bits);
  const first = cidr.network + 1n;
  const last = cidr.network + size - (cidr.family === "IPv4" ? 2n : 1n);
  return { cidr, first, last, dynamicFirst: first + BigInt(staticBandSize(cidr)) };
}

// min(max(16, size / 16), 256), nothing of a range too small or too large. Models calculateRangeOffset of bitmap.go.
function staticBandSize({ width, bits }: Cidr): number {
  const free = width - bits;
  if ((width === 32 && free >= 31) || (width === 128 && free >= 127)) return 0;
  const size = free >= 63 ? Number.MAX_SAFE_INTEGER : 2 ** free;
  return size <= 16 ? 0 : Math.min(Math.max(16, Math.floor(size / 16)), 256);
}

/** Why an address cannot be had, in the words of the real errors. */
export class IpAllocationError extends Error {
  override readonly name = "IpAllocationError";
}

/** Reserves an address that the user chose. Dry run: only the range is checked, as the real one does. */
export function checkChosenIp(ip: Ip, ranges: readonly Range[], taken: (ip: string) => boolean, dryRun: boolean): void {
  // A dry run asks one range alone, whichever comes first.
  const within = ({ cidr, first, last }: Range) => cidr.family === ip.family && ip.value >= first && ip.value <= last;
  const range = ranges.find(dryRun ? ({ cidr }) => cidr.family === ip.family : within);
  if (!range) throw new IpAllocationError("the provided network does not match the current range");
  if (!within(range))
    throw new IpAllocationError(
      `the provided IP (${formatIp(ip)}) is not in the valid range. The range of valid IPs is ${formatCidr(range.cidr)}`,
    );
  if (!dryRun && taken(formatIp(ip))) throw new IpAllocationError("provided IP is already allocated");
}

/**
 * A random free address of the family: from the upper band of each range, then from its lower one, range by range. Undefined when
 * all are full. Dry run: the network's own address stands in, as with the real one.
 */
export function nextIp(
  family: Family,
  ranges: readonly Range[],
  taken: (ip: string) => boolean,
  dryRun: boolean,
  random: (string | number)[],
): string | undefined {
  for (const [i, range] of ranges.entries()) {
    if (range.cidr.family !== family) continue;
    if (dryRun) return formatIp({ family, value: range.cidr.network });
    const found =
      scan(family, range.dynamicFirst, range.last, taken, [...random, i, "dynamic"]) ??
      scan(family, range.first, range.dynamicFirst - 1n, taken, [...random, i, "static"]);
    if (found !== undefined) return found;
  }
  return undefined;
}

function scan(
  family: Family,
  first: bigint,
  last: bigint,
  taken: (ip: string) => boolean,
  random: (string | number)[],
): string | undefined {
  const size = last - first + 1n;
  if (size <= 0n) return undefined;
  const offset = BigInt(keyedInt(Number(size > 2n ** 52n ? 2n ** 52n : size), ...random));
  for (let i = 0n; i < size; i++) {
    const ip = formatIp({ family, value: first + ((offset + i) % size) });
    if (!taken(ip)) return ip;
  }
  return undefined;
}

/** `unknown` where the text is no address. */
export function familyOf(text: string): Family | "unknown" {
  return parseIp(text)?.family ?? "unknown";
}
