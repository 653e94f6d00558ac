/** A number, or the share of `total` that a percentage is. Models apimachinery intstr.GetScaledValueFromIntOrPercent. */
export function scaledValue(value: number | string, total: number, round: "up" | "down"): number {
  if (typeof value === "number") return value;
  const exact = (Number.parseInt(value, 10) * total) / 100;
  return round === "up" ? Math.ceil(exact) : Math.floor(exact);
}
