import type { Propagation } from "../api/writes.ts";
import { type CommandContext, CommandError } from "./command.ts";
import { ConvertError, parseBool } from "./flags/convert.ts";
import type { FlagValues } from "./flags/values.ts";

/** Reads --cascade; its old boolean forms are warned of. Models kubectl pkg/cmd/delete/delete_flags.go (parseCascadingFlag). */
export function cascadeOf(flags: FlagValues, context: Pick<CommandContext, "streams">): Propagation {
  const value = flags.string("cascade");
  let on: boolean;
  try {
    on = parseBool(value);
  } catch (error) {
    if (!(error instanceof ConvertError)) throw error;
    if (value === "orphan") return "Orphan";
    if (value === "foreground") return "Foreground";
    if (value === "background") return "Background";
    throw new CommandError(`invalid cascade value (${value}). Must be "background", "foreground", or "orphan"`);
  }
  const strategy = on ? "background" : "orphan";
  context.streams.err.write(
    `warning: --cascade=${value} is deprecated (boolean value) and can be replaced with --cascade=${strategy}.\n`,
  );
  return on ? "Background" : "Orphan";
}
