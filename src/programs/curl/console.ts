import type { ProgramContext } from "../program.ts";
import type { Global } from "./config.ts";

/** What curl says on standard error. Models tool_msgs.c. */
export class Console {
  readonly global: Global;
  private readonly context: ProgramContext;
  private counted = false;
  constructor(context: ProgramContext, global: Global) {
    this.context = context;
    this.global = global;
  }

  raw(text: string): void {
    this.context.err(text);
  }

  /** A line of a request or an answer, its sign before it. */
  header(line: string): void {
    this.counted = false;
    this.context.err(line);
  }

  /**
   * How many bytes went by, once between two other lines, and not where they would mix with the output at a terminal. Models
   * tool_cb_dbg.c.
   */
  data(direction: "{" | "}", size: number): void {
    if (!this.global.verbose || this.context.isTerminal || this.counted) return;
    this.counted = true;
    this.context.err(`${direction} [${size} bytes data]\n`);
  }

  /** `Warning: `, folded at 79 columns, each line with the prefix; not with -s. */
  warn(text: string): void {
    if (!this.global.silent) this.context.err(fold("Warning: ", text));
  }

  /** `curl: `, unfolded for what curl_easy_strerror says; not with -s unless -S. */
  error(text: string): void {
    if (!this.global.silent || this.global.showError) this.context.err(`curl: ${text}\n`);
  }

  /** helpf: `curl: TEXT` and where help is. */
  help(text?: string): void {
    this.context.err(
      `${text === undefined ? "" : `curl: ${text}\n`}curl: try 'curl --help' or 'curl --manual' for more information\n`,
    );
  }

  info(text: string): void {
    this.counted = false;
    if (this.global.verbose) this.context.err(`* ${text}\n`);
  }
}

/** Folds as voutf does: at the last blank before the width, the blank stays at the end of the line. */
function fold(prefix: string, text: string): string {
  const width = 79 - prefix.length;
  let out = "";
  let rest = text;
  // The line's end counts.
  while (rest.length + 1 > width) {
    let cut = width - 1;
    while (cut > 0 && rest[cut] !== " ") cut--;
    if (cut === 0) cut = width - 1;
    out += `${prefix}${rest.slice(0, cut + 1)}\n`;
    rest = rest.slice(cut + 1);
  }
  return `${out}${prefix}${rest}\n`;
}
