import { goQuote } from "../encoding/go-quote.ts";
import { ParseError } from "./parse-error.ts";

const units: Record<string, bigint> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};
const limit = 1n << 63n;

/**
 * Parses `1h30m`, `1.5s`, `-2ms`, `0` into nanoseconds. Throws ParseError with the texts of Go's time.ParseDuration.
 */
export function parseDuration(text: string): bigint {
  const invalid = () => new ParseError(`time: invalid duration ${goQuote(text)}`);
  const negative = text.startsWith("-");
  let rest = text.replace(/^[+-]/, "");
  if (rest === "0") return 0n;
  if (rest === "") throw invalid();
  let total = 0n;
  while (rest !== "") {
    const number = /^([0-9]*)(\.([0-9]*))?/.exec(rest)!;
    const whole = number[1]!;
    const fraction = number[3] ?? "";
    if (whole === "" && fraction === "") throw invalid();
    rest = rest.slice(number[0].length);
    const unit = /^[^.0-9]*/.exec(rest)![0];
    if (unit === "") throw new ParseError(`time: missing unit in duration ${goQuote(text)}`);
    if (!Object.hasOwn(units, unit))
      throw new ParseError(`time: unknown unit ${goQuote(unit)} in duration ${goQuote(text)}`);
    rest = rest.slice(unit.length);
    const size = units[unit]!;
    // Go takes the fraction as a float64 and cuts what is smaller than a nanosecond.
    total += BigInt(whole || "0") * size;
    if (fraction !== "") total += (BigInt(fraction) * size) / 10n ** BigInt(fraction.length);
    if (total > limit) throw invalid();
  }
  if (negative) return -total;
  if (total > limit - 1n) throw invalid();
  return total;
}

/** Milliseconds of a duration text, cut to whole nanoseconds. Throws ParseError. */
export function parseDurationMs(text: string): number {
  return Number(parseDuration(text)) / 1e6;
}

/** A number of units with up to nine digits behind the point and no zeros at its end. */
function decimal(value: bigint, digits: number): string {
  const base = 10n ** BigInt(digits);
  const fraction = (value % base).toString().padStart(digits, "0").replace(/0+$/, "");
  return `${value / base}${digits > 0 && fraction !== "" ? `.${fraction}` : ""}`;
}

/** As Go prints a time.Duration: `1h30m0s`, `1.5s`, `2ms`, `0s`. @param nanoseconds */
export function formatDuration(nanoseconds: bigint): string {
  if (nanoseconds === 0n) return "0s";
  const sign = nanoseconds < 0n ? "-" : "";
  const value = nanoseconds < 0n ? -nanoseconds : nanoseconds;
  if (value < 1_000n) return `${sign}${value}ns`;
  if (value < 1_000_000n) return `${sign}${decimal(value, 3)}µs`;
  if (value < 1_000_000_000n) return `${sign}${decimal(value, 6)}ms`;
  const minutes = value / 60_000_000_000n;
  const seconds = `${decimal(value % 60_000_000_000n, 9)}s`;
  if (minutes === 0n) return sign + seconds;
  const hours = minutes / 60n;
  return hours === 0n ? `${sign}${minutes}m${seconds}` : `${sign}${hours}h${minutes % 60n}m${seconds}`;
}

/** The same. @param milliseconds cut to whole nanoseconds */
export function formatDurationMs(milliseconds: number): string {
  return formatDuration(BigInt(Math.trunc(milliseconds * 1e6)));
}
