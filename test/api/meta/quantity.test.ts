import { expect, test } from "vitest";
import { parseQuantity } from "../../../src/api/meta/quantity.ts";

// The texts that the server writes are held by test/goldens/decode; here what code reads. Source: apimachinery pkg/api/resource/quantity.go.
test.each([
  ["1", 1_000_000_000n, "DecimalSI"],
  ["100m", 100_000_000n, "DecimalSI"],
  ["-1k", -1_000_000_000_000n, "DecimalSI"],
  ["1Ki", 1_024_000_000_000n, "BinarySI"],
  ["0.5Ki", 512_000_000_000n, "BinarySI"],
  ["1e2", 100_000_000_000n, "DecimalExponent"],
  ["0.1n", 1n, "DecimalSI"],
])("%s", (text, nano, format) => {
  expect(parseQuantity(text)).toMatchObject({ nano, format });
});
