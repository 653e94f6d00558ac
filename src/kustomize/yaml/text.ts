import { writeText } from "../../api/encoding/yaml-text.ts";
import type { Node } from "./node.ts";
import { isTagged, resolveNode } from "./scalar.ts";

/** The YAML of a node, keys as they stand, as messages show it. Models kyaml yaml.String (lists not indented, nothing folded). */
export function nodeText(node: Node | undefined): string {
  return node === undefined ? "" : write(node).text;
}

/** In which line of {@link nodeText} each key of the maps stands, from 1. */
export function keyLines(node: Node): ReadonlyMap<Node, number> {
  return write(node).lines;
}

function write(node: Node): Writer {
  const writer = new Writer();
  if (isBlock(node)) writer.block(node, 0);
  else writer.add(`${writer.inline(node, 0)}\n`);
  return writer;
}

class Writer {
  text = "";
  readonly lines = new Map<Node, number>();
  private line = 1;

  add(text: string): void {
    this.text += text;
    this.line += text.split("\n").length - 1;
  }

  /** @param started whether the first line has its indentation */
  block(node: Node, indent: number, started = false): void {
    const pad = " ".repeat(indent);
    const step = node.kind === "list" ? 1 : 2;
    for (let i = 0; i + step <= node.content.length; i += step) {
      if (i > 0 || !started) this.add(pad);
      if (node.kind === "list") this.item(node.content[i]!, indent);
      else this.pair(node.content[i]!, node.content[i + 1]!, indent);
    }
  }

  private item(item: Node, indent: number): void {
    this.add("- ");
    if (isBlock(item)) this.block(item, indent + 2, true);
    else this.add(`${this.inline(item, indent + 2)}\n`);
  }

  private pair(key: Node, value: Node, indent: number): void {
    this.lines.set(key, this.line);
    this.add(`${this.inline(key, indent)}:`);
    if (isBlock(value)) {
      this.add("\n");
      this.block(value, value.kind === "list" ? indent : indent + 2);
    } else this.add(` ${this.inline(value, indent + 2)}`.trimEnd().concat("\n"));
  }

  inline(node: Node, indent: number): string {
    if (node.kind === "list") return `[${node.content.map((item) => this.inline(item, indent)).join(", ")}]`;
    if (node.kind === "map") return `{${this.flowPairs(node, indent).join(", ")}}`;
    if (node.kind === "none") return "null";
    const { value, style } = node;
    if (style === "single") return `'${value.replaceAll("'", "''")}'`;
    const quote = style === "double" || (node.tag === "!!str" && readsAsOther(node));
    const written = writeText(value, quote, { column: 0, indent, simpleKey: !value.includes("\n") });
    const tag = isTagged(node) ? `${node.tag} ` : "";
    return tag + (written.endsWith("\n") ? written.slice(0, -1) : written);
  }

  private flowPairs(node: Node, indent: number): string[] {
    const pairs: string[] = [];
    for (let i = 0; i + 1 < node.content.length; i += 2) {
      this.lines.set(node.content[i]!, this.line);
      pairs.push(`${this.inline(node.content[i]!, indent)}: ${this.inline(node.content[i + 1]!, indent)}`);
    }
    return pairs;
  }
}

function isBlock(node: Node): boolean {
  return (node.kind === "map" || node.kind === "list") && node.content.length > 0 && node.style !== "flow";
}

/** A string that without quotes would be something else. */
function readsAsOther(node: Node): boolean {
  return resolveNode({ ...node, tag: "", style: "" }).kind !== "string";
}
