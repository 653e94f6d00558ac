import { escapeFieldValue } from "../../api/meta/field-selector.ts";
import type { KubeObject } from "../../api/object.ts";
import type { Event } from "../../api/types/core.ts";
import { eventInterval } from "../event-interval.ts";
import { goSort } from "../go/sort.ts";
import type { DescribePort } from "./port.ts";
import type { DescribeWriter } from "./writer.ts";

/** What events are looked for by; a kind or uid of "" does not count. */
export interface EventSubject {
  kind: string;
  namespace: string;
  name: string;
  uid: string;
}

export function subjectOf({ kind, metadata }: KubeObject): EventSubject {
  return { kind, namespace: metadata.namespace ?? "", name: metadata.name ?? "", uid: metadata.uid ?? "" };
}

/** The events of an object; none when the server has no answer. Models searchEvents. */
export async function searchEvents(subject: EventSubject, port: DescribePort): Promise<Event[]> {
  const fields: [string, string][] = [["involvedObject.name", subject.name]];
  fields.push(["involvedObject.namespace", subject.namespace]);
  if (subject.kind !== "") fields.push(["involvedObject.kind", subject.kind]);
  if (subject.uid !== "") fields.push(["involvedObject.uid", subject.uid]);
  const fieldSelector = fields.map(([field, value]) => `${field}=${escapeFieldValue(value)}`).join(",");
  try {
    return (await port.list("events", subject.namespace, { fieldSelector })) as Event[];
  } catch {
    return [];
  }
}

/** The section of an object's events, with which a description ends; nothing with `--show-events=false`. */
export async function writeEventsOf(w: DescribeWriter, object: KubeObject, port: DescribePort): Promise<void> {
  if (port.showEvents) writeEvents(w, await searchEvents(subjectOf(object), port), port);
}

/** Models DescribeEvents. */
export function writeEvents(w: DescribeWriter, found: readonly Event[], port: DescribePort): void {
  if (found.length === 0) {
    w.write(0, "Events:\t<none>\n");
    return;
  }
  w.flush();
  const events = [...found];
  const last = (i: number) => (events[i]!.lastTimestamp ? Date.parse(events[i]!.lastTimestamp!) : -Infinity);
  goSort({
    length: events.length,
    less: (i, j) => last(i) < last(j),
    swap: (i, j) => {
      [events[i], events[j]] = [events[j]!, events[i]!];
    },
  });
  w.write(0, "Events:\n  Type\tReason\tAge\tFrom\tMessage\n");
  w.write(1, "----\t------\t----\t----\t-------\n");
  for (const event of events) {
    const source = event.source?.component || event.reportingComponent || "";
    const text = (event.message ?? "").trim();
    const message = event.involvedObject.fieldPath ? `${event.involvedObject.fieldPath}: ${text}` : text;
    w.write(
      1,
      `${event.type ?? ""}\t${event.reason ?? ""}\t${eventInterval(event, port.now)}\t${source}\t${message}\n`,
    );
  }
}
