/** The labels of a name, the empty root label left out. */
export function labels(name: string): string[] {
  const relative = name.endsWith(".") ? name.slice(0, -1) : name;
  return relative === "" ? [] : relative.split(".");
}

/** With the dot at its end. */
export function absolute(name: string): string {
  return name.endsWith(".") ? name : `${name}.`;
}

/** Without the dot at its end; the root stays `.`. */
export function relative(name: string): string {
  return name.length > 1 && name.endsWith(".") ? name.slice(0, -1) : name;
}

/** Whether `child` is `parent` or below it; case does not count. */
export function isSubdomain(parent: string, child: string): boolean {
  const above = labels(parent.toLowerCase());
  const below = labels(child.toLowerCase());
  return above.length <= below.length && above.every((label, i) => label === below[below.length - above.length + i]);
}

const OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
const IPV4 = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`);

/** Dotted decimal without leading zeros, as Go's net.ParseIP and inet_pton take it. */
export function isIPv4(text: string): boolean {
  return IPV4.test(text);
}

/** The eight groups of an IPv6 address, or undefined. */
export function ipv6Groups(text: string): number[] | undefined {
  let address = text;
  const tail = address.slice(address.lastIndexOf(":") + 1);
  if (tail.includes(".")) {
    if (!isIPv4(tail) || !address.includes(":")) return undefined;
    const [a = 0, b = 0, c = 0, d = 0] = tail.split(".").map(Number);
    address = `${address.slice(0, -tail.length)}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  }
  const halves = address.split("::");
  if (halves.length > 2) return undefined;
  const parse = (half: string) => (half === "" ? [] : half.split(":"));
  const head = parse(halves[0] ?? "");
  const rest = parse(halves[1] ?? "");
  const groups = [...head, ...rest];
  if (groups.some((group) => !/^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  if (halves.length === 1 ? groups.length !== 8 : groups.length > 7) return undefined;
  const zeros = new Array<number>(8 - groups.length).fill(0);
  const numbers = (half: string[]) => half.map((group) => Number.parseInt(group, 16));
  return [...numbers(head), ...zeros, ...numbers(rest)];
}

export function isIP(text: string): boolean {
  return isIPv4(text) || ipv6Groups(text) !== undefined;
}

/** An address in the one form that Go's net.IP.String and inet_ntop write; undefined when it is none. */
export function canonicalIP(text: string): string | undefined {
  if (isIPv4(text)) return text;
  const groups = ipv6Groups(text);
  if (!groups) return undefined;
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    const [high = 0, low = 0] = groups.slice(6);
    return [high >> 8, high & 255, low >> 8, low & 255].join(".");
  }
  let start = -1;
  let length = 1;
  for (let i = 0; i < 8; i++) {
    let end = i;
    while (end < 8 && groups[end] === 0) end++;
    if (end - i > length) {
      start = i;
      length = end - i;
    }
  }
  const hex = groups.map((group) => group.toString(16));
  return start < 0 ? hex.join(":") : `${hex.slice(0, start).join(":")}::${hex.slice(start + length).join(":")}`;
}

/** `1.50.96.10.in-addr.arpa.` of `10.96.50.1`; nibbles under `ip6.arpa.` for IPv6. */
export function reverseName(address: string): string | undefined {
  if (isIPv4(address)) return `${address.split(".").reverse().join(".")}.in-addr.arpa.`;
  const groups = ipv6Groups(address);
  if (!groups) return undefined;
  const nibbles = groups.map((group) => group.toString(16).padStart(4, "0")).join("");
  return `${[...nibbles].reverse().join(".")}.ip6.arpa.`;
}

/** The address that a reverse name asks for, or undefined. Models coredns plugin/pkg/dnsutil/reverse.go. */
export function addressOfReverse(name: string): string | undefined {
  if (name.endsWith(".in-addr.arpa.")) {
    const address = name.slice(0, -".in-addr.arpa.".length).split(".").reverse().join(".");
    return isIPv4(address) ? address : undefined;
  }
  if (name.endsWith(".ip6.arpa.")) {
    const nibbles = name.slice(0, -".ip6.arpa.".length).split(".").reverse();
    const groups: string[] = [];
    for (let i = 0; i + 4 <= nibbles.length; i += 4) groups.push(nibbles.slice(i, i + 4).join(""));
    return canonicalIP(groups.join(":"));
  }
  return undefined;
}
