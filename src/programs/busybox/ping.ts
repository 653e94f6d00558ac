import { notSimulated } from "../../api/status.ts";
import { Exit, exitStatus } from "../exit.ts";
import { echo, REPLY_TTL } from "../icmp.ts";
import type { Program, ProgramContext } from "../program.ts";
import { findHost } from "../resolver.ts";
import { showUsage } from "./usage.ts";

const USAGE = `ping [OPTIONS] HOST

Send ICMP ECHO_REQUESTs to HOST

	-4,-6		Force IP or IPv6 name resolution
	-c CNT		Send only CNT pings
	-s SIZE		Send SIZE data bytes in packets (default 56)
	-i SECS		Interval
	-A		Ping as soon as reply is received
	-t TTL		Set TTL
	-I IFACE/IP	Source interface or IP address
	-W SEC		Seconds to wait for the first response (default 10)
			(after all -c CNT packets are sent)
	-w SEC		Seconds until ping exits (default:infinite)
			(can exit earlier with -c CNT)
	-q		Quiet, only display output at start/finish
	-p HEXBYTE	Payload pattern`;

/** ping of BusyBox 1.35 with a count. Models networking/ping.c; round trips take 0.050 ms. */
export const program: Program = {
  run: (argv, context) => exitStatus(() => ping(argv, context)),
};

function ping(argv: readonly string[], context: ProgramContext): number {
  let count: number | undefined;
  let size = 56;
  let quiet = false;
  let host: string | undefined;
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] ?? "";
    if (!word.startsWith("-") || word === "-") {
      host = word;
      continue;
    }
    const letter = word.charAt(1);
    if (letter === "q") quiet = true;
    else if (letter === "6") throw notSimulated("ping -6");
    else if ("csitIWwp".includes(letter)) {
      const value = word.slice(2) || (argv[++i] ?? "");
      if (letter === "c" || letter === "w") count = number(context, value);
      if (letter === "s") size = number(context, value);
    } else if (letter !== "4" && letter !== "A") {
      context.err(`ping: invalid option -- '${letter}'\n`);
      showUsage(context, USAGE);
    }
  }
  if (host === undefined) showUsage(context, USAGE);
  const found = findHost(context, host, 4);
  const address = typeof found === "string" ? undefined : found.addresses[0];
  if (address === undefined) {
    context.err(`ping: bad address '${host}'\n`);
    return 1;
  }
  if (count === undefined) throw notSimulated("ping without -c");
  context.out(`PING ${host} (${address}): ${size} data bytes\n`);
  const fate = echo(context, address);
  if (fate === "noRoute") {
    context.err("ping: sendto: Network is unreachable\n");
    return 1;
  }
  const received = fate === "reply" ? count : 0;
  for (let i = 0; i < received && !quiet; i++) {
    context.out(`${size + 8} bytes from ${address}: seq=${i} ttl=${REPLY_TTL} time=0.050 ms\n`);
  }
  const loss = received === count ? 0 : 100;
  context.out(
    `\n--- ${host} ping statistics ---\n${count} packets transmitted, ${received} packets received, ${loss}% packet loss\n`,
  );
  if (received > 0) context.out("round-trip min/avg/max = 0.050/0.050/0.050 ms\n");
  return received > 0 ? 0 : 1;
}

function number(context: ProgramContext, value: string): number {
  if (/^[0-9]+$/.test(value)) return Number(value);
  context.err(`ping: invalid number '${value}'\n`);
  throw new Exit(1);
}
