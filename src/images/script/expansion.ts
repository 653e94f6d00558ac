import { arithmetic } from "./arithmetic.ts";
import { strip } from "./patterns.ts";
import type { Call, Called, Op, Part, Word } from "./program.ts";

/** What words are expanded in. */
export interface Shell {
  variable(name: string): string | undefined;
  assign(name: string, value: string): void;
  /** What commands print, without the line ends behind it. */
  substitute(ops: readonly Op[]): Generator<Call, string, Called>;
  /** Says what is wrong and ends the script. */
  fail(message: string): never;
  /** `set -u`. */
  readonly mustBeSet: boolean;
  /** Whether `$((i++))` is known; dash does not. */
  readonly increments: boolean;
}

/** Expands words. Models POSIX.1-2024 XCU 2.6 without tildes and file names. */
export class Expansion {
  private readonly shell: Shell;

  constructor(shell: Shell) {
    this.shell = shell;
  }

  /** The words that a command gets: expanded, and split where they are not quoted. */
  *fields(words: readonly Word[]): Generator<Call, string[], Called> {
    const fields: string[] = [];
    for (const word of words) {
      let field = "";
      let begun = false;
      for (const part of word) {
        const text = yield* this.part(part);
        if (part.quoted || "text" in part) {
          field += text;
          begun ||= part.quoted || text !== "";
          continue;
        }
        const pieces = text.split(/[ \t\n]+/);
        for (const [i, piece] of pieces.entries()) {
          if (i > 0 && begun) {
            fields.push(field);
            field = "";
            begun = false;
          }
          field += piece;
          begun ||= piece !== "";
        }
      }
      if (begun) fields.push(field);
    }
    return fields;
  }

  *text(word: Word): Generator<Call, string, Called> {
    let text = "";
    for (const part of word) text += yield* this.part(part);
    return text;
  }

  private *part(part: Part): Generator<Call, string, Called> {
    const { shell } = this;
    if ("text" in part) return part.text;
    if ("commands" in part) return yield* shell.substitute(part.commands);
    if ("arithmetic" in part) {
      const expression = yield* this.text(part.arithmetic);
      if (/\+\+|--/.test(expression) && !shell.increments)
        shell.fail(`arithmetic expression: expecting primary: "${expression}"`);
      const read = (name: string) => shell.variable(name);
      return String(arithmetic(expression, read, (name, value) => shell.assign(name, value)));
    }
    const value = shell.variable(part.variable);
    if (part.length) return String((value ?? "").length);
    const { operator } = part;
    if (operator === undefined) {
      if (value === undefined && shell.mustBeSet) shell.fail(`${part.variable}: parameter not set`);
      return value ?? "";
    }
    const argument = yield* this.text(part.argument ?? []);
    if (/[#%]/.test(operator)) return strip(value ?? "", operator, argument);
    const missing = value === undefined || (operator.startsWith(":") && value === "");
    switch (operator.at(-1)) {
      case "-":
        return missing ? argument : value!;
      case "+":
        return missing ? "" : argument;
      case "=":
        if (missing) shell.assign(part.variable, argument);
        return missing ? argument : value!;
      default:
        if (!missing) return value!;
        return shell.fail(`${part.variable}: ${argument || "parameter null or not set"}`);
    }
  }
}
