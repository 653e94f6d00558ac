import { goQuote } from "../../api/encoding/go-quote.ts";
import type { Json } from "../../api/json.ts";
import { goSyntax } from "../go/format.ts";
import { JsonPath, printResults } from "./jsonpath.ts";
import { JsonPathError } from "./node.ts";

export interface JsonPathOptions {
  /** `--allow-missing-template-keys`, true by default. */
  allowMissingKeys?: boolean;
  /** `jsonpath-as-json`. */
  asJson?: boolean;
}

/**
 * The printer of `-o jsonpath=<template>`. One printer prints all objects of a command, and keeps the template's state between them.
 * Models cli-runtime pkg/printers/jsonpath.go and pkg/genericclioptions/jsonpath_flags.go.
 */
export class JsonPathPrinter {
  readonly #path: JsonPath;
  readonly #asJson: boolean;

  /** @throws JsonPathError with `error parsing jsonpath <template>, <reason>`. */
  constructor(template: string, options: JsonPathOptions = {}) {
    this.#asJson = options.asJson ?? false;
    try {
      this.#path = new JsonPath(template, options.allowMissingKeys ?? true);
    } catch (error) {
      if (!(error instanceof JsonPathError)) throw error;
      throw new JsonPathError(`error parsing jsonpath ${template}, ${error.message}`);
    }
  }

  /**
   * The text for one object, without a newline of its own.
   * @throws JsonPathError with `error executing jsonpath …` and the dump of template and object; it ends in three newlines.
   */
  print(data: Json): string {
    try {
      return this.#path
        .findResults(data)
        .map((values) => printResults(values, this.#asJson))
        .join("");
    } catch (error) {
      if (!(error instanceof JsonPathError)) throw error;
      const template = this.#path.template;
      throw new JsonPathError(
        `error executing jsonpath ${goQuote(template)}: Error executing template: ${error.message}. ` +
          `Printing more information for debugging the template:\n\ttemplate was:\n\t\t${template}\n` +
          `\tobject given to jsonpath engine was:\n\t\t${goSyntax(data)}\n\n\n`,
      );
    }
  }
}
