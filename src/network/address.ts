/** IPv4 addresses as numbers, and what lies in a range. */

export function parseIPv4(text: string): number | undefined {
  const parts = text.split(".");
  if (parts.length !== 4) return undefined;
  let value = 0;
  for (const part of parts) {
    if (!/^\d{1,3}$/.test(part) || Number(part) > 255) return undefined;
    value = value * 256 + Number(part);
  }
  return value;
}

export function formatIPv4(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
}

/** Whether `address` lies in `cidr` (`10.0.0.0/8`); false for what is not IPv4. */
export function inCidr(address: string, cidr: string): boolean {
  const [network = "", length = ""] = cidr.trim().split("/");
  const a = parseIPv4(address);
  const n = parseIPv4(network);
  const bits = Number(length);
  if (a === undefined || n === undefined || !(bits >= 0 && bits <= 32)) return false;
  const size = 2 ** (32 - bits);
  return Math.floor(a / size) === Math.floor(n / size);
}

export function isLoopback(address: string): boolean {
  return address === "::1" || address === "0.0.0.0" || inCidr(address, "127.0.0.0/8");
}

/** The bridge's address of a node: the first of its pod range. */
export function firstAddress(cidr: string): string | undefined {
  const network = parseIPv4(cidr.split("/")[0] ?? "");
  return network === undefined ? undefined : formatIPv4(network + 1);
}
