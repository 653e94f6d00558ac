/** Go's `strconv.Atoi`: decimal digits with an optional sign that fit in 64 bits; undefined is an error. */
export function parseGoInt(text: string): number | undefined {
  if (!/^[+-]?[0-9]+$/.test(text)) return undefined;
  const exact = BigInt(text.replace(/^\+/, ""));
  return BigInt.asIntN(64, exact) === exact ? Number(exact) : undefined;
}

/** Go's `strconv.ParseFloat` of a decimal number; undefined is an error (out of range too). */
export function parseGoFloat(text: string): number | undefined {
  if (!/^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$/.test(text)) return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}
