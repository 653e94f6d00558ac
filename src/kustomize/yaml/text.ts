import { writeText } from "../../api/encoding/yaml-text.ts";
import type { Node } from "./node.ts";
import { resolveNode } from "./scalar.ts";

/** The YAML of a node, keys as they stand, as messages show it. Models kyaml yaml.String (lists not indented, nothing folded). */
export function nodeText(node: Node | undefined): string {
  if (node === undefined) return "";
  return isBlock(node) ? block(node, 0) : `${inline(node, 0)}\n`;
}

function block(node: Node, indent: number): string {
  const pad = " ".repeat(indent);
  let out = "";
  if (node.kind === "list") {
    for (const item of node.content) {
      const body = isBlock(item) ? block(item, indent + 2).slice(indent + 2) : `${inline(item, indent + 2)}\n`;
      out += `${pad}- ${body}`;
    }
    return out;
  }
  for (let i = 0; i + 1 < node.content.length; i += 2) {
    const value = node.content[i + 1]!;
    out += `${pad}${inline(node.content[i]!, indent)}:`;
    if (isBlock(value)) out += `\n${block(value, value.kind === "list" ? indent : indent + 2)}`;
    else out += ` ${inline(value, indent + 2)}`.trimEnd().concat("\n");
  }
  return out;
}

function isBlock(node: Node): boolean {
  return (node.kind === "map" || node.kind === "list") && node.content.length > 0 && node.style !== "flow";
}

function inline(node: Node, indent: number): string {
  if (node.kind === "list") return `[${node.content.map((item) => inline(item, indent)).join(", ")}]`;
  if (node.kind === "map") return `{${flowPairs(node, indent).join(", ")}}`;
  if (node.kind === "none") return "null";
  const { value, style } = node;
  if (style === "single") return `'${value.replaceAll("'", "''")}'`;
  const quote =
    style === "double" || (resolveNode(node).kind === "string" && node.tag === "!!str" && needsQuotes(node));
  const written = writeText(value, quote, { column: 0, indent, simpleKey: !value.includes("\n") });
  return written.endsWith("\n") ? written.slice(0, -1) : written;
}

function flowPairs(node: Node, indent: number): string[] {
  const pairs: string[] = [];
  for (let i = 0; i + 1 < node.content.length; i += 2)
    pairs.push(`${inline(node.content[i]!, indent)}: ${inline(node.content[i + 1]!, indent)}`);
  return pairs;
}

/** A string that without quotes would be something else. */
function needsQuotes(node: Node): boolean {
  return resolveNode({ ...node, tag: "", style: "" }).kind !== "string";
}
