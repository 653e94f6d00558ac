import { compareStrings } from "../../json.ts";
import { ageColumn, ageOf, column, nameColumn, nameOf } from "../cells.ts";
import type { TablePrinter } from "../kind.ts";
import type { FlowSchema } from "./types.ts";

/** Models printFlowSchema, and FlowSchemaSequence of pkg/apis/flowcontrol/util: rows stand in the order in which they match. */
export const table: TablePrinter<FlowSchema> = {
  columns: [
    nameColumn,
    column("PriorityLevel"),
    column("MatchingPrecedence"),
    column("DistinguisherMethod"),
    ageColumn,
    column("MissingPL"),
  ],
  cells: (flow, context) => [
    nameOf(flow),
    flow.spec?.priorityLevelConfiguration?.name ?? "",
    flow.spec?.matchingPrecedence ?? 0,
    flow.spec?.distinguisherMethod?.type ?? "<none>",
    ageOf(flow, context),
    flow.status?.conditions?.find(({ type }) => type === "Dangling")?.status ?? "?",
  ],
  order: (a, b) =>
    (a.spec?.matchingPrecedence ?? 0) - (b.spec?.matchingPrecedence ?? 0) || compareStrings(nameOf(a), nameOf(b)),
};
