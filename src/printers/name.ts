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
  // A file that says nothing of its version is printed as it is.
  const { apiVersion = "" } = object as Partial<KubeObject>;
  const slash = apiVersion.indexOf("/");
  const group = slash === -1 ? "" : `.${apiVersion.slice(0, slash)}`;
  return `${object.kind.toLowerCase()}${group}/${object.metadata?.name || "<unknown>"}`;
}
