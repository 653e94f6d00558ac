import type { Event } from "../../api/types/core.ts";
import type { Controller } from "../controller.ts";

/** How long an event lives after it was last told (milliseconds). Models kube-apiserver's --event-ttl. */
const TTL = 3_600_000;
const BUCKET = 60_000;

/** Drops old events, a minute's worth at a time: one entry in the agenda for each minute in which something was told. */
export const eventExpiry: Controller = {
  name: "event-expiry",
  manager: "kube-apiserver",
  watches: ["events"],
  affected({ after }) {
    return after ? [String(Math.ceil((toldAt(after as Event) + TTL) / BUCKET) * BUCKET)] : [];
  },
  reconcile(key, snapshot) {
    const at = Number(key);
    if (at > snapshot.now) return { writes: [], wakeAt: at };
    return {
      writes: snapshot
        .list<Event>("events")
        .filter((event) => toldAt(event) + TTL <= snapshot.now)
        .map(({ metadata }) => ({
          verb: "delete",
          resource: "events",
          namespace: metadata.namespace!,
          name: metadata.name!,
        })),
    };
  },
};

function toldAt(event: Event): number {
  return Date.parse(event.lastTimestamp || event.eventTime || event.metadata.creationTimestamp || "");
}
