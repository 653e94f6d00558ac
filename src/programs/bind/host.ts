import { hashWords } from "../../api/keyed-random.ts";
import { notSimulated } from "../../api/status.ts";
import type { DnsRecord } from "../../network/dns/message.ts";
import { relative } from "../../network/dns/names.ts";
import { Exit, exitStatus } from "../exit.ts";
import type { Program, ProgramContext } from "../program.ts";
import { DIG_STYLE, questionLine, recordLine } from "./columns.ts";
import { chaseAliases, isTransfer, runLookups } from "./lookup.ts";
import { classFromText, typeFromText } from "./record-types.ts";
import {
  keepFamily,
  type Lookup,
  newLookup,
  newSession,
  type Response,
  reverseText,
  type Session,
  serversOf,
} from "./session.ts";
import { BIND_VERSION } from "./version.ts";

const USAGE = `Usage: host [-aCdilrTvVw] [-c class] [-N ndots] [-t type] [-W time]
            [-R number] [-m flag] [-p port] hostname [server]
       -a is equivalent to -v -t ANY
       -A is like -a but omits RRSIG, NSEC, NSEC3
       -c specifies query class for non-IN data
       -C compares SOA records on authoritative nameservers
       -d is equivalent to -v
       -l lists all hosts in a domain, using AXFR
       -m set memory debugging flag (trace|record|usage)
       -N changes the number of dots allowed before root lookup is done
       -p specifies the port on the server to query
       -r disables recursive processing
       -R specifies number of retries for UDP packets
       -s a SERVFAIL response should stop query
       -t specifies the query type
       -T enables TCP/IP mode
       -U enables UDP mode
       -v enables verbose output
       -V print version number and exit
       -w specifies to wait forever for a reply
       -W specifies how long to wait for a reply
       -4 use IPv4 query transport only
       -6 use IPv6 query transport only
`;

/** What a record says of its name. Models rtypes of host.c. */
const WORDS: Readonly<Record<string, string>> = {
  A: "has address",
  NS: "name server",
  CNAME: "is an alias for",
  PTR: "domain name pointer",
  MX: "mail is handled by",
  TXT: "descriptive text",
  AAAA: "has IPv6 address",
};

const RCODES: Readonly<Record<string, number>> = { FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5 };

interface State {
  context: ProgramContext;
  session: Session;
  short: boolean;
  defaultLookups: boolean;
  listedServer: boolean;
  printedServer: boolean;
  /** -1: no reply yet; 1: some reply was an error. */
  seenError: number;
  tries: number;
}

/** host of BIND 9.18. Models bin/dig/host.c. */
export const program: Program = {
  run: (argv, context) => exitStatus(() => host(argv, context)),
};

function host(argv: readonly string[], context: ProgramContext): number {
  const state: State = {
    context,
    session: newSession("host", context, {
      trying: (name) => {
        if (!state.short) context.out(`Trying "${name}"\n`);
      },
      print: (response) => printMessage(state, response),
      received: ({ size, server, port }) => {
        if (!state.short) context.out(`Received ${size} bytes from ${server.address}#${port} in 0 ms\n`);
      },
    }),
    short: true,
    defaultLookups: true,
    listedServer: false,
    printedServer: false,
    seenError: -1,
    tries: 2,
  };
  parseArguments(state, argv);
  runLookups(state.session);
  return state.seenError === 0 ? 0 : 1;
}

const VALUED = "cmpNRtW";
const PLAIN = "46aAdilnrsvVwCDTU";

function parseArguments(state: State, argv: readonly string[]): void {
  const { context, session } = state;
  const lookup: Lookup = { ...newLookup("", "A"), comments: false, servfailStops: false };
  const operands: string[] = [];
  const apply = (letter: string, value: string) => {
    switch (letter) {
      case "V":
        context.err(`host ${BIND_VERSION}\n`);
        throw new Exit(0);
      case "v":
      case "d":
        state.short = false;
        break;
      case "r":
        lookup.recurse = false;
        break;
      case "t": {
        const type = /^ixfr=/i.test(value) ? "IXFR" : typeFromText(value);
        if (!type) {
          context.err(`host: invalid type: ${value}\n\n`);
          throw new Exit(2);
        }
        // `-l` stays what it is, whatever type it is to list.
        if (lookup.type !== "AXFR") lookup.type = type;
        if (type === "AXFR") state.short = false;
        if (type === "ANY" || isTransfer(type)) lookup.tcp = true;
        state.defaultLookups = false;
        break;
      }
      case "c": {
        const found = classFromText(value);
        if (!found) {
          context.err(`host: invalid class: ${value}\n\n`);
          throw new Exit(2);
        }
        lookup.class = found;
        state.defaultLookups = false;
        break;
      }
      case "a":
      case "A":
        if (lookup.type !== "AXFR") lookup.type = "ANY";
        state.short = false;
        state.defaultLookups = false;
        break;
      case "R":
        state.tries = Math.max(2, (Number.parseInt(value, 10) || 0) + 1);
        break;
      case "4":
      case "6":
        keepFamily(session, letter === "4" ? 4 : 6);
        break;
      case "l":
        lookup.type = "AXFR";
        lookup.tcp = true;
        break;
      case "T":
        lookup.tcp = true;
        break;
      case "U":
        lookup.tcp = false;
        break;
      case "N":
        session.ndots = Number.parseInt(value, 10) || 0;
        break;
      case "p":
        session.port = Number.parseInt(value, 10) || 0;
        break;
      case "s":
        lookup.servfailStops = true;
        break;
      case "C":
      case "D":
      case "m":
        throw notSimulated(`host -${letter}`);
      default:
        break;
    }
  };
  const seen: [string, string][] = [];
  let i = 0;
  for (; i < argv.length; i++) {
    const word = argv[i] ?? "";
    if (word === "--") {
      i++;
      break;
    }
    if (!word.startsWith("-") || word === "-") break;
    for (let at = 1; at < word.length; at++) {
      const letter = word.charAt(at);
      if (VALUED.includes(letter)) {
        const rest = word.slice(at + 1);
        const value = rest !== "" ? rest : argv[++i];
        if (value === undefined) {
          context.err(`host: option requires an argument -- ${letter}\n`);
          context.err(USAGE);
          throw new Exit(1);
        }
        seen.push([letter, value]);
        break;
      }
      if (!PLAIN.includes(letter)) {
        context.err(`host: illegal option -- ${letter}\n${USAGE}`);
        throw new Exit(1);
      }
      seen.push([letter, ""]);
    }
  }
  for (const [letter, value] of seen) apply(letter, value);
  operands.push(...argv.slice(i));
  const [name, server] = operands;
  if (name === undefined) {
    context.err(USAGE);
    throw new Exit(1);
  }
  if (server !== undefined) {
    session.servers = serversOf("host", context, server);
    state.listedServer = true;
  } else {
    session.checkRecursion = true;
  }
  lookup.tries = state.tries;
  const reverse = reverseText(name);
  if (reverse !== undefined) {
    lookup.text = reverse;
    lookup.type = "PTR";
    state.defaultLookups = false;
  } else {
    lookup.text = name;
    session.useSearch = true;
  }
  session.queue.push(lookup);
}

function printMessage(state: State, response: Response): void {
  const { context, session, defaultLookups, short } = state;
  const { lookup, answer, name, server, port } = response;
  const before = state.seenError === 1 ? 1 : 0;
  state.seenError = 1;
  if (state.listedServer && !state.printedServer) {
    context.out(`Using domain server:\nName: ${server.argument}\nAddress: ${server.address}#${port}\nAliases: \n\n`);
    state.printedServer = true;
  }
  if (answer.rcode !== "NOERROR") {
    const shown = answer.rcode === "NXDOMAIN" ? lookup.text : relative(name);
    context.out(`Host ${shown} not found: ${RCODES[answer.rcode]}(${answer.rcode})\n`);
    return;
  }
  if (defaultLookups && lookup.type === "A") {
    const text = relative(chaseAliases(answer, name));
    for (const type of ["AAAA", "MX"]) {
      session.queue.push({ ...lookup, text, type, origin: undefined, tries: state.tries });
    }
  }
  if (!short) printVerbose(state, response);
  else {
    for (const record of answer.answer) {
      const words = WORDS[record.type] ?? `has ${record.type} record`;
      context.out(`${relative(record.name)} ${words} ${record.data}\n`);
    }
    if (!defaultLookups && answer.answer.length === 0) {
      context.out(`${relative(name)} has no ${lookup.type} record\n`);
    }
  }
  state.seenError = before;
}

function printVerbose({ context }: State, { lookup, answer, name }: Response): void {
  const [word] = hashWords(context.network.snapshot().cluster.seed, "host", name, lookup.type, context.now());
  const flags = answer.flags.map((flag) => flag.toLowerCase()).join(" ");
  const counts = [answer.answer, answer.authority, answer.additional].map((section) => section.length);
  context.out(`;; ->>HEADER<<- opcode: QUERY, status: ${answer.rcode}, id: ${word & 0xffff}\n`);
  context.out(
    `;; flags: ${flags}; QUERY: 1, ANSWER: ${counts[0]}, AUTHORITY: ${counts[1]}, ADDITIONAL: ${counts[2]}\n`,
  );
  context.out(`\n;; QUESTION SECTION:\n;${questionLine(name, lookup.type, DIG_STYLE, lookup.class)}\n`);
  const section = (title: string, records: readonly DnsRecord[]) => {
    if (records.length === 0) return;
    const lines = records.map((record) => `${recordLine(record, DIG_STYLE)}\n`);
    context.out(`\n;; ${title} SECTION:\n${lines.join("")}`);
  };
  section("ANSWER", answer.answer);
  section("AUTHORITY", answer.authority);
  section("ADDITIONAL", answer.additional);
  context.out("\n");
}
