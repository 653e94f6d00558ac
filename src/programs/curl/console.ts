import { FileError, type ProgramContext } from "../program.ts";
import type { Global, Operation, RequestKind } from "./config.ts";

const REQUEST_NAMES: Readonly<Record<RequestKind, string>> = {
  get: "GET (-G, --get)",
  head: "HEAD (-I, --head)",
  form: "multipart formpost (-F, --form)",
  post: "POST (-d, --data)",
  put: "PUT (-T, --upload-file)",
};

/** What curl says on standard error. Models tool_msgs.c. */
export class Console {
  readonly global: Global;
  private readonly context: ProgramContext;
  private counted = false;
  /** `--stderr FILE`: where messages go instead; `-`: standard output. */
  private file: string | undefined;
  constructor(context: ProgramContext, global: Global) {
    this.context = context;
    this.global = global;
  }

  /** `--stderr`. */
  redirect(file: string): void {
    if (file !== "-") {
      try {
        this.context.files.write(file, "");
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        this.warn(`Failed to open ${file}`);
        return;
      }
    }
    this.file = file;
  }

  raw(text: string): void {
    if (this.file === undefined) this.context.err(text);
    else if (this.file === "-") this.context.out(text);
    else this.context.files.append(this.file, text);
  }

  /** Notes what kind of request is asked for; false, and a warning, when another one was. Models tool_helpers.c SetHTTPrequest. */
  chooseRequest(operation: Operation, kind: RequestKind): boolean {
    if (operation.kind === undefined || operation.kind === kind) {
      operation.kind = kind;
      return true;
    }
    this.warn(
      `You can only select one HTTP request method! You asked for both ${REQUEST_NAMES[kind]} and ${REQUEST_NAMES[operation.kind]}.`,
    );
    return false;
  }

  /** `-X` that changes nothing, or is no good idea. Models tool_helpers.c customrequest_helper. */
  judgeMethod(operation: Operation, kind: RequestKind): void {
    const method = operation.method?.toUpperCase();
    const inferred = { get: "GET", head: "HEAD", form: "POST", post: "POST", put: "PUT" }[kind];
    if (method === inferred) {
      if (this.global.verbose && !this.global.silent)
        this.raw(fold("Note: ", `Unnecessary use of -X or --request, ${inferred} is already inferred.`));
    } else if (method === "HEAD") {
      this.warn(
        "Setting custom HTTP method to HEAD with -X/--request may not work the way you want. Consider using -I/--head instead.",
      );
    }
  }

  /** A line of a request or an answer, its sign before it. */
  header(line: string): void {
    this.counted = false;
    this.raw(line);
  }

  /**
   * How many bytes went by, once between two other lines, and not where they would mix with the output at a terminal. Models
   * tool_cb_dbg.c.
   */
  data(direction: "{" | "}", size: number): void {
    if (!this.global.verbose || this.context.isTerminal || this.counted) return;
    this.counted = true;
    this.raw(`${direction} [${size} bytes data]\n`);
  }

  /** `Warning: `, folded at 79 columns, each line with the prefix; not with -s. */
  warn(text: string): void {
    if (!this.global.silent) this.raw(fold("Warning: ", text));
  }

  /** `curl: `, unfolded for what curl_easy_strerror says; not with -s unless -S. */
  error(text: string): void {
    if (!this.global.silent || this.global.showError) this.raw(`curl: ${text}\n`);
  }

  /** helpf: `curl: TEXT` and where help is. */
  help(text?: string): void {
    this.raw(
      `${text === undefined ? "" : `curl: ${text}\n`}curl: try 'curl --help' or 'curl --manual' for more information\n`,
    );
  }

  info(text: string): void {
    this.counted = false;
    if (this.global.verbose) this.raw(`* ${text}\n`);
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
