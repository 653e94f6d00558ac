import { goQuote } from "../encoding/go-quote.ts";
import { ParseError } from "../meta/parse-error.ts";

/** Go's time.Parse for the two layouts of the API. Models Go's time/format.go. */

const RFC3339 = "2006-01-02T15:04:05Z07:00";
const RFC3339_MICRO = "2006-01-02T15:04:05.000000Z07:00";

/** metav1.Time: RFC 3339; answers it in UTC, whole seconds. Throws ParseError. */
export function parseTime(text: string): string {
  return `${parse(text, RFC3339).seconds}Z`;
}

/** metav1.MicroTime: RFC 3339 with six digits of a second. Throws ParseError. */
export function parseMicroTime(text: string): string {
  const { seconds, micros } = parse(text, RFC3339_MICRO);
  return `${seconds}.${micros}Z`;
}

/** A part of the layout: `length` digits, within a range; `short` accepts one digit. */
interface Part {
  layout: string;
  length?: number;
  range?: [name: string, min: number, max: number];
  short?: boolean;
}

const PARTS: readonly Part[] = [
  { layout: "2006", length: 4 },
  { layout: "-" },
  { layout: "01", length: 2, range: ["month", 1, 12] },
  { layout: "-" },
  { layout: "02", length: 2 },
  { layout: "T" },
  { layout: "15", length: 2, range: ["hour", 0, 23], short: true },
  { layout: ":" },
  { layout: "04", length: 2, range: ["minute", 0, 59] },
  { layout: ":" },
  { layout: "05", length: 2, range: ["second", 0, 59] },
];

function parse(text: string, layout: string): { seconds: string; micros: string } {
  const bad = (rest: string, element: string) =>
    new ParseError(
      `parsing time ${goQuote(text)} as ${goQuote(layout)}: cannot parse ${goQuote(rest)} as ${goQuote(element)}`,
    );
  const wrong = (what: string) => new ParseError(`parsing time ${goQuote(text)}: ${what}`);
  let rest = text;
  const numbers: number[] = [];
  for (const part of PARTS) {
    if (part.length === undefined) {
      if (!rest.startsWith(part.layout)) throw bad(rest, part.layout);
      rest = rest.slice(1);
      continue;
    }
    const digits = new RegExp(`^[0-9]{${part.short ? 1 : part.length},${part.length}}`).exec(rest)?.[0];
    if (digits === undefined) throw bad(rest, part.layout);
    rest = rest.slice(digits.length);
    const value = Number(digits);
    if (part.range && (value < part.range[1] || value > part.range[2])) throw wrong(`${part.range[0]} out of range`);
    numbers.push(value);
  }
  let micros = "000000";
  if (layout === RFC3339_MICRO) {
    const fraction = /^[.,]([0-9]{6})/.exec(rest);
    if (!fraction) throw bad(rest, ".000000");
    micros = fraction[1]!;
    rest = rest.slice(7);
  } else rest = rest.replace(/^[.,][0-9]+/, "");
  const zone = /^(?:Z|([+-])([0-9]{2}):([0-9]{2}))/.exec(rest);
  if (!zone) throw bad(rest, "Z07:00");
  const [all, sign, hours = "0", minutes = "0"] = zone;
  if (Number(hours) > 24) throw wrong("time zone offset hour out of range");
  if (Number(minutes) > 60) throw wrong("time zone offset minute out of range");
  rest = rest.slice(all.length);
  if (rest !== "") throw wrong(`extra text: ${goQuote(rest)}`);
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = numbers;
  const date = new Date(0);
  date.setUTCFullYear(year, month, 0);
  if (day < 1 || day > date.getUTCDate()) throw wrong("day out of range");
  date.setUTCFullYear(year, month - 1, day);
  const offset = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  date.setUTCHours(hour, minute - offset, second);
  return { seconds: date.toISOString().slice(0, 19), micros };
}
