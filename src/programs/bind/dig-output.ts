import { hashWords } from "../../api/keyed-random.ts";
import { MONTHS, WEEKDAYS } from "../../api/meta/calendar.ts";
import type { DnsRecord } from "../../network/dns/message.ts";
import { isSubdomain } from "../../network/dns/names.ts";
import { DIG_STYLE, dataText, questionLine, recordLine, type Style } from "./columns.ts";
import type { DigLookup, DigState } from "./dig-options.ts";
import type { Response } from "./session.ts";

/** A number that a real dig draws at random: here the same for the same question at the same instant. */
function drawn({ context }: DigState, purpose: string, name: string): [number, number] {
  const [a, b] = hashWords(context.network.snapshot().cluster.seed, "dig", purpose, name, context.now());
  return [a, b];
}

function styleOf(lookup: DigLookup): Style {
  const { noTtl, noClass, ttlUnits, multiline, expandAddresses } = lookup;
  const columns =
    multiline || (noTtl && noClass)
      ? { ttl: 24, class: 24, type: 24, data: 32 }
      : noTtl || noClass
        ? { ttl: 24, class: 24, type: 32, data: 40 }
        : DIG_STYLE;
  return { ...columns, noTtl, noClass, ttlUnits, multiline, expandAddresses };
}

/** Models printmessage and short_answer of dig.c, and dns_message_sectiontotext. */
export function printMessage(state: DigState, response: Response): void {
  const { context, short } = state;
  const { answer, name } = response;
  const lookup = response.lookup as DigLookup;
  if (!short && state.printCommand) context.out(lookup.greeting);
  // A name that is tried next was made from this one before, and tells the command line again.
  lookup.greeting = "";
  if (short) {
    if (!lookup.answer) return;
    const from = lookup.identify ? ` from server ${response.server.address} in ${elapsed(lookup, "ms", "us")}.` : "";
    const style = { ...styleOf(lookup), multiline: false };
    for (const record of answer.answer) context.out(`${dataText(record, style)}${from}\n`);
    return;
  }
  const style = styleOf(lookup);
  let text = "";
  if (lookup.comments) {
    context.out(header(state, response));
    text += pseudoSection(state, lookup, name);
  }
  const section = (title: string, shown: boolean, lines: string[]) => {
    if (!shown || lines.length === 0) return;
    const head = lookup.comments ? `;; ${title} SECTION:\n` : "";
    text += `${head}${lines.map((line) => `${line}\n`).join("")}${lookup.comments ? "\n" : ""}`;
  };
  const records = (list: readonly DnsRecord[]) => list.map((record) => recordLine(record, style));
  section("QUESTION", lookup.question, [`;${questionLine(name, lookup.type, style, lookup.class)}`]);
  section("ANSWER", lookup.answer, records(answer.answer));
  section("AUTHORITY", lookup.authority, records(answer.authority));
  section("ADDITIONAL", lookup.additional, records(answer.additional));
  context.out(`${lookup.comments ? "\n" : ""}${text}`);
}

function header(state: DigState, { answer, name, lookup }: Response): string {
  const flags = flagWords(answer.flags, (lookup as DigLookup).checkingDisabled);
  const additional = answer.additional.length + (lookup.edns === undefined ? 0 : 1);
  const counts = `ANSWER: ${answer.answer.length}, AUTHORITY: ${answer.authority.length}, ADDITIONAL: ${additional}`;
  const mdns = isSubdomain("local.", name)
    ? ";; WARNING: .local is reserved for Multicast DNS\n" +
      ";; You are currently testing what happens when an mDNS query is leaked to DNS\n"
    : "";
  const id = drawn(state, "id", name)[0] & 0xffff;
  const noRecursion = answer.flags.includes("RD") && !answer.flags.includes("RA");
  return [
    ";; Got answer:\n",
    mdns,
    `;; ->>HEADER<<- opcode: QUERY, status: ${answer.rcode}, id: ${id}\n`,
    `;; flags:${flags}; QUERY: 1, ${counts}\n`,
    noRecursion ? ";; WARNING: recursion requested but not available\n" : "",
  ].join("");
}

/** The bits in the order of the header, each behind a space. */
function flagWords(flags: readonly string[], checkingDisabled: boolean): string {
  const set = new Set(flags);
  if (checkingDisabled) set.add("CD");
  return ["QR", "AA", "TC", "RD", "RA", "AD", "CD"]
    .filter((flag) => set.has(flag))
    .map((flag) => ` ${flag.toLowerCase()}`)
    .join("");
}

function pseudoSection(state: DigState, lookup: DigLookup, name: string): string {
  if (lookup.edns === undefined) return "";
  const flags = lookup.dnssec ? " do" : "";
  const [high, low] = drawn(state, "cookie", name);
  const hex = (word: number) => word.toString(16).padStart(8, "0");
  const cookie = lookup.cookie ? `; COOKIE: ${hex(high)}${hex(low)} (echoed)\n` : "";
  const server = lookup.nameServerId ? "; NSID:\n" : "";
  return `;; OPT PSEUDOSECTION:\n; EDNS: version: 0, flags:${flags}; udp: ${lookup.bufferSize}\n${server}${cookie}`;
}

/** Nothing takes time here. */
function elapsed(lookup: DigLookup, milli: string, micro: string): string {
  return `0 ${lookup.useMicroseconds ? micro : milli}`;
}

/** The statistics under a reply. Models received of dig.c. */
export function printReceived(state: DigState, { lookup: asked, server, port, size }: Response): void {
  const lookup = asked as DigLookup;
  const { context } = state;
  if (state.short) return;
  const from = `${server.address}#${port}(${server.argument})`;
  if (lookup.stats) {
    context.out(
      [
        `;; Query time: ${elapsed(lookup, "msec", "usec")}`,
        `;; SERVER: ${from} (${lookup.tcp ? "TCP" : "UDP"})`,
        `;; WHEN: ${whenText(context.now())}`,
        `;; MSG SIZE  rcvd: ${size}`,
        "\n",
      ].join("\n"),
    );
  } else if (lookup.identify) {
    context.out(`;; Received ${size} bytes from ${from} in ${elapsed(lookup, "ms", "us")}\n\n`);
  }
}

/** `Sun Nov 22 15:40:26 UTC 2026`: strftime's `%a %b %d %H:%M:%S %Z %Y`. */
function whenText(now: number): string {
  const date = new Date(now);
  const two = (value: number) => String(value).padStart(2, "0");
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(":");
  const day = `${WEEKDAYS[date.getUTCDay()]} ${MONTHS[date.getUTCMonth()]} ${two(date.getUTCDate())}`;
  return `${day} ${time} UTC ${date.getUTCFullYear()}`;
}
