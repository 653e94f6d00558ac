import { Cursor, isBlank, isBlankOrEnd, type Mark, type YamlError, yamlProblem } from "./yaml-cursor.ts";
import { scanBlock, scanPlain, scanQuoted } from "./yaml-scan-scalars.ts";
import { scanAnchorName, scanDirective, scanTag } from "./yaml-scan-tags.ts";

export type TokenType =
  | "stream-end"
  | "version-directive"
  | "tag-directive"
  | "document-start"
  | "document-end"
  | "block-list-start"
  | "block-map-start"
  | "block-end"
  | "["
  | "]"
  | "{"
  | "}"
  | ","
  | "-"
  | "key"
  | "value"
  | "alias"
  | "anchor"
  | "tag"
  | "scalar";

export interface Token {
  type: TokenType;
  start: Mark;
  /** Text of a scalar, name of an anchor, handle of a tag or of a directive, version of a directive. */
  value?: string;
  /** What follows the handle of a tag; the prefix of a tag directive. */
  suffix?: string;
  /** A scalar without quotes. */
  plain?: boolean;
}

/** A token that becomes a key if `:` follows. `number` counts all tokens of the document. */
interface SimpleKey {
  possible: boolean;
  required: boolean;
  number: number;
  mark: Mark;
}

const MAX_DEPTH = 10000;
const MAX_KEY_LENGTH = 1024;

/** Turns a document into tokens, each as late as possible: errors come in the order of the original, libyaml's scanner. */
export class Scanner {
  private readonly cursor: Cursor;
  private readonly tokens: Token[] = [];
  private taken = 0;
  private flowLevel = 0;
  private indent = -1;
  private readonly indents: number[] = [];
  private keyAllowed = true;
  private readonly keys: SimpleKey[];
  /** Token number → index in `keys`. */
  private readonly keyByToken = new Map<number, number>();
  private ready = false;

  constructor(text: string) {
    this.cursor = new Cursor(text);
    this.keys = [{ possible: false, required: false, number: 0, mark: this.cursor.mark() }];
  }

  peek(): Token {
    while (!this.ready) {
      if (this.tokens.length > 0 && !this.mayBecomeKey()) break;
      this.fetch();
    }
    this.ready = true;
    return this.tokens[0]!;
  }

  /** Drops the token that `peek` showed. */
  skip(): void {
    this.ready = false;
    this.taken++;
    this.tokens.shift();
  }

  private mayBecomeKey(): boolean {
    const index = this.keyByToken.get(this.taken);
    return index !== undefined && this.isValid(this.keys[index]!);
  }

  private isValid(key: SimpleKey): boolean {
    if (!key.possible) return false;
    if (key.mark.line >= this.cursor.line && key.mark.index + MAX_KEY_LENGTH >= this.cursor.index) return true;
    if (key.required) throw this.problem("could not find expected ':'", key.mark);
    key.possible = false;
    return false;
  }

  private fetch(): void {
    this.toNextToken();
    this.unrollIndent(this.cursor.column);
    this.cursor.check();
    const unit = this.cursor.peek();
    if (unit === 0) this.fetchStreamEnd();
    else if (this.cursor.column === 0 && unit === 0x25) this.fetchDirective();
    else if (this.cursor.atDocumentMarker()) this.fetchDocumentMarker(unit);
    else this.fetcher(unit)();
  }

  /** What reads the token that begins with the character. */
  private fetcher(unit: number): () => void {
    const inFlow = this.flowLevel > 0;
    const alone = isBlankOrEnd(this.cursor.peek(1));
    switch (String.fromCharCode(unit)) {
      case "[":
      case "{":
        return () => this.fetchFlowStart(unit);
      case "]":
      case "}":
        return () => this.fetchFlowEnd(unit);
      case ",":
        return () => this.fetchIndicator(",", true);
      case "-":
        if (alone) return () => this.fetchEntry();
        break;
      case "?":
        if (inFlow || alone) return () => this.fetchKey();
        break;
      case ":":
        if (inFlow || alone) return () => this.fetchValue();
        break;
      case "*":
        return () => this.fetchNamed("alias", () => scanAnchorName(this.cursor));
      case "&":
        return () => this.fetchNamed("anchor", () => scanAnchorName(this.cursor));
      case "!":
        return () => this.fetchNamed("tag", () => scanTag(this.cursor));
      case "|":
      case ">":
        if (!inFlow) return () => this.fetchBlock();
        break;
      case "'":
      case '"':
        return () => this.fetchNamed("scalar", () => ({ value: scanQuoted(this.cursor) }));
    }
    if (!this.mayStartPlain(unit)) throw this.problem("found character that cannot start any token");
    return () => this.fetchPlain();
  }

  private mayStartPlain(unit: number): boolean {
    const next = this.cursor.peek(1);
    if (unit === 0x2d) return !isBlank(next);
    if (unit === 0x3f || unit === 0x3a) return this.flowLevel === 0 && !isBlankOrEnd(next);
    return !isBlankOrEnd(unit) && !",[]{}#&*!|>'\"%@`".includes(String.fromCharCode(unit));
  }

  private toNextToken(): void {
    const { cursor } = this;
    for (;;) {
      cursor.check();
      if (cursor.column === 0 && cursor.peek() === 0xfeff) cursor.skip();
      // A tab is no indentation: it counts as a blank only where no key may begin.
      while (cursor.peek() === 0x20 || (cursor.peek() === 0x09 && (this.flowLevel > 0 || !this.keyAllowed)))
        cursor.skip();
      cursor.skipComment();
      if (cursor.lineBreak() === "") return;
      if (this.flowLevel === 0) this.keyAllowed = true;
    }
  }

  private problem(text: string, context?: Mark): YamlError {
    return yamlProblem("scanner", text, this.cursor.mark(), context);
  }

  private push(token: Token, at = -1): void {
    if (at < 0) this.tokens.push(token);
    else this.tokens.splice(at, 0, token);
  }

  private saveKey(): void {
    if (!this.keyAllowed) return;
    this.removeKey();
    const required = this.flowLevel === 0 && this.indent === this.cursor.column;
    const number = this.taken + this.tokens.length;
    this.keys[this.keys.length - 1] = { possible: true, required, number, mark: this.cursor.mark() };
    this.keyByToken.set(number, this.keys.length - 1);
  }

  private removeKey(): void {
    const key = this.keys[this.keys.length - 1]!;
    if (!key.possible) return;
    if (key.required) throw this.problem("could not find expected ':'", key.mark);
    key.possible = false;
    this.keyByToken.delete(key.number);
  }

  private rollIndent(column: number, number: number, type: TokenType, mark: Mark): void {
    if (this.flowLevel > 0 || this.indent >= column) return;
    this.indents.push(this.indent);
    this.indent = column;
    if (this.indents.length > MAX_DEPTH) throw this.problem(`exceeded max depth of ${MAX_DEPTH}`);
    this.push({ type, start: mark }, number > -1 ? number - this.taken : -1);
  }

  private unrollIndent(column: number): void {
    if (this.flowLevel > 0) return;
    while (this.indent > column) {
      this.push({ type: "block-end", start: this.cursor.mark() });
      this.indent = this.indents.pop()!;
    }
  }

  private fetchStreamEnd(): void {
    if (this.cursor.column !== 0) {
      this.cursor.column = 0;
      this.cursor.line++;
    }
    this.endBlocks();
    this.push({ type: "stream-end", start: this.cursor.mark() });
  }

  private endBlocks(): void {
    this.unrollIndent(-1);
    this.removeKey();
    this.keyAllowed = false;
  }

  private fetchDirective(): void {
    this.endBlocks();
    this.push(scanDirective(this.cursor));
  }

  private fetchDocumentMarker(unit: number): void {
    this.endBlocks();
    this.push({ type: unit === 0x2d ? "document-start" : "document-end", start: this.cursor.mark() });
    this.cursor.skip(3);
  }

  private fetchFlowStart(unit: number): void {
    this.saveKey();
    const start = this.cursor.mark();
    this.keys.push({ possible: false, required: false, number: this.taken + this.tokens.length, mark: start });
    if (++this.flowLevel > MAX_DEPTH) throw this.problem(`exceeded max depth of ${MAX_DEPTH}`);
    this.keyAllowed = true;
    this.cursor.skip();
    this.push({ type: unit === 0x5b ? "[" : "{", start });
  }

  private fetchFlowEnd(unit: number): void {
    this.removeKey();
    if (this.flowLevel > 0) {
      this.flowLevel--;
      // As the original does: with nothing in between, this forgets that `[]` itself may be a key.
      this.keyByToken.delete(this.keys.pop()!.number);
    }
    this.keyAllowed = false;
    this.push({ type: unit === 0x5d ? "]" : "}", start: this.cursor.mark() });
    this.cursor.skip();
  }

  private fetchIndicator(type: TokenType, keyAllowed: boolean): void {
    this.removeKey();
    this.keyAllowed = keyAllowed;
    this.push({ type, start: this.cursor.mark() });
    this.cursor.skip();
  }

  private fetchEntry(): void {
    if (this.flowLevel === 0) {
      if (!this.keyAllowed) throw this.problem("block sequence entries are not allowed in this context");
      this.rollIndent(this.cursor.column, -1, "block-list-start", this.cursor.mark());
    }
    this.fetchIndicator("-", true);
  }

  private fetchKey(): void {
    if (this.flowLevel === 0) {
      if (!this.keyAllowed) throw this.problem("mapping keys are not allowed in this context");
      this.rollIndent(this.cursor.column, -1, "block-map-start", this.cursor.mark());
    }
    this.fetchIndicator("key", this.flowLevel === 0);
  }

  private fetchValue(): void {
    const key = this.keys[this.keys.length - 1]!;
    if (this.isValid(key)) {
      this.push({ type: "key", start: key.mark }, key.number - this.taken);
      this.rollIndent(key.mark.column, key.number, "block-map-start", key.mark);
      key.possible = false;
      this.keyByToken.delete(key.number);
      this.keyAllowed = false;
    } else {
      if (this.flowLevel === 0) {
        if (!this.keyAllowed) throw this.problem("mapping values are not allowed in this context");
        this.rollIndent(this.cursor.column, -1, "block-map-start", this.cursor.mark());
      }
      this.keyAllowed = this.flowLevel === 0;
    }
    this.push({ type: "value", start: this.cursor.mark() });
    this.cursor.skip();
  }

  /** What may be a key itself but cannot be followed by one. */
  private fetchNamed(type: TokenType, scan: () => { value: string; suffix?: string }): void {
    this.saveKey();
    this.keyAllowed = false;
    const start = this.cursor.mark();
    this.push({ type, start, ...scan() });
  }

  private fetchBlock(): void {
    this.removeKey();
    this.keyAllowed = true;
    const start = this.cursor.mark();
    this.push({ type: "scalar", start, value: scanBlock(this.cursor, this.indent) });
  }

  private fetchPlain(): void {
    this.saveKey();
    this.keyAllowed = false;
    const start = this.cursor.mark();
    const { value, broken } = scanPlain(this.cursor, this.indent, this.flowLevel > 0);
    if (broken) this.keyAllowed = true;
    this.push({ type: "scalar", start, value, plain: true });
  }
}
