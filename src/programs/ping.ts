import { notSimulated } from "../api/status.ts";
import { canonicalIP } from "../network/dns/names.ts";
import { exitStatus } from "./exit.ts";
import { echo, REPLY_TTL } from "./icmp.ts";
import type { Program, ProgramContext } from "./program.ts";
import { findAddress, findHost } from "./resolver.ts";

const WITH_VALUE = "ceIilmMpQsStTwWFN";
const HEADERS = 28;

interface Options {
  count: number | undefined;
  size: number;
  intervalMs: number;
  timeoutMs: number;
  quiet: boolean;
  numeric: boolean;
  destination: string | undefined;
}

/** ping of iputils 20221126 with a count. Models ping/ping.c and ping_common.c; round trips take 0.05 ms. */
export const program: Program = {
  run: (argv, context) => exitStatus(() => ping(argv, context)),
};

function ping(argv: readonly string[], context: ProgramContext): number {
  const options = parse(argv);
  if (typeof options === "string") {
    context.err(options);
    return options.startsWith("ping: usage") ? 1 : 2;
  }
  const { destination, count, size } = options;
  if (destination === undefined) {
    context.err("ping: usage error: Destination address required\n");
    return 1;
  }
  const found = findHost(context, destination, 4);
  if (typeof found === "string" || found.addresses[0] === undefined) {
    const why = found === "tryAgain" ? "Temporary failure in name resolution" : "Name or service not known";
    context.err(`ping: ${destination}: ${why}\n`);
    return 2;
  }
  const address = found.addresses[0];
  const fate = echo(context, address);
  if (fate === "noRoute") {
    context.err("ping: connect: Network is unreachable\n");
    return 2;
  }
  if (count === undefined) throw notSimulated("ping without -c");
  // A host is told by the name that its address has, as long as it was asked for by name.
  const byName = canonicalIP(destination) === undefined && !options.numeric;
  const reverse = byName ? findAddress(context, address) : undefined;
  const from = reverse !== undefined && typeof reverse !== "string" ? `${reverse.canonicalName} (${address})` : address;
  const shown = found.canonicalName;
  context.out(`PING ${shown} (${address}) ${size}(${size + HEADERS}) bytes of data.\n`);
  const received = fate === "reply" ? count : 0;
  if (!options.quiet) {
    for (let i = 1; i <= received; i++) {
      const from_ = byName ? from : address;
      const time = size >= 16 ? " time=0.050 ms" : "";
      context.out(`${size + 8} bytes from ${from_}: icmp_seq=${i} ttl=${REPLY_TTL} ${time.trim()}\n`);
    }
  }
  const loss = received === count ? 0 : 100;
  const waited = (count - 1) * options.intervalMs;
  context.out(`\n--- ${shown} ping statistics ---\n`);
  context.out(`${count} packets transmitted, ${received} received, ${loss}% packet loss, time ${waited}ms\n`);
  context.out(received > 0 ? "rtt min/avg/max/mdev = 0.050/0.050/0.050/0.000 ms\n" : "\n");
  return received > 0 ? 0 : 1;
}

/** The options, or what is said of a wrong one. */
function parse(argv: readonly string[]): Options | string {
  const options: Options = {
    count: undefined,
    size: 56,
    intervalMs: 1000,
    timeoutMs: 10000,
    quiet: false,
    numeric: false,
    destination: undefined,
  };
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] ?? "";
    if (!word.startsWith("-") || word === "-") {
      options.destination = word;
      continue;
    }
    for (let at = 1; at < word.length; at++) {
      const letter = word.charAt(at);
      if (WITH_VALUE.includes(letter)) {
        const value = word.slice(at + 1) || argv[++i];
        if (value === undefined) return `ping: option requires an argument -- '${letter}'\n`;
        const problem = setValue(options, letter, value);
        if (problem !== undefined) return problem;
        break;
      }
      if (letter === "q") options.quiet = true;
      else if (letter === "n") options.numeric = true;
      else if (letter === "6") throw notSimulated("ping -6");
      else if (!"4aAbBCdDLOrRUv".includes(letter)) throw notSimulated(`ping -${letter}`);
    }
  }
  return options;
}

function setValue(options: Options, letter: string, value: string): string | undefined {
  const whole = /^-?[0-9]+$/.test(value);
  switch (letter) {
    case "c":
      if (!whole) return `ping: invalid argument: '${value}'\n`;
      if (Number(value) < 1)
        return `ping: invalid argument: '${value}': out of range: 1 <= value <= 9223372036854775807\n`;
      options.count = Number(value);
      return undefined;
    case "s":
      if (!whole) return `ping: invalid argument: '${value}'\n`;
      options.size = Number(value);
      return undefined;
    case "i":
      if (!/^[0-9]*\.?[0-9]+$/.test(value)) return `ping: bad timing interval: ${value}\n`;
      options.intervalMs = Math.round(Number(value) * 1000);
      return undefined;
    case "w":
      // Until the deadline, one packet an interval.
      options.count ??= Math.max(1, Number.parseInt(value, 10) || 1);
      return undefined;
    default:
      return undefined;
  }
}
