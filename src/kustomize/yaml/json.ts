import { formatFloatG } from "../../api/encoding/go-number.ts";
import { goQuote } from "../../api/encoding/go-quote.ts";
import { needsQuotes } from "../../api/encoding/yaml-scalar.ts";
import { compareStrings, isObject, type Json, type JsonObject, setKey, sortedKeys } from "../../api/json.ts";
import { KustomizeError } from "../problem.ts";
import { makeNode, type Node, text } from "./node.ts";
import { resolveNode, timeText } from "./scalar.ts";
import { keyLines } from "./text.ts";

/** The JSON of a node. Throws KustomizeError for what JSON has not. Models RNode.MarshalJSON. */
export function toJson(node: Node): Json {
  const twice = duplicateKeys(node);
  if (twice.length > 0) {
    const lines = keyLines(node);
    const told = twice.map(
      ([key, first]) =>
        `  line ${lines.get(key)}: mapping key ${goQuote(key.value)} already defined at line ${lines.get(first)}`,
    );
    throw new KustomizeError(`yaml: unmarshal errors:\n${told.join("\n")}`, "duplicate-keys");
  }
  return convert(node, true);
}

/** Keys that a map has had before, with the first of them; what is in such a map is not looked at. Models decoder.mapping of yaml/v3. */
function duplicateKeys(node: Node): [key: Node, first: Node][] {
  if (node.kind !== "map") return node.content.flatMap(duplicateKeys);
  const seen = new Map<string, Node>();
  const twice: [Node, Node][] = [];
  for (let i = 0; i + 1 < node.content.length; i += 2) {
    const key = node.content[i]!;
    const first = seen.get(key.value);
    if (first === undefined) seen.set(key.value, key);
    else twice.push([key, first]);
  }
  return twice.length > 0 ? twice : node.content.flatMap((child, i) => (i % 2 === 0 ? [] : duplicateKeys(child)));
}

function convert(node: Node, top = false): Json {
  if (node.kind === "list") return node.content.map((item) => convert(item));
  if (node.kind === "none") return null;
  if (node.kind === "map") {
    const object: JsonObject = {};
    for (let i = 0; i + 1 < node.content.length; i += 2) {
      const key = node.content[i]!;
      // Go's decoder makes a map of texts where that is asked for, which it is for the whole document.
      if (!top && resolveNode(key).kind !== "string")
        throw new KustomizeError("json: unsupported type: map[interface {}]interface {}");
      setKey(object, key.value, convert(node.content[i + 1]!));
    }
    return object;
  }
  const resolved = resolveNode(node);
  if (resolved.kind === "timestamp") return timeText(String(resolved.value));
  if (resolved.kind === "float" && !Number.isFinite(resolved.value))
    throw new KustomizeError(`json: unsupported value: ${formatFloatG(resolved.value as number)}`);
  return resolved.value;
}

/** A node as kyaml makes it of JSON. Models yaml.FromMap. */
export function fromJson(value: Json): Node {
  if (Array.isArray(value)) {
    const list = makeNode("list", "!!seq");
    list.content = value.map((item) => fromJson(item ?? null));
    return list;
  }
  if (isObject(value)) {
    const map = makeNode("map", "!!map");
    for (const key of sortedKeys(value)) map.content.push(fromJson(key), fromJson(value[key] ?? null));
    return map;
  }
  if (typeof value === "string") {
    const node = text(value);
    if (node.style === "" && needsQuotes(value)) node.style = "double";
    return node;
  }
  if (value === null) return makeNode("scalar", "!!null", "null");
  if (typeof value === "boolean") return makeNode("scalar", "!!bool", String(value));
  const digits = formatFloatG(value);
  return makeNode("scalar", /^-?\d+$/.test(digits) ? "!!int" : "!!float", digits);
}

/** A node as Go's `%#v` prints the map that it decodes to, which some messages show. */
export function goSyntax(node: Node, top = true): string {
  if (node.kind === "list") return `[]interface {}{${node.content.map((item) => goSyntax(item, false)).join(", ")}}`;
  if (node.kind === "map") return mapSyntax(node, top);
  if (node.kind === "none") return "interface {}(nil)";
  const { kind, value, digits } = resolveNode(node);
  if (kind === "null") return "interface {}(nil)";
  if (kind === "string") return goQuote(String(value));
  if (kind === "int") return digits ?? String(value);
  if (kind === "uint") return `0x${BigInt(digits ?? 0).toString(16)}`;
  if (kind === "float") return formatFloatG(value as number, 64, 21);
  return kind === "timestamp" ? timeSyntax(String(value)) : String(value);
}

function mapSyntax(node: Node, top: boolean): string {
  const texts: [string, string][] = [];
  const others: string[] = [];
  for (let i = 0; i + 1 < node.content.length; i += 2) {
    const key = node.content[i]!;
    const value = goSyntax(node.content[i + 1]!, false);
    if (top || resolveNode(key).kind === "string") texts.push([key.value, value]);
    else others.push(`${goSyntax(key)}:${value}`);
  }
  const type = others.length > 0 ? "map[interface {}]interface {}" : "map[string]interface {}";
  texts.sort(([a], [b]) => compareStrings(a, b));
  return `${type}{${[...texts.map(([key, value]) => `${goQuote(key)}:${value}`), ...others].join(", ")}}`;
}

const MONTHS = "January February March April May June July August September October November December".split(" ");

function timeSyntax(value: string): string {
  const [, year, month, day, hour, minute, second, fraction = "", zone] =
    /^(\d+)-(\d+)-(\d+)T(\d+):(\d+):(\d+)(?:\.(\d+))?(.*)$/.exec(timeText(value))!;
  const numbers = [day, hour, minute, second, fraction.padEnd(9, "0")].map(Number).join(", ");
  const place = zone === "Z" ? "time.UTC" : 'time.Location("")';
  return `time.Date(${Number(year)}, time.${MONTHS[Number(month) - 1]}, ${numbers}, ${place})`;
}
