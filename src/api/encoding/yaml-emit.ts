import type { Json, JsonObject } from "../json.ts";
import { formatFloatG, formatJsonNumber } from "./go-number.ts";
import { compareYamlKeys } from "./yaml-key-order.ts";
import { needsQuotes } from "./yaml-scalar.ts";
import { isSimpleKey, writeText } from "./yaml-text.ts";

/**
 * The YAML document of a value, with its final line break: keys in Go's order, lists not indented under their key,
 * long texts folded at column 80. Models sigs.k8s.io/yaml Marshal (JSON → go.yaml.in/yaml/v2).
 */
export function emitYaml(value: Json): string {
  const lines = new Emitter();
  lines.node(value, 0, 0, "root");
  return lines.finish();
}

/** `root`: column 0 of a document; `key`: after `key:`; `entry`: after `- `, `? ` or `: ` at the column where it goes on. */
type Where = "root" | "key" | "entry";

/** A key with its colon, and how many columns that takes; both are empty for one that needs `? `. */
interface Key {
  text: string;
  width: number;
}

class Emitter {
  private out = "";
  /** Whether the text so far ends at the start of a line. */
  private fresh = true;
  /** Objects of a list have the same keys over and over: each set is sorted once, each key quoted once. */
  private readonly orders = new Map<string, string[]>();
  private readonly keys = new Map<string, Key>();

  finish(): string {
    return this.fresh ? this.out : `${this.out}\n`;
  }

  /**
   * Writes a value. `indent` is the indentation of the collection that holds it (where its own lines go, for `entry`
   * and `root`), `column` how far the current line is.
   */
  node(value: Json, indent: number, column: number, where: Where): void {
    if (Array.isArray(value) && value.length > 0) this.list(value, indent, where);
    else if (typeof value === "object" && value !== null && !Array.isArray(value)) this.map(value, indent, where);
    else this.scalar(value, indent, column, where);
  }

  private scalar(value: Json, indent: number, column: number, where: Where): void {
    let text: string;
    if (typeof value === "string")
      text = writeText(value, needsQuotes(value), {
        column: where === "key" ? column : column - 1,
        // A scalar goes on one step further in than the collection that holds it.
        indent: where === "entry" ? indent : indent + 2,
        simpleKey: false,
      });
    else text = scalarText(value);
    this.write(where === "key" ? ` ${text}` : text);
    this.fresh = text.endsWith("\n");
  }

  private list(items: Json[], indent: number, where: Where): void {
    // Under a key the dashes stand below the key.
    let first = where !== "key";
    const pad = " ".repeat(indent);
    for (const item of items) {
      this.startLine(pad, first);
      first = false;
      this.write("- ");
      this.node(item ?? null, indent + 2, indent + 2, "entry");
    }
  }

  private map(value: JsonObject, indent: number, where: Where): void {
    const keys = this.order(value);
    if (keys.length === 0) {
      this.write(where === "key" ? " {}" : "{}");
      this.fresh = false;
      return;
    }
    const own = where === "key" ? indent + 2 : indent;
    const pad = " ".repeat(own);
    let first = where !== "key";
    for (const key of keys) {
      this.startLine(pad, first);
      first = false;
      const { text, width } = this.key(key);
      if (width === 0) this.longPair(key, value[key]!, own, pad);
      else {
        this.write(text);
        this.node(value[key]!, own, own + width, "key");
      }
    }
  }

  private order(value: JsonObject): string[] {
    const keys = Object.keys(value).filter((key) => value[key] !== undefined);
    if (keys.length < 2) return keys;
    const shape = keys.join("\n");
    let order = this.orders.get(shape);
    if (order === undefined) {
      order = keys.sort(compareYamlKeys);
      this.orders.set(shape, order);
    }
    return order;
  }

  private key(name: string): Key {
    let key = this.keys.get(name);
    if (key === undefined) {
      const text = isSimpleKey(name) ? `${keyText(name)}:` : "";
      key = { text, width: [...text].length };
      this.keys.set(name, key);
    }
    return key;
  }

  private longPair(key: string, value: Json, indent: number, pad: string): void {
    this.write("? ");
    this.node(key, indent + 2, indent + 2, "entry");
    this.startLine(pad, false);
    this.write(": ");
    this.node(value, indent + 2, indent + 2, "entry");
  }

  private startLine(pad: string, inPlace: boolean): void {
    if (inPlace) return;
    this.out += this.fresh ? pad : `\n${pad}`;
    this.fresh = false;
  }

  private write(text: string): void {
    this.out += text;
    this.fresh = false;
  }
}

function keyText(key: string): string {
  return writeText(key, needsQuotes(key), { column: 0, indent: 0, simpleKey: true });
}

function scalarText(value: Json): string {
  if (typeof value !== "number") return Array.isArray(value) ? "[]" : String(value);
  if (Number.isSafeInteger(value)) return Object.is(value, -0) ? "0" : String(value);
  // Beyond 64 bits an integer is a float to the YAML reader in between.
  if (Number.isInteger(value) && value >= -(2 ** 63) && value < 2 ** 64) return formatJsonNumber(value);
  return formatFloatG(value);
}
