import { expect, test } from "vitest";
import { formatGoText, formatGoValue } from "../../../src/api/encoding/go-value.ts";
import type { Json } from "../../../src/api/json.ts";

// Go's fmt on what apimachinery's json decoder makes of a value: fmt.Sprintf("%v") and ("%s").
test.each<[Json, string, string]>([
  ["x", "x", "x"],
  [null, "<nil>", "%!s(<nil>)"],
  [5, "5", "%!s(int64=5)"],
  [1.5, "1.5", "%!s(float64=1.5)"],
  [1e21, "1e+21", "%!s(float64=1e+21)"],
  [true, "true", "%!s(bool=true)"],
  [["a", 1, null], "[a 1 <nil>]", "[a %!s(int64=1) %!s(<nil>)]"],
  [{ b: 1, a: "x" }, "map[a:x b:1]", "map[a:x b:%!s(int64=1)]"],
])("%j", (value, asValue, asText) => {
  expect([formatGoValue(value), formatGoText(value)]).toEqual([asValue, asText]);
});
