import { DAYS, DESCRIPTORS, MONTHS } from "../../api/kinds/cronjob/schedule.ts";
import { parseDurationMs } from "../../api/meta/duration.ts";

/** The runs of a schedule. Instants are milliseconds since 1970. */
export interface Schedule {
  /** The first run after `instant`; undefined when none comes within five years. */
  next(instant: number): number | undefined;
}

const MINUTE = 60_000;
const FIVE_YEARS = 5 * 366 * 86_400_000;

interface Field {
  values: ReadonlySet<number>;
  /** `*` or `?`, with a step or without. */
  star: boolean;
}

/** A schedule that validation has let through. Models robfig/cron v3 parser.go and spec.go. @throws RangeError for an unknown zone */
export function scheduleOf(text: string, zone = "UTC"): Schedule {
  const prefixed = /^(?:CRON_)?TZ=(\S+) (.*)$/.exec(text);
  if (prefixed) return scheduleOf(prefixed[2]!.trim(), prefixed[1]);
  if (text.startsWith("@every ")) {
    // Rounded down to whole seconds, one at the least.
    const every = Math.max(1000, Math.floor(parseDurationMs(text.slice("@every ".length)) / 1000) * 1000);
    return { next: (instant) => Math.floor(instant / 1000) * 1000 + every };
  }
  const [minutes, hours, days, months, weekdays] = (DESCRIPTORS[text] ?? text).trim().split(/\s+/);
  const fields = {
    minute: fieldOf(minutes!, 0, 59),
    hour: fieldOf(hours!, 0, 23),
    day: fieldOf(days!, 1, 31),
    month: fieldOf(months!, 1, 12, MONTHS, 1),
    weekday: fieldOf(weekdays!, 0, 6, DAYS, 0),
  };
  const clock = wallClock(zone);
  return { next: (instant) => search(fields, clock, instant) };
}

function fieldOf(text: string, low: number, high: number, names: readonly string[] = [], first = 0): Field {
  const number = (word: string) => {
    const at = names.indexOf(word.toLowerCase());
    return at >= 0 ? at + first : Number(word);
  };
  const values = new Set<number>();
  let star = false;
  for (const part of text.split(",").filter(Boolean)) {
    const [range, every] = part.split("/");
    const [from, to] = range!.split("-");
    const any = from === "*" || from === "?";
    star ||= any && (every === undefined || Number(every) === 1);
    const start = any ? low : number(from!);
    const end = any || (to === undefined && every !== undefined) ? high : to === undefined ? start : number(to);
    for (let value = start; value <= end; value += Number(every ?? 1)) values.add(value);
  }
  return { values, star };
}

interface Wall {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
}

interface WallClock {
  at(instant: number): Wall;
  /** The instant at which the clocks show this; in a gap the one after it. */
  instantOf(wall: Wall): number;
}

function wallClock(zone: string): WallClock {
  if (zone === "UTC" || zone === "Etc/UTC" || zone === "Local") return { at: utcWall, instantOf: utcInstant };
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  });
  const at = (instant: number): Wall => {
    const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    return parts as unknown as Wall;
  };
  const offset = (instant: number) => utcInstant(at(instant)) - Math.floor(instant / MINUTE) * MINUTE;
  return {
    at,
    instantOf(wall) {
      const local = utcInstant(wall);
      const guess = local - offset(local);
      return local - offset(guess);
    },
  };
}

function utcWall(instant: number): Wall {
  const date = new Date(instant);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
  };
}

function utcInstant({ year, month, day, hour, minute }: Wall): number {
  return Date.UTC(year, month - 1, day, hour, minute);
}

type Fields = Record<"minute" | "hour" | "day" | "month" | "weekday", Field>;

/** Goes on by months, days, hours and minutes until all fields agree. */
function search(fields: Fields, clock: WallClock, instant: number): number | undefined {
  const limit = instant + FIVE_YEARS;
  let at = (Math.floor(instant / MINUTE) + 1) * MINUTE;
  while (at <= limit) {
    const wall = clock.at(at);
    if (!fields.month.values.has(wall.month))
      at = later(at, clock.instantOf({ ...wall, month: wall.month + 1, day: 1, hour: 0, minute: 0 }));
    else if (!dayMatches(fields, wall))
      at = later(at, clock.instantOf({ ...wall, day: wall.day + 1, hour: 0, minute: 0 }));
    else if (!fields.hour.values.has(wall.hour)) at += (60 - wall.minute) * MINUTE;
    else if (!fields.minute.values.has(wall.minute)) at += MINUTE;
    else return at;
  }
  return undefined;
}

/** Where the clocks are put back, a step forward on the wall may be none in time. */
function later(before: number, after: number): number {
  return after > before ? after : before + 60 * MINUTE;
}

/** With both days given, one of them is enough. */
function dayMatches({ day, weekday }: Fields, wall: Wall): boolean {
  const inMonth = day.values.has(wall.day);
  const inWeek = weekday.values.has(new Date(Date.UTC(wall.year, wall.month - 1, wall.day)).getUTCDay());
  return day.star || weekday.star ? inMonth && inWeek : inMonth || inWeek;
}
