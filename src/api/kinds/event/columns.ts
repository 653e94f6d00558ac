import { since } from "../../meta/human-duration.ts";
import type { Event } from "../../types/core.ts";
import { column, nameColumn, nameOf, wideColumn } from "../cells.ts";
import type { RowContext, TablePrinter } from "../kind.ts";

/** Models printEvent. */
export const table: TablePrinter<Event> = {
  columns: [
    column("Last Seen"),
    column("Type"),
    column("Reason"),
    column("Object"),
    wideColumn("Subobject"),
    wideColumn("Source"),
    column("Message"),
    wideColumn("First Seen"),
    wideColumn("Count"),
    { ...nameColumn, priority: 1 },
  ],
  cells: (event, context) => {
    const { kind = "", name, fieldPath = "" } = event.involvedObject;
    return [
      lastSeen(event, context),
      event.type ?? "",
      event.reason ?? "",
      name ? `${kind.toLowerCase()}/${name}` : kind.toLowerCase(),
      fieldPath,
      source(event),
      (event.message ?? "").trim(),
      firstSeen(event, context),
      event.series ? (event.series.count ?? 0) : event.count || 1,
      nameOf(event),
    ];
  },
};

function firstSeen(event: Event, context: RowContext): string {
  return since(event.firstTimestamp || event.eventTime, context.now);
}

function lastSeen(event: Event, context: RowContext): string {
  if (event.series) return since(event.series.lastObservedTime, context.now);
  return event.lastTimestamp ? since(event.lastTimestamp, context.now) : firstSeen(event, context);
}

function source(event: Event): string {
  const component = event.source?.component || event.reportingComponent || "";
  const instance = event.source?.host || event.reportingInstance;
  return instance ? `${component}, ${instance}` : component;
}
