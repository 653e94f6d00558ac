import { decodeText } from "../../api/encoding/text.ts";
import type { DnsRecord } from "../../network/dns/message.ts";
import { relative } from "../../network/dns/names.ts";
import { Exit, exitStatus } from "../exit.ts";
import type { Program, ProgramContext } from "../program.ts";
import { chaseAliases, runLookups } from "./lookup.ts";
import { type State, setOption, showServers } from "./nslookup-options.ts";
import { classFromText, typeFromText, typeNumber } from "./record-types.ts";
import { newLookup, newSession, type Response, reverseText, type Session, serversOf } from "./session.ts";
import { BIND_VERSION } from "./version.ts";

const USAGE = [
  "Usage:",
  "   nslookup [-opt ...]             # interactive mode using default server",
  "   nslookup [-opt ...] - server    # interactive mode using 'server'",
  "   nslookup [-opt ...] host        # just look up 'host' using default server",
  "   nslookup [-opt ...] host server # just look up 'host' using 'server'",
].join("\n");

/** How a record of a type other than A, AAAA and SOA begins. Models rtypetext of nslookup.c. */
const WORDS: Readonly<Record<string, string>> = {
  A: "internet address = ",
  NS: "nameserver = ",
  CNAME: "canonical name = ",
  PTR: "name = ",
  MX: "mail exchanger = ",
  TXT: "text = ",
  AAAA: "has AAAA address ",
  SRV: "service = ",
};

/** nslookup of BIND 9.18. Models bin/dig/nslookup.c. */
export const program: Program = {
  run: (argv, context) => exitStatus(() => nslookup(argv, context)),
};

async function nslookup(argv: readonly string[], context: ProgramContext): Promise<number> {
  const session: Session = {
    ...newSession("nslookup", context, { print: (response) => printMessage(state, response) }),
    useSearch: true,
    checkRecursion: true,
  };
  const state: State = {
    context,
    session,
    type: "A",
    class: "IN",
    defaultLookups: true,
    debug: false,
    tries: session.tries,
    timeout: session.timeout,
    recurse: true,
    tcp: false,
    tcpSet: false,
    noAddress: false,
    queryError: 1,
    printError: 0,
  };
  const typed = parseArguments(state, argv);
  if (typed !== undefined) runLookups(state.session);
  else await converse(state);
  context.out("\n");
  return state.queryError | state.printError;
}

/** The host to look up; undefined: commands come from standard input. */
function parseArguments(state: State, argv: readonly string[]): string | undefined {
  let found = false;
  let host: string | undefined;
  for (const [i, argument] of argv.entries()) {
    if (argument.startsWith("-")) {
      if (argument.toLowerCase().startsWith("-ver")) {
        state.context.err(`nslookup ${BIND_VERSION}\n`);
        throw new Exit(0);
      }
      if (argument.length > 1) setOption(state, argument.slice(1));
      else found = true;
    } else if (!found) {
      found = true;
      host = argument;
      addLookup(state, argument);
    } else {
      if (i + 1 < argv.length) {
        state.context.err(`${USAGE}\n`);
        throw new Exit(1);
      }
      state.session.servers = serversOf("nslookup", state.context, argument);
      state.session.checkRecursion = false;
    }
  }
  return host;
}

async function converse(state: State): Promise<void> {
  const text = decodeText(await state.context.stdin());
  for (const line of text.split("\n")) {
    const [command, argument] = line.split(/[ \t\r]+/).filter(Boolean);
    if (command === undefined) continue;
    const verb = command.toLowerCase();
    if (verb === "exit") return;
    if (verb === "set" && argument !== undefined) setOption(state, argument);
    else if (verb === "server" || verb === "lserver") {
      if (argument !== undefined) state.session.servers = serversOf("nslookup", state.context, argument);
      state.session.checkRecursion = false;
      showServers(state);
    } else if (verb === "help" || verb === "?") {
      state.context.out(`The '${command}' command is not yet implemented.\n`);
    } else if (["finger", "root", "ls", "view"].includes(verb)) {
      state.context.out(`The '${command}' command is not implemented.\n`);
    } else {
      addLookup(state, command);
      runLookups(state.session);
    }
  }
}

function addLookup(state: State, text: string): void {
  state.noAddress = false;
  const reverse = reverseText(text);
  const type = reverse === undefined ? (typeFromText(state.type) ?? "A") : "PTR";
  state.session.queue.push({
    ...newLookup(reverse ?? text, type),
    class: classFromText(state.class) ?? "IN",
    recurse: state.recurse,
    tries: state.tries,
    tcp: type === "ANY" && !state.tcpSet ? true : state.tcp,
    servfailStops: false,
  });
}

function printMessage(state: State, response: Response): void {
  const { context, session, defaultLookups } = state;
  const { lookup, answer, name, server, port } = response;
  state.queryError = 0;
  const isAddress = lookup.type === "A";
  if (!defaultLookups || isAddress) {
    context.out(`Server:\t\t${server.argument}\nAddress:\t${server.address}#${port}\n\n`);
  }
  if (state.debug) printDetails(context, response);
  if (answer.rcode !== "NOERROR") {
    context.out(`** server can't find ${relative(name)}: ${answer.rcode}\n`);
    state.printError = 1;
    return;
  }
  if (defaultLookups && isAddress) {
    const text = relative(chaseAliases(answer, name));
    session.queue.push({ ...lookup, text, type: "AAAA", origin: undefined, tries: state.tries });
  }
  const authoritative = answer.flags.includes("AA");
  if (!authoritative && (!defaultLookups || isAddress)) context.out("Non-authoritative answer:\n");
  if (answer.answer.length > 0) printSection(context, answer.answer, true);
  else if (defaultLookups && isAddress) state.noAddress = true;
  else if (!defaultLookups || (lookup.type === "AAAA" && state.noAddress)) {
    context.out(`*** Can't find ${lookup.text}: No answer\n`);
  }
  if (!authoritative && !isAddress && lookup.type !== "AAAA") {
    context.out("\nAuthoritative answers can be found from:\n");
    printSection(context, answer.authority, false);
    printSection(context, answer.additional, false);
  }
}

function words(record: DnsRecord): string {
  const number_ = typeNumber(record.type);
  const prefix = WORDS[record.type] ?? (number_ <= 41 ? `rtype_${number_} = ` : `rdata_${number_} = `);
  return `${prefix}${record.data}\n`;
}

function startOfAuthority(data: string): string {
  const [origin = "", mail = "", serial, refresh, retry, expire, minimum] = data.split(" ");
  return [
    `\torigin = ${relative(origin)}`,
    `\tmail addr = ${relative(mail)}`,
    `\tserial = ${serial}`,
    `\trefresh = ${refresh}`,
    `\tretry = ${retry}`,
    `\texpire = ${expire}`,
    `\tminimum = ${minimum}`,
    "",
  ].join("\n");
}

function printSection(context: ProgramContext, records: readonly DnsRecord[], isAnswer: boolean): void {
  for (const record of records) {
    const name = relative(record.name);
    if (isAnswer && (record.type === "A" || record.type === "AAAA")) {
      context.out(`Name:\t${name}\nAddress: ${record.data}\n`);
    } else if (record.type === "SOA") {
      context.out(`${name}\n${startOfAuthority(record.data)}`);
    } else {
      context.out(`${name}\t${words(record)}`);
    }
  }
}

function printDetails(context: ProgramContext, { lookup, name, answer }: Response): void {
  const rule = "------------\n";
  context.out(`${rule}    QUESTIONS:\n\t${relative(name)}, type = ${lookup.type}, class = ${lookup.class}\n`);
  const sections = [
    ["ANSWERS", answer.answer],
    ["AUTHORITY RECORDS", answer.authority],
    ["ADDITIONAL RECORDS", answer.additional],
  ] as const;
  for (const [title, records] of sections) {
    context.out(`    ${title}:\n`);
    for (const record of records) {
      const text = record.type === "SOA" ? startOfAuthority(record.data) : `\t${words(record)}`;
      context.out(`    ->  ${relative(record.name)}\n${text}\tttl = ${record.ttl}\n`);
    }
  }
  context.out(rule);
}
