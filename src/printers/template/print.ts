import { goQuote } from "../../api/encoding/go-quote.ts";
import { formatGoValue } from "../../api/encoding/go-value.ts";
import { emitJson, type StructFields } from "../../api/encoding/json-emit.ts";
import type { Json } from "../../api/json.ts";
import { execute, type Program } from "./execute.ts";
import { TemplateError } from "./node.ts";
import { parseTemplate } from "./parse.ts";

/** A template failed on an object. `output` is what goes to stdout nevertheless: the text so far and kubectl's dump. */
export class TemplateExecutionError extends TemplateError {
  readonly output: string;
  constructor(message: string, output: string) {
    super(message);
    this.name = "TemplateExecutionError";
    this.output = output;
  }
}

/**
 * The printer of `-o go-template=<template>`; one prints all objects of a command. Models cli-runtime pkg/printers/template.go and
 * pkg/genericclioptions/template_flags.go.
 */
export class GoTemplatePrinter {
  readonly #program: Program;

  /** @throws TemplateError with `error parsing template <template>, <reason>`. */
  constructor(template: string, options: { allowMissingKeys?: boolean } = {}) {
    try {
      const trees = parseTemplate(template);
      this.#program = { text: template, trees, allowMissingKeys: options.allowMissingKeys ?? true };
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      throw new TemplateError(`error parsing template ${template}, ${error.message}`);
    }
  }

  /**
   * The text for one object. `fields`: the struct of an object that kubectl itself decoded, whose order the dump of a failure keeps.
   * @throws TemplateExecutionError with `error executing template "<template>": <reason>`.
   */
  print(data: Json, fields: StructFields | null = null): string {
    let output = "";
    try {
      execute(this.#program, data, (text) => {
        output += text;
      });
      return output;
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      const { text } = this.#program;
      output +=
        `Error executing template: ${error.message}. Printing more information for debugging the template:\n` +
        `\ttemplate was:\n\t\t${text}\n\traw data was:\n\t\t${emitJson(data, "", fields)}\n` +
        `\tobject given to template engine was:\n\t\t${formatGoValue(data)}\n\n`;
      throw new TemplateExecutionError(`error executing template ${goQuote(text)}: ${error.message}`, output);
    }
  }
}
