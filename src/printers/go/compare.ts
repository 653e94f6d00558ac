import { compareStrings } from "../../api/json.ts";
import { type GoData, kindOf, numberOf } from "./value.ts";

/** Why two values cannot be compared: an operand of a type that is not basic, or two different basic types. */
export type NotComparable = "type" | "mixed";

/**
 * Equality of basic values by Go's templates: both of one kind, or a signed and an unsigned integer.
 */
export function basicEqual(a: GoData | undefined, b: GoData | undefined): boolean | NotComparable {
  const kinds = basicKinds(a, b);
  if (typeof kinds === "string") return kinds;
  return kinds.numbers ? numberOf(a) === numberOf(b) : a === b;
}

/** Order of basic values by Go's templates; bools have none. */
export function basicLess(a: GoData | undefined, b: GoData | undefined): boolean | NotComparable {
  const kinds = basicKinds(a, b);
  if (typeof kinds === "string") return kinds;
  if (kinds.numbers) return (numberOf(a) ?? 0) < (numberOf(b) ?? 0);
  return typeof a === "string" && typeof b === "string" ? compareStrings(a, b) < 0 : "type";
}

function basicKinds(a: GoData | undefined, b: GoData | undefined): { numbers: boolean } | NotComparable {
  const [left, right] = [kindOf(a), kindOf(b)];
  const basic = (kind: string) => kind !== "invalid" && kind !== "map" && kind !== "slice";
  if (!basic(left) || !basic(right)) return "type";
  const whole = (kind: string) => kind === "int" || kind === "uint";
  if (left !== right && !(whole(left) && whole(right))) return "mixed";
  return { numbers: whole(left) || left === "float" };
}
