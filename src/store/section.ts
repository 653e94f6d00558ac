import { compareStrings } from "../api/json.ts";

/**
 * The lines of a section, `"/services/default/web": {…}`, in key order, with `,\n` between them; only those that are asked for are
 * parsed. A line's value is told by the offset at which it begins.
 */
export class Section {
  private readonly text: string;
  /** Where the line begins that was found last: those who read line by line find the next one there. */
  private last = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** The offset at which the value of the line that begins at `at` begins. */
  private valueOf(at: number): number {
    let end = this.text.indexOf('"', at + 1);
    // Names may hold quotes; those are escaped, and only such keys cost more.
    while (isEscaped(this.text, end)) end = this.text.indexOf('"', end + 1);
    return end + 3;
  }

  /** The key of the line that begins at `at`. */
  private keyAt(at: number, value = this.valueOf(at)): string {
    const key = this.text.slice(at + 1, value - 3);
    return key.includes("\\") ? JSON.parse(`"${key}"`) : key;
  }

  /** The offset of the first line whose key is not below `key`. */
  private lowerBound(key: string): number {
    let low = 0;
    let high = this.text.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const at = middle === 0 ? low : Math.max(low, this.text.lastIndexOf("\n", middle - 1) + 1);
      if (compareStrings(this.keyAt(at), key) < 0) low = this.next(at);
      else high = at;
    }
    return low;
  }

  private next(at: number): number {
    const end = this.text.indexOf("\n", at);
    return end < 0 ? this.text.length : end + 1;
  }

  /** Where the lines whose keys begin with `prefix` begin and end. */
  private range(prefix: string): [from: number, to: number] {
    // No key under the prefix sorts after the second one.
    return [this.lowerBound(prefix), this.lowerBound(`${prefix}\u{10ffff}`)];
  }

  /** Where the line that holds the character before `at` begins. */
  private start(at: number): number {
    return this.text.lastIndexOf("\n", at - 1) + 1;
  }

  /** Every key that begins with `prefix`, in order. */
  lines(prefix: string): { key: string; value: number }[] {
    const [from, to] = this.range(prefix);
    const lines: { key: string; value: number }[] = [];
    for (let at = from; at < to; at = this.next(at)) {
      const value = this.valueOf(at);
      lines.push({ key: this.keyAt(at, value), value });
    }
    return lines;
  }

  /** The values of every key that begins with `prefix`, in the order of the keys. */
  values(prefix: string): number[] {
    const [from, to] = this.range(prefix);
    const values: number[] = [];
    for (let at = from; at < to; at = this.next(at)) values.push(this.valueOf(at));
    return values;
  }

  /** The text of every line whose key begins with `prefix`, in order. */
  linesText(prefix: string): string {
    const [from, to] = this.range(prefix);
    // Without the comma and the line break behind the last line.
    return this.text.slice(from, to < this.text.length ? Math.max(from, to - 2) : to);
  }

  find(key: string): number | undefined {
    const next = this.next(this.last);
    const at = next < this.text.length && this.keyAt(next) === key ? next : this.lowerBound(key);
    if (at >= this.text.length || this.keyAt(at) !== key) return undefined;
    this.last = at;
    return this.valueOf(at);
  }

  /** The keys under `prefix` whose line has `needle` in it. */
  linesWith(prefix: string, needle: string): string[] {
    const [from, to] = this.range(prefix);
    const keys: string[] = [];
    for (let hit = this.text.indexOf(needle, from); hit >= 0 && hit < to; ) {
      const at = this.start(hit);
      const value = this.valueOf(at);
      if (hit > value) keys.push(this.keyAt(at, value));
      hit = this.text.indexOf(needle, this.next(hit));
    }
    return keys;
  }

  /** The key of the line whose value begins at `value`. */
  keyOf(value: number): string {
    return this.keyAt(this.start(value), value);
  }

  parseAt(value: number): unknown {
    const end = this.text.indexOf("\n", value);
    return JSON.parse(this.text.slice(value, end < 0 ? this.text.length : end - 1));
  }

  /** The lines with the changes: the text of a value, or null for a removal; "" when none is left. */
  render(changes: ReadonlyMap<string, string | null>): string {
    const lines: string[] = [];
    let at = 0;
    const copyTo = (end: number) => {
      // Without the comma and the line break behind the last line, unless it is the section's end.
      if (end > at) lines.push(this.text.slice(at, end === this.text.length ? end : end - 2));
      at = Math.max(at, end);
    };
    for (const key of [...changes.keys()].sort(compareStrings)) {
      const position = this.lowerBound(key);
      copyTo(position);
      if (position < this.text.length && this.keyAt(position) === key) at = this.next(position);
      const value = changes.get(key);
      if (value) lines.push(`${JSON.stringify(key)}: ${value}`);
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
