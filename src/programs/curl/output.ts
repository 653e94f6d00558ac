import { decodeText, encodeText } from "../../api/encoding/text.ts";
import { errnoText } from "../../platform/errno.ts";
import { FileError, type ProgramContext } from "../program.ts";
import type { GetOut, Operation } from "./config.ts";
import type { Console } from "./console.ts";
import { CurlError } from "./error.ts";
import type { Sink } from "./transfer-state.ts";
import { parseUrl } from "./url.ts";

/** The file of `-o` with its `#1`, or of `-O`; undefined: standard output. @throws CurlError when the URL has no name for it */
export function outputFile(
  operation: Operation,
  out: GetOut,
  url: string,
  values: readonly string[],
): string | undefined {
  const output = out.output ?? (operation.remoteNameAll ? "remote" : undefined);
  if (output === undefined) return undefined;
  const inFolder = (name: string) => (operation.outputDir ? `${operation.outputDir}/${name}` : name);
  if (output === "remote") {
    const name = parseUrl(url).path.replace(/^.*\//, "");
    if (name === "") throw new CurlError(23);
    return inFolder(name);
  }
  if (output.file === "-") return undefined;
  const name = output.file.replace(/#(\d+)/g, (all, digits: string) => values[Number(digits) - 1] ?? all);
  return isDevice(name) ? name : inFolder(name);
}

/** `--no-clobber`: the name, or the first of NAME.1, NAME.2 … that is free. */
export function freeName(file: string, context: ProgramContext): string {
  if (!context.files.exists(file)) return file;
  for (let number = 1; ; number++) if (!context.files.exists(`${file}.${number}`)) return `${file}.${number}`;
}

/** What is no file. */
export const isDevice = (file: string) => ["/dev/null", "/dev/stdout", "/dev/stderr"].includes(file);

/** Writes to a file that is none; false: it is one. */
function toDevice(context: ProgramContext, file: string, data: string | Uint8Array): boolean {
  if (file === "/dev/stdout") context.out(data);
  if (file === "/dev/stderr") context.err(typeof data === "string" ? data : decodeText(data));
  return isDevice(file);
}

/** Where headers and body of one attempt go. Models tool_cb_wrt.c and tool_cb_hdr.c. */
export class Output implements Sink {
  private readonly context: ProgramContext;
  private readonly operation: Operation;
  private readonly file: string | undefined;
  private readonly console: Console;
  private created = false;

  constructor(context: ProgramContext, console: Console, operation: Operation, file: string | undefined) {
    this.context = context;
    this.console = console;
    this.operation = operation;
    this.file = file;
  }

  header(line: string): void {
    const { operation } = this;
    if (operation.dumpHeader !== undefined) this.dump(operation.dumpHeader, line);
    if (!operation.includeHeaders && !operation.head) return;
    const bold = this.context.isTerminal && this.file === undefined;
    const colon = line.indexOf(":");
    const text =
      bold && colon > 0 && !line.startsWith("HTTP/")
        ? `\x1b[1m${line.slice(0, colon)}\x1b[0m${line.slice(colon)}`
        : line;
    this.body(encodeText(text));
  }

  body(data: Uint8Array): void {
    if (this.file === undefined) this.context.out(data);
    else if (!toDevice(this.context, this.file, data)) this.store(this.file, data);
  }

  /** A transfer without a body leaves an empty file. */
  close(): void {
    const { file } = this;
    if (file !== undefined && !isDevice(file) && !this.created) this.store(file, new Uint8Array());
  }

  private store(file: string, data: Uint8Array): void {
    const { files } = this.context;
    try {
      if (this.created) files.append(file, data);
      else {
        if (this.operation.createDirs) this.createFolders(file);
        files.write(file, data);
      }
      this.created = true;
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      this.console.warn(`Failed to open the file ${file}: ${errnoText(error.code)}`);
      throw new CurlError(23, "Failure writing output to destination");
    }
  }

  private createFolders(file: string): void {
    const parts = file.split("/").slice(0, -1);
    for (let i = 1; i <= parts.length; i++) {
      const folder = parts.slice(0, i).join("/");
      if (folder !== "" && !this.context.files.exists(folder)) this.context.files.mkdir(folder);
    }
  }

  private dump(file: string, line: string): void {
    if (file === "-") this.context.out(line);
    else if (!toDevice(this.context, file, line)) this.context.files.append(file, line);
  }
}
