import { ageColumn, ageOf, column, nameColumn, nameOf } from "../cells.ts";
import type { TablePrinter } from "../kind.ts";
import type { PriorityLevel } from "./types.ts";

/** Models printPriorityLevelConfiguration. */
export const table: TablePrinter<PriorityLevel> = {
  columns: [
    nameColumn,
    column("Type"),
    column("NominalConcurrencyShares"),
    column("Queues"),
    column("HandSize"),
    column("QueueLengthLimit"),
    ageColumn,
  ],
  cells: (level, context) => {
    const limited = level.spec?.limited;
    const queuing = limited?.limitResponse?.queuing;
    return [
      nameOf(level),
      level.spec?.type ?? "",
      limited ? (limited.nominalConcurrencyShares ?? 0) : "<none>",
      queuing ? (queuing.queues ?? 0) : "<none>",
      queuing ? (queuing.handSize ?? 0) : "<none>",
      queuing ? (queuing.queueLengthLimit ?? 0) : "<none>",
      ageOf(level, context),
    ];
  },
};
