import { ParseError } from "./parse-error.ts";

/** Quantities such as `500m`, `1.5`, `10Gi`, `1e3`. Models k8s.io/apimachinery pkg/api/resource (quantity.go, suffix.go). */

export type QuantityFormat = "DecimalSI" | "BinarySI" | "DecimalExponent";

export interface Quantity {
  /** The amount in units of 10⁻⁹. */
  nano: bigint;
  format: QuantityFormat;
  /** How the API server writes it. */
  text: string;
}

const DECIMAL: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, "": 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const BINARY: Readonly<Record<string, number>> = { Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60 };
const WRONG = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const MAX_INT64 = 2n ** 63n - 1n;
const NANO = 10n ** 9n;
const EXPONENT_LIMIT = 5000;

/** Throws ParseError with the text of the real one. */
export function parseQuantity(text: string): Quantity {
  const match = /^([+-]?)0*([0-9]*)(?:\.([0-9]*))?([eEinumkKMGTP]*[-+]?[0-9]*)$/.exec(text);
  if (text === "" || !match) throw new ParseError(WRONG);
  const [, sign, digits = "", fraction = "", suffix = ""] = match;
  const { base, exponent, format } = interpretSuffix(suffix);
  const mantissa = BigInt((digits || "0") + fraction);
  let nano = amount(mantissa, base === 2 ? 2n ** BigInt(exponent) : 1n, (base === 10 ? exponent : 0) - fraction.length);
  if (format === "BinarySI" && nano > MAX_INT64 * NANO) nano = MAX_INT64 * NANO;
  if (sign === "-") nano = -nano;
  const shown = format === "BinarySI" && nano > 0n && nano < NANO ? "DecimalSI" : format;
  const kept = keepsItsText(digits || "0", fraction, exponent, format, mantissa);
  return { nano, format: shown, text: text === "0" || kept ? text : formatQuantity(nano, shown) };
}

/** How the API server writes a quantity: `1000m` as `1`, `0.5` as `500m`. Throws ParseError. */
export function canonicalQuantity(text: string): string {
  return parseQuantity(text).text;
}

function interpretSuffix(suffix: string): { base: 2 | 10; exponent: number; format: QuantityFormat } {
  if (Object.hasOwn(DECIMAL, suffix)) return { base: 10, exponent: DECIMAL[suffix]!, format: "DecimalSI" };
  if (Object.hasOwn(BINARY, suffix)) return { base: 2, exponent: BINARY[suffix]!, format: "BinarySI" };
  const power = /^[eE]([+-]?[0-9]+)$/.exec(suffix)?.[1];
  if (power === undefined) throw new ParseError("unable to parse quantity's suffix");
  // Beyond the limit an amount is only huge or tiny, and would take for ever to write out.
  const exponent = Math.max(-EXPONENT_LIMIT, Math.min(EXPONENT_LIMIT, Number(power)));
  return { base: 10, exponent, format: "DecimalExponent" };
}

/** In units of 10⁻⁹, rounded away from zero: who wants some gets some. */
function amount(mantissa: bigint, factor: bigint, power: number): bigint {
  const shift = power + 9;
  const product = mantissa * factor;
  if (shift >= 0) return product * 10n ** BigInt(shift);
  const divisor = 10n ** BigInt(-shift);
  return (product + divisor - 1n) / divisor;
}

/** A text that is canonical enough stays as it was typed: `1.500`, `07`. */
function keepsItsText(
  digits: string,
  fraction: string,
  exponent: number,
  format: QuantityFormat,
  mantissa: bigint,
): boolean {
  if (format === "BinarySI") {
    const precision = 15 - digits.length - Math.trunc((exponent * 3) / 10) - 1;
    return fraction === "" && precision >= 0 && mantissa << BigInt(exponent) <= MAX_INT64 && (mantissa & 7n) !== 0n;
  }
  const scale = exponent - fraction.length;
  const shifted = digits + fraction;
  return shifted.length <= 18 && scale >= -9 && scale % 3 === 0 && !shifted.endsWith("000") && shifted[0] !== "0";
}

/** How the API server writes an amount (in units of 10⁻⁹) in a format. */
export function formatQuantity(nano: bigint, format: QuantityFormat): string {
  if (nano === 0n) return "0";
  const whole = nano % NANO === 0n;
  const small = nano > -1024n * NANO && nano < 1024n * NANO;
  if (format === "BinarySI" && whole && !small) {
    let value = nano / NANO;
    let power = 0;
    while (value % 1024n === 0n && power < 60) {
      value /= 1024n;
      power += 10;
    }
    return `${value}${Object.keys(BINARY).find((key) => BINARY[key] === power) ?? ""}`;
  }
  let value = nano;
  let power = -9;
  while (value % 1000n === 0n && (format === "DecimalExponent" || power < 18)) {
    value /= 1000n;
    power += 3;
  }
  if (format === "DecimalExponent") return power === 0 ? `${value}` : `${value}e${power}`;
  return `${value}${Object.keys(DECIMAL).find((key) => DECIMAL[key] === power) ?? ""}`;
}

/** -1, 0 or 1. */
export function compareQuantities(a: Quantity, b: Quantity): number {
  return a.nano < b.nano ? -1 : a.nano > b.nano ? 1 : 0;
}

/** In thousandths, rounded up: Quantity.MilliValue. */
export function quantityMilliValue({ nano }: Quantity): bigint {
  const whole = nano / 1_000_000n;
  return nano > 0n && nano % 1_000_000n !== 0n ? whole + 1n : whole;
}

/** The text of a quantity rounded up to thousandths, finer ones alone are written anew. */
export function roundUpToMilli(text: string): string {
  const { nano, format } = parseQuantity(text);
  const milli = 1_000_000n;
  if (nano % milli === 0n) return text;
  return formatQuantity(nano > 0n ? (nano / milli + 1n) * milli : (nano / milli) * milli, format);
}

/** The sum, in the format of the first that is not zero. Models Quantity.Add. */
export function addQuantities(a: Quantity, b: Quantity): Quantity {
  const nano = a.nano + b.nano;
  const format = a.nano === 0n ? b.format : a.format;
  return { nano, format, text: formatQuantity(nano, format) };
}

/** In whole units, rounded away from zero: Quantity.Value. */
export function quantityValue({ nano }: Quantity): bigint {
  const magnitude = (nano < 0n ? -nano : nano) + NANO - 1n;
  return nano < 0n ? -(magnitude / NANO) : magnitude / NANO;
}
