import type { KubeList, KubeObject } from "../api/object.ts";
import { isList, type Printer } from "./printer.ts";

/**
 * `-o name`, and with an operation the sentence about what was done: `service/web created (dry run)`. Items of a list
 * are printed one by one. Models cli-runtime printers.NamePrinter.
 */
export class NamePrinter implements Printer {
  private readonly operation: string;

  /** `operation`: `created`, `exposed (server dry run)`; "" prints the name alone. */
  constructor(operation = "") {
    this.operation = operation;
  }

  print(object: KubeObject | KubeList, write: (text: string) => void): void {
    if (isList(object)) for (const item of object.items) this.print(item, write);
    else write(`${resourceName(object)}${this.operation === "" ? "" : ` ${this.operation}`}\n`);
  }
}

/** `service/web`, `deployment.apps/web`, `<unknown>` for an object without a name. */
function resourceName(object: KubeObject): string {
  // What a file says may be anything: a version or a name that is no text is none.
  const apiVersion = textOf(object.apiVersion);
  const slash = apiVersion.indexOf("/");
  const group = slash === -1 ? "" : `.${apiVersion.slice(0, slash)}`;
  return `${object.kind.toLowerCase()}${group}/${textOf(object.metadata?.name) || "<unknown>"}`;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
