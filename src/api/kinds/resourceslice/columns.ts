import type { KubeObject } from "../../object.ts";
import { ageColumn, ageOf, column, nameColumn, nameOf } from "../cells.ts";
import type { TablePrinter } from "../kind.ts";

interface ResourceSlice extends KubeObject {
  spec?: { nodeName?: string; driver?: string; pool?: { name?: string } };
}

/** Models printResourceSlice. */
export const table: TablePrinter<ResourceSlice> = {
  columns: [nameColumn, column("Node"), column("Driver"), column("Pool"), ageColumn],
  cells: (slice, context) => [
    nameOf(slice),
    slice.spec?.nodeName ?? "",
    slice.spec?.driver ?? "",
    slice.spec?.pool?.name ?? "",
    ageOf(slice, context),
  ],
};
