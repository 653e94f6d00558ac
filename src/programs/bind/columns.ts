import type { DnsRecord } from "../../network/dns/message.ts";

const TAB = 8;

/** Where the parts of a record's line begin. Models dns_master_style_t of BIND 9.18 lib/dns/masterdump.c. */
export interface Style {
  ttl: number;
  class: number;
  type: number;
  data: number;
  noTtl?: boolean;
  noClass?: boolean;
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

/** `name ttl class type data`, without the end of the line. */
export function recordLine(record: DnsRecord, style: Style): string {
  const line = new Line().add(record.name);
  if (!style.noTtl) line.to(style.ttl).add(String(record.ttl));
  if (!style.noClass) line.to(style.class).add("IN");
  return line.to(style.type).add(record.type).to(style.data).add(record.data).text;
}

/** `name class type` of a question; the class is told even where records leave it out. */
export function questionLine(name: string, type: string, style: Style, questionClass = "IN"): string {
  return new Line().add(name).to(style.class).add(questionClass).to(style.type).add(type).text;
}
