import { notSimulated } from "../../api/status.ts";
import { Exit, exitStatus } from "../exit.ts";
import type { Program, ProgramContext } from "../program.ts";
import { findHost } from "../resolver.ts";
import { servicePort } from "../services.ts";
import { showUsage } from "./usage.ts";

const USAGE = `nc [OPTIONS] HOST PORT  - connect
nc [OPTIONS] -l -p PORT [HOST] [PORT]  - listen

	-e PROG	Run PROG after connect (must be last)
	-l	Listen mode, for inbound connects
	-lk	With -e, provides persistent server
	-p PORT	Local port
	-s ADDR	Local address
	-w SEC	Timeout for connects and final net reads
	-i SEC	Delay interval for lines sent
	-n	Don't do DNS resolution
	-u	UDP mode
	-b	Allow broadcasts
	-v	Verbose
	-o FILE	Hex dump traffic
	-z	Zero-I/O mode (scanning)`;

const WITH_VALUE = "epswio";
const WITHOUT_VALUE = "lknubvz";

/** nc of BusyBox as its images have it (`nc_bloaty.c`), as far as it looks whether a port is open (`-z`). */
export const program: Program = {
  run: (argv, context) => exitStatus(() => nc(argv, context)),
};

function nc(argv: readonly string[], context: ProgramContext): number {
  const flags = new Set<string>();
  let verbose = 0;
  const operands: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] ?? "";
    if (!word.startsWith("-") || word === "-") {
      operands.push(word);
      continue;
    }
    for (let at = 1; at < word.length; at++) {
      const letter = word.charAt(at);
      if (WITH_VALUE.includes(letter)) {
        if (word.slice(at + 1) === "") i++;
        flags.add(letter);
        break;
      }
      if (!WITHOUT_VALUE.includes(letter)) {
        context.err(`nc: invalid option -- '${letter}'\n`);
        showUsage(context, USAGE);
      }
      flags.add(letter);
      if (letter === "v") verbose++;
    }
  }
  const [host, portText] = operands;
  if (host === undefined || (portText === undefined && !flags.has("l"))) showUsage(context, USAGE);
  if (flags.has("l") || !flags.has("z")) throw notSimulated("nc without -z");
  const port = servicePort(portText ?? "");
  if (port === undefined || port > 65535) fail(context, `bad port '${portText}'`);
  const found = findHost(context, host);
  const address = typeof found === "string" ? undefined : found.addresses[0];
  if (address === undefined) fail(context, `bad address '${host}'`);
  const protocol = flags.has("u") ? "UDP" : "TCP";
  const { verdict } = context.network.connect(address, port, protocol);
  const shown = `${host} (${address}:${port})`;
  if (verdict === "answered" || (protocol === "UDP" && verdict === "dropped")) {
    if (verbose > 0) context.err(`${shown} open\n`);
    return 0;
  }
  // A plain refusal is no news: it takes a second -v to hear of it.
  if (verbose > 1 || (verbose > 0 && verdict !== "refused")) {
    const why = { refused: "Connection refused", dropped: "Connection timed out", noRoute: "No route to host" };
    context.err(`nc: ${shown}: ${verdict === "nameNotFound" ? why.noRoute : why[verdict]}\n`);
  }
  return 1;
}

function fail(context: ProgramContext, text: string): never {
  context.err(`nc: ${text}\n`);
  throw new Exit(1);
}
