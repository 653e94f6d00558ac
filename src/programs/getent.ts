import { notSimulated } from "../api/status.ts";
import { canonicalIP, isIPv4 } from "../network/dns/names.ts";
import { type HostAddresses, type HostFailure, parseHosts } from "../network/dns/stub.ts";
import type { Program, ProgramContext } from "./program.ts";
import { findAddress, findHost, hostsText } from "./resolver.ts";

const DATABASES =
  "ahosts ahostsv4 ahostsv6 aliases ethers group gshadow hosts initgroups netgroup networks passwd protocols rpc services shadow";

const TRY = "Try `getent --help' or `getent --usage' for more information.\n";

/** Exit statuses of getent(1). */
const NOT_FOUND = 2;
const UNKNOWN_DATABASE = 1;
const WRONG_OPTION = 64;

/** getent of glibc: the `hosts` and `ahosts` databases. Models nss/getent.c. */
export const program: Program = {
  async run(argv, context) {
    const [database, ...keys] = argv.filter((word) => word !== "-i" && word !== "--no-idn");
    if (database === undefined) {
      context.err("getent: wrong number of arguments\n");
      return usage(context);
    }
    if (/^-[^-]/.test(database) && database !== "-s") {
      context.err(`getent: invalid option -- '${database.charAt(1)}'\n`);
      context.err(TRY);
      return WRONG_OPTION;
    }
    if (database.startsWith("-")) throw notSimulated(`getent ${database}`);
    switch (database) {
      case "hosts":
        return keys.length === 0 ? hostsOfFile(context) : all(keys, (key) => hosts(context, key));
      case "ahosts":
        return keys.length === 0 ? hostsOfFile(context) : all(keys, (key) => allHosts(context, key, undefined));
      case "ahostsv4":
        return keys.length === 0 ? hostsOfFile(context) : all(keys, (key) => allHosts(context, key, 4));
      case "ahostsv6":
        return keys.length === 0 ? hostsOfFile(context) : all(keys, (key) => allHosts(context, key, 6));
      default:
        if (DATABASES.split(" ").includes(database)) throw notSimulated(`getent ${database}`);
        context.err(`Unknown database: ${database}\n`);
        usage(context);
        return UNKNOWN_DATABASE;
    }
  },
};

function usage(context: ProgramContext): number {
  // argp writes this to standard output when the program itself complains, and to standard error when it does.
  context.out(TRY);
  return UNKNOWN_DATABASE;
}

function all(keys: readonly string[], print: (key: string) => boolean): number {
  return keys.map(print).every(Boolean) ? 0 : NOT_FOUND;
}

function found(result: HostAddresses | HostFailure): HostAddresses | undefined {
  return typeof result === "string" ? undefined : result;
}

/** What gethostent(3) finds in /etc/hosts: addresses of IPv4, and those of IPv6 that can be told as one. */
function hostsOfFile(context: ProgramContext): number {
  for (const { address, names } of parseHosts(hostsText(context))) {
    const canonical = canonicalIP(address) ?? "";
    const shown = canonical === "::1" ? "127.0.0.1" : canonical;
    if (isIPv4(shown)) context.out(`${shown.padEnd(15)} ${names.join(" ")}\n`);
  }
  return 0;
}

/** Models print_hosts and hosts_keys. */
function hosts(context: ProgramContext, key: string): boolean {
  const address = canonicalIP(key);
  const host =
    address === undefined
      ? (found(findHost(context, key, 6)) ?? found(findHost(context, key, 4)))
      : found(findAddress(context, address));
  if (!host) return false;
  const names = [host.canonicalName, ...host.aliases].join(" ");
  for (const each of host.addresses) context.out(`${each.padEnd(15)} ${names}\n`);
  return true;
}

function allHosts(context: ProgramContext, key: string, family: 4 | 6 | undefined): boolean {
  const host = found(findHost(context, key, family));
  if (!host) return false;
  host.addresses.forEach((address, i) => {
    const name = i === 0 ? host.canonicalName : "";
    const shown = family === 6 && isIPv4(address) ? `::ffff:${address}` : address;
    context.out(`${shown.padEnd(15)} STREAM ${name}\n`);
    context.out(`${shown.padEnd(15)} DGRAM  \n${shown.padEnd(15)} RAW    \n`);
  });
  return true;
}
