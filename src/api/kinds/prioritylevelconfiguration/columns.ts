import type { KubeObject } from "../../object.ts";
import { ageColumn, ageOf, column, nameColumn, nameOf } from "../cells.ts";
import type { TablePrinter } from "../kind.ts";

interface PriorityLevel extends KubeObject {
  spec?: {
    type?: string;
    limited?: {
      nominalConcurrencyShares?: number;
      limitResponse?: { queuing?: { queues?: number; handSize?: number; queueLengthLimit?: number } };
    };
  };
}

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
