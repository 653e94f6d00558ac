import { type Op, type Part, type Redirection, Unsupported, type Word } from "./program.ts";

export type Token =
  | { type: "word"; word: Word; raw: string }
  | { type: "op"; text: string }
  | { type: "redirect"; text: string }
  | { type: "end" };

/** The commands up to the parenthesis that closes a substitution, and where it stands behind it. */
export type Substitution = (text: string, at: number) => { ops: readonly Op[]; end: number };

/** Cuts a script into words, operators and redirections. `substitution` compiles what stands in `$(…)`. */
export class Tokens {
  private readonly text: string;
  private readonly substitution: Substitution;
  private next: Token | undefined;
  /** Where the next token begins, when none has been looked at. */
  at: number;
  /** Here-documents whose text begins behind the next line end. */
  private pending: { redirection: Redirection; end: string; quoted: boolean; tabs: boolean }[] = [];

  constructor(text: string, at: number, substitution: Substitution) {
    this.text = text;
    this.at = at;
    this.substitution = substitution;
  }

  /** The text of a here-document, which is behind the next line end, becomes the target. */
  await(redirection: Redirection, end: Word, tabs: boolean): void {
    const quoted = end.some((part) => "text" in part && part.quoted);
    this.pending.push({ redirection, end: plainText(end), quoted, tabs });
  }

  peek(): Token {
    this.next ??= this.token();
    return this.next;
  }

  take(): Token {
    const token = this.peek();
    this.next = undefined;
    return token;
  }

  private token(): Token {
    const { text } = this;
    for (;;) {
      if (text[this.at] === " " || text[this.at] === "\t") this.at++;
      else if (text.startsWith("\\\n", this.at)) this.at += 2;
      else if (text[this.at] === "#") while (this.at < text.length && text[this.at] !== "\n") this.at++;
      else break;
    }
    if (this.at >= text.length) return { type: "end" };
    const redirect = /^(?:\d*(?:<<-?|>>|>\||>&|>|<)|&>)(?!\()/.exec(text.slice(this.at, this.at + 8))?.[0];
    if (redirect) {
      this.at += redirect.length;
      return { type: "redirect", text: redirect };
    }
    const op = /^(?:&&|\|\||;;|[;&|()\n])/.exec(text.slice(this.at, this.at + 2))?.[0];
    if (op) {
      this.at += op.length;
      if (op === "\n") this.documents();
      return { type: "op", text: op };
    }
    if (text[this.at] === "<" || text[this.at] === ">") throw new Unsupported("a process substitution");
    const from = this.at;
    const word = this.word();
    return { type: "word", word, raw: text.slice(from, this.at) };
  }

  private documents(): void {
    for (const { redirection, end, quoted, tabs } of this.pending.splice(0)) {
      const lines: string[] = [];
      for (;;) {
        if (this.at >= this.text.length) break;
        const stop = this.text.indexOf("\n", this.at);
        let line = this.text.slice(this.at, stop < 0 ? this.text.length : stop);
        this.at = stop < 0 ? this.text.length : stop + 1;
        if (tabs) line = line.replace(/^\t+/, "");
        if (line === end) break;
        lines.push(line);
      }
      const body = lines.map((line) => `${line}\n`).join("");
      redirection.target = quoted ? [{ text: body, quoted: true }] : this.inner(body);
    }
  }

  private word(): Word {
    const parts: Part[] = [];
    const { text } = this;
    let plain = "";
    const flush = () => {
      if (plain !== "") parts.push({ text: plain, quoted: false });
      plain = "";
    };
    while (this.at < text.length && !/[\s;&|()<>]/.test(text[this.at]!)) {
      const char = text[this.at]!;
      if (char === "\\") {
        flush();
        if (text[this.at + 1] !== "\n") parts.push({ text: text[this.at + 1] ?? "\\", quoted: true });
        this.at += 2;
      } else if (char === "'") {
        flush();
        const end = text.indexOf("'", this.at + 1);
        if (end < 0) throw new Unsupported("unterminated quoted string");
        parts.push({ text: text.slice(this.at + 1, end), quoted: true });
        this.at = end + 1;
      } else if (char === '"') {
        flush();
        this.at++;
        parts.push({ text: "", quoted: true }, ...this.quotedParts('"'));
      } else if (char === "$" || char === "`") {
        flush();
        parts.push(this.expansion(false));
      } else {
        plain += char;
        this.at++;
      }
    }
    flush();
    return parts;
  }

  /** The parts of a text as in double quotes. */
  private inner(text: string): Part[] {
    return new Tokens(text, 0, this.substitution).quotedParts(undefined);
  }

  /** What stands in double quotes, up to and with their end; undefined: to the end of the text. */
  private quotedParts(end: '"' | undefined): Part[] {
    const parts: Part[] = [];
    const { text } = this;
    let plain = "";
    const flush = () => {
      if (plain !== "") parts.push({ text: plain, quoted: true });
      plain = "";
    };
    for (;;) {
      const char = text[this.at];
      if (char === undefined) {
        if (end !== undefined) throw new Unsupported("unterminated quoted string");
        break;
      }
      if (char === end) {
        this.at++;
        break;
      }
      if (char === "\\" && /[$`"\\\n]/.test(text[this.at + 1] ?? "")) {
        if (text[this.at + 1] !== "\n") plain += text[this.at + 1];
        this.at += 2;
      } else if (char === "$" || char === "`") {
        flush();
        parts.push(this.expansion(true));
      } else {
        plain += char;
        this.at++;
      }
    }
    flush();
    return parts;
  }

  private expansion(quoted: boolean): Part {
    const { text } = this;
    if (text[this.at] === "`") {
      const end = text.indexOf("`", this.at + 1);
      if (end < 0) throw new Unsupported("unterminated substitution");
      const inner = text.slice(this.at + 1, end).replace(/\\([$`\\])/g, "$1");
      this.at = end + 1;
      return { commands: this.substitution(`${inner})`, 0).ops, quoted };
    }
    if (text.startsWith("$((", this.at)) {
      const end = text.indexOf("))", this.at);
      if (end < 0) throw new Unsupported("unterminated arithmetic");
      const inner = text.slice(this.at + 3, end);
      this.at = end + 2;
      return { arithmetic: this.inner(inner), quoted };
    }
    if (text.startsWith("$(", this.at)) {
      const { ops, end } = this.substitution(text, this.at + 2);
      this.at = end;
      return { commands: ops, quoted };
    }
    const name = /^\$([A-Za-z_][A-Za-z0-9_]*|[0-9?#$!@*-])/.exec(text.slice(this.at, this.at + 128))?.[1];
    if (name !== undefined) {
      this.at += 1 + name.length;
      return { variable: name, quoted };
    }
    const braced = /^\$\{(#?)([A-Za-z_][A-Za-z0-9_]*|[0-9?#])(:?[-=+?]|##?|%%?)?/.exec(
      text.slice(this.at, this.at + 256),
    );
    if (!braced) {
      if (text[this.at + 1] === "{") throw new Unsupported("a parameter expansion");
      this.at++;
      return { text: "$", quoted: true };
    }
    const [all, length, variable = "", operator] = braced;
    this.at += all.length;
    let depth = 1;
    let end = this.at;
    for (; end < text.length && depth > 0; end++) depth += text[end] === "{" ? 1 : text[end] === "}" ? -1 : 0;
    if (depth > 0 || (operator === undefined && end - 1 !== this.at)) throw new Unsupported("a parameter expansion");
    const inner = text.slice(this.at, end - 1).replace(/^"(.*)"$/s, "$1");
    this.at = end;
    return {
      variable,
      quoted,
      ...(length ? { length: true } : {}),
      ...(operator ? { operator, argument: this.inner(inner) } : {}),
    };
  }
}

/** What a word says, where nothing in it is expanded. */
export function plainText(word: Word): string {
  return word.map((part) => ("text" in part ? part.text : "")).join("");
}
