import type { ProgramContext } from "../program.ts";
import { newOperation, type Operation } from "./config.ts";
import type { Console } from "./console.ts";
import { OptionFiles } from "./option-files.ts";
import { type CurlOption, findLetter, findLong, reversible } from "./options.ts";
import { ParameterError, wrong } from "./parameter-values.ts";
import { addUrl, applyParameter, type ParameterTarget } from "./parameters.ts";
import { applySwitch } from "./switches.ts";

export type Parsed = { kind: "run"; operations: Operation[] } | { kind: "version" | "help"; topic?: string };

/** Reads the command line into operations and the global options. Models tool_getparam.c parse_args and getparameter. */
export class ParameterReader {
  readonly operations: Operation[] = [newOperation()];
  private readonly context: ProgramContext;
  private readonly console: Console;
  private readonly files: OptionFiles;
  /** `-V` or `-h`: what was asked for instead of a transfer. */
  private instead: { kind: "version" | "help"; topic?: string } | undefined;

  constructor(context: ProgramContext, console: Console) {
    this.context = context;
    this.console = console;
    this.files = new OptionFiles(context, console);
  }

  async read(argv: readonly string[]): Promise<Parsed> {
    let options = true;
    for (let i = 0; i < argv.length; i++) {
      const word = argv[i]!;
      if (options && word === "--") {
        options = false;
        continue;
      }
      if (!options || !word.startsWith("-") || word === "-") {
        addUrl(this.operation, word);
        continue;
      }
      const used = word.startsWith("--") ? await this.long(word, argv[i + 1]) : await this.cluster(word, argv[i + 1]);
      if (used) i++;
      if (this.instead) return this.instead;
    }
    const { headerName, includeHeaders, head } = this.operation;
    if (headerName && (includeHeaders || head))
      throw new ParameterError("showing headers and --remote-header-name cannot be combined");
    return { kind: "run", operations: this.operations };
  }

  private get operation(): Operation {
    return this.operations.at(-1)!;
  }

  private get target(): ParameterTarget {
    const { operation, console, context, files } = this;
    return { operation, global: console.global, console, context, files };
  }

  private async long(word: string, next: string | undefined): Promise<boolean> {
    const negated = word.startsWith("--no-");
    const name = word.slice(negated ? 5 : 2);
    const option = findLong(name);
    if (option === "unknown") throw wrong(word, "is unknown");
    if (option === "ambiguous") throw wrong(word, "is ambiguous");
    if (option.takesParameter) {
      if (negated) throw wrong(word, "used '--no-' for option that isn't a boolean");
      if (next === undefined) throw wrong(word, "requires parameter");
      await this.apply(option, next, word);
      return true;
    }
    if (negated && !reversible(option)) throw wrong(word, "used '--no-' for option that isn't a boolean");
    return this.toggle(option, !negated, word, next);
  }

  private async cluster(word: string, next: string | undefined): Promise<boolean> {
    for (let at = 1; at < word.length; at++) {
      const option = findLetter(word[at]!);
      if (!option) throw wrong(word, "is unknown");
      if (option.takesParameter) {
        const attached = word.slice(at + 1);
        if (attached !== "") {
          await this.apply(option, attached, word);
          return false;
        }
        if (next === undefined) throw wrong(word, "requires parameter");
        await this.apply(option, next, word);
        return true;
      }
      if (this.toggle(option, true, word, undefined)) return true;
      if (this.instead) return false;
    }
    return false;
  }

  /** A switch, or what changes the reading itself. True when it took the next word too (`--help TOPIC`). */
  private toggle(option: CurlOption, on: boolean, word: string, next: string | undefined): boolean {
    switch (option.name) {
      case "version":
        this.instead = { kind: "version" };
        return false;
      case "help":
        this.instead = next && !next.startsWith("-") ? { kind: "help", topic: next } : { kind: "help" };
        return next !== undefined && !next.startsWith("-");
      case "next":
        if (this.operation.urls.some((out) => out.url !== undefined)) this.operations.push(newOperation());
        return false;
      default:
        applySwitch(option, on, word, this.target);
        return false;
    }
  }

  private async apply(option: CurlOption, value: string, word: string): Promise<void> {
    if (option.name === "config") await this.configFile(value, word);
    else await applyParameter(option, value, word, this.target);
  }

  /** `-K FILE`: one option a line, its dashes left out or not. Models tool_parsecfg.c. */
  private async configFile(file: string, word: string): Promise<void> {
    const lines = (await this.files.text(file, word)).split("\n");
    for (const [index, line] of lines.entries()) {
      const text = line.trim();
      if (text === "" || /^[#/;]/.test(text)) continue;
      const parts = /^(\S+?)(?:\s*[=:]\s*|\s+|$)(.*)$/.exec(text);
      const [, name = "", rest = ""] = parts ?? [];
      const quoted = /^"((?:[^"\\]|\\.)*)"/.exec(rest)?.[1];
      const parameter = quoted?.replace(
        /\\(.)/g,
        (_, ch: string) => ({ n: "\n", r: "\r", t: "\t", v: "\v" })[ch] ?? ch,
      );
      const value = parameter ?? (rest === "" ? undefined : rest.split(/\s/)[0]);
      try {
        if (/^-[^-]/.test(name)) await this.cluster(name, value);
        else await this.long(name.startsWith("--") ? name : `--${name}`, value);
      } catch (error) {
        if (!(error instanceof ParameterError) || error.problem === undefined) throw error;
        // What is wrong in a file is told and passed over.
        const where = `${file === "-" ? "<stdin>" : file}:${index + 1}`;
        this.console.warn(`${where}: warning: '${name}' ${error.problem}`);
      }
    }
  }
}
