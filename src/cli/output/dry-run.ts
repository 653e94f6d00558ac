import { type CommandContext, CommandError } from "../command.ts";
import { ConvertError, parseBool } from "../flags/convert.ts";
import type { FlagValues } from "../flags/values.ts";
import { klogLine } from "../klog.ts";

export type DryRun = "none" | "client" | "server";

/** Reads --dry-run; its old forms are warned of as klog does. Models kubectl pkg/cmd/util/helpers.go (GetDryRunStrategy). */
export function dryRunOf(flags: FlagValues, context: Pick<CommandContext, "streams" | "clock" | "processes">): DryRun {
  const value = flags.string("dry-run");
  const deprecated = (line: number, text: string) =>
    context.streams.err.write(klogLine("W", `helpers.go:${line}`, text, context));
  try {
    const on = parseBool(value);
    const strategy = on ? "client" : "none";
    deprecated(
      on ? 733 : 736,
      `--dry-run=${value} is deprecated (boolean value) and can be replaced with --dry-run=${strategy}.`,
    );
    return strategy;
  } catch (error) {
    if (!(error instanceof ConvertError)) throw error;
  }
  if (value === "none" || value === "client" || value === "server") return value;
  if (value === "unchanged") {
    deprecated(719, "--dry-run is deprecated and can be replaced with --dry-run=client.");
    return "client";
  }
  throw new CommandError(`Invalid dry-run value (${value}). Must be "none", "server", or "client".`);
}

/** `created`, `created (dry run)`, `created (server dry run)`. Models PrintFlagsWithDryRunStrategy. */
export function operationText(operation: string, dryRun: DryRun): string {
  if (dryRun === "none") return operation;
  return `${operation} ${dryRun === "client" ? "(dry run)" : "(server dry run)"}`;
}

export type FieldValidation = "Strict" | "Warn" | "Ignore";

/** Reads --validate. Models kubectl pkg/cmd/util/helpers.go (GetValidationDirective). */
export function validationOf(flags: FlagValues): FieldValidation {
  const value = flags.string("validate");
  try {
    return parseBool(value) ? "Strict" : "Ignore";
  } catch (error) {
    if (!(error instanceof ConvertError)) throw error;
  }
  if (value === "strict") return "Strict";
  if (value === "warn") return "Warn";
  if (value === "ignore") return "Ignore";
  throw new CommandError(
    `invalid - validate option "${value}"; must be one of: strict (or true), warn, ignore (or false)`,
  );
}
