import { compareStrings } from "../api/json.ts";
import type { KubeObject } from "../api/object.ts";
import { type ApiError, unusable } from "../api/status.ts";
import { checksum } from "./checksum.ts";
import { migrateHeader } from "./migrations.ts";
import { Section } from "./section.ts";

/** What stands in the file above the objects. */
export interface Header {
  apiVersion: "kubemu.dev/v1";
  kind: "Cluster";
  formatVersion: number;
  profile: string;
  seed: string;
  /** The last one handed out. */
  resourceVersion: number;
  /** Milliseconds since 1970: the instant that the file shows. */
  time: number;
  settings: Record<string, string>;
  /** clientcmd's Config, as `kubectl config view` shows it. */
  kubeconfig: unknown;
  /** What the controllers want to look at again, at which instant: sorted by time, then controller, then key. */
  agenda: [at: number, controller: string, key: string][];
}

export const FORMAT_VERSION = 1;

const OBJECTS = '\n"objects": {\n';
const CHECKSUM = '},\n"checksum": "';
/** Between the lines of two objects; a section ends without it. */
const BETWEEN = ",\n";
/** A place is where a value begins in its section, and which section that is. */
const SECTION = 2 ** 32;

/** A resource, how many bytes its lines take, and their checksum. */
type SectionEntry = [resource: string, length: number, checksum: string];

interface Part {
  resource: string;
  from: number;
  to: number;
  /** Undefined for what was checked with the whole file. */
  checksum: string | undefined;
  section?: Section;
}

/**
 * The text of a state file. The objects stand one a line, in key order: `"/services/default/web": {…},`; the lines of a resource are a
 * section with a checksum of its own, that is told in the head of the file. A section is read and checked when it is asked for, and
 * copied unread when nothing in it changes; only the lines that are asked for are parsed.
 */
export class Document {
  readonly header: Header;
  private readonly bytes: Buffer;
  private readonly parts: Part[];
  private readonly refuse: (why: string) => ApiError;

  private constructor(header: Header, bytes: Buffer, parts: Part[], refuse: (why: string) => ApiError) {
    this.header = header;
    this.bytes = bytes;
    this.parts = parts;
    this.refuse = refuse;
  }

  static empty(header: Header): Document {
    return new Document(header, Buffer.alloc(0), [], unusable);
  }

  /**
   * Looks at the head and at the length: what is wrong in a section is told by who asks for it.
   * @throws ApiError Unusable when the bytes are no whole state file of a format that this version reads
   */
  static parse(bytes: Buffer, path: string): Document {
    const refuse = (why: string) =>
      unusable(
        `the state file ${path} ${why}; it was left as it is. Put back a copy, or start anew with: kubemu reset`,
      );
    if (bytes.length === 0) throw refuse("is empty");
    const objectsAt = bytes.indexOf(OBJECTS);
    const head =
      objectsAt < 0 ? bytes.toString("utf8") : `${bytes.toString("utf8", 0, objectsAt).replace(/,\s*$/, "")}\n}`;
    const read = readHeader(head);
    if (read && read.kind === "Cluster" && Number(read.formatVersion) > FORMAT_VERSION)
      throw unusable(
        `the state file ${path} has format ${read.formatVersion}, and this kubemu reads up to ${FORMAT_VERSION}; it was left as it is. ` +
          "Use a newer kubemu, another file (KUBEMU_STATE), or start anew with: kubemu reset",
      );
    if (!read || objectsAt < 0) throw refuse("is damaged: it is no whole state file");
    const { sections, ...header } = read;
    const from = objectsAt + OBJECTS.length;
    const misfit = () => refuse("is damaged: its checksum does not fit");
    let parts: Part[];
    if (sections === undefined) {
      const end = bytes.lastIndexOf(`\n${CHECKSUM}`) + 1;
      if (end === 0) throw refuse("is damaged: it is no whole state file");
      if (bytes.toString("utf8", end) !== lastLines(bytes.subarray(0, end + 3))) throw misfit();
      parts = findParts(bytes, from, end);
    } else {
      const expected = lastLines(bytes.subarray(0, from));
      const end = bytes.length - expected.length;
      if (bytes.toString("latin1", end) !== expected) {
        if (bytes.lastIndexOf(CHECKSUM) < from) throw refuse("is damaged: it is no whole state file");
        throw misfit();
      }
      parts = partsOf(sections, from);
      if ((parts.at(-1)?.to ?? from - 1) + 1 !== end) throw misfit();
      for (const [i, part] of parts.entries()) {
        const between = i + 1 < parts.length ? BETWEEN : "\n";
        if (bytes.toString("latin1", part.to, part.to + between.length) !== between) throw misfit();
      }
    }
    if (header.apiVersion !== "kubemu.dev/v1" || header.kind !== "Cluster") throw refuse("is no kubemu cluster");
    return new Document(migrateHeader(header), bytes, parts, refuse);
  }

  /** Checks every section. @throws ApiError Unusable */
  check(): void {
    for (const part of this.parts) this.open(part);
  }

  private open(part: Part): Section {
    if (part.section) return part.section;
    const { from, to, checksum: expected } = part;
    const fits = expected === undefined || checksum(this.bytes.subarray(from, to)) === expected;
    if (!fits) throw this.refuse("is damaged: its checksum does not fit");
    part.section = new Section(this.bytes.toString("utf8", from, to));
    return part.section;
  }

  private indexOf(resource: string): number {
    return this.parts.findIndex((part) => part.resource === resource);
  }

  private at(place: number): { section: Section; value: number } {
    return { section: this.open(this.parts[Math.floor(place / SECTION)]!), value: place % SECTION };
  }

  /** Every key that begins with `prefix`, in order, with the place of its value. */
  *lines(prefix: string): Generator<{ key: string; value: number }> {
    for (const [i, part] of this.parts.entries()) {
      const own = `/${part.resource}/`;
      if (!own.startsWith(prefix) && !prefix.startsWith(own)) continue;
      for (const { key, value } of this.open(part).lines(prefix)) yield { key, value: i * SECTION + value };
    }
  }

  /** The place of a key's value, or undefined. */
  find(key: string): number | undefined {
    const i = this.indexOf(resourceOf(key));
    const value = i < 0 ? undefined : this.open(this.parts[i]!).find(key);
    return value === undefined ? undefined : i * SECTION + value;
  }

  /** The keys under `prefix`, which names a resource at least, whose line has `needle` in it. */
  *linesWith(prefix: string, needle: string): Generator<string> {
    const i = this.indexOf(resourceOf(prefix));
    if (i >= 0) yield* this.open(this.parts[i]!).linesWith(prefix, needle);
  }

  /** The resources that have lines, in key order. */
  resources(): string[] {
    return this.parts.map((part) => part.resource);
  }

  parseAt(place: number): KubeObject {
    const { section, value } = this.at(place);
    return section.parseAt(value);
  }

  /** Perhaps without managedFields, which are the longest part of most objects and seldom looked at. */
  parseBriefly(place: number): KubeObject {
    const { section, value } = this.at(place);
    return section.parseBriefly(value);
  }

  /**
   * The bytes of a file with this one's objects and the changes (an object, or null for a removal); sections without changes are copied
   * unread, and so are the other lines of those with some.
   */
  render(header: Header, changes: ReadonlyMap<string, KubeObject | null>): Buffer {
    const changed = new Map<string, string[]>();
    for (const key of changes.keys()) {
      const resource = resourceOf(key);
      const keys = changed.get(resource);
      if (keys) keys.push(key);
      else changed.set(resource, [key]);
    }
    const sections: SectionEntry[] = [];
    const bodies: Uint8Array[] = [];
    const all = new Set([...this.resources(), ...changed.keys()]);
    for (const resource of [...all].sort((a, b) => compareStrings(`${a}/`, `${b}/`))) {
      const part = this.parts[this.indexOf(resource)];
      const keys = changed.get(resource);
      const section = part && keys ? this.open(part) : new Section("");
      const body =
        part && !keys
          ? this.bytes.subarray(part.from, part.to)
          : Buffer.from(section.render(keys!.sort(compareStrings), changes));
      if (body.length === 0) continue;
      sections.push([resource, body.length, keys ? checksum(body) : (part?.checksum ?? checksum(body))]);
      if (bodies.length > 0) bodies.push(Buffer.from(BETWEEN));
      bodies.push(body);
    }
    const fields = Object.entries(header).map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`);
    fields.push(`"sections": [${sections.map((entry) => JSON.stringify(entry)).join(",\n")}]`);
    const head = Buffer.from(`{\n${fields.join(",\n")},${OBJECTS}`);
    const end = `${bodies.length ? "\n" : ""}${lastLines(head)}`;
    return Buffer.concat([head, ...bodies, Buffer.from(end)]);
  }
}

function resourceOf(key: string): string {
  const end = key.indexOf("/", 1);
  return key.slice(1, end < 0 ? key.length : end);
}

/** What stands below the objects. */
function lastLines(checked: Uint8Array): string {
  return `${CHECKSUM}${checksum(checked)}"\n}\n`;
}

function partsOf(sections: readonly SectionEntry[], from: number): Part[] {
  let at = from;
  return sections.map(([resource, length, sum]) => {
    const part = { resource, from: at, to: at + length, checksum: sum };
    at = part.to + BETWEEN.length;
    return part;
  });
}

/** The sections of a file that does not tell them: one that was written before there were any. */
function findParts(bytes: Buffer, from: number, end: number): Part[] {
  const parts: Part[] = [];
  for (let at = from; at < end; ) {
    const next = bytes.indexOf("\n", at) + 1;
    const resource = resourceOf(bytes.toString("utf8", at + 1, bytes.indexOf('"', at + 1)));
    const to = bytes.toString("utf8", next - 2, next - 1) === "," ? next - 2 : next - 1;
    const last = parts.at(-1);
    if (last?.resource === resource) last.to = to;
    else parts.push({ resource, from: at, to, checksum: undefined });
    at = next;
  }
  return parts;
}

function readHeader(text: string): (Header & { sections?: SectionEntry[] }) | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && "formatVersion" in value
      ? (value as Header & { sections?: SectionEntry[] })
      : undefined;
  } catch {
    return undefined;
  }
}
