import type { Json } from "../../api/json.ts";
import { splitPath } from "../field-spec.ts";
import { KustomizeError } from "../problem.ts";
import { findElement, get, requireKind } from "./fields.ts";
import { toJson } from "./json.ts";
import type { Node } from "./node.ts";

/** Models utils.SmarterPathSplitter: what stands in brackets is one part; without `=` the brackets go. */
export function splitBracketed(path: string, delimiter: string): string[] {
  const result: string[] = [];
  const parts = splitPath(path, delimiter);
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!;
    if (!part.startsWith("[") || part.endsWith("]")) {
      result.push(part);
      continue;
    }
    const bracketed = [part];
    while (i < parts.length - 1) {
      bracketed.push(parts[++i]!);
      if (parts[i]!.endsWith("]")) break;
    }
    const joined = bracketed.join(delimiter);
    result.push(joined.includes("=") ? joined : joined.replace(/^[[\]]+|[[\]]+$/g, ""));
  }
  return result;
}

export function isIndex(part: string): boolean {
  return /^\+?\d+$/.test(part);
}

export function isElement(part: string): boolean {
  return part.startsWith("[") && part.endsWith("]");
}

/** `[name=web]` → name and web. Models SplitIndexNameValue. */
export function elementKey(part: string): [name: string, value: string] {
  const inner = part.replace(/\]$/, "").replace(/^\[/, "");
  const equals = inner.indexOf("=");
  if (equals < 0) throw new KustomizeError("list path element must contain fieldName=fieldValue for element to match");
  return [inner.slice(0, equals), inner.slice(equals + 1)];
}

/** The node on a path; undefined where there is none. Throws KustomizeError for a path that cannot be. Models PathGetter. */
export function lookUp(node: Node, path: readonly string[]): Node | undefined {
  let at: Node | undefined = node;
  for (const part of path.map((each) => each.trim()).filter(Boolean)) {
    if (at === undefined) return undefined;
    at = step(at, part);
  }
  return at;
}

function step(node: Node, part: string): Node | undefined {
  if (/^[+-]?\d+$/.test(part)) {
    const index = Number(part);
    if (index < 0) throw new KustomizeError(`array index ${index} cannot be negative`);
    requireKind(node, "list");
    return node.content[index];
  }
  if (part === "-") {
    requireKind(node, "list");
    return node.content.at(-1);
  }
  if (part === "*") throw new KustomizeError("wildcard is not supported in PathGetter");
  if (isElement(part)) {
    const [name, value] = elementKey(part);
    return findElement(node, { keys: [name], values: [value] });
  }
  return get(node, part);
}

export type Primitive = string | number | boolean;

/** The value of a field as a var takes it, maps and lists as JSON. Throws KustomizeError where there is none. Models RNode.GetFieldValue. */
export function lookUpValue(node: Node, path: string): Json {
  const parts = splitBracketed(path, ".").flatMap((part) => {
    const [, name, index] = /^(.*)\[(\d+)\]$/.exec(part) ?? [];
    if (index === undefined) return [part];
    return name ? [name, index] : [index];
  });
  const found = lookUp(node, parts);
  if (found === undefined) throw new KustomizeError(`no field named '${path}'`);
  if (found.kind !== "scalar") return toJson(found);
  const { tag, value } = found;
  if (tag === "!!bool") return value.toLowerCase() === "true";
  if (tag !== "!!int" && tag !== "!!float") return value;
  // Go's Atoi and ParseFloat read less than YAML does.
  const pattern = tag === "!!int" ? /^[+-]?\d+$/ : /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
  if (!pattern.test(value)) throw new KustomizeError(`parsing ${value}: invalid syntax`);
  return Number(value);
}
