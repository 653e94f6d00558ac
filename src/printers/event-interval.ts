import { since } from "../api/meta/human-duration.ts";
import type { Event } from "../api/types/core.ts";

/** When an event was told, `5m`, and how often, `2m (x3 over 5m)`. Models getInterval of kubectl pkg/cmd/events and DescribeEvents. @param now milliseconds */
export function eventInterval(event: Event, now: number): string {
  const { eventTime, firstTimestamp, lastTimestamp, series, count = 0 } = event;
  const first = since(eventTime || firstTimestamp, now);
  if (series) return `${since(series.lastObservedTime, now)} (x${series.count ?? 0} over ${first})`;
  return count > 1 ? `${since(lastTimestamp, now)} (x${count} over ${first})` : first;
}
