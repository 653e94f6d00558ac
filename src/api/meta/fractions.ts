import { goQuote } from "../encoding/go-quote.ts";
import { parseQuantity, quantityMilliValue } from "./quantity.ts";

/** Bytes come whole: what is said of an amount with a part of one. */
export function fractionWarning(amount: string | number | undefined, path: string): string[] {
  if (amount === undefined || quantityMilliValue(parseQuantity(String(amount))) % 1000n === 0n) return [];
  return [`${path}: fractional byte value ${goQuote(String(amount))} is invalid, must be an integer`];
}
