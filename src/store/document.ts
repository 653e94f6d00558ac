import { compareStrings } from "../api/json.ts";
import type { KubeObject } from "../api/object.ts";
import { unusable } from "../api/status.ts";
import { checksum } from "./checksum.ts";
import { migrateHeader } from "./migrations.ts";

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

const OBJECTS = '\n"objects": {';
const CHECKSUM = '\n"checksum": "';

/**
 * The text of a state file, of which only the lines that are asked for are parsed. One object a line, in key order:
 * `"/services/default/web": {…},`
 */
export class Document {
  readonly header: Header;
  private readonly text: string;
  /** Offsets into `text`: the first object's line begins at `from`, the line after the last one at `to`. */
  private readonly from: number;
  private readonly to: number;

  private constructor(header: Header, text: string, from: number, to: number) {
    this.header = header;
    this.text = text;
    this.from = from;
    this.to = to;
  }

  static empty(header: Header): Document {
    return new Document(header, "", 0, 0);
  }

  /** @throws ApiError Unusable when the bytes are no whole state file of a format that this version reads. */
  static parse(bytes: Buffer, path: string): Document {
    const refuse = (why: string) =>
      unusable(
        `the state file ${path} ${why}; it was left as it is. Put back a copy, or start anew with: kubemu reset`,
      );
    const text = bytes.toString("utf8");
    if (text === "") throw refuse("is empty");
    const objectsAt = text.indexOf(OBJECTS);
    const header = readHeader(objectsAt < 0 ? text : `${text.slice(0, objectsAt).replace(/,\s*$/, "")}\n}`);
    if (header && header.kind === "Cluster" && Number(header.formatVersion) > FORMAT_VERSION)
      throw unusable(
        `the state file ${path} has format ${header.formatVersion}, and this kubemu reads up to ${FORMAT_VERSION}; it was left as it is. ` +
          "Use a newer kubemu, another file (KUBEMU_STATE), or start anew with: kubemu reset",
      );
    const checksumAt = bytes.lastIndexOf(CHECKSUM) + 1;
    if (!header || objectsAt < 0 || checksumAt === 0) throw refuse("is damaged: it is no whole state file");
    if (bytes.toString("utf8", checksumAt) !== checksumLine(bytes.subarray(0, checksumAt)))
      throw refuse("is damaged: its checksum does not fit");
    if (header.apiVersion !== "kubemu.dev/v1" || header.kind !== "Cluster") throw refuse("is no kubemu cluster");
    const from = objectsAt + OBJECTS.length + 1;
    return new Document(migrateHeader(header), text, from, Math.max(from, text.lastIndexOf("\n},\n") + 1));
  }

  /** The key of the line that begins at `at`, with the offset at which its value begins. */
  private lineAt(at: number): { key: string; value: number } {
    let end = this.text.indexOf('"', at + 1);
    // Names may hold quotes; those are escaped, and only such keys cost more.
    while (isEscaped(this.text, end)) end = this.text.indexOf('"', end + 1);
    const quoted = this.text.slice(at, end + 1);
    return { key: quoted.includes("\\") ? JSON.parse(quoted) : quoted.slice(1, -1), value: end + 3 };
  }

  /** The offset of the first line whose key is not below `key`. */
  private lowerBound(key: string): number {
    let low = this.from;
    let high = this.to;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const at = Math.max(low, this.text.lastIndexOf("\n", middle - 1) + 1);
      if (compareStrings(this.lineAt(at).key, key) < 0) low = this.next(at);
      else high = at;
    }
    return low;
  }

  private next(at: number): number {
    const end = this.text.indexOf("\n", at);
    return end < 0 || end >= this.to ? this.to : end + 1;
  }

  /** Every key that begins with `prefix`, in order, with the offset of its value. */
  *lines(prefix: string): Generator<{ key: string; value: number }> {
    for (let at = this.lowerBound(prefix); at < this.to; at = this.next(at)) {
      const line = this.lineAt(at);
      if (!line.key.startsWith(prefix)) return;
      yield line;
    }
  }

  /** The offset of a key's value, or undefined. */
  find(key: string): number | undefined {
    const at = this.lowerBound(key);
    if (at >= this.to) return undefined;
    const line = this.lineAt(at);
    return line.key === key ? line.value : undefined;
  }

  /** The keys under `prefix` whose line has `needle` in it. */
  *linesWith(prefix: string, needle: string): Generator<string> {
    const from = this.lowerBound(prefix);
    // No key under the prefix sorts after this one.
    const to = this.lowerBound(`${prefix}\u{10ffff}`);
    for (let hit = this.text.indexOf(needle, from); hit >= 0 && hit < to; ) {
      const line = this.lineAt(this.text.lastIndexOf("\n", hit) + 1);
      if (hit > line.value) yield line.key;
      hit = this.text.indexOf(needle, this.next(hit));
    }
  }

  /** The resources that have lines, in key order. */
  resources(): string[] {
    const found: string[] = [];
    for (let at = this.from; at < this.to; ) {
      const { key } = this.lineAt(at);
      const resource = key.slice(1, key.indexOf("/", 1));
      found.push(resource);
      at = this.lowerBound(`/${resource}/\u{10ffff}`);
    }
    return found;
  }

  parseAt(value: number): KubeObject {
    const end = this.text.indexOf("\n", value);
    return JSON.parse(this.text.slice(value, this.text[end - 1] === "," ? end - 1 : end));
  }

  /**
   * The object without its managedFields, which are the longest part of most objects and seldom looked at. The whole one where they
   * cannot be told apart from the rest by a look at the text.
   */
  parseBriefly(value: number): KubeObject {
    const end = this.text.indexOf("\n", value);
    const text = this.text.slice(value, this.text[end - 1] === "," ? end - 1 : end);
    // Quotes inside of strings are escaped: what is looked for here stands between values. managedFields come last in metadata, and
    // hold no list but themselves.
    const from = text.indexOf(',"managedFields":[');
    const to = from < 0 ? -1 : text.indexOf(']},"', from);
    return JSON.parse(to < 0 ? text : text.slice(0, from) + text.slice(to + 1));
  }

  /**
   * The text of a file with this one's objects and the changes (an object, or null for a removal); lines that did not change are
   * copied unread.
   */
  render(header: Header, changes: ReadonlyMap<string, KubeObject | null>): string {
    const lines: string[] = [];
    let at = this.from;
    const copyTo = (end: number) => {
      // Up to the line break and the comma before it, if any.
      if (end > at) lines.push(this.text.slice(at, this.text[end - 2] === "," ? end - 2 : end - 1));
      at = Math.max(at, end);
    };
    for (const key of [...changes.keys()].sort(compareStrings)) {
      const position = this.lowerBound(key);
      copyTo(position);
      if (position < this.to && this.lineAt(position).key === key) at = this.next(position);
      const object = changes.get(key);
      if (object) lines.push(`${JSON.stringify(key)}: ${JSON.stringify(object)}`);
    }
    copyTo(this.to);
    const fields = Object.entries(header).map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`);
    const body = `{\n${fields.join(",\n")},\n"objects": {\n${lines.join(",\n")}${lines.length ? "\n" : ""}},\n`;
    return body + checksumLine(Buffer.from(body));
  }
}

/** Whether an odd number of backslashes stands before `at`. */
function isEscaped(text: string, at: number): boolean {
  let before = at;
  while (text[before - 1] === "\\") before--;
  return (at - before) % 2 === 1;
}

function checksumLine(body: Uint8Array): string {
  return `"checksum": "${checksum(body)}"\n}\n`;
}

function readHeader(text: string): Header | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && "formatVersion" in value ? (value as Header) : undefined;
  } catch {
    return undefined;
  }
}
