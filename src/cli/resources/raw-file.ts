import { type CommandContext, CommandError } from "../command.ts";
import { ProgramExit } from "../errors.ts";
import type { FlagValues } from "../flags/values.ts";
import { printAnswer } from "../output/raw.ts";
import { absolute, type FilenameOptions, openError } from "./files.ts";

/** What --raw of create and replace does not go with. Throws CommandError. */
export function checkRaw(flags: FlagValues, { filenames, recursive }: FilenameOptions): void {
  const raw = flags.string("raw");
  if (filenames.length !== 1) throw new CommandError("--raw can only use a single local file or stdin");
  if (/^https?:\/\//.test(filenames[0]!)) throw new CommandError("--raw cannot read from a url");
  if (recursive) throw new CommandError("--raw and --recursive are mutually exclusive");
  if (flags.has("selector") && flags.string("selector") !== "") {
    throw new CommandError("--raw and --selector (-l) are mutually exclusive");
  }
  if (flags.string("output") !== "") throw new CommandError("--raw and --output are mutually exclusive");
  checkRawPath(raw);
}

/** Models Go's url.ParseRequestURI, as far as a path goes. */
export function checkRawPath(raw: string): void {
  if (!/^(\/|[a-z][a-z0-9+.-]*:)/i.test(raw)) {
    throw new CommandError(`--raw must be a valid URL path: parse "${raw}": invalid URI for request`);
  }
}

/**
 * Sends one file, as it is, to a path and prints the answer; no file is an empty body. Models kubectl pkg/rawhttp/raw.go.
 * Throws CommandError for a file that cannot be opened, ProgramExit for one that cannot be read.
 */
export async function sendRaw(
  method: "POST" | "PUT" | "DELETE",
  path: string,
  { filenames: [name] }: FilenameOptions,
  context: CommandContext,
): Promise<void> {
  const text = name === undefined ? "" : await read(name, context);
  await printAnswer(await context.client.raw(path, { method, text }), path, context);
}

async function read(name: string, context: CommandContext): Promise<string> {
  if (name === "-") return (await context.streams.readInput()).toString("utf8");
  try {
    return context.files.read(absolute(name, context)).toString("utf8");
  } catch (error) {
    // A folder is opened, and fails while the request is on its way.
    if ((error as NodeJS.ErrnoException).code === "EISDIR")
      throw new ProgramExit(`Unable to connect to the server: ${openError(name, error)}`, 1);
    throw new CommandError(openError(name, error));
  }
}
