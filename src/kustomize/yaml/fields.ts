import { decodeYaml } from "../../api/encoding/yaml-decode.ts";
import { parseYaml } from "../../api/encoding/yaml-parser.ts";
import { resolveScalar } from "../../api/encoding/yaml-scalar.ts";
import { KustomizeError } from "../problem.ts";
import {
  become,
  fieldOf,
  isMissingOrNull,
  isText,
  keyIndex,
  makeNode,
  type Node,
  type NodeKind,
  scalar,
} from "./node.ts";
import { nodeText } from "./text.ts";

const KIND_NAMES: Readonly<Record<NodeKind, string>> = {
  scalar: "ScalarNode",
  map: "MappingNode",
  list: "SequenceNode",
  none: "",
};

/** Throws KustomizeError unless the node is missing, null or of that kind. Models kyaml ErrorIfInvalid. */
export function requireKind(node: Node | undefined, kind: NodeKind): void {
  if (isMissingOrNull(node) || (node as Node).kind === kind) return;
  const found = node as Node;
  throw new KustomizeError(
    `wrong node kind: expected ${KIND_NAMES[kind]} but got ${KIND_NAMES[found.kind]}: node contents:\n${nodeText(found)}`,
    "wrong-kind",
  );
}

/** The field of a map; undefined of nothing. Throws KustomizeError for what is no map. Models FieldMatcher with a name. */
export function get(node: Node | undefined, name: string): Node | undefined {
  if (isMissingOrNull(node)) return undefined;
  requireKind(node, "map");
  return fieldOf(node, name);
}

/** Whether the text alone would be something else than a string to a YAML 1.1 reader. Models IsValueNonString. */
export function readsAsOther(value: string): boolean {
  if (value === "" || value.includes("\n")) return false;
  if (/^[\w./-]+$/.test(value)) return !["string", "timestamp"].includes(resolveScalar(value).kind);
  try {
    return typeof decodeYaml(parseYaml(value)).value !== "string";
  } catch {
    return false;
  }
}

/** A text that was given no type keeps being one. The first thing that FieldSetter does. */
function guardText(value: Node): void {
  if (isText(value) && value.style === "" && readsAsOther(value.value)) value.style = "double";
}

/** Puts a value in the place of a scalar, in the style of that scalar. Models FieldSetter without a name. */
export function setScalar(node: Node, value: Node): void {
  guardText(value);
  requireKind(node, "scalar");
  if (isMissingOrNull(value)) return;
  value.style = node.style;
  become(node, value);
}

/**
 * Sets a field of a map; nothing and null (but one to be kept) remove it. A field that is there keeps its style. Models FieldSetter. Returns the node that
 * holds the value then.
 */
export function setField(node: Node, name: string, value: Node | undefined): Node | undefined {
  if (value !== undefined) guardText(value);
  if (value === undefined || (value.tag === "!!null" && !value.keep)) return clearField(node, name);
  const field = get(node, name);
  if (field === undefined) {
    // A null has no fields; what is appended to it is never seen.
    node.content.push(scalar(name), value);
    return value;
  }
  value.style = field.style;
  become(field, value);
  return field;
}

export function setText(node: Node, name: string, value: string): void {
  setField(node, name, scalar(value));
}

/** Models FieldClearer. */
export function clearField(node: Node | undefined, name: string, onlyIfEmpty = false): Node | undefined {
  requireKind(node, "map");
  const at = keyIndex(node, name);
  if (at < 0) return undefined;
  const value = node!.content[at + 1]!;
  if (onlyIfEmpty && value.content.length > 0) return undefined;
  node!.content.splice(at, 2);
  return value;
}

/** The field of a map, made when it is not there. Models PathGetter with Create for one field. */
export function getOrCreate(node: Node, name: string, kind: NodeKind): Node {
  return get(node, name) ?? (setField(node, name, makeNode(kind)) as Node);
}

export interface ListMatch {
  keys: readonly string[];
  values: readonly string[];
}

/** The first map of a list whose fields have these values; for the key "" the first scalar of the value. Models ElementMatcher. */
export function findElement(list: Node | undefined, { keys, values }: ListMatch): Node | undefined {
  if (isMissingOrNull(list)) return undefined;
  requireKind(list, "list");
  const { content } = list as Node;
  if (keys.length === 0 || keys[0] === "") return content.find((item) => item.value === (values[0] ?? ""));
  return content.find(
    (item) =>
      item.kind === "map" &&
      keys.every((key, i) => {
        const field = fieldOf(item, key);
        return field !== undefined && field.value === (values[i] ?? "");
      }),
  );
}

/**
 * Puts an element in the place of those that match, or at the end; without an element those that match are removed, and so is what is null or an empty map.
 * Models ElementSetter.
 */
export function setElement(list: Node, { keys, values }: ListMatch, element?: Node): void {
  requireKind(list, "list");
  const names = keys.length === 0 ? [""] : keys;
  const forMaps = names[0] !== "" && values.length > 0 && values[0] !== "";
  const content: Node[] = [];
  let found = false;
  for (const item of list.content) {
    if (isMissingOrNull(item) || (item.kind === "map" && item.content.length === 0)) continue;
    if (item.kind !== "map" && forMaps) {
      content.push(item);
      continue;
    }
    const matches = elementMatches(item, names, values);
    if (!matches) {
      if (values.length > 0) content.push(item);
      continue;
    }
    found = true;
    if (element !== undefined) content.push(element);
  }
  list.content = content;
  if (element !== undefined && !isMissingOrNull(element) && !found) list.content.push(element);
}

/** A key without a value counts as the one before it, and without any nothing matches. */
function elementMatches(item: Node, names: readonly string[], values: readonly string[]): boolean {
  let found: Node | undefined;
  for (const [i, name] of names.entries()) {
    if (i < values.length) found = matchField(item, name, values[i]!);
    if (found === undefined) return false;
  }
  return true;
}

function matchField(item: Node, name: string, value: string): Node | undefined {
  if (name === "") {
    requireKind(item, "scalar");
    return item.value === value ? item : undefined;
  }
  const field = get(item, name);
  return field !== undefined && (value === "" || field.value === value) ? field : undefined;
}
