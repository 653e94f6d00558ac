const NANO = 9;
const DECIMAL: Record<string, number> = { n: -9, u: -6, m: -3, "": 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const BINARY = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
const MAX_INT64 = 2n ** 63n - 1n;
/** Beyond it an exponent only says that the number is huge or nothing; Go has the memory to be exact. */
const EXPONENT_LIMIT = 2000;

/**
 * A text as an amount in billionths; undefined when apimachinery's resource.ParseQuantity refuses it. As there, a text without digits
 * such as `m` is zero.
 */
export function quantityNanos(text: string): bigint | undefined {
  const match = /^([+-]?)0*([0-9]*)(\.[0-9]*)?([eEinumkKMGTP]*[+-]?[0-9]*)$/.exec(text);
  if (text === "" || !match) return undefined;
  const [, sign = "", whole = "", point = "", suffix = ""] = match;
  const fraction = point.slice(1);
  const binary = BINARY.indexOf(suffix);
  const exponent = binary >= 0 ? 10 * (binary + 1) : decimalExponent(suffix);
  if (exponent === undefined) return undefined;
  // Long numbers take the way through a decimal type, which wants a digit, rounds up, and caps amounts of bytes.
  const digits = Math.max(1, whole.length);
  const room =
    binary < 0 ? 18 - digits - fraction.length : fraction === "" ? 14 - digits - Math.trunc((exponent * 3) / 10) : -1;
  if (room < 0 && !/[0-9]/.test(text.slice(0, text.length - suffix.length))) return undefined;
  let numerator = BigInt(whole + fraction || "0");
  let power = NANO - fraction.length;
  if (binary >= 0) numerator <<= BigInt(exponent);
  else power += exponent;
  let nanos = power >= 0 ? numerator * 10n ** BigInt(power) : divideUp(numerator, 10n ** BigInt(-power));
  if (binary >= 0 && room < 0 && nanos > MAX_INT64 * 10n ** 9n) nanos = MAX_INT64 * 10n ** 9n;
  return sign === "-" ? -nanos : nanos;
}

function decimalExponent(suffix: string): number | undefined {
  if (Object.hasOwn(DECIMAL, suffix)) return DECIMAL[suffix];
  const match = /^[eE]([+-]?[0-9]+)$/.exec(suffix);
  if (!match) return undefined;
  return Math.max(-EXPONENT_LIMIT, Math.min(EXPONENT_LIMIT, Number(match[1])));
}

function divideUp(numerator: bigint, denominator: bigint): bigint {
  return (numerator + denominator - 1n) / denominator;
}
