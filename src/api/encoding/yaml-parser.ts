import { type Mark, YamlError, yamlProblem } from "./yaml-cursor.ts";
import { Scanner, type Token, type TokenType } from "./yaml-scanner.ts";

export type YamlNode = ScalarNode | MapNode | ListNode | AliasNode;
export interface ScalarNode {
  kind: "scalar";
  /** From 0. */
  line: number;
  value: string;
  /** `tag:yaml.org,2002:int`, `!x`; "" for none. */
  tag: string;
  /** Its type is read off its text. */
  implicit: boolean;
}
export interface MapNode {
  kind: "map";
  line: number;
  pairs: { key: YamlNode; value: YamlNode }[];
  /** Written in braces. */
  flow: boolean;
}
export interface ListNode {
  kind: "list";
  line: number;
  items: YamlNode[];
  /** Written in brackets. */
  flow: boolean;
}
export interface AliasNode {
  kind: "alias";
  line: number;
  name: string;
  target: YamlNode;
}

/**
 * The first document of a text, undefined if there is none. What follows it is not read. Throws YamlError. Models
 * go.yaml.in/yaml/v2 parserc.go and the parser in decode.go.
 */
export function parseYaml(text: string): YamlNode | undefined {
  try {
    return new Parser(text).document();
  } catch (error) {
    // Nesting that the original, which is not limited by a small stack, would follow a little further.
    if (error instanceof RangeError) throw new YamlError("yaml: exceeded max depth of 10000");
    throw error;
  }
}

interface Properties {
  start: Mark;
  anchor: string | undefined;
  tag: string;
}

const AFTER_DOCUMENT = new Set<TokenType>([
  "version-directive",
  "tag-directive",
  "document-start",
  "document-end",
  "stream-end",
]);

class Parser {
  private readonly scanner: Scanner;
  private readonly anchors = new Map<string, YamlNode>();
  private readonly tagPrefixes = new Map<string, string>();

  constructor(text: string) {
    this.scanner = new Scanner(text);
  }

  document(): YamlNode | undefined {
    const first = this.scanner.peek();
    if (first.type === "stream-end") return undefined;
    const explicit = AFTER_DOCUMENT.has(first.type) && first.type !== "document-end";
    this.directives();
    let node: YamlNode;
    if (explicit) {
      const start = this.scanner.peek();
      if (start.type !== "document-start")
        throw yamlProblem("parser", "did not find expected <document start>", start.start);
      this.scanner.skip();
      const token = this.scanner.peek();
      node = AFTER_DOCUMENT.has(token.type) ? empty(token.start) : this.node(true, false);
    } else node = this.node(true, false);
    // The end of the document is looked for: what cannot be read there is an error.
    this.scanner.peek();
    return node;
  }

  private directives(): void {
    let hasVersion = false;
    for (let token = this.scanner.peek(); ; token = this.scanner.peek()) {
      if (token.type === "version-directive") {
        if (hasVersion) throw yamlProblem("parser", "found duplicate %YAML directive", token.start);
        if (token.value !== "1.1") throw yamlProblem("parser", "found incompatible YAML document", token.start);
        hasVersion = true;
      } else if (token.type === "tag-directive") {
        if (this.tagPrefixes.has(token.value!))
          throw yamlProblem("parser", "found duplicate %TAG directive", token.start);
        this.tagPrefixes.set(token.value!, token.suffix!);
      } else break;
      this.scanner.skip();
    }
    if (!this.tagPrefixes.has("!")) this.tagPrefixes.set("!", "!");
    if (!this.tagPrefixes.has("!!")) this.tagPrefixes.set("!!", "tag:yaml.org,2002:");
  }

  private node(block: boolean, indentless: boolean): YamlNode {
    let token = this.scanner.peek();
    if (token.type === "alias") {
      this.scanner.skip();
      const target = this.anchors.get(token.value!);
      if (target === undefined) throw new YamlError(`yaml: unknown anchor '${token.value}' referenced`);
      return { kind: "alias", line: token.start.line, name: token.value!, target };
    }
    const properties = this.properties(token);
    token = this.scanner.peek();
    const { line } = properties.start;
    if (indentless && token.type === "-") return this.list(line, properties, (items) => this.indentlessItems(items));
    switch (token.type) {
      case "scalar": {
        this.scanner.skip();
        const { tag } = properties;
        const implicit = (tag === "" && token.plain === true) || tag === "!";
        return this.anchored({ kind: "scalar", line, value: token.value!, tag, implicit }, properties);
      }
      case "[":
        return this.list(line, properties, (items) => this.flowItems(items, token.start));
      case "{":
        return this.map(line, properties, (pairs) => this.flowPairs(pairs, token.start));
      case "block-list-start":
        if (block) return this.list(line, properties, (items) => this.blockItems(items, token.start));
        break;
      case "block-map-start":
        if (block) return this.map(line, properties, (pairs) => this.blockPairs(pairs, token.start));
        break;
    }
    if (properties.anchor !== undefined || properties.tag !== "") {
      const { tag } = properties;
      return this.anchored({ kind: "scalar", line, value: "", tag, implicit: tag === "" }, properties);
    }
    throw yamlProblem("parser", "did not find expected node content", token.start, properties.start);
  }

  private properties(first: Token): Properties {
    const properties: Properties = { start: first.start, anchor: undefined, tag: "" };
    let handle: Token | undefined;
    for (let token = first; ; token = this.scanner.peek()) {
      if (token.type === "anchor" && properties.anchor === undefined) properties.anchor = token.value!;
      else if (token.type === "tag" && handle === undefined) handle = token;
      else break;
      this.scanner.skip();
      // A second property must be of the other sort, and a third is none.
      if (properties.anchor !== undefined && handle !== undefined) {
        this.scanner.peek();
        break;
      }
    }
    if (handle !== undefined) {
      const prefix = handle.value === "" ? "" : this.tagPrefixes.get(handle.value!);
      properties.tag = prefix === undefined ? "" : prefix + handle.suffix!;
      if (properties.tag === "" && handle.value !== "")
        throw yamlProblem("parser", "found undefined tag handle", handle.start, properties.start);
    }
    return properties;
  }

  private anchored<T extends YamlNode>(node: T, properties: Properties): T {
    if (properties.anchor !== undefined) this.anchors.set(properties.anchor, node);
    return node;
  }

  private list(line: number, properties: Properties, fill: (items: YamlNode[]) => void): ListNode {
    const node = this.anchored<ListNode>(
      { kind: "list", line, items: [], flow: this.scanner.peek().type === "[" },
      properties,
    );
    fill(node.items);
    return node;
  }

  private map(line: number, properties: Properties, fill: (pairs: MapNode["pairs"]) => void): MapNode {
    const node = this.anchored<MapNode>(
      { kind: "map", line, pairs: [], flow: this.scanner.peek().type === "{" },
      properties,
    );
    fill(node.pairs);
    return node;
  }

  /** A node unless one of the tokens follows that end an empty one, which stands at `at`. */
  private nodeOrEmpty(at: Mark | undefined, ends: TokenType[], block: boolean, indentless: boolean): YamlNode {
    const token = this.scanner.peek();
    return ends.includes(token.type) ? empty(at ?? token.start) : this.node(block, indentless);
  }

  private blockItems(items: YamlNode[], start: Mark): void {
    this.scanner.skip();
    for (let token = this.scanner.peek(); token.type !== "block-end"; token = this.scanner.peek()) {
      if (token.type !== "-") throw yamlProblem("parser", "did not find expected '-' indicator", token.start, start);
      this.scanner.skip();
      items.push(this.nodeOrEmpty(token.start, ["-", "block-end"], true, false));
    }
    this.scanner.skip();
  }

  private indentlessItems(items: YamlNode[]): void {
    for (let token = this.scanner.peek(); token.type === "-"; token = this.scanner.peek()) {
      this.scanner.skip();
      items.push(this.nodeOrEmpty(token.start, ["-", "key", "value", "block-end"], true, false));
    }
  }

  private blockPairs(pairs: MapNode["pairs"], start: Mark): void {
    const ends: TokenType[] = ["key", "value", "block-end"];
    this.scanner.skip();
    for (let token = this.scanner.peek(); token.type !== "block-end"; token = this.scanner.peek()) {
      if (token.type !== "key") throw yamlProblem("parser", "did not find expected key", token.start, start);
      this.scanner.skip();
      const key = this.nodeOrEmpty(token.start, ends, true, true);
      const colon = this.scanner.peek();
      let value: YamlNode;
      if (colon.type === "value") {
        this.scanner.skip();
        value = this.nodeOrEmpty(colon.start, ends, true, true);
      } else value = empty(colon.start);
      pairs.push({ key, value });
    }
    this.scanner.skip();
  }

  private flowItems(items: YamlNode[], start: Mark): void {
    this.scanner.skip();
    for (let first = true; ; first = false) {
      let token = this.scanner.peek();
      if (token.type !== "]" && !first) {
        if (token.type !== ",") throw yamlProblem("parser", "did not find expected ',' or ']'", token.start, start);
        this.scanner.skip();
        token = this.scanner.peek();
      }
      if (token.type === "]") break;
      if (token.type === "key") items.push(this.singlePair(token));
      else items.push(this.node(false, false));
    }
    this.scanner.skip();
  }

  /** `[a: b]`: a map of one pair within a list. */
  private singlePair(token: Token): MapNode {
    this.scanner.skip();
    const ends: TokenType[] = [",", "]"];
    let key: YamlNode;
    const next = this.scanner.peek();
    if (next.type === "value" || ends.includes(next.type)) {
      // As the original does: the token that shows that there is no key is dropped.
      this.scanner.skip();
      key = empty(next.start);
    } else key = this.node(false, false);
    const value = this.flowValue(ends);
    return { kind: "map", line: token.start.line, pairs: [{ key, value }], flow: true };
  }

  private flowValue(ends: TokenType[]): YamlNode {
    if (this.scanner.peek().type !== "value") return empty(this.scanner.peek().start);
    this.scanner.skip();
    return this.nodeOrEmpty(undefined, ends, false, false);
  }

  private flowPairs(pairs: MapNode["pairs"], start: Mark): void {
    const ends: TokenType[] = [",", "}"];
    this.scanner.skip();
    for (let first = true; ; first = false) {
      let token = this.scanner.peek();
      if (token.type !== "}" && !first) {
        if (token.type !== ",") throw yamlProblem("parser", "did not find expected ',' or '}'", token.start, start);
        this.scanner.skip();
        token = this.scanner.peek();
      }
      if (token.type === "}") break;
      if (token.type === "key") {
        this.scanner.skip();
        const key = this.nodeOrEmpty(undefined, ["value", ...ends], false, false);
        pairs.push({ key, value: this.flowValue(ends) });
      } else {
        const key = this.node(false, false);
        pairs.push({ key, value: empty(this.scanner.peek().start) });
      }
    }
    this.scanner.skip();
  }
}

function empty(at: Mark): ScalarNode {
  return { kind: "scalar", line: at.line, value: "", tag: "", implicit: true };
}
