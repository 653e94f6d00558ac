import { goRegExp } from "../go-regexp.ts";
import { KustomizeError } from "../problem.ts";
import { get, requireKind, setField } from "./fields.ts";
import { elementKey, isElement, isIndex } from "./look-up.ts";
import { fieldOf, makeNode, type Node, type NodeKind, scalar } from "./node.ts";
import { parseNode } from "./read.ts";
import { nodeText } from "./text.ts";

/**
 * All nodes that a path matches: `*` is every item of a list, `[name=web]` those whose field matches a pattern. With `create` a path that is not there is made.
 * Throws KustomizeError. Models kyaml PathMatcher.
 */
export function matchPath(node: Node, path: readonly string[], create: NodeKind | undefined): Node[] {
  const [part, ...rest] = path;
  if (part === undefined) return [node];
  if (isIndex(part)) return matchIndex(node, Number(part), rest, create);
  if (isElement(part)) return matchElements(node, part, rest, create);
  if (part === "*") {
    requireKind(node, "list");
    return node.content.flatMap((item) => matchPath(item, rest, create));
  }
  return matchField(node, part, rest, create);
}

/** What kind a part has to be for what follows it. Models getPathPartKind. */
function kindFor(next: string | undefined, create: NodeKind): NodeKind {
  if (next === undefined || next === "") return create;
  return isElement(next) || isIndex(next) ? "list" : "map";
}

function matchField(node: Node, name: string, rest: readonly string[], create: NodeKind | undefined): Node[] {
  let field = get(node, name);
  if (field === undefined) {
    if (create === undefined) return [];
    field = makeNode(kindFor(rest[0], create));
    setField(node, name, field);
  }
  // What is YAML within a text is searched, but not changed here.
  if (field.kind === "scalar" && rest.length > 0) {
    const inside = parseNode(field.value);
    return inside === undefined ? [] : matchPath(inside, rest, create);
  }
  return matchPath(field, rest, create);
}

function matchIndex(node: Node, index: number, rest: readonly string[], create: NodeKind | undefined): Node[] {
  requireKind(node, "list");
  const { content } = node;
  if (content.length === index && create !== undefined) content.push(makeNode(kindFor(rest[0], create)));
  const element = content[index];
  if (element === undefined)
    throw new KustomizeError(`index ${index} specified but only ${content.length} elements found`);
  return matchPath(element, rest, create);
}

function matchElements(node: Node, part: string, rest: readonly string[], create: NodeKind | undefined): Node[] {
  const [name, pattern] = elementKey(part);
  requireKind(node, "list");
  const search = (): Node[] =>
    node.content.flatMap((item) => {
      const value = name === "" ? item : fieldOf(item, name);
      if (value === undefined || !goRegExp(pattern).test(nodeText(value).trim())) return [];
      return name === "" ? [item] : matchPath(item, rest, create);
    });
  const found = search();
  if (found.length > 0 || create === undefined) return found;
  const value = scalar(pattern);
  const element = name === "" ? value : makeNode("map");
  if (name !== "") element.content = [scalar(name), value];
  node.content.push(element);
  return search();
}
