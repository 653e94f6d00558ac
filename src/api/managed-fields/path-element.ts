import { goQuote } from "../encoding/go-quote.ts";
import { emitJson } from "../encoding/json-emit.ts";
import { compareStrings, isObject, type Json, sortedKeys } from "../json.ts";

/**
 * One step of a path to a field: a member's name, the keys of an item of a list of objects, the value of an item of a set, or an index. Models
 * structured-merge-diff fieldpath.PathElement.
 */
export type PathElement =
  | { type: "field"; name: string }
  /** By name. */
  | { type: "key"; fields: readonly (readonly [string, Json])[] }
  | { type: "value"; value: Json }
  | { type: "index"; index: number };

export type Path = readonly PathElement[];

const ranks = { field: 0, key: 1, value: 2, index: 3 };

/** As fieldsV1 has it: `f:spec`, `k:{"port":80,"protocol":"TCP"}`, `v:"a"`, `i:0`. Equal elements have equal texts. */
export function serialize(element: PathElement): string {
  switch (element.type) {
    case "field":
      return `f:${element.name}`;
    case "key":
      return `k:{${element.fields.map(([name, value]) => `${emitJson(name)}:${emitJson(value)}`).join(",")}}`;
    case "value":
      return `v:${emitJson(element.value)}`;
    case "index":
      return `i:${element.index}`;
  }
}

/** Reads what `serialize` writes; `undefined` for an unknown kind of element, which readers skip. Throws SyntaxError for a damaged one. */
export function deserialize(text: string): PathElement | undefined {
  const rest = text.slice(2);
  switch (text.slice(0, 2)) {
    case "f:":
      return { type: "field", name: rest };
    case "v:":
      return { type: "value", value: JSON.parse(rest) as Json };
    case "k:": {
      const fields = JSON.parse(rest) as Json;
      if (!isObject(fields)) throw new SyntaxError(`not a key: ${text}`);
      return { type: "key", fields: sortedKeys(fields).map((name) => [name, fields[name] ?? null] as const) };
    }
    case "i:": {
      if (!/^-?[0-9]+$/.test(rest)) throw new SyntaxError(`not an index: ${text}`);
      return { type: "index", index: Number(rest) };
    }
    default:
      if (text.length < 2) throw new SyntaxError("key must be 2 characters long:");
      if (text[1] !== ":") throw new SyntaxError(`missing colon: ${text}`);
      return undefined;
  }
}

export function compareElements(a: PathElement, b: PathElement): number {
  if (a.type === "field" && b.type === "field") return compareStrings(a.name, b.name);
  if (a.type === "key" && b.type === "key") return compareKeys(a.fields, b.fields);
  if (a.type === "value" && b.type === "value") return compareValues(a.value, b.value);
  if (a.type === "index" && b.type === "index") return a.index - b.index;
  return ranks[a.type] - ranks[b.type];
}

function compareKeys(a: readonly (readonly [string, Json])[], b: readonly (readonly [string, Json])[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const order = compareStrings(a[i]![0], b[i]![0]) || compareValues(a[i]![1], b[i]![1]);
    if (order) return order;
  }
  return a.length - b.length;
}

/** Numbers, then strings, then booleans, then the rest. */
function compareValues(a: Json, b: Json): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a === "string" && typeof b === "string") return compareStrings(a, b);
  if (typeof a === "boolean" && typeof b === "boolean") return Number(a) - Number(b);
  const rank = (value: Json) => ["number", "string", "boolean"].indexOf(typeof value) + 1 || 4;
  return rank(a) - rank(b) || compareStrings(emitJson(a), emitJson(b));
}

function show(value: Json): string {
  return typeof value === "string" ? goQuote(value) : emitJson(value);
}

/** As errors show it: `.spec`, `[port=80,protocol="TCP"]`, `[="a"]`, `[0]`. */
export function formatElement(element: PathElement): string {
  switch (element.type) {
    case "field":
      return `.${element.name}`;
    case "key":
      return `[${element.fields.map(([name, value]) => `${name}=${show(value)}`).join(",")}]`;
    case "value":
      return `[=${show(element.value)}]`;
    case "index":
      return `[${element.index}]`;
  }
}

/** `.spec.ports[port=80,protocol="TCP"].targetPort` */
export function formatPath(path: Path): string {
  return path.map(formatElement).join("");
}
