import type { KubeObject } from "../../object.ts";
import { ageColumn, ageOf, column, nameColumn, nameOf } from "../cells.ts";
import type { TablePrinter } from "../kind.ts";

interface RuntimeClass extends KubeObject {
  handler?: string;
}

/** Models printRuntimeClass. */
export const table: TablePrinter<RuntimeClass> = {
  columns: [nameColumn, column("Handler"), ageColumn],
  cells: (runtime, context) => [nameOf(runtime), runtime.handler ?? "", ageOf(runtime, context)],
};
