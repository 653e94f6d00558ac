import { goQuote } from "../../api/encoding/go-quote.ts";
import type { StructFields } from "../../api/encoding/json-emit.ts";
import type { Json } from "../../api/json.ts";
import type { Printer } from "../../printers/printer.ts";
import { type CommandContext, CommandError } from "../command.ts";
import type { FlagValues } from "../flags/values.ts";
import { absolute, openError } from "../resources/files.ts";

type OutputContext = Pick<CommandContext, "files" | "processes">;

/** What -o and its companions say. */
export interface OutputOptions {
  /** Text of -o. */
  format: string;
  /** Text of --template. */
  template: string;
  allowMissingKeys: boolean;
  showManagedFields: boolean;
  /** The struct of an object that kubectl built itself, for the order of its fields. */
  fields?: StructFields | null;
}

export function outputOptions(flags: FlagValues): OutputOptions {
  return {
    format: flags.string("output"),
    template: flags.has("template") ? flags.string("template") : "",
    allowMissingKeys: !flags.has("allow-missing-template-keys") || flags.bool("allow-missing-template-keys"),
    showManagedFields: flags.has("show-managed-fields") && flags.bool("show-managed-fields"),
  };
}

const DATA_FORMATS = ["json", "yaml", "kyaml"];
const TEMPLATE_FORMATS = ["go-template", "go-template-file", "template", "templatefile"];
const JSONPATH_FORMATS = ["jsonpath", "jsonpath-as-json", "jsonpath-file"];

/** The formats of most commands; `get` has more. */
export const PRINT_FORMATS = [...DATA_FORMATS, "name", ...TEMPLATE_FORMATS, ...JSONPATH_FORMATS];

/** `unable to match a printer suitable for the output format …`. Models cli-runtime NoCompatiblePrinterError. */
export function noPrinter(
  format: string,
  allowed: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): CommandError {
  const list = allowed.filter((name) => name !== "kyaml" || hasKyaml(env)).sort();
  return new CommandError(
    `unable to match a printer suitable for the output format ${goQuote(format)}, allowed formats are: ${list.join(",")}`,
  );
}

function hasKyaml(env: Readonly<Record<string, string | undefined>>): boolean {
  return env.KUBECTL_KYAML?.toLowerCase() !== "false";
}

/**
 * The printer that -o and --template ask for; without them `<operation>` is told of each object. Throws CommandError.
 * Models cli-runtime pkg/genericclioptions/print_flags.go (ToPrinter).
 */
export async function printerFor(
  flags: FlagValues,
  context: OutputContext,
  operation: string,
  fields?: StructFields | null,
): Promise<Printer> {
  const options = { ...outputOptions(flags), ...(fields === undefined ? {} : { fields }) };
  const format = options.template !== "" && !flags.changed("output") ? "go-template" : options.format;
  const printer =
    (await dataPrinter({ ...options, format }, context)) ??
    (await namePrinter(format, operation)) ??
    (await templatePrinter({ ...options, format }, context));
  if (!printer) throw noPrinter(options.format, PRINT_FORMATS, context.processes.env);
  return printer;
}

/** json, yaml and kyaml. */
export async function dataPrinter(options: OutputOptions, context: OutputContext): Promise<Printer | undefined> {
  const format = options.format.toLowerCase();
  if (!DATA_FORMATS.includes(format) || (format === "kyaml" && !hasKyaml(context.processes.env))) return undefined;
  const printer = await makeDataPrinter(format, options.fields);
  if (options.showManagedFields) return printer;
  return (await import("../../printers/managed-fields.ts")).omitManagedFields(printer);
}

async function makeDataPrinter(format: string, fields: StructFields | null | undefined): Promise<Printer> {
  if (format === "json") return new (await import("../../printers/json.ts")).JsonPrinter(fields ?? null);
  if (format === "yaml") return new (await import("../../printers/yaml.ts")).YamlPrinter();
  return new (await import("../../printers/kyaml.ts")).KyamlPrinter(fields ?? null);
}

/** `name`, and for no format the sentence about what was done. */
export async function namePrinter(format: string, operation: string): Promise<Printer | undefined> {
  const lower = format.toLowerCase();
  if (lower !== "name" && lower !== "") return undefined;
  return new (await import("../../printers/name.ts")).NamePrinter(lower === "name" ? "" : operation);
}

/**
 * jsonpath and go-template with their variants; the template is in the format's text, or in --template.
 * Models cli-runtime pkg/genericclioptions/jsonpath_flags.go and template_flags.go.
 */
export async function templatePrinter(options: OutputOptions, context: OutputContext): Promise<Printer | undefined> {
  if (options.template === "" && options.format === "") return undefined;
  for (const formats of [JSONPATH_FORMATS, TEMPLATE_FORMATS]) {
    const chosen = splitFormat(options, formats);
    if (!chosen) continue;
    if (chosen.text === "") throw new CommandError("template format specified but no template given");
    let text = chosen.text;
    if (chosen.format.endsWith("file")) text = readTemplate(text, context);
    const { allowMissingKeys } = options;
    return formats === JSONPATH_FORMATS
      ? jsonPathPrinter(text, { allowMissingKeys, asJson: chosen.format === "jsonpath-as-json" })
      : goTemplatePrinter(text, { allowMissingKeys }, options.fields);
  }
  return undefined;
}

/** A format and its template, when the format is one of `formats`. */
export function splitFormat(
  { format, template }: Pick<OutputOptions, "format" | "template">,
  formats: readonly string[],
): { format: string; text: string } | undefined {
  if (template !== "") return formats.includes(format) ? { format, text: template } : undefined;
  const equals = format.indexOf("=");
  const name = equals < 0 ? format : format.slice(0, equals);
  return formats.includes(name) ? { format: name, text: equals < 0 ? "" : format.slice(equals + 1) } : undefined;
}

function readTemplate(path: string, context: OutputContext): string {
  try {
    return context.files.read(absolute(path, context)).toString("utf8");
  } catch (error) {
    throw new CommandError(`error reading --template ${path}, ${openError(path, error)}`);
  }
}

async function jsonPathPrinter(
  text: string,
  options: { allowMissingKeys: boolean; asJson: boolean },
): Promise<Printer> {
  const { JsonPathPrinter } = await import("../../printers/jsonpath/print.ts");
  const { JsonPathError } = await import("../../printers/jsonpath/node.ts");
  const printer = wording(JsonPathError, () => new JsonPathPrinter(text, options));
  return {
    print(object, write) {
      write(wording(JsonPathError, () => printer.print(object as unknown as Json)));
    },
  };
}

async function goTemplatePrinter(
  text: string,
  options: { allowMissingKeys: boolean },
  fields: StructFields | null = null,
): Promise<Printer> {
  const { GoTemplatePrinter, TemplateExecutionError } = await import("../../printers/template/print.ts");
  const { TemplateError } = await import("../../printers/template/node.ts");
  const printer = wording(TemplateError, () => new GoTemplatePrinter(text, options));
  return {
    print(object, write) {
      try {
        write(printer.print(object as unknown as Json, fields));
      } catch (error) {
        // What was printed before the mistake stays, and kubectl's dump follows it.
        if (!(error instanceof TemplateExecutionError)) throw error;
        write(error.output);
        throw new CommandError(error.message);
      }
    },
  };
}

/** The printers' own errors are the command's. */
function wording<T>(kind: new (message: string) => Error, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof kind) throw new CommandError(error.message);
    throw error;
  }
}
