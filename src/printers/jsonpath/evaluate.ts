import { encodeText } from "../../api/encoding/text.ts";
import { getKey, sortedKeys } from "../../api/json.ts";
import { basicEqual, basicLess } from "../go/compare.ts";
import { sprint } from "../go/format.ts";
import { type GoData, GoNumber, isMap, kindOf, typeOf } from "../go/value.ts";
import type { Bound, ListNode, Node } from "./node.ts";

/**
 * What a step found. With an error the values still count: a filter that only asks for existence looks at them. Undefined is a
 * value that is none, what an empty `range` runs its body on.
 */
export interface Found {
  values: (GoData | undefined)[];
  error?: string;
}

type Values = Found["values"];

/** What `range` and `end` did while a list was evaluated. */
export interface Loop {
  begin: number;
  inside: number;
  end: number;
}

/** Evaluates one node on the current values. Models the eval functions of client-go util/jsonpath/jsonpath.go. */
export function evaluateNode(input: Values, node: Node, loop: Loop, allowMissingKeys: boolean): Found {
  const list = (values: Values, nodes: ListNode): Found => {
    let found: Found = { values };
    for (const inner of nodes.nodes) {
      found = evaluateNode(found.values, inner, loop, allowMissingKeys);
      if (found.error !== undefined) return found;
    }
    return found;
  };
  switch (node.kind) {
    case "list":
      return list(input, node);
    case "text":
      return { values: [node.text] };
    case "int":
      return { values: input.map(() => new GoNumber("int", node.value)) };
    case "float":
      return { values: input.map(() => new GoNumber("float64", node.value)) };
    case "bool":
      return { values: input.map(() => node.value) };
    case "field":
      return field(input, node.name, allowMissingKeys);
    case "array":
      return array(input, node.bounds);
    case "wildcard":
      return { values: input.flatMap(children) };
    case "recursive":
      return { values: descendants(input) };
    case "identifier":
      return identifier(input, node.name, loop);
    case "union": {
      const values: Values = [];
      for (const part of node.lists) {
        const found = list(input, part);
        if (found.error !== undefined) return { values: input, error: found.error };
        values.push(...found.values);
      }
      return { values };
    }
    case "filter":
      return filter(input, node, list);
  }
}

function identifier(input: Values, name: string, loop: Loop): Found {
  if (name === "range") {
    loop.begin++;
    return { values: input };
  }
  if (name !== "end") return { values: input, error: `unrecognized identifier ${name}` };
  if (loop.inside <= 0) return { values: [], error: "not in range, nothing to end" };
  loop.end++;
  return { values: [] };
}

function field(input: Values, name: string, allowMissingKeys: boolean): Found {
  if (input.length === 0) return { values: [] };
  const values: Values = [];
  for (const value of input) {
    const member = isMap(value) ? getKey(value, name) : undefined;
    if (member !== undefined) values.push(member);
  }
  return values.length === 0 && !allowMissingKeys ? { values, error: `${name} is not found` } : { values };
}

/** The members of a map (in the order of their keys; Go's is random), a list, or the bytes of a string. */
function children(value: GoData | undefined): GoData[] {
  if (Array.isArray(value)) return value;
  if (typeof value === "string") return [...encodeText(value)].map((byte) => new GoNumber("uint8", byte));
  if (!isMap(value)) return [];
  const members: GoData[] = [];
  for (const key of sortedKeys(value)) {
    const member = getKey(value, key);
    if (member !== undefined) members.push(member);
  }
  return members;
}

/** Every value that has members, itself before them. */
function descendants(input: Values): Values {
  const out: Values = [];
  const visit = (value: GoData | undefined): void => {
    const members = children(value);
    if (members.length === 0) return;
    out.push(value);
    members.forEach(visit);
  };
  input.forEach(visit);
  return out;
}

function array(input: Values, bounds: [Bound, Bound, Bound]): Found {
  const values: Values = [];
  for (const value of input) {
    if (value === null) continue;
    if (value === undefined) return { values: input, error: "reflect: call of reflect.Value.Type on zero Value" };
    if (!Array.isArray(value)) return { values: input, error: `${typeOf(value)} is not array or slice` };
    const length = value.length;
    let start = bounds[0].known ? bounds[0].value : 0;
    if (start < 0) start += length;
    let end = bounds[1].known ? bounds[1].value : length;
    if (end < 0 || (end === 0 && bounds[1].derived)) end += length;
    // As in client-go, an empty slice of one value ends the step for those after it too.
    if (start === end) return { values };
    const outside = (index: number) => ({
      values: input,
      error: `array index out of bounds: index ${index}, length ${length}`,
    });
    if (start >= length || start < 0) return outside(start);
    if (end > length || end < 0) return outside(end - 1);
    if (start > end) return { values: input, error: `starting index ${start} is greater than ending index ${end}` };
    if (bounds[2].known && bounds[2].value <= 0) return { values: input, error: "step must be > 0" };
    const step = bounds[2].known ? bounds[2].value : 1;
    for (let i = start; i < end; i += step) values.push(value[i]);
  }
  return { values };
}

function filter(
  input: Values,
  node: Extract<Node, { kind: "filter" }>,
  list: (values: Values, nodes: ListNode) => Found,
): Found {
  const values: Values = [];
  for (const value of input) {
    if (!Array.isArray(value)) {
      const shown = value === undefined ? "<invalid reflect.Value>" : sprint(value);
      return { values: input, error: `${shown} is not array or slice and cannot be filtered` };
    }
    for (const item of value) {
      const left = list([item], node.left);
      if (node.operator === "exists") {
        if (left.values.length > 0) values.push(item);
        continue;
      }
      if (left.error !== undefined) return { values: input, error: left.error };
      if (left.values.length === 0) continue;
      if (left.values.length > 1) return { values: input, error: "can only compare one element at a time" };
      const right = list([item], node.right);
      if (right.error !== undefined) return { values: input, error: right.error };
      if (right.values.length === 0) continue;
      if (right.values.length > 1) return { values: input, error: "can only compare one element at a time" };
      const passed = compare(left.values[0], node.operator, right.values[0]);
      if (typeof passed === "string") return { values, error: passed };
      if (passed) values.push(item);
    }
  }
  return { values };
}

const REASONS = { type: "invalid type for comparison", mixed: "incompatible types for comparison" };

/** True, false, or the text of an error. */
function compare(a: GoData | undefined, operator: string, b: GoData | undefined): boolean | string {
  let passed: boolean | "type" | "mixed";
  switch (operator) {
    case "==":
    case "!=":
      passed = basicEqual(a, b);
      break;
    case "<":
    case ">=":
      passed = basicLess(a, b);
      break;
    case "<=":
    case ">":
      passed = basicLess(a, b);
      if (passed === false) passed = basicEqual(a, b);
      break;
    default:
      return `unrecognized filter operator ${operator}`;
  }
  if (typeof passed === "string") return REASONS[passed];
  return operator === "!=" || operator === ">=" || operator === ">" ? !passed : passed;
}

/** The kinds that print as JSON. */
export function isCompound(value: GoData | undefined): boolean {
  const kind = kindOf(value);
  return kind === "map" || kind === "slice";
}
