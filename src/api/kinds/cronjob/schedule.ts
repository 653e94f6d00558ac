import { goQuote } from "../../encoding/go-quote.ts";

/**
 * Whether a text is a schedule that the CronJob controller reads, and what is said of it if not. Models robfig/cron v3's standard
 * parser (parser.go).
 */

interface Bounds {
  min: number;
  max: number;
  names?: readonly string[];
  /** The number of the first name. */
  offset?: number;
}

/** The names of months, the first is month 1. */
export const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/** The names of weekdays, the first is day 0. */
export const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const FIELDS: readonly Bounds[] = [
  { min: 0, max: 59 },
  { min: 0, max: 23 },
  { min: 1, max: 31 },
  { min: 1, max: 12, names: MONTHS, offset: 1 },
  { min: 0, max: 6, names: DAYS, offset: 0 },
];
/** Schedules that have a name, and what they stand for. */
export const DESCRIPTORS: Readonly<Record<string, string>> = {
  "@yearly": "0 0 1 1 *",
  "@annually": "0 0 1 1 *",
  "@monthly": "0 0 1 * *",
  "@weekly": "0 0 * * 0",
  "@daily": "0 0 * * *",
  "@midnight": "0 0 * * *",
  "@hourly": "0 * * * *",
};

/** The complaint, or undefined for a good schedule. */
export function scheduleComplaint(schedule: string): string | undefined {
  let spec = schedule;
  const zone = /^(?:CRON_)?TZ=\S* (.*)$/.exec(spec);
  if (zone) spec = zone[1]!.trim();
  if (spec.startsWith("@")) return descriptorComplaint(spec);
  const fields = spec.split(/\s+/).filter((text) => text !== "");
  if (fields.length !== FIELDS.length)
    return `expected exactly 5 fields, found ${fields.length}: [${fields.join(" ")}]`;
  for (const [i, text] of fields.entries())
    for (const expression of text.split(",").filter((part) => part !== "")) {
      const complaint = rangeComplaint(expression, FIELDS[i]!);
      if (complaint) return complaint;
    }
  return undefined;
}

function descriptorComplaint(text: string): string | undefined {
  if (Object.hasOwn(DESCRIPTORS, text)) return undefined;
  if (!text.startsWith("@every ")) return `unrecognized descriptor: ${text}`;
  const duration = text.slice("@every ".length);
  if (/^[+-]?(0|((\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h))+)$/.test(duration)) return undefined;
  return `failed to parse duration ${text}: time: invalid duration ${goQuote(duration)}`;
}

function rangeComplaint(expression: string, bounds: Bounds): string | undefined {
  const parts = expression.split("/");
  const ends = parts[0]!.split("-");
  let [start, end] = [bounds.min, bounds.max];
  if (ends[0] !== "*" && ends[0] !== "?") {
    const low = numberOf(ends[0]!, bounds);
    if (typeof low === "string") return low;
    if (ends.length > 2) return `too many hyphens: ${expression}`;
    const high = ends.length === 2 ? numberOf(ends[1]!, bounds) : low;
    if (typeof high === "string") return high;
    [start, end] = [low, high];
  }
  let step = 1;
  if (parts.length > 2) return `too many slashes: ${expression}`;
  if (parts.length === 2) {
    const every = numberOf(parts[1]!, { min: 0, max: 0 });
    if (typeof every === "string") return every;
    step = every;
    if (ends.length === 1) end = bounds.max;
  }
  if (start < bounds.min) return `beginning of range (${start}) below minimum (${bounds.min}): ${expression}`;
  if (end > bounds.max) return `end of range (${end}) above maximum (${bounds.max}): ${expression}`;
  if (start > end) return `beginning of range (${start}) beyond end of range (${end}): ${expression}`;
  return step === 0 ? `step of range should be a positive number: ${expression}` : undefined;
}

/** The number, or the complaint. */
function numberOf(text: string, { names, offset = 0 }: Bounds): number | string {
  const index = names?.indexOf(text.toLowerCase()) ?? -1;
  if (index >= 0) return index + offset;
  if (!/^[+-]?[0-9]+$/.test(text))
    return `failed to parse int from ${text}: strconv.Atoi: parsing ${goQuote(text)}: invalid syntax`;
  const value = Number(text);
  return value < 0 ? `negative number (${value}) not allowed: ${text}` : value;
}
