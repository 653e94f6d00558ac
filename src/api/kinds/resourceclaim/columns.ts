import type { KubeObject } from "../../object.ts";
import { ageColumn, ageOf, column, nameColumn, nameOf } from "../cells.ts";
import type { TablePrinter } from "../kind.ts";

interface ResourceClaim extends KubeObject {
  status?: { allocation?: unknown; reservedFor?: unknown[] };
}

/** Models printResourceClaim. */
export const table: TablePrinter<ResourceClaim> = {
  columns: [nameColumn, column("State"), ageColumn],
  cells: (claim, context) => [nameOf(claim), stateText(claim), ageOf(claim, context)],
};

function stateText(claim: ResourceClaim): string {
  const deleted = Boolean(claim.metadata.deletionTimestamp);
  const words = deleted ? ["deleted"] : [];
  if (claim.status?.allocation) {
    words.push("allocated");
    if (claim.status.reservedFor?.length) words.push("reserved");
  } else if (!deleted) words.push("pending");
  return words.join(",");
}
