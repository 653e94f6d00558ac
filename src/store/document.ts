import { compareStrings, type Json } from "../api/json.ts";
import type { KubeObject } from "../api/object.ts";
import { type ApiError, unusable } from "../api/status.ts";
import { type Bytes, bytesOf } from "./bytes.ts";
import { checksum } from "./checksum.ts";
import type { Header } from "./header.ts";
import { type Part, readLayout, refusalOf, type SectionEntry, writeLayout } from "./layout.ts";
import { type Rows, readRows } from "./rows.ts";
import { Section } from "./section.ts";

/** The sections and keys of managedFields begin so: half of what an object takes, and seldom looked at. */
const OWNERS = "managedFields";
/**
 * The sections and keys of rows begin so: what tables show of an object. Another number means other cells: rows of another one are not
 * read, and go with the next change to their resource.
 */
const ROWS = "rows-1";
/** A place is where a value begins in its section, and which section that is. */
const SECTION = 2 ** 32;

/**
 * The text of a state file. The objects stand one a line, in key order: `"/services/default/web": {…},`; the lines of a resource are a
 * section with a checksum of its own, that is told in the head of the file. Their managedFields stand in sections of their own,
 * `"managedFields/services/default/web": […]`, and so do the rows of what is listed by the thousand, `"rows-1/services/default/web": […]`.
 * A section is read and checked when it is asked for, and copied unread when nothing in it changes; only the lines that are asked for are
 * parsed.
 */
export class Document {
  readonly header: Header;
  private readonly bytes: Bytes;
  private readonly parts: readonly Part[];
  private readonly indexes: ReadonlyMap<string, number>;
  private readonly sections: (Section | undefined)[] = [];
  /** By prefix: lists are asked for page by page. */
  private readonly knownPlaces = new Map<string, number[]>();
  private readonly knownRows = new Map<string, Rows>();
  private readonly refuse: (why: string) => ApiError;

  private constructor(header: Header, bytes: Bytes, parts: readonly Part[], refuse: (why: string) => ApiError) {
    this.header = header;
    this.bytes = bytes;
    this.parts = parts;
    this.indexes = new Map(parts.map(({ name }, i) => [name, i]));
    this.refuse = refuse;
  }

  static empty(header: Header): Document {
    return new Document(header, bytesOf(Buffer.alloc(0)), [], unusable);
  }

  /**
   * Looks at the head and at the length: what is wrong in a section is told by who asks for it.
   * @throws ApiError Unusable when the bytes are no whole state file of a format that this version reads
   */
  static parse(bytes: Bytes, path: string): Document {
    const { header, parts } = readLayout(bytes, path);
    return new Document(header, bytes, parts, refusalOf(path));
  }

  /** Checks every section. @throws ApiError Unusable */
  check(): void {
    for (const i of this.parts.keys()) this.section(i);
  }

  private section(i: number): Section {
    const known = this.sections[i];
    if (known) return known;
    const { from, to, checksum: expected, after } = this.parts[i]!;
    const bytes = this.bytes.slice(from, to + after.length);
    const body = bytes.subarray(0, to - from);
    if (bytes.toString("latin1", body.length) !== after || checksum(body) !== expected)
      throw this.refuse("is damaged: its checksum does not fit");
    const section = new Section(body.toString("utf8"));
    this.sections[i] = section;
    return section;
  }

  private named(name: string): Section | undefined {
    const i = this.indexes.get(name);
    return i === undefined ? undefined : this.section(i);
  }

  /** Every key that begins with `prefix`, which names a resource at least, in order, with the place of its value. */
  lines(prefix: string): { key: string; value: number }[] {
    const i = this.indexes.get(resourceOf(prefix));
    if (i === undefined) return [];
    return this.section(i)
      .lines(prefix)
      .map(({ key, value }) => ({ key, value: i * SECTION + value }));
  }

  /** The places of the values whose keys begin with `prefix`, which names a resource at least, in the order of the keys. */
  places(prefix: string): readonly number[] {
    const known = this.knownPlaces.get(prefix);
    if (known) return known;
    const i = this.indexes.get(resourceOf(prefix));
    if (i === undefined) return [];
    const base = i * SECTION;
    const places = this.section(i)
      .values(prefix)
      .map((value) => base + value);
    this.knownPlaces.set(prefix, places);
    return places;
  }

  /** The rows of the objects whose keys begin with `prefix`, which names a resource at least, in order; undefined where none are stored. */
  rows(prefix: string): Rows | undefined {
    const known = this.knownRows.get(prefix);
    if (known) return known;
    const section = this.named(`${ROWS}/${resourceOf(prefix)}`);
    if (!section) return undefined;
    const rows = readRows(section.linesText(ROWS + prefix), ROWS);
    this.knownRows.set(prefix, rows);
    return rows;
  }

  /** The place of a key's value, or undefined. */
  find(key: string): number | undefined {
    const i = this.indexes.get(resourceOf(key));
    const value = i === undefined ? undefined : this.section(i).find(key);
    return value === undefined ? undefined : i! * SECTION + value;
  }

  /** The keys under `prefix`, which names a resource at least, whose line has `needle` in it. */
  linesWith(prefix: string, needle: string): string[] {
    return this.named(resourceOf(prefix))?.linesWith(prefix, needle) ?? [];
  }

  /** The resources that have lines, in key order. */
  resources(): string[] {
    return this.parts.map(({ name }) => name).filter((name) => !name.includes("/"));
  }

  /** The key of the value at a place. */
  keyAt(place: number): string {
    return this.section(Math.floor(place / SECTION)).keyOf(place % SECTION);
  }

  parseAt(place: number): KubeObject {
    const i = Math.floor(place / SECTION);
    const section = this.section(i);
    const object = section.parseAt(place % SECTION) as KubeObject;
    const owners = this.named(`${OWNERS}/${this.parts[i]!.name}`);
    const at = owners?.find(OWNERS + section.keyOf(place % SECTION));
    if (at !== undefined) object.metadata.managedFields = owners!.parseAt(at) as KubeObject[];
    return object;
  }

  /** Without managedFields, which are half of most objects and seldom looked at. */
  parseBriefly(place: number): KubeObject {
    return this.section(Math.floor(place / SECTION)).parseAt(place % SECTION) as KubeObject;
  }

  /**
   * The bytes of a file with this one's objects and the changes (an object, or null for a removal); sections without changes are copied
   * unread, and so are the other lines of those with some. `rowOf` makes what tables show of an object, of the resources whose rows are
   * stored.
   */
  render(
    header: Header,
    changes: ReadonlyMap<string, KubeObject | null>,
    rowOf: ReadonlyMap<string, (object: KubeObject) => Json[]> = new Map(),
  ): Buffer {
    const changed = new Map<string, Map<string, string | null>>();
    const change = (name: string, key: string, value: unknown) => {
      const lines = changed.get(name) ?? new Map<string, string | null>();
      changed.set(name, lines);
      lines.set(key, value === null ? null : JSON.stringify(value));
    };
    for (const [key, object] of changes) {
      const resource = resourceOf(key);
      const { body, owners } = object ? split(object) : { body: null, owners: null };
      change(resource, key, body);
      change(`${OWNERS}/${resource}`, OWNERS + key, owners);
    }
    for (const [resource, row] of rowOf) {
      const changedKeys = changed.get(resource)?.keys() ?? [];
      const objects = this.indexes.has(`${ROWS}/${resource}`)
        ? [...changedKeys].map((key) => ({ key, object: changes.get(key)! }))
        : this.all(resource, changes);
      for (const { key, object } of objects) change(`${ROWS}/${resource}`, ROWS + key, object && row(object));
    }
    const kept = [...this.indexes.keys()].filter((name) => this.isUpToDate(name, changed));
    const names = [...new Set([...kept, ...changed.keys()])];
    const sections: SectionEntry[] = [];
    const bodies: Uint8Array[] = [];
    for (const name of names.sort(compareSections)) {
      const lines = changed.get(name);
      const part = this.parts[this.indexes.get(name) ?? -1];
      const body = lines
        ? Buffer.from((this.named(name) ?? new Section("")).render(lines))
        : this.bytes.slice(part!.from, part!.to);
      if (body.length === 0) continue;
      sections.push([name, body.length, lines ? checksum(body) : part!.checksum]);
      bodies.push(body);
    }
    return writeLayout(header, sections, bodies);
  }

  /** Every object of a resource, with the changes. */
  private all(resource: string, changes: ReadonlyMap<string, KubeObject | null>) {
    const prefix = `/${resource}/`;
    const stored = this.lines(prefix).filter(({ key }) => !changes.has(key));
    return [
      ...stored.map(({ key, value }) => ({ key, object: this.parseBriefly(value) })),
      ...[...changes].filter(([key]) => key.startsWith(prefix)).map(([key, object]) => ({ key, object })),
    ];
  }

  /** False for rows that say no longer what the objects do: those of another version, and those that nobody has made anew. */
  private isUpToDate(name: string, changed: ReadonlyMap<string, unknown>): boolean {
    const [kind, resource] = name.split("/");
    if (resource === undefined || kind === OWNERS) return true;
    return kind === ROWS && (changed.has(name) || !changed.has(resource));
  }
}

function resourceOf(key: string): string {
  const end = key.indexOf("/", 1);
  return key.slice(1, end < 0 ? key.length : end);
}

/** Resources in the order of their keys, then the managedFields in the same order, then the rows. */
function compareSections(a: string, b: string): number {
  const keys = (name: string) => `${name.includes("/") ? "" : "/"}${name}/`;
  return compareStrings(keys(a), keys(b));
}

/** An object without its managedFields, and those. */
function split(object: KubeObject): { body: unknown; owners: unknown } {
  const { managedFields, ...metadata } = object.metadata;
  if (managedFields === undefined) return { body: object, owners: null };
  return { body: { ...object, metadata }, owners: managedFields };
}
