import { byInvolvedObject } from "../api/indexes.ts";
import { clone, compareStrings, type JsonObject } from "../api/json.ts";
import { timestamp } from "../api/snapshot.ts";
import { ApiError } from "../api/status.ts";
import type { Event } from "../api/types/core.ts";
import type { Write } from "../api/writes.ts";
import { create } from "./create.ts";
import { requestOf } from "./request.ts";
import { replaceStored } from "./update.ts";
import type { World } from "./world.ts";

type EventWrite = Extract<Write, { verb: "event" }>;

/** So many different messages of one reason are told one by one; further ones share an event. */
const SIMILAR_EVENTS = 10;
const SIMILAR_MS = 600_000;
const COMBINED = "(combined from similar events): ";
/** What one component tells of one object: so many at once, then one more every five minutes. */
const BURST = 25;
const REFILL_MS = 300_000;

/**
 * What is told again within the event's life is counted, many similar messages are put together, floods are cut off. What the recorder
 * remembers is read off the stored events. Models client-go tools/record (EventCorrelator).
 */
export async function recordEvent(world: World, write: EventWrite, manager: string): Promise<void> {
  const { about, reason, component, type, host } = write;
  const { now } = world.objects;
  if (write.action) return await recordAction(world, write, manager);
  const told = world.objects
    .listBy<Event>("events", byInvolvedObject, about.metadata.uid ?? "")
    .filter((event) => event.source?.component === component && (event.source.host ?? "") === (host ?? ""));
  if (isFlood(told, now)) return;
  const similar = told.filter((event) => event.reason === reason && event.type === type);
  const chain = recent(similar, now);
  const separate = chain.filter((event) => !event.message!.startsWith(COMBINED));
  const collected = chain.find((event) => !separate.includes(event))?.count ?? 0;
  // Each message that is put to the others drives one out of the recorder's memory; which one, is left to chance there: here the oldest.
  const remembered = separate.sort(byFirstTime).slice(collected);
  const known = remembered.some((event) => event.message === write.message);
  const combined = !known && separate.length >= SIMILAR_EVENTS - 1;
  const message = combined ? COMBINED + write.message : write.message;
  const before = similar.find((event) =>
    combined ? event.message!.startsWith(COMBINED) : event.message === message && sameField(event, write),
  );
  const namespace = about.metadata.namespace || "default";
  const request = await requestOf(world, "events", namespace, { manager, trusted: true });
  try {
    if (before) {
      const next = clone(before);
      next.count = (before.count ?? 1) + 1;
      next.lastTimestamp = timestamp(now);
      next.message = message;
      await replaceStored(request, next, before);
      return;
    }
    await create(request, eventOf(world, write, message, combined) as unknown as JsonObject);
  } catch (error) {
    // A namespace that is being taken down takes no new events.
    if (!(error instanceof ApiError) || error.reason === "Unusable") throw error;
  }
}

/** A series is begun by the first repetition; what follows is told seldom. Models client-go tools/events. */
async function recordAction(world: World, write: EventWrite, manager: string): Promise<void> {
  const { about, reason, component, type, action } = write;
  const { now } = world.objects;
  const namespace = about.metadata.namespace || "default";
  const request = await requestOf(world, "events", namespace, { manager, trusted: true });
  const before = world.objects
    .listBy<Event>("events", byInvolvedObject, about.metadata.uid ?? "")
    .find(
      (event) =>
        event.action === action &&
        event.reason === reason &&
        event.type === type &&
        event.reportingComponent === component &&
        event.involvedObject.resourceVersion === about.metadata.resourceVersion,
    );
  if (before?.series) return;
  try {
    if (before) {
      const next = clone(before);
      next.series = { count: 2, lastObservedTime: microTimestamp(now) };
      await replaceStored(request, next, before);
      return;
    }
    const { count: _, firstTimestamp: __, lastTimestamp: ___, ...event } = eventOf(world, write, write.message, false);
    const [node] = world.objects.list("nodes");
    await create(request, {
      ...event,
      eventTime: microTimestamp(now),
      action,
      source: {},
      reportingInstance: `${component}-${node?.metadata.name ?? ""}`,
    } as unknown as JsonObject);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
}

/** `2026-11-22T15:00:00.123000Z`. */
function microTimestamp(now: number): string {
  return new Date(now).toISOString().replace("Z", "000Z");
}

function sameField(event: Event, write: EventWrite): boolean {
  return (event.involvedObject.fieldPath ?? "") === (write.fieldPath ?? "");
}

function byFirstTime(a: Event, b: Event): number {
  const first = (event: Event) => `${event.firstTimestamp} ${event.metadata.name}`;
  return compareStrings(first(a), first(b));
}

function isFlood(told: readonly Event[], now: number): boolean {
  const count = told.reduce((sum, event) => sum + (event.count ?? 1), 0);
  if (count < BURST) return false;
  const first = Math.min(...told.map((event) => Date.parse(event.firstTimestamp ?? "") || now));
  return count >= BURST + Math.floor((now - first) / REFILL_MS);
}

/** The events since the last gap of ten minutes. */
function recent(events: readonly Event[], now: number): Event[] {
  const last = (event: Event) => Date.parse(event.lastTimestamp ?? "");
  const newestFirst = [...events].sort((a, b) => last(b) - last(a));
  let at = now;
  const end = newestFirst.findIndex((event) => {
    const gap = at - last(event);
    at = last(event);
    return gap > SIMILAR_MS;
  });
  return end < 0 ? newestFirst : newestFirst.slice(0, end);
}

/** The one that stands for many says nothing of who reports it. */
function eventOf(world: World, write: EventWrite, message: string, combined: boolean): Event {
  const { about, reason, component, type, host } = write;
  const now = timestamp(world.objects.now);
  // The time in nanoseconds, as the real recorder names events; the next version tells those of one instant apart, in their order.
  const suffix = BigInt(world.objects.now) * 1_000_000n + BigInt(world.header.resourceVersion + 1);
  return {
    apiVersion: "v1",
    kind: "Event",
    metadata: {
      name: `${about.metadata.name}.${suffix.toString(16)}`,
      namespace: about.metadata.namespace || "default",
    },
    involvedObject: {
      kind: about.kind,
      ...(about.metadata.namespace ? { namespace: about.metadata.namespace } : {}),
      name: about.metadata.name!,
      uid: about.metadata.uid!,
      apiVersion: about.apiVersion,
      resourceVersion: about.metadata.resourceVersion!,
      ...(write.fieldPath ? { fieldPath: write.fieldPath } : {}),
    },
    reason,
    message,
    source: { component, ...(host ? { host } : {}) },
    firstTimestamp: now,
    lastTimestamp: now,
    count: 1,
    type,
    eventTime: null as unknown as string,
    reportingComponent: combined ? "" : component,
    reportingInstance: combined ? "" : (host ?? ""),
  };
}
