import type { Event } from "../../api/types/core.ts";
import { eventInterval } from "../../printers/event-interval.ts";
import { goSort } from "../../printers/go/sort.ts";
import { escapeTerminal } from "../../printers/terminal.ts";

/** The events, the last seen last. Models SortableEvents of kubectl pkg/cmd/events/events.go. */
export function sortedEvents(found: readonly Event[]): Event[] {
  const events = [...found];
  goSort({
    length: events.length,
    less: (i, j) => eventTime(events[i]!) < eventTime(events[j]!),
    swap: (i, j) => {
      [events[i], events[j]] = [events[j]!, events[i]!];
    },
  });
  return events;
}

/** Milliseconds. */
function eventTime({ series, lastTimestamp, eventTime }: Event): number {
  const text = series ? series.lastObservedTime : lastTimestamp || eventTime;
  return text ? Date.parse(text) : -Infinity;
}

/** Prints events; the headers come with the first ones. Models kubectl pkg/cmd/events/event_printer.go. */
export class EventTable {
  readonly #withNamespace: boolean;
  #headers: boolean;

  constructor(options: { noHeaders: boolean; withNamespace: boolean }) {
    this.#headers = !options.noHeaders;
    this.#withNamespace = options.withNamespace;
  }

  /** `now` in milliseconds; cells are parted by tabs. */
  print(events: readonly Event[], now: number, write: (text: string) => void): void {
    const line = (namespace: string, cells: string[]) =>
      write(`${[...(this.#withNamespace ? [namespace] : []), ...cells].join("\t")}\n`);
    if (this.#headers) line("NAMESPACE", ["LAST SEEN", "TYPE", "REASON", "OBJECT", "MESSAGE"]);
    this.#headers = false;
    for (const event of events) {
      const { kind = "", name = "" } = event.involvedObject;
      const texts = [event.type ?? "", event.reason ?? "", `${kind}/${name}`, (event.message ?? "").trim()];
      line(event.metadata.namespace ?? "", [eventInterval(event, now), ...texts.map(escapeTerminal)]);
    }
  }
}
