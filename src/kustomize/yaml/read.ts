import { YamlError } from "../../api/encoding/yaml-cursor.ts";
import { parseYaml, type YamlNode } from "../../api/encoding/yaml-parser.ts";
import { KustomizeError } from "../problem.ts";
import { copyNode, fieldNames, fieldOf, makeNode, type Node } from "./node.ts";
import { plainTag } from "./scalar.ts";

/** So many nodes may aliases add to a document: a few lines must not become gigabytes. */
const MOST_COPIES = 400_000;

/** The real one follows nesting further; deeper than this nothing that is meant goes. */
const DEEPEST = 1000;

const PREFIX = "tag:yaml.org,2002:";

/**
 * The tree of the first document of a text; undefined when there is none. Aliases are copies of what they name and `<<` is carried out, which kyaml does
 * right after it has read. Throws YamlError. Models go.yaml.in/yaml/v3 (parser) and RNode.DeAnchor.
 */
export function parseNode(text: string): Node | undefined {
  const tree = parseYaml(text);
  return tree && new Converter().convert(tree);
}

class Converter {
  private readonly open = new Set<YamlNode>();
  private copies = 0;
  private depth = 0;
  private nesting = 0;

  convert(node: YamlNode): Node {
    if (++this.nesting > DEEPEST) throw new YamlError("yaml: exceeded max depth of 10000");
    const converted = this.convertNode(node);
    this.nesting--;
    return converted;
  }

  private convertNode(node: YamlNode): Node {
    if (this.depth > 0 && ++this.copies > MOST_COPIES)
      throw new YamlError("yaml: document contains excessive aliasing");
    switch (node.kind) {
      case "alias":
        return this.alias(node, node.target);
      case "scalar":
        return convertScalar(node);
      case "list": {
        const list = makeNode("list", "!!seq", "", node.flow ? "flow" : "");
        list.content = node.items.map((item) => this.convert(item));
        return list;
      }
      case "map":
        return this.map(node);
    }
  }

  private alias(node: YamlNode & { kind: "alias" }, target: YamlNode): Node {
    if (this.open.has(target)) throw new YamlError(`yaml: anchor '${node.name}' value contains itself`);
    this.open.add(target);
    this.depth++;
    const value = this.convert(target);
    this.depth--;
    this.open.delete(target);
    return value;
  }

  private map(node: YamlNode & { kind: "map" }): Node {
    const map = makeNode("map", "!!map", "", node.flow ? "flow" : "");
    this.open.add(node);
    let merged: Node[] | undefined;
    for (const { key, value } of node.pairs) {
      if (key.kind === "scalar" && key.value === "<<" && key.implicit) {
        if (merged !== undefined) throw new KustomizeError("duplicate merge key");
        merged = this.merged(value);
      } else map.content.push(this.convert(key), this.convert(value));
    }
    this.open.delete(node);
    if (merged !== undefined) mergeAll(map, merged);
    return map;
  }

  /** What `<<` names, the last one first. Models findMergeValues. */
  private merged(node: YamlNode): Node[] {
    const target = node.kind === "alias" ? node.target : node;
    if (node.kind === "alias" && target.kind !== "map")
      throw new KustomizeError("invalid map merge: received alias for a non-map value");
    if (target.kind === "map") return [this.convert(node)];
    if (target.kind !== "list") throw new KustomizeError("map merge requires map or sequence of maps as the value");
    if (target.items.some((item) => item.kind === "list"))
      throw new KustomizeError("invalid map merge: received a nested sequence");
    return target.items
      .map((item) => this.merged(item))
      .reverse()
      .flat();
  }
}

function convertScalar(node: YamlNode & { kind: "scalar" }): Node {
  const { value } = node;
  if (node.tag !== "" && node.tag !== "!") {
    const tag = node.tag.startsWith(PREFIX) ? `!!${node.tag.slice(PREFIX.length)}` : node.tag;
    return makeNode("scalar", tag, value, "tagged");
  }
  if (node.implicit && node.tag === "") return makeNode("scalar", value === "<<" ? "!!merge" : plainTag(value), value);
  return makeNode("scalar", "!!str", value, value.includes("\n") ? "literal" : "double");
}

/** The fields of the merged maps come behind the map's own, whose values win. */
function mergeAll(map: Node, merged: readonly Node[]): void {
  const own = new Set(fieldNames(map));
  const added = new Map<string, [Node, Node]>();
  for (const other of merged)
    for (let i = 0; i + 1 < other.content.length; i += 2) {
      const key = other.content[i]!;
      if (!own.has(key.value)) added.set(key.value, [copyNode(key), copyNode(other.content[i + 1]!)]);
    }
  for (const pair of added.values()) map.content.push(...pair);
}

const SEPARATOR = /\n---.*\n/g;

/** Models splitDocuments of kyaml kio/byteio_reader.go. */
function splitDocuments(text: string): string[] {
  const documents: string[] = [];
  let from = 0;
  for (const match of text.matchAll(SEPARATOR)) {
    const after = match[0].slice(4).trim();
    if (after !== "" && !after.startsWith("#"))
      throw new KustomizeError(`invalid document separator: ${match[0].trim()}`);
    documents.push(`${text.slice(from, match.index)}\n`);
    from = match.index + match[0].length;
  }
  if (text !== "") documents.push(text.slice(from));
  return documents;
}

/**
 * The documents of a file; a List that stands alone is replaced by its items. Throws KustomizeError (kind `malformed` for what is no YAML). Models kyaml
 * kio.FromBytes.
 */
export function readNodes(text: string): Node[] {
  const documents = splitDocuments(text.replaceAll("\r\n", "\n"));
  const nodes: Node[] = [];
  for (const document of documents) {
    const node = readDocument(document);
    if (node === undefined || node.tag === "!!null") continue;
    const kind = fieldOf(node, "kind")?.value;
    const items = fieldOf(node, "items");
    const isList = kind === "List" || kind === "ResourceList";
    if (documents.length === 1 && isList && (items !== undefined || fieldOf(node, "functionConfig") !== undefined))
      nodes.push(...(items?.content ?? []));
    else nodes.push(node);
  }
  return nodes;
}

function readDocument(text: string): Node | undefined {
  try {
    return parseNode(text);
  } catch (error) {
    if (error instanceof YamlError) throw new KustomizeError(`MalformedYAMLError: ${error.contextFirst}`, "malformed");
    throw error;
  }
}
