import type { KubeList, KubeObject } from "../../api/object.ts";
import { type CommandContext, CommandError } from "../command.ts";
import type { FlagValues } from "../flags/values.ts";
import { typedList, typedObject } from "../typed-object.ts";
import { objectWriter } from "./object-writer.ts";
import { printerFor } from "./print-flags.ts";

export type PrintObject = (object: KubeObject) => Promise<void>;

/** Prints a list, to a stream of its own choice. */
export type PrintList = (list: KubeList, write: (text: string) => void) => Promise<void>;

/**
 * One printer for all objects of a command, so that YAML documents are separated; a wrong -o is refused at once. `typed`: kubectl
 * decodes the objects into its own Go types, whose field order and zero values JSON and YAML then show.
 */
export async function objectPrinter(
  flags: FlagValues,
  context: CommandContext,
  operation: string,
  shape: "typed" | "unstructured" = "unstructured",
): Promise<PrintObject> {
  const printer = await printerFor(flags, context, operation);
  const write = objectWriter(context.streams);
  const format = flags.string("output").toLowerCase();
  const plain = shape === "unstructured" || (["", "name"].includes(format) && flags.string("template") === "");
  return async (object) => {
    if (plain) return printer.print(object, write);
    const typed = await typedObject(object);
    const ordered = keepsState(format) ? printer : await printerFor(flags, context, operation, typed.fields);
    ordered.print(typed.object, write);
  };
}

/** One printer for the lists that a command decodes into Go types. */
export async function listPrinter(flags: FlagValues, context: CommandContext): Promise<PrintList> {
  const printer = await printerFor(flags, context, "");
  const format = flags.string("output").toLowerCase();
  return async (list, write) => {
    if (format === "name")
      throw new CommandError(
        `list types are not supported by name printing: *${list.apiVersion.replace(/^.*\//, "")}.${list.kind}`,
      );
    const typed = await typedList(list);
    const ordered = keepsState(format) ? printer : await printerFor(flags, context, "", typed.fields);
    ordered.print(typed.object, write);
  };
}

/** Whether what was printed before changes what follows: a separator, a range that a JSONPath template has not ended. */
function keepsState(format: string): boolean {
  return format === "yaml" || format.startsWith("jsonpath");
}
