import type { DnsRecord } from "../../network/dns/message.ts";
import { ipv6Groups } from "../../network/dns/names.ts";

const TAB = 8;

/** Where the parts of a record's line begin. Models dns_master_style_t of BIND 9.18 lib/dns/masterdump.c. */
export interface Style {
  ttl: number;
  class: number;
  type: number;
  data: number;
  noTtl?: boolean;
  noClass?: boolean;
  /** Times to live as `30s` and `8h`. */
  ttlUnits?: boolean;
  /** An SOA record over lines, with words behind its numbers. */
  multiline?: boolean;
  /** All digits of an address of IPv6. */
  expandAddresses?: boolean;
}

export const DIG_STYLE: Style = { ttl: 24, class: 32, type: 40, data: 48 };

/** Tabs and spaces from one column to another, at least one. */
function indent(from: number, to: number): string {
  const target = Math.max(to, from + 1);
  const tabs = Math.max(0, Math.floor(target / TAB) - Math.floor(from / TAB));
  const reached = tabs > 0 ? Math.floor(target / TAB) * TAB : from;
  return "\t".repeat(tabs) + " ".repeat(target - reached);
}

class Line {
  text = "";
  private column = 0;
  add(word: string): this {
    this.text += word;
    this.column += word.length;
    return this;
  }
  to(column: number): this {
    this.text += indent(this.column, column);
    this.column = Math.max(column, this.column + 1);
    return this;
  }
}

const UNITS = [
  ["week", 604800],
  ["day", 86400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
] as const;

/** `1h30m`; in words `1 hour 30 minutes`. Models dns_ttl_totext of lib/dns/ttl.c. */
function timeText(seconds: number, inWords: boolean): string {
  let rest = seconds;
  const parts: string[] = [];
  for (const [unit, length] of UNITS) {
    const count = Math.floor(rest / length);
    rest %= length;
    if (count === 0 && !(unit === "second" && parts.length === 0)) continue;
    parts.push(inWords ? `${count} ${unit}${count === 1 ? "" : "s"}` : `${count}${unit.charAt(0)}`);
  }
  return parts.join(inWords ? " " : "");
}

/** Models totext_soa of lib/dns/rdata/generic/soa_6.c. */
function startOfAuthority(data: string, column: number): string {
  const [origin, mail, ...numbers] = data.split(" ");
  const lineBreak = `\n${indent(0, column)}`;
  const lines = ["serial", "refresh", "retry", "expire", "minimum"].map((field, i) => {
    const number = numbers[i] ?? "";
    const time = i === 0 ? "" : ` (${timeText(Number(number), true)})`;
    return `${number.padEnd(10)} ; ${field}${time}`;
  });
  return [`${origin} ${mail} (`, ...lines, ")"].join(lineBreak);
}

/** A record's data as a style has it. */
export function dataText({ type, data }: DnsRecord, style: Style): string {
  if (type === "SOA" && style.multiline) return startOfAuthority(data, style.data);
  const groups = type === "AAAA" && style.expandAddresses ? ipv6Groups(data) : undefined;
  return groups ? groups.map((group) => group.toString(16).padStart(4, "0")).join(":") : data;
}

/** `name ttl class type data`, without the end of the line. */
export function recordLine(record: DnsRecord, style: Style): string {
  const line = new Line().add(record.name);
  if (!style.noTtl) line.to(style.ttl).add(style.ttlUnits ? timeText(record.ttl, false) : String(record.ttl));
  if (!style.noClass) line.to(style.class).add("IN");
  return line.to(style.type).add(record.type).to(style.data).add(dataText(record, style)).text;
}

/** `name class type` of a question; the class is told even where records leave it out. */
export function questionLine(name: string, type: string, style: Style, questionClass = "IN"): string {
  return new Line().add(name).to(style.class).add(questionClass).to(style.type).add(type).text;
}
