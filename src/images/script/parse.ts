import { type Op, type Redirection, type Simple, Unsupported, type Word } from "./program.ts";
import { plainText, type Token, Tokens } from "./tokens.ts";

/** Words that begin or end compound commands, where a command may stand. */
const RESERVED = new Set([
  "if",
  "then",
  "elif",
  "else",
  "fi",
  "for",
  "while",
  "until",
  "do",
  "done",
  "case",
  "esac",
  "{",
  "}",
  "!",
  "in",
]);
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * Compiles a script of `sh -c` to operations. Models the grammar of POSIX.1-2024 XCU 2.10 without functions, background
 * compounds and pipes into compounds.
 * @throws Unsupported
 */
export function parseScript(text: string): readonly Op[] {
  const known = compiled.get(text);
  if (known) return known;
  let ops: readonly Op[];
  try {
    ops = new Parser(text).script();
  } catch (error) {
    // Nested deeper than the stack is.
    if (error instanceof RangeError) throw new Unsupported("a script as deep");
    throw error;
  }
  if (compiled.size >= MOST_COMPILED) compiled.clear();
  compiled.set(text, ops);
  return ops;
}

/** What a container does is asked again and again. */
const compiled = new Map<string, readonly Op[]>();
const MOST_COMPILED = 100;

class Parser {
  private readonly tokens: Tokens;
  private readonly ops: Op[] = [];
  private loops = 0;
  private readonly breaks: { to: number; jumps: number[] }[] = [];
  /** How deep in conditions, where a failure ends nothing under `set -e`. */
  private guarded = 0;

  constructor(text: string, at = 0) {
    this.tokens = new Tokens(text, at, (inner, from) => new Parser(inner, from).substitution());
  }

  script(): readonly Op[] {
    this.list(() => false);
    if (this.tokens.peek().type !== "end") throw new Unsupported("syntax error");
    return this.ops;
  }

  /** The commands up to the parenthesis that closes a substitution; where it stands. */
  substitution(): { ops: readonly Op[]; end: number } {
    this.list((token) => token.type === "op" && token.text === ")");
    const token = this.tokens.peek();
    if (token.type !== "op" || token.text !== ")") throw new Unsupported("unterminated substitution");
    return { ops: this.ops, end: this.tokens.at };
  }

  private list(ends: (token: Token) => boolean): void {
    for (;;) {
      let token = this.tokens.peek();
      while (token.type === "op" && (token.text === "\n" || token.text === ";")) {
        this.tokens.take();
        token = this.tokens.peek();
      }
      if (token.type === "end" || ends(token)) return;
      this.andOr();
      token = this.tokens.peek();
      if (token.type === "op" && token.text === "&") {
        const last = this.ops.at(-1);
        if (last?.op !== "run" || last.commands.length !== 1) throw new Unsupported("background");
        this.ops[this.ops.length - 1] = { ...last, background: true };
        this.tokens.take();
      } else if (
        !(token.type === "op" && (token.text === "\n" || token.text === ";")) &&
        token.type !== "end" &&
        !ends(token)
      )
        throw new Unsupported("syntax error");
    }
  }

  private andOr(): void {
    const start = this.ops.length;
    this.pipeline();
    const jumps: number[] = [];
    for (
      let token = this.tokens.peek();
      token.type === "op" && (token.text === "&&" || token.text === "||");
      token = this.tokens.peek()
    ) {
      // What stands before the last operator may fail under `set -e`.
      for (let i = jumps.at(-1) ?? start; i < this.ops.length; i++) this.unguard(i);
      this.tokens.take();
      this.newlines();
      const at = this.ops.length;
      this.ops.push({ op: "jump", when: token.text === "&&" ? "failed" : "ok", to: -1 });
      this.pipeline();
      (this.ops[at] as { to: number }).to = this.ops.length;
      jumps.push(at);
    }
  }

  private unguard(at: number): void {
    const op = this.ops[at];
    if (op?.op === "run") this.ops[at] = { ...op, mayFail: true };
  }

  private pipeline(): void {
    const negated = this.isWord("!");
    if (negated) this.tokens.take();
    const start = this.ops.length;
    this.command();
    const commands: Simple[] = [];
    for (let token = this.tokens.peek(); token.type === "op" && token.text === "|"; token = this.tokens.peek()) {
      this.tokens.take();
      this.newlines();
      if (commands.length === 0) commands.push(...this.onlySimple(start));
      const at = this.ops.length;
      this.command();
      commands.push(...this.onlySimple(at));
      this.ops.length = at;
    }
    if (commands.length > 0) {
      this.ops.length = start;
      this.ops.push({ op: "run", commands, ...(this.guarded > 0 ? { mayFail: true } : {}) });
    }
    if (negated) {
      for (let i = start; i < this.ops.length; i++) this.unguard(i);
      this.ops.push({ op: "negate" });
    }
  }

  private onlySimple(at: number): readonly Simple[] {
    const op = this.ops[at];
    if (this.ops.length !== at + 1 || op?.op !== "run") throw new Unsupported("a pipe into a compound command");
    return op.commands;
  }

  private command(): void {
    const token = this.tokens.peek();
    const word = token.type === "word" ? token.raw : undefined;
    if (token.type === "op" && token.text === "(") {
      this.tokens.take();
      const at = this.ops.push({ op: "subshell", to: -1 }) - 1;
      this.group((it) => it.type === "op" && it.text === ")");
      this.ops.push({ op: "leave" });
      (this.ops[at] as { to: number }).to = this.ops.length;
    } else if (word === "{") {
      this.tokens.take();
      this.group((it) => it.type === "word" && it.raw === "}");
    } else if (word === "if") this.conditional();
    else if (word === "while" || word === "until") this.loop(word);
    else if (word === "for") this.each();
    else if (word === "case") this.choice();
    else if (word !== undefined && RESERVED.has(word)) throw new Unsupported(word);
    else this.simple();
  }

  private group(ends: (token: Token) => boolean): void {
    const open = this.ops.push({ op: "redirect", redirections: [] }) - 1;
    this.list(ends);
    if (!ends(this.tokens.peek())) throw new Unsupported("syntax error");
    this.tokens.take();
    this.close(open);
  }

  /** The redirections behind a compound command. */
  private close(open: number): void {
    const redirections: Redirection[] = [];
    for (let token = this.tokens.peek(); token.type === "redirect"; token = this.tokens.peek())
      redirections.push(this.redirection());
    this.ops[open] = { op: "redirect", redirections };
    this.ops.push({ op: "restore" });
  }

  private condition(end: string): void {
    this.guarded++;
    this.list((token) => token.type === "word" && token.raw === end);
    this.guarded--;
    this.expect(end);
  }

  private conditional(): void {
    const open = this.ops.push({ op: "redirect", redirections: [] }) - 1;
    const ends: number[] = [];
    this.tokens.take();
    for (;;) {
      this.condition("then");
      const skip = this.ops.push({ op: "jump", when: "failed", to: -1 }) - 1;
      this.list((token) => token.type === "word" && ["elif", "else", "fi"].includes(token.raw));
      ends.push(this.ops.push({ op: "jump", when: "always", to: -1 }) - 1);
      (this.ops[skip] as { to: number }).to = this.ops.length;
      if (this.isWord("elif")) {
        this.tokens.take();
        continue;
      }
      if (this.isWord("else")) {
        this.tokens.take();
        this.list((token) => token.type === "word" && token.raw === "fi");
      } else this.ops.push({ op: "status", status: 0 });
      break;
    }
    this.expect("fi");
    for (const at of ends) (this.ops[at] as { to: number }).to = this.ops.length;
    this.close(open);
  }

  private loop(word: "while" | "until"): void {
    const open = this.ops.push({ op: "redirect", redirections: [] }) - 1;
    this.tokens.take();
    const top = this.ops.length;
    const own = { to: top, jumps: [] as number[] };
    this.condition("do");
    const leave = this.ops.push({ op: "jump", when: word === "while" ? "failed" : "ok", to: -1 }) - 1;
    this.breaks.push(own);
    this.list((token) => token.type === "word" && token.raw === "done");
    this.breaks.pop();
    this.expect("done");
    this.ops.push({ op: "again", to: top });
    (this.ops[leave] as { to: number }).to = this.ops.length;
    this.ops.push({ op: "status", status: 0 });
    for (const at of own.jumps) (this.ops[at] as { to: number }).to = this.ops.length;
    this.close(open);
  }

  private each(): void {
    const open = this.ops.push({ op: "redirect", redirections: [] }) - 1;
    this.tokens.take();
    const name = this.tokens.take();
    if (name.type !== "word" || !NAME.test(name.raw)) throw new Unsupported("for");
    this.newlines();
    const words: Word[] = [];
    if (!this.isWord("in")) throw new Unsupported("for without in");
    this.tokens.take();
    for (let token = this.tokens.peek(); token.type === "word"; token = this.tokens.peek()) {
      words.push(token.word);
      this.tokens.take();
    }
    while (this.tokens.peek().type === "op" && [";", "\n"].includes((this.tokens.peek() as { text: string }).text))
      this.tokens.take();
    this.expect("do");
    const id = this.loops++;
    this.ops.push({ op: "words", id, words });
    const top = this.ops.length;
    this.ops.push({ op: "each", id, name: name.raw, to: -1 });
    const own = { to: top, jumps: [] as number[] };
    this.breaks.push(own);
    this.list((token) => token.type === "word" && token.raw === "done");
    this.breaks.pop();
    this.expect("done");
    this.ops.push({ op: "again", to: top });
    (this.ops[top] as { to: number }).to = this.ops.length;
    for (const at of own.jumps) (this.ops[at] as { to: number }).to = this.ops.length;
    this.close(open);
  }

  private choice(): void {
    const open = this.ops.push({ op: "redirect", redirections: [] }) - 1;
    this.tokens.take();
    const word = this.tokens.take();
    if (word.type !== "word") throw new Unsupported("case");
    this.newlines();
    this.expect("in");
    this.newlines();
    this.ops.push({ op: "status", status: 0 });
    const ends: number[] = [];
    while (!this.isWord("esac")) {
      const patterns: Word[] = [];
      if (this.isOp("(")) this.tokens.take();
      for (;;) {
        const pattern = this.tokens.take();
        if (pattern.type !== "word") throw new Unsupported("case");
        patterns.push(pattern.word);
        if (!this.isOp("|")) break;
        this.tokens.take();
      }
      if (!this.isOp(")")) throw new Unsupported("case");
      this.tokens.take();
      const at = this.ops.push({ op: "match", word: word.word, patterns, to: -1 }) - 1;
      this.list((token) => (token.type === "op" ? token.text === ";;" : token.type === "word" && token.raw === "esac"));
      ends.push(this.ops.push({ op: "jump", when: "always", to: -1 }) - 1);
      (this.ops[at] as { to: number }).to = this.ops.length;
      if (this.isOp(";;")) this.tokens.take();
      this.newlines();
    }
    this.tokens.take();
    for (const at of ends) (this.ops[at] as { to: number }).to = this.ops.length;
    this.close(open);
  }

  private isOp(text: string): boolean {
    const token = this.tokens.peek();
    return token.type === "op" && token.text === text;
  }

  private simple(): void {
    const words: Word[] = [];
    const assignments: { name: string; value: Word }[] = [];
    const redirections: Redirection[] = [];
    for (let token = this.tokens.peek(); ; token = this.tokens.peek()) {
      if (token.type === "redirect") redirections.push(this.redirection());
      else if (token.type === "word") {
        const assigned = words.length === 0 ? assignmentOf(token.word) : undefined;
        if (assigned) assignments.push(assigned);
        else words.push(token.word);
        this.tokens.take();
      } else if (token.type === "op" && token.text === "(") throw new Unsupported("a function");
      else break;
    }
    if (words.length === 0 && assignments.length === 0 && redirections.length === 0)
      throw new Unsupported("syntax error");
    const name = words.length > 0 ? plain(words[0]!) : undefined;
    if (name === "break" || name === "continue") this.leave(name, words);
    else
      this.ops.push({
        op: "run",
        commands: [{ words, assignments, redirections }],
        ...(this.guarded > 0 ? { mayFail: true } : {}),
      });
  }

  private leave(name: "break" | "continue", words: Word[]): void {
    const loop = this.breaks.at(-1);
    if (words.length > 1 || !loop) throw new Unsupported(name);
    if (name === "continue") this.ops.push({ op: "again", to: loop.to });
    else loop.jumps.push(this.ops.push({ op: "jump", when: "always", to: -1 }) - 1);
  }

  private redirection(): Redirection {
    const token = this.tokens.take() as { text: string };
    const [, fd, sign] = /^(\d*)(.*)$/.exec(token.text)!;
    const target = this.tokens.take();
    if (target.type !== "word") throw new Unsupported("a redirection without a target");
    if (sign === "<<" || sign === "<<-") {
      const redirection: Redirection = { fd: 0, kind: "text", target: [] };
      this.tokens.await(redirection, target.word, sign === "<<-");
      return redirection;
    }
    const kinds = { ">": "write", ">|": "write", ">>": "append", "<": "read", ">&": "copy", "&>": "both" } as const;
    const kind = kinds[sign as keyof typeof kinds];
    if (!kind) throw new Unsupported(`the redirection ${sign}`);
    return { fd: fd === "" ? (kind === "read" ? 0 : 1) : Number(fd), kind, target: target.word };
  }

  private expect(word: string): void {
    if (!this.isWord(word)) throw new Unsupported(`syntax error: ${word} expected`);
    this.tokens.take();
  }

  private isWord(raw: string): boolean {
    const token = this.tokens.peek();
    return token.type === "word" && token.raw === raw;
  }

  private newlines(): void {
    for (let token = this.tokens.peek(); token.type === "op" && token.text === "\n"; token = this.tokens.peek())
      this.tokens.take();
  }
}

/** `NAME=value` in front of a command. */
function assignmentOf(word: Word): { name: string; value: Word } | undefined {
  const [first, ...rest] = word;
  if (!first || !("text" in first) || first.quoted) return undefined;
  const at = first.text.indexOf("=");
  const name = first.text.slice(0, Math.max(at, 0));
  if (!NAME.test(name)) return undefined;
  const value = first.text.slice(at + 1);
  return { name, value: [...(value === "" ? [] : [{ text: value, quoted: false }]), ...rest] };
}

/** A word that nothing is to be expanded in. */
function plain(word: Word): string | undefined {
  return word.every((part) => "text" in part) ? plainText(word) : undefined;
}
