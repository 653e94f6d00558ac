import { type ApiError, unusable } from "../api/status.ts";
import type { Bytes } from "./bytes.ts";
import { checksum } from "./checksum.ts";
import { FORMAT_VERSION, type Header } from "./header.ts";
import { migrateHeader } from "./migrations.ts";

const OBJECTS = '\n"objects": {\n';
const CHECKSUM = '},\n"checksum": "';
/** Between the lines of two objects; a section ends without it. */
const BETWEEN = ",\n";
/** Bytes that nearly always hold the head of a file. */
const HEAD = 64 * 1024;

/** What a section holds (`services`, or `managedFields/services`), how many bytes its lines take, and their checksum. */
export type SectionEntry = [name: string, length: number, checksum: string];

/** Where the lines of a section stand, and what follows them. */
export interface Part {
  name: string;
  from: number;
  to: number;
  checksum: string;
  after: string;
}

export interface Layout {
  header: Header;
  parts: Part[];
}

/** How a file is refused that cannot be used. */
export function refusalOf(path: string): (why: string) => ApiError {
  return (why) =>
    unusable(`the state file ${path} ${why}; it was left as it is. Put back a copy, or start anew with: kubemu reset`);
}

/**
 * Reads the head of a state file and checks it and the length: what is wrong in a section is told by who asks for it.
 * @throws ApiError Unusable when the bytes are no whole state file of a format that this version reads
 */
export function readLayout(bytes: Bytes, path: string): Layout {
  const refuse = refusalOf(path);
  if (bytes.length === 0) throw refuse("is empty");
  const { head, from } = headOf(bytes);
  const read = readHeader(head.toString("utf8", 0, from && from - OBJECTS.length), from !== undefined);
  if (read && read.kind === "Cluster" && Number(read.formatVersion) > FORMAT_VERSION)
    throw unusable(
      `the state file ${path} has format ${read.formatVersion}, and this kubemu reads up to ${FORMAT_VERSION}; it was left as it is. ` +
        "Use a newer kubemu, another file (KUBEMU_STATE), or start anew with: kubemu reset",
    );
  if (!read?.sections || from === undefined) throw refuse("is damaged: it is no whole state file");
  const { sections, ...header } = read;
  const expected = lastLines(head.subarray(0, from));
  const end = bytes.length - expected.length;
  if (bytes.slice(end, bytes.length).toString("latin1") !== expected) {
    const rest = bytes.slice(from, bytes.length);
    throw refuse(
      rest.includes(CHECKSUM) ? "is damaged: its checksum does not fit" : "is damaged: it is no whole state file",
    );
  }
  const parts = partsOf(sections, from);
  if ((parts.at(-1)?.to ?? from - 1) + 1 !== end) throw refuse("is damaged: its checksum does not fit");
  if (header.apiVersion !== "kubemu.dev/v1" || header.kind !== "Cluster") throw refuse("is no kubemu cluster");
  return { header: migrateHeader(header), parts };
}

/** The bytes up to the first section, and where that begins; all bytes where there is no section. */
function headOf(bytes: Bytes): { head: Buffer; from?: number } {
  for (const size of [HEAD, bytes.length]) {
    const head = bytes.slice(0, size);
    const at = head.indexOf(OBJECTS);
    if (at >= 0) return { head, from: at + OBJECTS.length };
    if (size >= bytes.length) return { head };
  }
  return { head: bytes.slice(0, bytes.length) };
}

function readHeader(text: string, isHead: boolean): (Header & { sections?: SectionEntry[] }) | undefined {
  try {
    const value: unknown = JSON.parse(isHead ? `${withoutComma(text)}\n}` : text);
    return typeof value === "object" && value !== null && "formatVersion" in value
      ? (value as Header & { sections?: SectionEntry[] })
      : undefined;
  } catch {
    return undefined;
  }
}

function withoutComma(text: string): string {
  const trimmed = text.trimEnd();
  return trimmed.endsWith(",") ? trimmed.slice(0, -1) : trimmed;
}

function partsOf(sections: readonly SectionEntry[], from: number): Part[] {
  let at = from;
  return sections.map(([name, length, sum], i) => {
    const after = i + 1 < sections.length ? BETWEEN : "\n";
    const part = { name, from: at, to: at + length, checksum: sum, after };
    at = part.to + after.length;
    return part;
  });
}

/** The bytes of a file: the head, the sections' bodies, and what stands below them. */
export function writeLayout(header: Header, sections: readonly SectionEntry[], bodies: readonly Uint8Array[]): Buffer {
  const fields = Object.entries(header).map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  fields.push(`"sections": [${sections.map((entry) => JSON.stringify(entry)).join(",\n")}]`);
  const head = Buffer.from(`{\n${fields.join(",\n")},${OBJECTS}`);
  const between = Buffer.from(BETWEEN);
  const separated = bodies.flatMap((body, i) => (i === 0 ? [body] : [between, body]));
  return joined([head, ...separated, Buffer.from(`${bodies.length ? "\n" : ""}${lastLines(head)}`)]);
}

/** Buffer.concat, whose first call in a process takes four times as long. */
function joined(parts: readonly Uint8Array[]): Buffer {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return Buffer.from(all.buffer);
}

/** What stands below the objects. */
function lastLines(checked: Uint8Array): string {
  return `${CHECKSUM}${checksum(checked)}"\n}\n`;
}
