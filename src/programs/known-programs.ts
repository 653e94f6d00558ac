import type { Toolbox } from "../images/image.ts";

const SHELLS = ["sh", "bash", "ash", "dash", "zsh"];

/** What the shell library runs, where an image of that kind has it: BusyBox has all of these, so do Debian's essential packages. */
const COREUTILS =
  "awk base64 basename cat chmod clear comm cp cut date diff dirname du echo env expand expr false file find fold grep egrep fgrep gunzip gzip head id join ln ls md5sum mkdir mv nl od paste printenv printf pwd readlink rev rm rmdir sed seq sha1sum sha256sum sleep sort split stat strings tac tail tar tee test time timeout touch tr tree true uname uniq wc which whoami xargs zcat".split(
    " ",
  );

/** Programs of every userland that nobody here simulates: they are refused by name, and not told to be missing. */
const NOT_SIMULATED =
  "arch cmp yes chown chgrp chroot dd df dmesg fsync hexdump ionice kill killall logger login mkfifo mknod mktemp more mount nice nohup nproc pgrep pidof pkill ps realpath reset rmmod shred stty su sync top tty umount uptime usleep vi watch who".split(
    " ",
  );
const DEBIAN_ONLY = "apt apt-get dpkg perl ldconfig lsblk setpriv".split(" ");
const BUSYBOX_ONLY = "ifconfig ipaddr iproute netstat route telnet traceroute arp nmeter free".split(" ");

/** Among the `extra` of a machine's own toolbox: it has the programs of `NODE_ONLY`. */
export const NODE_TOOLS = "node tools";

/** Programs of a node that a lesson may name. */
const NODE_ONLY = "conntrack crictl ctr ifconfig iptables ipvsadm journalctl nft service ss systemctl".split(" ");

export type KnownProgram = "shell" | "coreutils" | "notSimulated";

/** What a name is where this toolbox is, besides the network programs; undefined: there is no such program. */
export function knownProgram(name: string, { base, extra = [] }: Toolbox): KnownProgram | undefined {
  const word = name.replace(/^(\/usr)?(\/local)?\/s?bin\//, "");
  if (base === "none") return extra.includes(word) ? "notSimulated" : undefined;
  if (SHELLS.includes(word)) return hasShell(word, base, extra) ? "shell" : undefined;
  if (word === "tree" && base === "debian" && !extra.includes(word)) return undefined;
  if (COREUTILS.includes(word)) return "coreutils";
  const own = base === "debian" ? [...DEBIAN_ONLY, ...(extra.includes(NODE_TOOLS) ? NODE_ONLY : [])] : BUSYBOX_ONLY;
  return NOT_SIMULATED.includes(word) || own.includes(word) || extra.includes(word) ? "notSimulated" : undefined;
}

function hasShell(name: string, base: Toolbox["base"], extra: readonly string[]): boolean {
  if (name === "sh" || extra.includes(name)) return true;
  return base === "debian" ? name === "bash" || name === "dash" : name === "ash";
}

/** Names of programs that are there in reality and are refused. */
export function notSimulatedPrograms(): readonly string[] {
  return [...new Set([...NOT_SIMULATED, ...DEBIAN_ONLY, ...BUSYBOX_ONLY, ...NODE_ONLY])];
}

/** Which of the shell library's own commands there are. */
export function coreutils(): readonly string[] {
  return COREUTILS;
}
