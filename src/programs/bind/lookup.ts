import { notSimulated } from "../../api/status.ts";
import type { DnsAnswer } from "../../network/dns/message.ts";
import { absolute, isIPv4, labels } from "../../network/dns/names.ts";
import { Exit } from "../exit.ts";
import { query } from "../resolver.ts";
import type { Lookup, Response, Server, Session } from "./session.ts";

/** Works the queue off. A lookup may put further ones into it. Models start_lookup, setup_lookup and recv_done of dighost.c. */
export function runLookups(session: Session): void {
  for (let lookup = session.queue.shift(); lookup; lookup = session.queue.shift()) runLookup(session, lookup);
}

function runLookup(session: Session, lookup: Lookup): void {
  beginSearch(session, lookup);
  const name = queryName(session, lookup);
  session.trying?.(name === "." ? name : name.slice(0, -1));
  const { context, port } = session;
  const warn = (text: string) => context.out(`;; ${text}\n`);
  const servers = lookup.servers.length > 0 ? lookup.servers : session.servers;
  let response: Response | undefined;
  for (let i = 0; i < servers.length; i++) {
    const server = servers[i] as Server;
    const question = { name, type: lookup.type, class: lookup.class };
    const { edns, bufferSize } = lookup;
    const send = () =>
      query(context, { address: server.address, port }, question, {
        protocol: lookup.tcp ? "TCP" : "UDP",
        edns,
        bufferSize,
      });
    let reply = send();
    if (reply.kind === "unreachable" && !isIPv4(server.address)) {
      if (cannotConnect(session, lookup, server, i + 1 < servers.length)) return;
      continue;
    }
    while (reply.kind !== "answer") {
      warn(`communications error to ${server.address}#${port}: ${ERRORS[reply.kind]}`);
      if (lookup.tries <= 1) break;
      lookup.tries--;
      reply = send();
    }
    if (reply.kind !== "answer") continue;
    if (lookup.edns !== undefined && lookup.ednsVersion > 0) {
      if (lookup.comments) warn("BADVERS, retrying with EDNS version 0.");
      session.queue.unshift({ ...lookup, ednsVersion: 0 });
      return;
    }
    if (isMalformed(lookup, reply.answer)) {
      if (session.program !== "dig")
        throw notSimulated(`${session.program} with records of another class than asked for`);
      warn("Warning: Message parser reports malformed message packet.");
    }
    if (reply.answer.flags.includes("TC") && !lookup.ignoreTruncation) {
      if (lookup.comments) warn("Truncated, retrying in TCP mode.");
      session.queue.unshift({ ...lookup, tcp: true });
      return;
    }
    const answer = { ...reply.answer, flags: reply.answer.flags.filter((flag) => flag !== "RD" || lookup.recurse) };
    response = { lookup, name, answer, server, port, size: reply.size };
    const problem = problemOf(session, lookup, answer);
    if (problem === undefined) break;
    const more = i + 1 < servers.length;
    if (lookup.comments) warn(`Got ${problem} from ${server.address}${more ? ", trying next server" : ""}`);
    if (!more) break;
  }
  if (!response) {
    context.out(session.greeting?.(lookup) ?? "");
    warn("no servers could be reached");
    session.status = 9;
    return;
  }
  finish(session, response);
}

/** Which name comes first: the one typed, or the one with the search list's first domain. */
function beginSearch(session: Session, lookup: Lookup): void {
  if (!lookup.newSearch) return;
  const asIs = lookup.text.split(".").length - 1 >= session.ndots || !session.useSearch;
  if (asIs) {
    lookup.origin = undefined;
    lookup.doneAsIs = true;
    lookup.needSearch = session.useSearch;
  } else if (lookup.origin === undefined) {
    lookup.origin = session.search.length > 0 ? 0 : undefined;
    lookup.needSearch = false;
  }
  lookup.newSearch = false;
}

/** There is no way to a server's address at all. True: the lookup is over, what another server said before is forgotten. */
function cannotConnect(session: Session, lookup: Lookup, { address, argument }: Server, more: boolean): boolean {
  const { context, port } = session;
  const what = lookup.tcp ? "Connection to" : "UDP setup with";
  context.out(`;; ${what} ${address}#${port}(${argument}) for ${lookup.text} failed: network unreachable.\n`);
  session.status = 9;
  if (lookup.tries <= 1 && more) return false;
  context.out(";; no servers could be reached\n");
  if (lookup.tries > 1) session.queue.unshift({ ...lookup, tries: lookup.tries - 1 });
  return true;
}

/** All records here are of class IN; a message with another class in its question is none for BIND. Models dns_message_parse. */
function isMalformed(lookup: Lookup, { answer, authority, additional }: DnsAnswer): boolean {
  if (lookup.class === "IN" || lookup.class === "ANY") return false;
  return answer.length + authority.length + additional.length > 0;
}

/** No server of a cluster gives its zone away, so a transfer always ends with its first message. */
export function isTransfer(type: string): boolean {
  return type === "AXFR" || type === "IXFR";
}

const ERRORS = { refused: "connection refused", timeout: "timed out", unreachable: "host unreachable" } as const;

function problemOf(session: Session, lookup: Lookup, answer: DnsAnswer): string | undefined {
  if (answer.rcode === "SERVFAIL" && !lookup.servfailStops) return "SERVFAIL reply";
  const offered = answer.flags.includes("RA");
  return session.checkRecursion && !offered && lookup.recurse ? "recursion not available" : undefined;
}

function finish(session: Session, response: Response): void {
  const { lookup, answer } = response;
  if (answer.rcode === "NXDOMAIN" && (lookup.origin !== undefined || lookup.needSearch)) {
    if (!nextOrigin(session, lookup) || session.showSearch) {
      session.print(response);
      session.received?.(response);
    }
  } else {
    session.print(response);
  }
  if (isTransfer(lookup.type)) {
    session.context.out("; Transfer failed.\n");
    return;
  }
  if (answer.rcode === "NOERROR" || lookup.origin === undefined) session.received?.(response);
}

/** Puts the same lookup in front of the queue with the next name to try; false: there is none. */
function nextOrigin(session: Session, lookup: Lookup): boolean {
  if (!session.useSearch) return false;
  if (lookup.text.endsWith(".") || labels(lookup.text).length > session.ndots) return false;
  if (lookup.origin === undefined) {
    if (!lookup.needSearch) return false;
    session.queue.unshift({ ...lookup, origin: session.search.length > 0 ? 0 : undefined, needSearch: false });
    return true;
  }
  const next = lookup.origin + 1 < session.search.length ? lookup.origin + 1 : undefined;
  if (next === undefined && lookup.doneAsIs) return false;
  session.queue.unshift({ ...lookup, origin: next });
  return true;
}

const LABEL_MAX = 63;
const NAME_MAX = 255;

function queryName(session: Session, lookup: Lookup): string {
  const origin = lookup.origin === undefined ? undefined : session.search[lookup.origin];
  const parts = lookup.text === "." ? [] : lookup.text.replace(/\.$/, "").split(".");
  const problem = parts.includes("")
    ? "empty label"
    : parts.some((part) => part.length > LABEL_MAX)
      ? "label too long"
      : undefined;
  const name =
    origin === undefined || origin === "." || lookup.text.endsWith(".")
      ? absolute(lookup.text)
      : absolute(`${lookup.text}.${origin}`);
  if (problem !== undefined) {
    const text =
      origin === undefined
        ? `'${lookup.text}' is not a legal name (${problem})`
        : `'${lookup.text}' is not in legal name syntax (${problem})`;
    session.context.err(`${session.program}: ${text}\n`);
    throw new Exit(origin === undefined ? 10 : 1);
  }
  if (name.length + 1 > NAME_MAX) {
    session.context.err(`${session.program}: '${lookup.text}' is not a legal name (ran out of space)\n`);
    throw new Exit(10);
  }
  return name;
}

/** The last name of the CNAME chain that starts at `name`. Models chase_cnamechain of nslookup.c and host.c. */
export function chaseAliases(answer: DnsAnswer, name: string): string {
  let current = name;
  for (let i = 0; i < answer.answer.length; i++) {
    const alias = answer.answer.find((it) => it.type === "CNAME" && it.name.toLowerCase() === current.toLowerCase());
    if (!alias) break;
    current = alias.data;
  }
  return current;
}
