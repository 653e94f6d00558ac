import { droppedAt, EVENT_EXPIRY, EVENT_TTL } from "../../api/kinds/event/expiry.ts";
import type { Event } from "../../api/types/core.ts";
import type { Controller } from "../controller.ts";

/** Drops old events, a minute's worth at a time: one entry in the agenda for each minute in which something was told. */
export const eventExpiry: Controller = {
  name: EVENT_EXPIRY,
  manager: "kube-apiserver",
  affected({ after }) {
    return after ? [String(droppedAt(toldAt(after as Event)))] : [];
  },
  reconcile(key, snapshot) {
    const at = Number(key);
    if (at > snapshot.now) return { writes: [], wakeAt: at };
    return {
      writes: snapshot
        .list<Event>("events")
        .filter((event) => toldAt(event) + EVENT_TTL <= snapshot.now)
        .map(({ metadata }) => ({
          verb: "delete",
          resource: "events",
          namespace: metadata.namespace!,
          name: metadata.name!,
        })),
    };
  },
};

/** When it was last written: what a client says of times long gone makes it no older. */
function toldAt({ lastTimestamp, metadata }: Event): number {
  const written = Date.parse(metadata.creationTimestamp ?? "");
  return Math.max(written, lastTimestamp ? Date.parse(lastTimestamp) : written);
}
