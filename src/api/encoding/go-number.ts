/** The shortest decimal digits of a positive finite float and the place of its point: 0.DIGITS × 10^point. */
interface Decimal {
  digits: string;
  point: number;
}

function shortest(value: number): Decimal {
  const [mantissa = "", exponent = "0"] = value.toExponential().split("e");
  return { digits: mantissa.replace(".", ""), point: Number(exponent) + 1 };
}

/** As {@link shortest}, for a value that only has to survive as a 32-bit float. */
function shortest32(value: number): Decimal {
  const wanted = Math.fround(value);
  for (let precision = 0; precision < 10; precision++) {
    const text = wanted.toExponential(precision);
    if (Math.fround(Number(text)) === wanted) return shortest(Number(text));
  }
  return shortest(wanted);
}

function scientific({ digits, point }: Decimal): string {
  const exponent = point - 1;
  const mantissa = digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : digits;
  return `${mantissa}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

function positional({ digits, point }: Decimal): string {
  if (point <= 0) return `0.${"0".repeat(-point)}${digits}`;
  if (digits.length <= point) return digits + "0".repeat(point - digits.length);
  return `${digits.slice(0, point)}.${digits.slice(point)}`;
}

function special(value: number): string | undefined {
  if (Number.isNaN(value)) return "NaN";
  if (value === Number.POSITIVE_INFINITY) return "+Inf";
  if (value === Number.NEGATIVE_INFINITY) return "-Inf";
  return undefined;
}

/**
 * Go's `strconv.FormatFloat(value, 'g', -1, bits)`: exponents below -4 and from `threshold` on are written with `e`.
 * `fmt` prints `%v` with 6 and `%#v` with 21 as the threshold.
 */
export function formatFloatG(value: number, bits: 32 | 64 = 64, threshold = 6): string {
  const text = special(value);
  if (text !== undefined) return text;
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  if (value === 0) return `${sign}0`;
  const decimal = bits === 64 ? shortest(Math.abs(value)) : shortest32(Math.abs(value));
  const exponent = decimal.point - 1;
  return sign + (exponent < -4 || exponent >= threshold ? scientific(decimal) : positional(decimal));
}

/** A number as Go's encoding/json writes a float64. Infinities and NaN have no JSON: callers refuse them first. */
export function formatJsonNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return Object.is(value, -0) ? "-0" : positionalInteger(value);
  const size = Math.abs(value);
  const sign = value < 0 ? "-" : "";
  if (size >= 1e-6 && size < 1e21) return sign + positional(shortest(size));
  // encoding/json writes e-9 where strconv writes e-09.
  return sign + scientific(shortest(size)).replace(/e-0(\d)$/, "e-$1");
}

function positionalInteger(value: number): string {
  return Number.isSafeInteger(value) ? String(value) : (value < 0 ? "-" : "") + positional(shortest(Math.abs(value)));
}
