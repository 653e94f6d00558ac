import { CommandError } from "../command.ts";
import type { FlagValues } from "../flags/values.ts";
import type { FilenameOptions } from "./files.ts";

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
