import type { KubeObject } from "../../api/object.ts";
import type { CommandContext } from "../command.ts";
import type { FlagValues } from "../flags/values.ts";
import { typedObject } from "../typed-object.ts";
import { objectWriter } from "./object-writer.ts";
import { printerFor } from "./print-flags.ts";

export type PrintObject = (object: KubeObject) => Promise<void>;

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
    const ordered = format === "json" ? await printerFor(flags, context, operation, typed.fields) : printer;
    ordered.print(typed.object, write);
  };
}
