import { byteLength } from "./text.ts";
/** A place in a YAML document, all parts from 0; `index` and `column` count characters. */
export interface Mark {
  index: number;
  line: number;
  column: number;
}

/** Why a document is not YAML, with the text of go.yaml.in/yaml/v2 (`yaml: line 3: …`). */
export class YamlError extends Error {
  override name = "YamlError";
  /** The text of go.yaml.in/yaml/v3, which names the line where the broken thing began. */
  readonly contextFirst: string;
  constructor(message: string, contextFirst = message) {
    super(message);
    this.contextFirst = contextFirst;
  }
}

/**
 * `scanner` problems are at the line after the mark's (the mark counts from 0), `parser` problems are reported one line
 * early, and on the first line without a line: that is what yaml.v2 prints. `context` is where the broken thing began.
 */
export function yamlProblem(source: "scanner" | "parser", problem: string, at: Mark, context?: Mark): YamlError {
  let line = 0;
  if (at.line !== 0) line = source === "scanner" ? at.line + 1 : at.line;
  else if (context !== undefined) line = context.line;
  const began = context !== undefined && context.line !== 0 ? context.line : at.line;
  const first = began === 0 || source === "parser" ? began : began + 1;
  return new YamlError(worded(line, problem), worded(first, problem));
}

function worded(line: number, problem: string): string {
  return `yaml: ${line === 0 ? "" : `line ${line}: `}${problem}`;
}

const NOT_ALLOWED = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ud800-\udfff\ue000-\ufffd]/;
/** The original reads this many bytes at a time and refuses a control character when it reads its part. */
const CHUNK = 512;

/** The text of a document and how far it has been read. Models the reader of libyaml. */
export class Cursor {
  readonly text: string;
  pos = 0;
  index = 0;
  line = 0;
  column = 0;
  /** Reading up to here meets a character that is not allowed. */
  private readonly forbiddenFrom: number;

  constructor(text: string) {
    this.text = text.startsWith("\ufeff") ? text.slice(1) : text;
    const forbidden = this.text.search(NOT_ALLOWED);
    this.forbiddenFrom = forbidden === -1 ? Number.POSITIVE_INFINITY : chunkStart(this.text, forbidden);
    this.check();
  }

  /** The UTF-16 unit `ahead` of here, 0 at the end. */
  peek(ahead = 0): number {
    const at = this.pos + ahead;
    return at < this.text.length ? this.text.charCodeAt(at) : 0;
  }

  mark(): Mark {
    return { index: this.index, line: this.line, column: this.column };
  }

  /** Throws when the original would have met a control character by now. */
  check(): void {
    if (this.pos + 4 > this.forbiddenFrom) throw new YamlError("yaml: control characters are not allowed");
  }

  /** Steps over `units` UTF-16 units of the same line. */
  skip(units = 1): void {
    for (let i = 0; i < units; i++) {
      const unit = this.text.charCodeAt(this.pos + i);
      // The second half of a pair is no character of its own.
      if (unit >= 0xdc00 && unit <= 0xdfff) continue;
      this.index++;
      this.column++;
    }
    this.pos += units;
  }

  /** Steps over a line break if there is one and returns what it means in a scalar. */
  lineBreak(): string {
    const unit = this.peek();
    if (!isBreak(unit)) return "";
    const pair = unit === 0x0d && this.peek(1) === 0x0a;
    this.pos += pair ? 2 : 1;
    this.index += pair ? 2 : 1;
    this.column = 0;
    this.line++;
    return unit === 0x2028 || unit === 0x2029 ? String.fromCharCode(unit) : "\n";
  }

  skipBlanks(): void {
    while (isBlank(this.peek())) this.skip();
  }

  /** Steps over a comment, if one begins here. */
  skipComment(): void {
    if (this.peek() === 0x23) while (!isBreakOrEnd(this.peek())) this.skip();
  }

  /** `---` or `...` at the start of a line. */
  atDocumentMarker(): boolean {
    if (this.column !== 0) return false;
    const unit = this.peek();
    if (unit !== 0x2d && unit !== 0x2e) return false;
    return this.peek(1) === unit && this.peek(2) === unit && isBlankOrEnd(this.peek(3));
  }
}

function chunkStart(text: string, at: number): number {
  const bytes = byteLength(text.slice(0, at));
  let rest = bytes % CHUNK;
  let start = at;
  while (rest > 0 && start > 0) {
    start--;
    const unit = text.charCodeAt(start);
    rest -= unit < 0x80 ? 1 : unit < 0x800 ? 2 : unit >= 0xd800 && unit <= 0xdfff ? 2 : 3;
  }
  return start;
}

export function isBreak(unit: number): boolean {
  return unit === 0x0a || unit === 0x0d || unit === 0x85 || unit === 0x2028 || unit === 0x2029;
}
export function isBreakOrEnd(unit: number): boolean {
  return unit === 0 || isBreak(unit);
}
export function isBlank(unit: number): boolean {
  return unit === 0x20 || unit === 0x09;
}
export function isBlankOrEnd(unit: number): boolean {
  return isBlank(unit) || isBreakOrEnd(unit);
}
/** Letters, digits, `_` and `-`: what names of anchors and tags are made of. */
export function isWord(unit: number): boolean {
  return (
    (unit >= 0x30 && unit <= 0x39) ||
    (unit >= 0x41 && unit <= 0x5a) ||
    (unit >= 0x61 && unit <= 0x7a) ||
    unit === 0x5f ||
    unit === 0x2d
  );
}
