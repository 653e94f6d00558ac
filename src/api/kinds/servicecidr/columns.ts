import type { KubeObject } from "../../object.ts";
import { ageColumn, ageOf, column, nameColumn, nameOf } from "../cells.ts";
import type { TablePrinter } from "../kind.ts";

interface ServiceCIDR extends KubeObject {
  spec?: { cidrs?: string[] };
}

/** Models printServiceCIDR. */
export const table: TablePrinter<ServiceCIDR> = {
  columns: [nameColumn, column("CIDRs"), ageColumn],
  cells: (range, context) => [nameOf(range), (range.spec?.cidrs ?? []).join(","), ageOf(range, context)],
};
