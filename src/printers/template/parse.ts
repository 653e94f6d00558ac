import { goQuote } from "../../api/encoding/go-quote.ts";
import { unquote } from "../go/unquote.ts";
import { readConstant } from "./constant.ts";
import { FUNCTIONS } from "./functions.ts";
import { type Item, type ItemType, itemText } from "./item.ts";
import { Lexer } from "./lex.ts";
import {
  type BranchNode,
  type CommandNode,
  isEmptyList,
  type ListNode,
  type Node,
  nodeText,
  type PipeNode,
  TemplateError,
  type VariableNode,
} from "./node.ts";

/** The name that cli-runtime gives to the template. */
export const ROOT_NAME = "output";

const OPERANDS = new Set<ItemType>([
  "bool",
  "charConstant",
  "complex",
  "field",
  "identifier",
  "number",
  "rawString",
  "string",
  "variable",
  "leftParen",
]);

/**
 * Parses a template and those that it defines, by name. Models Go's text/template/parse parse.go.
 * @throws TemplateError with the text that follows `error parsing template <template>, `.
 */
export function parseTemplate(text: string): Map<string, ListNode> {
  const trees = new Map<string, ListNode>();
  new Parser(new Lexer(text), trees).parseRoot();
  return trees;
}

class Parser {
  readonly #lexer: Lexer;
  readonly #trees: Map<string, ListNode>;
  /** Tokens looked ahead at; the first one is the token last read from the lexer, whose line errors name. */
  #tokens: [Item, Item, Item];
  #peeked = 0;
  #variables = ["$"];
  #actionLine = 0;
  #rangeDepth = 0;
  #parenDepth = 0;

  constructor(lexer: Lexer, trees: Map<string, ListNode>) {
    this.#lexer = lexer;
    this.#trees = trees;
    const none: Item = { type: "eof", value: "", pos: 0, line: 0 };
    this.#tokens = [none, none, none];
  }

  #next(): Item {
    if (this.#peeked > 0) this.#peeked--;
    else this.#tokens[0] = this.#lexer.next();
    return this.#tokens[this.#peeked as 0 | 1 | 2];
  }

  #backup(): void {
    this.#peeked++;
  }

  #backup2(first: Item): void {
    this.#tokens[1] = first;
    this.#peeked = 2;
  }

  #backup3(first: Item, second: Item): void {
    this.#tokens[1] = second;
    this.#tokens[2] = first;
    this.#peeked = 3;
  }

  #peek(): Item {
    const item = this.#next();
    this.#backup();
    return item;
  }

  #nextNonSpace(): Item {
    let item = this.#next();
    while (item.type === "space") item = this.#next();
    return item;
  }

  #peekNonSpace(): Item {
    const item = this.#nextNonSpace();
    this.#backup();
    return item;
  }

  #fail(message: string): never {
    throw new TemplateError(`template: ${ROOT_NAME}:${this.#tokens[0].line}: ${message}`);
  }

  #unexpected(item: Item, context: string): never {
    if (item.type !== "error") this.#fail(`unexpected ${itemText(item)} in ${context}`);
    let extra = "";
    if (this.#actionLine !== 0 && this.#actionLine !== item.line) {
      extra = ` in action started at ${ROOT_NAME}:${this.#actionLine}`;
      if (item.value.endsWith(" action")) extra = extra.slice(" in action".length);
    }
    this.#fail(itemText(item) + extra);
  }

  #expect(type: ItemType, context: string): Item {
    const item = this.#nextNonSpace();
    return item.type === type ? item : this.#unexpected(item, context);
  }

  #unquote(literal: string): string {
    return unquote(literal) ?? this.#fail("invalid syntax");
  }

  #add(name: string, root: ListNode): void {
    const old = this.#trees.get(name);
    if (!old || isEmptyList(old)) this.#trees.set(name, root);
    else if (!isEmptyList(root)) this.#fail(`template: multiple definition of template ${goQuote(name)}`);
  }

  parseRoot(): void {
    const root: ListNode = { kind: "list", pos: this.#peek().pos, nodes: [] };
    while (this.#peek().type !== "eof") {
      if (this.#peek().type === "leftDelim") {
        const delim = this.#next();
        const word = this.#nextNonSpace();
        if (word.type === "keyword" && word.value === "define") {
          this.#fresh().#definition();
          continue;
        }
        this.#backup2(delim);
      }
      const node = this.#textOrAction();
      if (node.kind === "end" || node.kind === "else") this.#fail(`unexpected ${nodeText(node)}`);
      root.nodes.push(node);
    }
    this.#add(ROOT_NAME, root);
  }

  /** A parser for a template inside this one: the same tokens, variables of its own. */
  #fresh(): Parser {
    return new Parser(this.#lexer, this.#trees);
  }

  #definition(): void {
    const context = "define clause";
    const item = this.#nextNonSpace();
    if (item.type !== "string" && item.type !== "rawString") this.#unexpected(item, context);
    const name = this.#unquote(item.value);
    this.#expect("rightDelim", context);
    this.#body(name, context);
  }

  /** The list of a `define` or `block` up to its `end`, kept under its name. */
  #body(name: string, context: string): void {
    const { list, end } = this.#list();
    if (end.kind !== "end") this.#fail(`unexpected ${nodeText(end)} in ${context}`);
    this.#add(name, list);
  }

  #list(): { list: ListNode; end: Node } {
    const list: ListNode = { kind: "list", pos: this.#peekNonSpace().pos, nodes: [] };
    while (this.#peekNonSpace().type !== "eof") {
      const node = this.#textOrAction();
      if (node.kind === "end" || node.kind === "else") return { list, end: node };
      list.nodes.push(node);
    }
    this.#fail("unexpected EOF");
  }

  #textOrAction(): Node {
    const item = this.#nextNonSpace();
    if (item.type === "text") return { kind: "text", pos: item.pos, text: item.value };
    if (item.type !== "leftDelim") this.#unexpected(item, "input");
    this.#actionLine = item.line;
    const node = this.#action();
    this.#actionLine = 0;
    return node;
  }

  #action(): Node {
    const item = this.#nextNonSpace();
    if (item.type === "keyword") {
      switch (item.value) {
        case "block":
          return this.#block();
        case "break":
        case "continue":
          return this.#jump(item.value, item.pos);
        case "else":
          return this.#else();
        case "end":
          return { kind: "end", pos: this.#expect("rightDelim", "end").pos };
        case "if":
        case "range":
        case "with":
          return this.#branch(item.value);
        case "template":
          return this.#template();
      }
    }
    this.#backup();
    return { kind: "action", pos: this.#peek().pos, pipe: this.#pipeline("command", "rightDelim") };
  }

  #jump(kind: "break" | "continue", pos: number): Node {
    const item = this.#nextNonSpace();
    if (item.type !== "rightDelim") this.#unexpected(item, `{{${kind}}}`);
    if (this.#rangeDepth === 0) this.#fail(`{{${kind}}} outside {{range}}`);
    return { kind, pos };
  }

  #else(): Node {
    const item = this.#peekNonSpace();
    if (isWord(item, "if") || isWord(item, "with")) return { kind: "else", pos: item.pos };
    return { kind: "else", pos: this.#expect("rightDelim", "else").pos };
  }

  #block(): Node {
    const context = "block clause";
    const item = this.#nextNonSpace();
    const name = this.#templateName(item, context);
    const pipe = this.#pipeline(context, "rightDelim");
    this.#fresh().#body(name, context);
    return { kind: "template", pos: item.pos, name, pipe };
  }

  #template(): Node {
    const context = "template clause";
    const item = this.#nextNonSpace();
    const name = this.#templateName(item, context);
    if (this.#nextNonSpace().type === "rightDelim") return { kind: "template", pos: item.pos, name };
    this.#backup();
    return { kind: "template", pos: item.pos, name, pipe: this.#pipeline(context, "rightDelim") };
  }

  #templateName(item: Item, context: string): string {
    if (item.type !== "string" && item.type !== "rawString") this.#unexpected(item, context);
    return this.#unquote(item.value);
  }

  #branch(kind: BranchNode["kind"]): BranchNode {
    const visible = this.#variables.length;
    const pipe = this.#pipeline(kind, "rightDelim");
    if (kind === "range") this.#rangeDepth++;
    const { list, end } = this.#list();
    if (kind === "range") this.#rangeDepth--;
    const node: BranchNode = { kind, pos: pipe.pos, pipe, list };
    if (end.kind === "else") node.elseList = this.#elseList(kind, end.pos);
    this.#variables.length = visible;
    return node;
  }

  /** After `{{else`: an `if` or `with` that shares the `end`, or a list. */
  #elseList(kind: BranchNode["kind"], pos: number): ListNode {
    if (kind !== "range" && isWord(this.#peek(), kind)) {
      this.#next();
      return { kind: "list", pos, nodes: [this.#branch(kind)] };
    }
    const { list, end } = this.#list();
    if (end.kind !== "end") this.#fail(`expected end; found ${nodeText(end)}`);
    return list;
  }

  #pipeline(context: string, end: ItemType): PipeNode {
    const pipe: PipeNode = { kind: "pipe", pos: this.#peekNonSpace().pos, assign: false, variables: [], commands: [] };
    while (this.#declaration(pipe, context));
    for (;;) {
      const item = this.#nextNonSpace();
      if (item.type === end) break;
      if (!OPERANDS.has(item.type) && !isWord(item, ".") && !isWord(item, "nil")) this.#unexpected(item, context);
      this.#backup();
      pipe.commands.push(this.#command());
    }
    if (pipe.commands.length === 0) this.#fail(`missing value for ${context}`);
    pipe.commands.forEach((command, i) => {
      const first = command.args[0]!.kind;
      if (i > 0 && ["bool", "dot", "nil", "number", "string"].includes(first))
        this.#fail(`non executable command in pipeline stage ${i + 1}`);
    });
    return pipe;
  }

  /** A variable that is declared or assigned at the head of a pipeline; true when another one may follow. */
  #declaration(pipe: PipeNode, context: string): boolean {
    const item = this.#peekNonSpace();
    if (item.type !== "variable") return false;
    this.#next();
    const after = this.#peek();
    const next = this.#peekNonSpace();
    if (next.type === "assign" || next.type === "declare") {
      pipe.assign = next.type === "assign";
      this.#nextNonSpace();
      this.#declare(pipe, item);
      return false;
    }
    if (next.type === "char" && next.value === ",") {
      this.#nextNonSpace();
      this.#declare(pipe, item);
      if (context === "range" && pipe.variables.length < 2) {
        if (["variable", "rightDelim", "rightParen"].includes(this.#peekNonSpace().type)) return true;
        this.#fail("range can only initialize variables");
      }
      this.#fail(`too many declarations in ${context}`);
    }
    if (after.type === "space") this.#backup3(item, after);
    else this.#backup2(item);
    return false;
  }

  #declare(pipe: PipeNode, item: Item): void {
    pipe.variables.push(variable(item.pos, item.value));
    this.#variables.push(item.value);
  }

  #command(): CommandNode {
    const command: CommandNode = { kind: "command", pos: this.#peekNonSpace().pos, args: [] };
    for (;;) {
      this.#peekNonSpace();
      const operand = this.#operand();
      if (operand) command.args.push(operand);
      const item = this.#next();
      if (item.type === "space") continue;
      if (item.type === "rightDelim" || item.type === "rightParen") this.#backup();
      else if (item.type !== "pipe") this.#unexpected(item, "operand");
      break;
    }
    if (command.args.length === 0) this.#fail("empty command");
    return command;
  }

  /** A term and the fields behind it; undefined when the next token starts none. */
  #operand(): Node | undefined {
    const node = this.#term();
    if (!node || this.#peek().type !== "field") return node;
    const pos = this.#peek().pos;
    const names: string[] = [];
    while (this.#peek().type === "field") names.push(this.#next().value.slice(1));
    switch (node.kind) {
      case "field":
      case "variable":
        return { kind: node.kind, pos, names: [...node.names, ...names] };
      case "bool":
      case "string":
      case "number":
      case "nil":
      case "dot":
        return this.#fail(`unexpected . after term ${goQuote(nodeText(node))}`);
      default:
        return { kind: "chain", pos, node, names };
    }
  }

  #term(): Node | undefined {
    const item = this.#nextNonSpace();
    const { pos, value } = item;
    switch (item.type) {
      case "identifier":
        if (!Object.hasOwn(FUNCTIONS, value)) this.#fail(`function ${goQuote(value)} not defined`);
        return { kind: "identifier", pos, name: value };
      case "variable":
        if (!this.#variables.includes(value)) this.#fail(`undefined variable ${goQuote(value)}`);
        return variable(pos, value);
      case "field":
        return { kind: "field", pos, names: [value.slice(1)] };
      case "bool":
        return { kind: "bool", pos, value: value === "true" };
      case "charConstant":
      case "complex":
      case "number": {
        const constant = readConstant(value, item.type);
        if (typeof constant === "string") this.#fail(constant);
        return { kind: "number", pos, text: value, value: constant };
      }
      case "leftParen":
        return this.#parenthesized();
      case "string":
      case "rawString":
        return { kind: "string", pos, quoted: value, text: this.#unquote(value) };
    }
    if (isWord(item, ".")) return { kind: "dot", pos };
    if (isWord(item, "nil")) return { kind: "nil", pos };
    this.#backup();
    return undefined;
  }

  #parenthesized(): Node {
    if (this.#parenDepth >= 10000) this.#fail("max expression depth exceeded");
    this.#parenDepth++;
    const pipe = this.#pipeline("parenthesized pipeline", "rightParen");
    this.#parenDepth--;
    return pipe;
  }
}

function variable(pos: number, name: string): VariableNode {
  return { kind: "variable", pos, names: [name] };
}

function isWord(item: Item, word: string): boolean {
  return item.type === "keyword" && item.value === word;
}
