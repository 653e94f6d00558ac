import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { emitJson } from "../../../src/api/encoding/json-emit.ts";
import { emitYaml } from "../../../src/api/encoding/yaml-emit.ts";
import type { Json } from "../../../src/api/json.ts";

// Written by sigs.k8s.io/yaml v1.6.0 and encoding/json: test/goldens/yaml/main.go.
const { emit } = JSON.parse(readFileSync("test/goldens/yaml/goldens.json", "utf8")) as {
  emit: { input: Json; yaml: string; json: string }[];
};

describe("emitYaml", () => {
  it.each(emit.map(({ input, yaml }) => [JSON.stringify(input), input, yaml] as const))("%s", (_, input, yaml) => {
    expect(emitYaml(input)).toBe(yaml);
  });
});

describe("emitJson", () => {
  it.each(emit.map(({ input, json }) => [JSON.stringify(input), input, json] as const))("%s", (_, input, json) => {
    expect(emitJson(input, "    ")).toBe(json);
  });
});
