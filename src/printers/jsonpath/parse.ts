import { parseGoFloat, parseGoInt } from "../go/number.ts";
import { isAlphaNumeric, unicodeName } from "../go/rune.ts";
import { unquoteInside } from "../go/unquote.ts";
import { type Bound, JsonPathError, type ListNode, type Node } from "./node.ts";

/**
 * Parses a template: text with expressions in braces. Models client-go util/jsonpath/parser.go.
 * @throws JsonPathError with the text that follows `error parsing jsonpath <template>, `.
 */
export function parse(template: string): ListNode {
  return new Parser(template).parse();
}

/** Parses what stands between braces, as a list of its own. */
function parseAction(expression: string): ListNode {
  const first = parse(`{${expression}}`).nodes[0];
  return first?.kind === "list" ? first : { kind: "list", nodes: [] };
}

/** Undefined is the end of the input. */
type Char = string | undefined;

class Parser {
  readonly #input: string;
  #at = 0;
  #start = 0;

  constructor(input: string) {
    this.#input = input;
  }

  parse(): ListNode {
    const root: ListNode = { kind: "list", nodes: [] };
    while (this.#at < this.#input.length) {
      const brace = this.#input.indexOf("{", this.#at);
      this.#at = brace < 0 ? this.#input.length : brace;
      const text = this.#take();
      if (text !== "") root.nodes.push({ kind: "text", text });
      if (brace < 0) break;
      this.#at++;
      this.#take();
      const list: ListNode = { kind: "list", nodes: [] };
      root.nodes.push(list);
      this.#action(list.nodes);
    }
    return root;
  }

  /** The text since the last call. */
  #take(): string {
    const text = this.#input.slice(this.#start, this.#at);
    this.#start = this.#at;
    return text;
  }

  #peek(): Char {
    const code = this.#input.codePointAt(this.#at);
    return code === undefined ? undefined : String.fromCodePoint(code);
  }

  #next(): Char {
    const char = this.#peek();
    this.#at += char?.length ?? 0;
    return char;
  }

  #ahead(prefix: string): boolean {
    return this.#input.startsWith(prefix, this.#at);
  }

  /** One expression up to and with its closing brace. */
  #action(out: Node[]): void {
    for (;;) {
      if (this.#ahead("}")) {
        this.#at++;
        this.#take();
        return;
      }
      if (this.#ahead("[?(")) this.#filter(out);
      else if (this.#ahead("..")) this.#recursive(out);
      else this.#term(out);
    }
  }

  #term(out: Node[]): void {
    const char = this.#next();
    if (char === undefined || isEndOfLine(char)) throw new JsonPathError("unclosed action");
    if (char === " " || char === "@" || char === "$") this.#take();
    else if (char === "[") this.#array(out);
    else if (char === '"' || char === "'") this.#quoted(out, char);
    else if (char === ".") this.#field(out);
    else if (char === "+" || char === "-" || isDigit(char)) this.#number(out, char);
    else if (isAlphaNumeric(char)) this.#identifier(out, char);
    else throw new JsonPathError(`unrecognized character in action: ${unicodeName(char)}`);
  }

  #identifier(out: Node[], first: string): void {
    this.#at -= first.length;
    while (!isTerminator(this.#peek())) this.#next();
    const name = this.#take();
    if (name === "true" || name === "false") out.push({ kind: "bool", value: name === "true" });
    else out.push({ kind: "identifier", name });
  }

  #recursive(out: Node[]): void {
    if (out.at(-1)?.kind === "recursive") throw new JsonPathError("invalid multiple recursive descent");
    this.#at += 2;
    this.#take();
    out.push({ kind: "recursive" });
    if (isAlphaNumeric(this.#peek())) this.#field(out);
  }

  #number(out: Node[], first: string): void {
    this.#at -= first.length;
    if (first === "+" || first === "-") this.#at++;
    for (let char = this.#peek(); char === "." || isDigit(char); char = this.#peek()) this.#next();
    const text = this.#take();
    const int = parseGoInt(text);
    if (int !== undefined) {
      out.push({ kind: "int", value: int });
      return;
    }
    const float = parseGoFloat(text);
    if (float === undefined) throw new JsonPathError(`cannot parse number ${text}`);
    out.push({ kind: "float", value: float });
  }

  /** The inside of brackets: a union, a quoted key, an index or a slice. */
  #array(out: Node[]): void {
    for (let char = this.#next(); char !== "]"; char = this.#next()) {
      if (char === undefined || char === "\n") throw new JsonPathError("unterminated array");
    }
    let text = this.#take().slice(1, -1);
    if (text === "*") text = ":";
    const parts = text.split(",");
    if (parts.length > 1) {
      out.push({ kind: "union", lists: parts.map((part) => parseAction(`[${part.replace(/^ +| +$/g, "")}]`)) });
      return;
    }
    const key = /^'([^']*)'$/.exec(text);
    if (key) {
      out.push(...parseAction(`.${key[1]}`).nodes);
      return;
    }
    const slice = /^(-?[0-9]*)(:-?[0-9]*)?(:-?[0-9]*)?$/.exec(text);
    if (!slice) throw new JsonPathError(`invalid array index ${text}`);
    out.push({ kind: "array", bounds: bounds([slice[1] ?? "", slice[2] ?? "", slice[3] ?? ""]) });
  }

  #filter(out: Node[]): void {
    this.#at += 3;
    this.#take();
    let quote: Char;
    let closed = false;
    for (;;) {
      const char = this.#next();
      if (char === undefined || char === "\n") throw new JsonPathError("unterminated filter");
      if (char === '"' || char === "'") {
        if (quote === undefined) quote = char;
        else if (char === quote && this.#input[this.#at - 2] !== "\\") closed = true;
      } else if (char === ")" && (quote !== undefined) === closed) break;
    }
    if (this.#next() !== "]") throw new JsonPathError("unclosed array expect ]");
    const text = this.#take().slice(0, -2);
    const parts = /^([^!<>=]+)([!<>=]+)([^\n]+?)$/.exec(text);
    if (!parts) {
      out.push({ kind: "filter", left: parseAction(text), right: { kind: "list", nodes: [] }, operator: "exists" });
      return;
    }
    const left = parseAction(parts[1] ?? "");
    out.push({ kind: "filter", left, right: parseAction(parts[3] ?? ""), operator: parts[2] ?? "" });
  }

  #quoted(out: Node[], quote: string): void {
    for (;;) {
      const char = this.#next();
      if (char === undefined || char === "\n") throw new JsonPathError("unterminated quoted string");
      if (char === quote && this.#input[this.#at - 2] !== "\\") break;
    }
    const literal = this.#take();
    const inside = literal.slice(1, -1);
    const text = /\\/.test(inside) || inside.includes(quote) ? unquoteInside(inside, quote) : inside;
    if (literal.length < 2 || text === undefined)
      throw new JsonPathError(`unquote string ${literal} error invalid syntax`);
    out.push({ kind: "text", text });
  }

  #field(out: Node[]): void {
    this.#take();
    for (let char = this.#peek(); !isTerminator(char); char = this.#peek()) {
      this.#next();
      if (char === "\\") this.#next();
    }
    const name = this.#take();
    if (name === "*") out.push({ kind: "wildcard" });
    else out.push({ kind: "field", name: name.replaceAll("\\", "") });
  }
}

/** Start, end and step of `start:end:step`; each behind the first still has its colon. */
function bounds(texts: [string, string, string]): [Bound, Bound, Bound] {
  const bound = (text: string): Bound => {
    if (text === "") return { value: 0, known: false, derived: false };
    const value = parseGoInt(text);
    if (value === undefined) throw new JsonPathError(`array index ${text} is not a number`);
    return { value, known: true, derived: false };
  };
  const start = bound(texts[0]);
  const end = texts[1] === "" ? { value: start.value + 1, known: true, derived: true } : bound(texts[1].slice(1));
  return [start, end, bound(texts[2].slice(1))];
}

function isTerminator(char: Char): boolean {
  return char === undefined || " \t\r\n.,[]$@{}".includes(char);
}

function isEndOfLine(char: string): boolean {
  return char === "\r" || char === "\n";
}

function isDigit(char: Char): boolean {
  return char !== undefined && /^\p{Nd}$/u.test(char);
}
