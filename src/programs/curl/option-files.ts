import { decodeText, encodeText } from "../../api/encoding/text.ts";
import type { ProgramContext } from "../program.ts";
import type { Console } from "./console.ts";
import { ParameterError } from "./parameter-values.ts";
import { formEncode } from "./percent.ts";

/** The files that options name; `-` is the standard input, which is read once. */
export class OptionFiles {
  private readonly context: ProgramContext;
  private readonly console: Console;
  private input: Uint8Array | undefined;

  constructor(context: ProgramContext, console: Console) {
    this.context = context;
    this.console = console;
  }

  private async standardInput(): Promise<Uint8Array> {
    this.input ??= await this.context.stdin();
    const all = this.input;
    this.input = new Uint8Array();
    return all;
  }

  /** Undefined: it cannot be read. */
  async content(file: string): Promise<Uint8Array | undefined> {
    return file === "-" ? this.standardInput() : this.context.files.read(file);
  }

  /** `-w @FILE`; a file that is not there makes no output. */
  async format(file: string): Promise<string> {
    const content = await this.content(file);
    if (content) return decodeText(content);
    if (!this.console.global.silent) this.console.raw(`Warning: Failed to read ${file}`);
    return "";
  }

  /** The file of `-K`, typed as `word`. @throws ParameterError */
  async text(file: string, word: string): Promise<string> {
    const content = await this.content(file);
    if (!content) {
      this.console.warn(`Failed to open ${file}`);
      throw new ParameterError(`option ${word}: error encountered when reading a file`, word === "-K" ? 26 : 2);
    }
    return decodeText(content);
  }

  /** `content`, `=content`, `name=content`, `@file`, `name@file`. */
  async urlencoded(value: string): Promise<string> {
    const at = /^([^=@]*)([=@])(.*)$/s.exec(value);
    if (!at) return formEncode(encodeText(value));
    const [, name = "", kind, rest = ""] = at;
    const content = kind === "@" ? await this.content(rest) : encodeText(rest);
    if (!content) this.console.warn(`Couldn't read data from file "${value}", this makes an empty POST.`);
    // A file without content takes its name along.
    if (!content || (kind === "@" && content.length === 0)) return "";
    const encoded = formEncode(content);
    return name === "" ? encoded : `${name}=${encoded}`;
  }
}
