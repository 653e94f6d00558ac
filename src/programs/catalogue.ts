import type { Toolbox } from "../images/image.ts";
import { NODE_TOOLS } from "./known-programs.ts";
import type { Program } from "./program.ts";

type Load = () => Promise<Program>;

const from =
  (load: () => Promise<{ program: Program }>): Load =>
  async () =>
    (await load()).program;

const common: Readonly<Record<string, Load>> = {
  env: from(() => import("./env.ts")),
  hostname: from(() => import("./hostname.ts")),
  printenv: from(() => import("./printenv.ts")),
};

/** What GNU, BIND, iputils and OpenBSD have, under their own names. */
const FULL: Readonly<Record<string, Load>> = {
  cat: from(() => import("./cat.ts")),
  curl: async () => (await import("./curl.ts")).curl,
  dig: from(() => import("./bind/dig.ts")),
  getent: from(() => import("./getent.ts")),
  host: from(() => import("./bind/host.ts")),
  "iptables-save": from(() => import("./iptables-save.ts")),
  ip: async () => (await import("./busybox/ip.ts")).iproute2,
  nc: from(() => import("./nc.ts")),
  nslookup: from(() => import("./bind/nslookup.ts")),
  pg_isready: from(() => import("./pg-isready.ts")),
  ping: from(() => import("./ping.ts")),
  "redis-cli": from(() => import("./redis-cli.ts")),
  wget: from(() => import("./wget.ts")),
  ...common,
};

const BUSYBOX: Readonly<Record<string, Load>> = {
  cat: async () => (await import("./cat.ts")).busybox,
  nc: from(() => import("./busybox/nc.ts")),
  nslookup: from(() => import("./busybox/nslookup.ts")),
  ip: from(() => import("./busybox/ip.ts")),
  ping: from(() => import("./busybox/ping.ts")),
  wget: from(() => import("./busybox/wget.ts")),
  ...common,
};

const OLD_NSLOOKUP: Load = from(() => import("./busybox/old-nslookup.ts"));

/** What a Debian image has before anything is installed. */
const DEBIAN = ["cat", "env", "getent", "hostname", "printenv"];

/** Everything there is: a host's and a node's own programs. */
export const WORKSTATION: Toolbox = { base: "debian", extra: [...Object.keys(FULL), NODE_TOOLS] };

/**
 * The program that a name runs where this toolbox is, loaded; undefined: it is not there. What an image has beside its userland
 * (`extra`) stands before the userland's own. A path (`/bin/cat`) names its last part.
 */
export async function findProgram(name: string, toolbox: Toolbox): Promise<Program | undefined> {
  const word = name.replace(/^(\/usr)?(\/local)?\/s?bin\//, "");
  return loaderOf(word, toolbox)?.();
}

/** Whether `findProgram` would find something; nothing is loaded. */
export function hasProgram(name: string, toolbox: Toolbox): boolean {
  return loaderOf(name.replace(/^(\/usr)?(\/local)?\/s?bin\//, ""), toolbox) !== undefined;
}

/** Names of the programs that a shell's own library does not have as they are here. */
export function ownPrograms(): string[] {
  const shells = ["cat", "env", "printenv"];
  return [...new Set([...Object.keys(FULL), ...Object.keys(BUSYBOX)])].filter((name) => !shells.includes(name));
}

function loaderOf(name: string, { base, extra = [] }: Toolbox): Load | undefined {
  if (extra.includes(name) && Object.hasOwn(FULL, name)) return FULL[name];
  if (base === "debian") return DEBIAN.includes(name) ? FULL[name] : undefined;
  if (base === "alpine" && name === "getent") return FULL[name];
  if (name === "nslookup" && extra.includes("nslookup-1.28")) return OLD_NSLOOKUP;
  if (base !== "none" && Object.hasOwn(BUSYBOX, name)) return BUSYBOX[name];
  return undefined;
}
