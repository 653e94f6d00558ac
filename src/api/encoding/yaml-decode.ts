import { type Json, type JsonObject, setKey } from "../json.ts";
import { formatFloatG } from "./go-number.ts";
import { goQuote } from "./go-quote.ts";
import { decodeBase64, decodeText } from "./text.ts";
import { YamlError } from "./yaml-cursor.ts";
import type { MapNode, ScalarNode, YamlNode } from "./yaml-parser.ts";
import { type ResolvedScalar, resolveScalar } from "./yaml-scalar.ts";

/** A value as go.yaml.in/yaml/v2 decodes it into an `interface{}`: keys of maps keep their types. */
type GoValue = ResolvedScalar | GoValue[] | GoMap;
type GoMap = Map<string, { key: ResolvedScalar; value: GoValue }>;

export interface DecodedYaml {
  value: Json;
  /** What a strict reader complains about, as `line 3: key "a" already set in map`; the last value counts. */
  duplicates: string[];
}

/** The JSON of a YAML document. Throws YamlError. Models go.yaml.in/yaml/v2 decode.go and sigs.k8s.io/yaml. */
export function decodeYaml(node: YamlNode | undefined): DecodedYaml {
  if (node === undefined) return { value: null, duplicates: [] };
  const decoder = new Decoder();
  const value = toJson(decoder.decode(node));
  return { value, duplicates: decoder.duplicates };
}

const PREFIX = "tag:yaml.org,2002:";
const RESOLVABLE = new Set(
  ["", "str", "bool", "int", "float", "null", "timestamp"].map((name) => name && PREFIX + name),
);
const RATIO_LOW = 400_000;
const RATIO_HIGH = 4_000_000;

class Decoder {
  readonly duplicates: string[] = [];
  private readonly open = new Set<YamlNode>();
  private count = 0;
  private aliasCount = 0;
  private aliasDepth = 0;

  decode(node: YamlNode): GoValue {
    this.tally();
    switch (node.kind) {
      case "scalar":
        return decodeScalar(node);
      case "list":
        return node.items.map((item) => this.decode(item));
      case "map": {
        const map: GoMap = new Map();
        this.fill(node, map);
        return map;
      }
      case "alias":
        return this.alias(node, (target) => this.decode(target));
    }
  }

  /** Small documents may consist of aliases, large ones hardly: a few lines must not become gigabytes. */
  private tally(): void {
    this.count++;
    if (this.aliasDepth > 0) this.aliasCount++;
    if (this.aliasCount <= 100 || this.count <= 1000) return;
    const share = Math.min(Math.max((this.count - RATIO_LOW) / (RATIO_HIGH - RATIO_LOW), 0), 1);
    if (this.aliasCount / this.count > 0.99 - 0.89 * share)
      throw new YamlError("yaml: document contains excessive aliasing");
  }

  private alias<T>(node: YamlNode & { kind: "alias" }, decode: (target: YamlNode) => T): T {
    if (this.open.has(node)) throw new YamlError(`yaml: anchor '${node.name}' value contains itself`);
    this.open.add(node);
    this.aliasDepth++;
    const value = decode(node.target);
    this.aliasDepth--;
    this.open.delete(node);
    return value;
  }

  private fill(node: MapNode, map: GoMap): void {
    for (const { key: keyNode, value: valueNode } of node.pairs) {
      if (isMerge(keyNode)) {
        this.merge(valueNode, map);
        continue;
      }
      const key = this.decode(keyNode);
      if (Array.isArray(key) || key instanceof Map) throw new YamlError(`yaml: invalid map key: ${goSyntax(key)}`);
      const value = this.decode(valueNode);
      const id = identity(key);
      if (map.has(id))
        this.duplicates.push(`line ${valueNode.line + 1}: key ${goSyntax(key, true)} already set in map`);
      map.set(id, { key, value });
    }
  }

  private merge(node: YamlNode, map: GoMap): void {
    if (node.kind === "list") {
      // Earlier maps win.
      for (const item of [...node.items].reverse()) this.mergeOne(item, map);
    } else this.mergeOne(node, map);
  }

  private mergeOne(node: YamlNode, map: GoMap): void {
    const target = node.kind === "alias" ? node.target : node;
    if (target.kind !== "map") throw new YamlError("yaml: map merge requires map or sequence of maps as the value");
    this.tally();
    if (node.kind === "alias")
      this.alias(node, () => {
        this.tally();
        this.fill(target, map);
      });
    else this.fill(target, map);
  }
}

function isMerge(node: YamlNode): boolean {
  return node.kind === "scalar" && node.value === "<<" && (node.implicit || node.tag === `${PREFIX}merge`);
}

function decodeScalar(node: ScalarNode): ResolvedScalar {
  const { tag, value } = node;
  if (tag === "" && !node.implicit) return { kind: "string", value };
  if (tag === "") return asString(resolveScalar(value));
  if (tag === `${PREFIX}binary`) return { kind: "string", value: decodeBinary(value) };
  if (tag === `${PREFIX}str` || !RESOLVABLE.has(tag)) return { kind: "string", value };
  const resolved = resolveScalar(value, tag === `${PREFIX}timestamp`);
  const kind = resolved.kind === "uint" ? "int" : resolved.kind === "string" ? "str" : resolved.kind;
  const wanted = tag.slice(PREFIX.length);
  if (kind === wanted) return asString(resolved);
  if (wanted === "float" && resolved.kind === "int") return { kind: "float", value: resolved.value };
  throw new YamlError(`yaml: cannot decode !!${kind} \`${value}\` as a !!${wanted}`);
}

/** Timestamps stay the texts that they are. */
function asString(scalar: ResolvedScalar): ResolvedScalar {
  return scalar.kind === "timestamp" ? { kind: "string", value: scalar.value } : scalar;
}

function decodeBinary(text: string): string {
  const base64 = text.replace(/[\r\n]/g, "");
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(base64))
    throw new YamlError("yaml: !!binary value contains invalid base64 data");
  return decodeText(decodeBase64(base64));
}

function identity(key: ResolvedScalar): string {
  return `${key.kind} ${key.digits ?? String(key.value)}`;
}

/** A value as Go's `%#v` writes it; alone, a nil is `<nil>`. */
function goSyntax(value: GoValue, alone = false): string {
  if (Array.isArray(value)) return `[]interface {}{${value.map((item) => goSyntax(item)).join(", ")}}`;
  if (value instanceof Map) {
    const pairs = [...value.values()].map((pair) => `${goSyntax(pair.key)}:${goSyntax(pair.value)}`);
    return `map[interface {}]interface {}{${pairs.sort().join(", ")}}`;
  }
  switch (value.kind) {
    case "null":
      return alone ? "<nil>" : "interface {}(nil)";
    case "string":
      return goQuote(value.value as string);
    case "int":
      return value.digits!;
    case "uint":
      return `0x${BigInt(value.digits!).toString(16)}`;
    case "float":
      return formatFloatG(value.value as number);
    default:
      return String(value.value);
  }
}

function toJson(value: GoValue): Json {
  if (Array.isArray(value)) return value.map(toJson);
  if (value instanceof Map) {
    const object: JsonObject = {};
    for (const pair of value.values()) setKey(object, keyText(pair.key, pair.value), toJson(pair.value));
    return object;
  }
  if (value.kind === "float" && !Number.isFinite(value.value))
    throw new YamlError(`json: unsupported value: ${formatFloatG(value.value as number)}`);
  return value.value;
}

function keyText(key: ResolvedScalar, value: GoValue): string {
  switch (key.kind) {
    case "int":
      return key.digits!;
    case "float": {
      const text = formatFloatG(key.value as number, 32);
      return { "+Inf": ".inf", "-Inf": "-.inf", NaN: ".nan" }[text] ?? text;
    }
    case "null":
    case "uint": {
      const type = key.kind === "null" ? "%!s(<nil>)" : "uint64";
      throw new YamlError(
        `unsupported map key of type: ${type}, key: ${goSyntax(key, true)}, value: ${goSyntax(value, true)}`,
      );
    }
    default:
      return String(key.value);
  }
}
