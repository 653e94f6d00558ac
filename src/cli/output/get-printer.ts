import { notSimulated } from "../../api/status.ts";
import type { Printer } from "../../printers/printer.ts";
import { type CommandContext, CommandError } from "../command.ts";
import type { FlagValues } from "../flags/values.ts";
import {
  dataPrinter,
  namePrinter,
  noPrinter,
  type OutputOptions,
  outputOptions,
  PRINT_FORMATS,
  splitFormat,
  templatePrinter,
} from "./print-flags.ts";

const COLUMN_FORMATS = ["custom-columns", "custom-columns-file"];
const GET_FORMATS = [...PRINT_FORMATS, ...COLUMN_FORMATS, "wide"];

/** True when `get` prints tables. */
export function isHumanReadable(flags: FlagValues): boolean {
  const output = flags.string("output");
  return (output === "" && flags.string("template") === "") || output === "wide";
}

/**
 * The printer of `get` for everything but tables. Throws CommandError. Models kubectl pkg/cmd/get/get_flags.go (ToPrinter), whose
 * order is not that of the other commands.
 */
export async function getPrinter(
  flags: FlagValues,
  context: Pick<CommandContext, "files" | "processes">,
): Promise<Printer> {
  const given = outputOptions(flags);
  const options = { ...given, format: given.format || (given.template === "" ? "" : "go-template") };
  const printer =
    (await templatePrinter(options, context)) ??
    (await dataPrinter(options, context)) ??
    (await columnsPrinter(options)) ??
    (await namePrinter(options.format, ""));
  if (!printer) throw noPrinter(options.format, GET_FORMATS, context.processes.env);
  return printer;
}

/** Models kubectl pkg/cmd/get/customcolumn_flags.go. */
async function columnsPrinter(options: OutputOptions): Promise<Printer | undefined> {
  const chosen = splitFormat(options, COLUMN_FORMATS);
  if (!chosen) return undefined;
  if (chosen.text === "") {
    throw new CommandError("custom-columns format specified but no custom columns given");
  }
  throw notSimulated("-o custom-columns");
}
