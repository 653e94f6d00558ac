import { notSimulated } from "../api/status.ts";
import { isIP } from "../network/dns/names.ts";
import type { Protocol, Verdict } from "../network/path.ts";
import { Exit, exitStatus } from "./exit.ts";
import type { Program, ProgramContext } from "./program.ts";
import { findHost } from "./resolver.ts";
import { serviceName, servicePort } from "./services.ts";

const USAGE = `usage: nc [-46CDdFhklNnrStUuvZz] [-I length] [-i interval] [-M ttl]
	  [-m minttl] [-O length] [-P proxy_username] [-p source_port]
	  [-q seconds] [-s sourceaddr] [-T keyword] [-V rtable] [-W recvlimit]
	  [-w timeout] [-X proxy_protocol] [-x proxy_address[:port]]
	  [destination] [port]
`;

interface Options {
  flags: Set<string>;
  /** -w was given. */
  limited: boolean;
  operands: string[];
}

const WITH_VALUE = "IiMmOPpqsTVWwXx";
const WITHOUT_VALUE = "46CDdFhklNnrStUuvZzb";

function parse(argv: readonly string[], context: ProgramContext): Options {
  const options: Options = { flags: new Set(), limited: false, operands: [] };
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] ?? "";
    if (!word.startsWith("-") || word === "-") {
      options.operands.push(word);
      continue;
    }
    for (let at = 1; at < word.length; at++) {
      const letter = word.charAt(at);
      if (WITH_VALUE.includes(letter)) {
        const value = word.slice(at + 1) || argv[++i];
        if (value === undefined) {
          context.err(`nc: option requires an argument -- '${letter}'\n${USAGE}`);
          throw new Exit(1);
        }
        if (letter === "w") options.limited = true;
        break;
      }
      if (!WITHOUT_VALUE.includes(letter)) {
        context.err(`nc: invalid option -- '${letter}'\n${USAGE}`);
        throw new Exit(1);
      }
      options.flags.add(letter);
    }
  }
  return options;
}

function ports(context: ProgramContext, text: string): number[] {
  const range = /^([0-9]+)-([0-9]+)$/.exec(text);
  if (range) {
    const [low = 0, high = 0] = [Number(range[1]), Number(range[2])].sort((a, b) => a - b);
    return Array.from({ length: high - low + 1 }, (_, i) => low + i);
  }
  const port = servicePort(text);
  if (port === undefined) {
    context.err(`nc: port number invalid: ${text}\n`);
    throw new Exit(1);
  }
  if (port < 1 || port > 65535) {
    context.err(`nc: port number ${port < 1 ? "too small" : "too large"}: ${text}\n`);
    throw new Exit(1);
  }
  return [port];
}

const FAILURES: Readonly<Record<Exclude<Verdict, "answered">, string>> = {
  refused: "failed: Connection refused",
  dropped: "failed: Connection timed out",
  noRoute: "failed: No route to host",
  nameNotFound: "failed: No route to host",
};

/** nc of OpenBSD (Debian 1.219) as far as it looks whether a port is open (`-z`). Models netcat.c. */
export const program: Program = {
  run: (argv, context) =>
    exitStatus(() => {
      const { flags, limited, operands } = parse(argv, context);
      const [host, portText] = operands;
      if (host === undefined) {
        context.err(USAGE);
        return 1;
      }
      if (flags.has("l") || flags.has("U")) throw notSimulated("nc without -z");
      if (portText === undefined) {
        context.err("nc: missing port number\n");
        return 1;
      }
      if (!flags.has("z")) throw notSimulated("nc without -z");
      const list = ports(context, portText);
      const protocol: Protocol = flags.has("u") ? "UDP" : "TCP";
      const found =
        flags.has("n") && !isIP(host) ? "notFound" : findHost(context, host, flags.has("6") ? 6 : undefined);
      if (typeof found === "string") {
        const why = found === "tryAgain" ? "Temporary failure in name resolution" : "Name or service not known";
        context.err(`nc: getaddrinfo for host "${host}" port ${list[0]}: ${why}\n`);
        return 1;
      }
      const verbose = flags.has("v");
      let status = 1;
      for (const port of list) {
        const word = protocol.toLowerCase();
        for (const address of found.addresses) {
          const shown = isIP(host) ? host : `${host} (${address})`;
          const { verdict } = context.network.connect(address, port, protocol);
          // A datagram that nothing comes back for counts as received.
          if (verdict === "answered" || (protocol === "UDP" && verdict === "dropped")) {
            const name = flags.has("n") ? "*" : (serviceName(port) ?? "*");
            if (verbose) context.err(`Connection to ${shown} ${port} port [${word}/${name}] succeeded!\n`);
            status = 0;
            break;
          }
          const why = verdict === "dropped" && limited ? "timed out: Operation now in progress" : FAILURES[verdict];
          if (verbose && protocol === "TCP") context.err(`nc: connect to ${shown} port ${port} (${word}) ${why}\n`);
        }
      }
      return status;
    }),
};
