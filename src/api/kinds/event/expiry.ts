/** How long an event lives after it was last told (milliseconds). Models kube-apiserver's --event-ttl. */
export const EVENT_TTL = 3_600_000;
const BUCKET = 60_000;

/** When an event that was last told at `toldAt` is dropped (both milliseconds since 1970): with all that end in the same minute. */
export function droppedAt(toldAt: number): number {
  return Math.ceil((toldAt + EVENT_TTL) / BUCKET) * BUCKET;
}

/** The controller that drops them, as the agenda names it. */
export const EVENT_EXPIRY = "event-expiry";
