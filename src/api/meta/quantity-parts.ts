import { parseQuantity, type QuantityFormat } from "./quantity.ts";

/** A Quantity as Go holds it in memory: a scaled whole number, or a decimal where that does not fit; its text only where it was kept. */
export interface GoParts {
  value: bigint;
  scale: number;
  decimal?: { unscaled: bigint; scale: number };
  text: string;
  format: QuantityFormat | "";
}

const EXPONENTS: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  "": 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
  Ki: 10,
  Mi: 20,
  Gi: 30,
  Ti: 40,
  Pi: 50,
  Ei: 60,
};
const MAX_INT64 = 2n ** 63n - 1n;

/** What ParseQuantity leaves in the struct; `undefined` is the zero value. Models k8s.io/apimachinery pkg/api/resource ParseQuantity. */
export function goParts(written: string | undefined): GoParts {
  if (written === undefined) return { value: 0n, scale: 0, text: "", format: "" };
  const { format, nano, text } = parseQuantity(written);
  // As it comes back from storage.
  if (text !== written) return goParts(text);
  if (text === "0") return { value: 0n, scale: 0, text, format: "DecimalSI" };
  const [, sign, digits = "", fraction = "", suffix = ""] = /^([+-]?)0*([0-9]*)(?:\.([0-9]*))?(.*)$/.exec(text)!;
  const exponent = EXPONENTS[suffix] ?? Number(suffix.slice(1));
  const num = digits || "0";
  const binary = suffix.endsWith("i");
  const precision = binary
    ? fraction === ""
      ? 14 - num.length - Math.trunc((exponent * 3) / 10)
      : -1
    : 18 - num.length - fraction.length;
  const scale = (binary ? 0 : exponent) - fraction.length;
  const shifted = num + fraction;
  const whole = BigInt(shifted) * (binary ? 1n << BigInt(exponent) : 1n);
  if (precision >= 0 && scale >= -9 && whole <= MAX_INT64) {
    const kept = binary
      ? (BigInt(shifted) & 7n) !== 0n
      : scale % 3 === 0 && !shifted.endsWith("000") && shifted[0] !== "0";
    return { value: sign === "-" ? -whole : whole, scale, text: kept ? text : "", format };
  }
  const capped = format === "BinarySI" && nano === MAX_INT64 * 10n ** 9n;
  return {
    value: 0n,
    scale: 0,
    decimal: capped ? { unscaled: MAX_INT64, scale: 0 } : { unscaled: nano, scale: 9 },
    text: "",
    format,
  };
}
