import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { emitKyaml } from "../../../src/api/encoding/kyaml.ts";
import type { Json } from "../../../src/api/json.ts";

// Written by sigs.k8s.io/yaml/kyaml v1.6.0: test/goldens/yaml/main.go.
const { kyaml } = JSON.parse(readFileSync("test/goldens/yaml/goldens.json", "utf8")) as {
  kyaml: { input: Json; kyaml: string }[];
};

describe("emitKyaml", () => {
  it.each(kyaml.map((row) => [JSON.stringify(row.input), row] as const))("%s", (_, { input, kyaml }) => {
    expect(emitKyaml(input)).toBe(kyaml);
  });
});
