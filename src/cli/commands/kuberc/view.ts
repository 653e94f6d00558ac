import type { KubeObject } from "../../../api/object.ts";
import { fieldsOf } from "../../../api/schema/struct-fields.ts";
import { type CommandContext, CommandError, defineCommand } from "../../command.ts";
import { ProgramExit } from "../../errors.ts";
import type { FlagValues } from "../../flags/values.ts";
import { API_VERSION, KIND, type Preference, printable } from "../../kuberc/preference.ts";
import { kubercFile, parsePreference, preferenceType, savePreference } from "../../kuberc/store.ts";
import { objectWriter } from "../../output/object-writer.ts";
import { printerFor } from "../../output/print-flags.ts";
import { absolute, openError } from "../../resources/files.ts";

/** Models kubectl pkg/cmd/kuberc/view.go. */
export default defineCommand<{ file: string; flags: FlagValues }>({
  complete: ({ flags }, context) => ({ file: kubercFile(flags, context), flags }),
  async run({ file, flags }, context) {
    const path = absolute(file, context);
    if (!context.files.exists(path)) return await offerDefault(file, context);
    let text: string;
    try {
      text = context.files.read(path).toString("utf8");
    } catch (error) {
      throw new CommandError(`error reading kuberc file: ${openError(file, error)}`);
    }
    const preference = await parsePreference(text);
    if (!preference) throw new ProgramExit(PANIC, 2);
    preference.aliases ??= [];
    preference.defaults ??= [];
    const printer = await printerFor(flags, context, "", fieldsOf(await preferenceType()));
    if (!preference.apiVersion && !preference.kind && TYPED.includes(flags.string("output").toLowerCase()))
      throw new CommandError(
        "missing apiVersion or kind; try GetObjectKind().SetGroupVersionKind() if you know the type",
      );
    printer.print(printable(preference) as unknown as KubeObject, objectWriter(context.streams));
  },
});

/** The formats that print no object of which nobody knows the kind. Models cli-runtime pkg/printers. */
const TYPED = ["json", "yaml", "kyaml", "name"];

/** kubectl 1.36 crashes where there is nothing to show: the first line is all that is told. */
const PANIC = "panic: runtime error: invalid memory address or nil pointer dereference";

const DEFAULT: Preference = {
  apiVersion: API_VERSION,
  kind: KIND,
  defaults: [
    { command: "apply", options: [{ name: "server-side", default: "true" }] },
    { command: "delete", options: [{ name: "interactive", default: "true" }] },
  ],
};

/** Without a file the user is asked. */
async function offerDefault(file: string, context: CommandContext): Promise<void> {
  context.streams.out.write(
    `kuberc file not found at ${file}\nWould you like to generate a default kuberc file with recommended options? (y/N): `,
  );
  const words = (await context.streams.readLine()).split(/\s+/).filter(Boolean);
  if (words.length !== 1) return;
  if (words[0]!.toLowerCase() === "y") savePreference(DEFAULT, file, context);
  else throw new ProgramExit(PANIC, 2);
}
