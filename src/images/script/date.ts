const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS = "January February March April May June July August September October November December".split(" ");

/** What `date` prints in a container, whose clock is in UTC and speaks POSIX; undefined for arguments that it is not asked with here. */
export function dateText(args: readonly string[], ms: number): string | undefined {
  const words = args.filter((word) => word !== "-u" && word !== "--utc");
  const [format = "+%a %b %e %H:%M:%S UTC %Y", ...rest] = words;
  if (rest.length > 0) return undefined;
  if (format === "-R") return dateText(["+%a, %d %b %Y %H:%M:%S +0000"], ms);
  if (format === "-Iseconds" || format === "--iso-8601=seconds") return dateText(["+%Y-%m-%dT%H:%M:%S+00:00"], ms);
  if (format === "-I") return dateText(["+%Y-%m-%d"], ms);
  return format.startsWith("+") ? strftime(format.slice(1), new Date(ms)) : undefined;
}

function strftime(format: string, time: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const day = DAYS[time.getUTCDay()]!;
  const month = MONTHS[time.getUTCMonth()]!;
  const values: Readonly<Record<string, () => string>> = {
    a: () => day.slice(0, 3),
    A: () => day,
    b: () => month.slice(0, 3),
    h: () => month.slice(0, 3),
    B: () => month,
    c: () => strftime("%a %b %e %H:%M:%S %Y", time),
    d: () => two(time.getUTCDate()),
    D: () => strftime("%m/%d/%y", time),
    e: () => String(time.getUTCDate()).padStart(2),
    F: () => strftime("%Y-%m-%d", time),
    H: () => two(time.getUTCHours()),
    I: () => two(time.getUTCHours() % 12 || 12),
    j: () =>
      String(Math.floor((time.getTime() - Date.UTC(time.getUTCFullYear(), 0, 1)) / 86_400_000) + 1).padStart(3, "0"),
    m: () => two(time.getUTCMonth() + 1),
    M: () => two(time.getUTCMinutes()),
    n: () => "\n",
    N: () => `${String(time.getUTCMilliseconds()).padStart(3, "0")}000000`,
    p: () => (time.getUTCHours() < 12 ? "AM" : "PM"),
    R: () => strftime("%H:%M", time),
    s: () => String(Math.floor(time.getTime() / 1000)),
    S: () => two(time.getUTCSeconds()),
    t: () => "\t",
    T: () => strftime("%H:%M:%S", time),
    u: () => String(time.getUTCDay() || 7),
    w: () => String(time.getUTCDay()),
    x: () => strftime("%m/%d/%y", time),
    X: () => strftime("%H:%M:%S", time),
    y: () => two(time.getUTCFullYear() % 100),
    Y: () => String(time.getUTCFullYear()),
    z: () => "+0000",
    Z: () => "UTC",
    "%": () => "%",
  };
  return format.replace(/%([a-zA-Z%])/g, (all, letter: string) => values[letter]?.() ?? all);
}
