import { formatFloatG } from "../../api/encoding/go-number.ts";

/** Floating-point numbers as Go's `strconv.FormatFloat` writes them. */

/** The decimal digits `d.ddd` and the exponent of a finite, non-negative number. */
interface Digits {
  digits: string;
  exponent: number;
}

/** `precision` digits behind the first one, exactly rounded with ties to even. */
function toDigits(value: number, precision: number): Digits {
  if (value === 0) return { digits: "0".repeat(precision + 1), exponent: 0 };
  const { whole, scale } = exactDecimal(value);
  const length = whole.toString().length;
  const digits = roundAway(whole, length - 1 - precision).toString();
  // Rounding up 9.99 makes one digit more.
  const grown = digits.length - (precision + 1);
  return { digits: digits.slice(0, precision + 1), exponent: length - 1 - scale + grown };
}

/** Exactly rounded `%f`. */
function fixed(value: number, precision: number): string {
  const { whole, scale } = exactDecimal(value);
  const digits = roundAway(whole, scale - precision)
    .toString()
    .padStart(precision + 1, "0");
  return precision === 0 ? digits : `${digits.slice(0, -precision)}.${digits.slice(-precision)}`;
}

/** A finite, non-negative number is exactly `whole` / 10^`scale`. */
function exactDecimal(value: number): { whole: bigint; scale: number } {
  const { mantissa, exponent } = exactBinary(value);
  if (exponent >= 0) return { whole: mantissa << BigInt(exponent), scale: 0 };
  return { whole: mantissa * 5n ** BigInt(-exponent), scale: -exponent };
}

/** A finite, non-negative number is exactly `mantissa` * 2^`exponent`. */
function exactBinary(value: number): { mantissa: bigint; exponent: number } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const fraction = bits & 0xfffffffffffffn;
  const biased = Number(bits >> 52n);
  return biased === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction | (1n << 52n), exponent: biased - 1075 };
}

/** Drops `count` decimal digits, ties to even; a negative count adds zeros. */
function roundAway(whole: bigint, count: number): bigint {
  if (count <= 0) return whole * 10n ** BigInt(-count);
  const unit = 10n ** BigInt(count);
  const quotient = whole / unit;
  const twice = (whole % unit) * 2n;
  return twice > unit || (twice === unit && quotient % 2n === 1n) ? quotient + 1n : quotient;
}

function plain({ digits, exponent }: Digits): string {
  if (exponent < 0) return trimPoint(`0.${"0".repeat(-exponent - 1)}${digits}`);
  if (exponent + 1 >= digits.length) return digits.padEnd(exponent + 1, "0");
  return `${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}

function trimPoint(text: string): string {
  return text.endsWith(".") ? text.slice(0, -1) : text;
}

function scientific({ digits, exponent }: Digits, letter: string): string {
  const sign = exponent < 0 ? "-" : "+";
  const rest = digits.slice(1);
  return `${digits[0]}${rest === "" ? "" : `.${rest}`}${letter}${sign}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

/**
 * Formats as `strconv.FormatFloat(value, verb, precision, 64)` for the verbs e, E, f, g, G, x, X and b. Precision -1 is the shortest text
 * that reads back the same: for g, G, x and X.
 */
export function formatFloat(value: number, verb: string, precision: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "+Inf" : "-Inf";
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  const size = Math.abs(value);
  switch (verb) {
    case "f":
      return sign + fixed(size, precision);
    case "e":
    case "E":
      return sign + scientific(toDigits(size, precision), verb);
    case "x":
    case "X":
    case "b":
      return sign + binary(size, verb, precision);
    default:
      return sign + general(size, verb === "G" ? "E" : "e", precision);
  }
}

/** `%g`: the scientific form only for exponents below -4 or from the precision on. */
function general(size: number, letter: string, precision: number): string {
  if (precision < 0) return formatFloatG(size).replace("e", letter);
  const parts = toDigits(size, Math.max(precision, 1) - 1);
  const digits = parts.digits.replace(/0+$/, "") || "0";
  let limit = Math.max(precision, 1);
  if (limit > digits.length && digits.length >= parts.exponent + 1) limit = digits.length;
  const trimmed = { digits, exponent: parts.exponent };
  return parts.exponent < -4 || parts.exponent >= limit ? scientific(trimmed, letter) : plain(trimmed);
}

/** `%x` (hexadecimal mantissa) and `%b` (decimal mantissa), both with a binary exponent. */
function binary(size: number, verb: string, precision: number): string {
  let { mantissa, exponent } = exactBinary(size);
  if (verb === "b") return `${mantissa}p${exponent < 0 ? "-" : "+"}${Math.abs(exponent)}`;
  exponent = size === 0 ? 0 : exponent + 52;
  while (mantissa !== 0n && mantissa < 1n << 52n) {
    mantissa <<= 1n;
    exponent--;
  }
  let width = 13;
  if (precision >= 0 && precision < 13) {
    const drop = BigInt(52 - precision * 4);
    const rest = mantissa & ((1n << drop) - 1n);
    const half = 1n << (drop - 1n);
    mantissa >>= drop;
    if (rest > half || (rest === half && (mantissa & 1n) === 1n)) mantissa += 1n;
    if (mantissa >= 2n << BigInt(precision * 4)) {
      mantissa >>= 1n;
      exponent++;
    }
    width = precision;
  }
  const text = mantissa.toString(16).padStart(width + 1, "0");
  let tail = text.slice(1);
  tail = precision < 0 ? tail.replace(/0+$/, "") : tail.padEnd(precision, "0");
  const out = `0x${text[0]}${tail === "" ? "" : `.${tail}`}p${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
  return verb === "X" ? out.toUpperCase() : out;
}
