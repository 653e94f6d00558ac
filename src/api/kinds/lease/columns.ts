import type { KubeObject } from "../../object.ts";
import { ageColumn, ageOf, column, nameColumn, nameOf } from "../cells.ts";
import type { TablePrinter } from "../kind.ts";

interface Lease extends KubeObject {
  spec?: { holderIdentity?: string };
}

/** Models printLease. */
export const table: TablePrinter<Lease> = {
  columns: [nameColumn, column("Holder"), ageColumn],
  cells: (lease, context) => [nameOf(lease), lease.spec?.holderIdentity ?? "", ageOf(lease, context)],
};
