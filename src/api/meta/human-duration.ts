const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** A number of whole units, and the smaller unit when it is not zero: `2d3h`, `2d`. */
function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large}${largeUnit}` : `${large}${largeUnit}${small}${smallUnit}`;
}

/**
 * An age as kubectl prints it: `119s`, `2m1s`, `10m`, `3h5m`, `2d3h`, `2y5d`; `<invalid>` for two seconds or more in the future. Models
 * k8s.io/apimachinery pkg/util/duration HumanDuration.
 * @param duration milliseconds
 */
export function humanDuration(duration: number): string {
  const seconds = Math.trunc(duration / second);
  if (seconds < -1) return "<invalid>";
  if (seconds < 0) return "0s";
  if (seconds < 120) return `${seconds}s`;
  const minutes = Math.trunc(duration / minute);
  if (minutes < 10) return pair(minutes, "m", seconds % 60, "s");
  if (minutes < 180) return `${minutes}m`;
  const hours = Math.trunc(duration / hour);
  if (hours < 8) return pair(hours, "h", minutes % 60, "m");
  if (hours < 48) return `${hours}h`;
  const days = Math.trunc(hours / 24);
  if (days < 8) return pair(days, "d", hours % 24, "h");
  if (days < 365 * 2) return `${days}d`;
  const years = Math.trunc(days / 365);
  return years < 8 ? pair(years, "y", days % 365, "d") : `${years}y`;
}

/** The time since a timestamp, `5d12h`; `<unknown>` for none. Models translateTimestampSince of kubectl and of the API server. @param now milliseconds */
export function since(timestamp: string | null | undefined, now: number): string {
  return timestamp ? humanDuration(now - Date.parse(timestamp)) : "<unknown>";
}
