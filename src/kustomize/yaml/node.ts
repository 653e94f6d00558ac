/**
 * One node of a YAML tree as kyaml changes it: in place, and sometimes the same node at two places. Models go.yaml.in/yaml/v3 yaml.Node without comments,
 * which never reach what is printed.
 */
export interface Node {
  /** `none` is what is left of something that was deleted. */
  kind: "scalar" | "map" | "list" | "none";
  /** `!!str`, `!!int` …; "": read off the text of the scalar. */
  tag: string;
  /** Of a scalar. */
  value: string;
  style: Style;
  /** Items of a list; keys and values of a map in turn. */
  content: Node[];
  /** A null that a merge has to keep. */
  keep?: boolean;
}

export type Style = "" | "double" | "single" | "literal" | "flow" | "tagged";

export type NodeKind = Node["kind"];

export function makeNode(kind: NodeKind, tag = "", value = "", style: Style = ""): Node {
  return { kind, tag, value, style, content: [] };
}

/** A scalar whose type is read off its text. */
export function scalar(value: string): Node {
  return makeNode("scalar", "", value);
}

/** A scalar that is a string whatever its text is. Models yaml.Node.SetString. */
export function text(value: string): Node {
  return makeNode("scalar", "!!str", value, value.includes("\n") ? "literal" : "");
}

export function copyNode(node: Node): Node {
  return { ...node, content: node.content.map(copyNode) };
}

/** Makes a node what another is, at its place. Models RNode.SetYNode. */
export function become(node: Node, other: Node): void {
  if (node === other) return;
  node.kind = other.kind;
  node.tag = other.tag;
  node.value = other.value;
  node.style = other.style;
  node.content = [...other.content];
}

export function isMissingOrNull(node: Node | undefined): node is undefined {
  return node === undefined || node.tag === "!!null";
}

/** Models IsYNodeNilOrEmpty. */
export function isEmpty(node: Node | undefined): boolean {
  if (isMissingOrNull(node)) return true;
  const { kind, content } = node as Node;
  return kind === "none" || (kind !== "scalar" && content.length === 0);
}

export function isEmptyMap(node: Node | undefined): boolean {
  return isMissingOrNull(node) || ((node as Node).kind === "map" && (node as Node).content.length === 0);
}

/** Models IsYNodeString. */
export function isText(node: Node): boolean {
  return node.kind === "scalar" && (node.tag === "!!str" || node.tag === "");
}

/** The index of a key in the content of a map, -1 for none. */
export function keyIndex(node: Node | undefined, name: string): number {
  if (node?.kind !== "map") return -1;
  for (let i = 0; i + 1 < node.content.length; i += 2) if (node.content[i]!.value === name) return i;
  return -1;
}

/** The value of a field; undefined for none, and for what is no map. */
export function fieldOf(node: Node | undefined, name: string): Node | undefined {
  const at = keyIndex(node, name);
  return at < 0 ? undefined : node!.content[at + 1];
}

/** The names of a map's fields, each once. */
export function fieldNames(node: Node | undefined): string[] {
  if (node?.kind !== "map") return [];
  return [...new Set(node.content.filter((_, i) => i % 2 === 0).map((key) => key.value))];
}

/** The text of a scalar; "" of null and of nothing. */
export function textOf(node: Node | undefined): string {
  return isMissingOrNull(node) ? "" : (node as Node).value;
}
