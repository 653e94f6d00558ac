import type { StructFields } from "../../api/encoding/json-emit.ts";
import type { Printer } from "../../printers/printer.ts";
import { type CommandContext, CommandError } from "../command.ts";
import type { FlagValues } from "../flags/values.ts";
import { absolute, openError } from "../resources/files.ts";
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

/**
 * The printer of `get` for everything but tables. Throws CommandError. Models kubectl pkg/cmd/get/get_flags.go (ToPrinter), whose
 * order is not that of the other commands. `watching`: the struct of what a watch prints, and `align: false` when it aligns columns itself.
 */
export async function getPrinter(
  flags: FlagValues,
  context: Pick<CommandContext, "files" | "processes">,
  watching: { fields?: StructFields; align?: boolean } = {},
): Promise<Printer> {
  const given = { ...outputOptions(flags), ...(watching.fields ? { fields: watching.fields } : {}) };
  const options = { ...given, format: given.format || (given.template === "" ? "" : "go-template") };
  const printer =
    (await templatePrinter(options, context)) ??
    (await dataPrinter(options, context)) ??
    (await columnsPrinter(options, { noHeaders: flags.bool("no-headers"), align: watching.align ?? true }, context)) ??
    (await namePrinter(options.format, ""));
  if (!printer) throw noPrinter(options.format, GET_FORMATS, context.processes.env);
  return printer;
}

/** Models kubectl pkg/cmd/get/customcolumn_flags.go. */
async function columnsPrinter(
  options: OutputOptions,
  layout: { noHeaders: boolean; align: boolean },
  context: Pick<CommandContext, "files" | "processes">,
): Promise<Printer | undefined> {
  const chosen = splitFormat(options, COLUMN_FORMATS);
  if (!chosen) return undefined;
  if (chosen.text === "") {
    throw new CommandError("custom-columns format specified but no custom columns given");
  }
  const { CustomColumnsPrinter, parseCustomColumns, parseCustomColumnsFile } = await import(
    "../../printers/custom-columns.ts"
  );
  const { JsonPathError } = await import("../../printers/jsonpath/node.ts");
  const wording = <T>(act: () => T): T => {
    try {
      return act();
    } catch (error) {
      if (error instanceof JsonPathError) throw new CommandError(error.message);
      throw error;
    }
  };
  let printer: Printer;
  if (chosen.format === "custom-columns-file") {
    const columns = wording(() => parseCustomColumnsFile(readColumns(chosen.text, context)));
    printer = new CustomColumnsPrinter(columns, { align: layout.align });
  } else {
    printer = new CustomColumnsPrinter(
      wording(() => parseCustomColumns(chosen.text)),
      layout,
    );
  }
  return { print: (object, write) => wording(() => printer.print(object, write)) };
}

function readColumns(path: string, context: Pick<CommandContext, "files" | "processes">): string {
  try {
    return context.files.read(absolute(path, context)).toString("utf8");
  } catch (error) {
    throw new CommandError(`error reading template ${path}, ${openError(path, error)}\n`);
  }
}
