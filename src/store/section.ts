import { compareStrings } from "../api/json.ts";
import type { KubeObject } from "../api/object.ts";

/**
 * The lines of one resource, `"/services/default/web": {…}`, in key order, with `,\n` between them; only those that are asked for are
 * parsed. A line's value is told by the offset at which it begins.
 */
export class Section {
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** The key of the line that begins at `at`, with the offset at which its value begins. */
  private lineAt(at: number): { key: string; value: number } {
    let end = this.text.indexOf('"', at + 1);
    // Names may hold quotes; those are escaped, and only such keys cost more.
    while (isEscaped(this.text, end)) end = this.text.indexOf('"', end + 1);
    const key = this.text.slice(at + 1, end);
    return { key: key.includes("\\") ? JSON.parse(`"${key}"`) : key, value: end + 3 };
  }

  /** The offset of the first line whose key is not below `key`. */
  private lowerBound(key: string): number {
    let low = 0;
    let high = this.text.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const at = middle === 0 ? low : Math.max(low, this.text.lastIndexOf("\n", middle - 1) + 1);
      if (compareStrings(this.lineAt(at).key, key) < 0) low = this.next(at);
      else high = at;
    }
    return low;
  }

  private next(at: number): number {
    const end = this.text.indexOf("\n", at);
    return end < 0 ? this.text.length : end + 1;
  }

  /** Every key that begins with `prefix`, in order. */
  *lines(prefix: string): Generator<{ key: string; value: number }> {
    for (let at = this.lowerBound(prefix); at < this.text.length; at = this.next(at)) {
      const line = this.lineAt(at);
      if (!line.key.startsWith(prefix)) return;
      yield line;
    }
  }

  find(key: string): number | undefined {
    const at = this.lowerBound(key);
    if (at >= this.text.length) return undefined;
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

  private valueAt(value: number): string {
    const end = this.text.indexOf("\n", value);
    return this.text.slice(value, end < 0 ? this.text.length : end - 1);
  }

  parseAt(value: number): KubeObject {
    return JSON.parse(this.valueAt(value));
  }

  /** The object without its managedFields; the whole one where they cannot be told apart from the rest by a look at the text. */
  parseBriefly(value: number): KubeObject {
    const text = this.valueAt(value);
    // Quotes inside of strings are escaped: what is looked for here stands between values. managedFields come last in metadata, and
    // hold no list but themselves.
    const from = text.indexOf(',"managedFields":[');
    const to = from < 0 ? -1 : text.indexOf(']},"', from);
    return JSON.parse(to < 0 ? text : text.slice(0, from) + text.slice(to + 1));
  }

  /** The lines with the changes of `keys`, which are sorted; "" when none is left. */
  render(keys: readonly string[], changes: ReadonlyMap<string, KubeObject | null>): string {
    const lines: string[] = [];
    let at = 0;
    const copyTo = (end: number) => {
      // Without the comma and the line break behind the last line, unless it is the section's end.
      if (end > at) lines.push(this.text.slice(at, end === this.text.length ? end : end - 2));
      at = Math.max(at, end);
    };
    for (const key of keys) {
      const position = this.lowerBound(key);
      copyTo(position);
      if (position < this.text.length && this.lineAt(position).key === key) at = this.next(position);
      const object = changes.get(key);
      if (object) lines.push(`${JSON.stringify(key)}: ${JSON.stringify(object)}`);
    }
    copyTo(this.text.length);
    return lines.join(",\n");
  }
}

/** Whether an odd number of backslashes stands before `at`. */
function isEscaped(text: string, at: number): boolean {
  let before = at;
  while (text[before - 1] === "\\") before--;
  return (at - before) % 2 === 1;
}
