import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { emitJson } from "../../../src/api/encoding/json-emit.ts";
import { JsonSyntaxError, readJson } from "../../../src/api/encoding/json-read.ts";

// Read by Go's encoding/json: test/goldens/yaml/main.go.
const { json } = JSON.parse(readFileSync("test/goldens/yaml/goldens.json", "utf8")) as {
  json: { input: string; value?: string; error?: string }[];
};

function read(text: string): { value?: string; error?: string } {
  try {
    return { value: emitJson(readJson(text).value) };
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    return { error: error.message };
  }
}

describe("readJson", () => {
  it.each(json.map((row) => [JSON.stringify(row.input), row] as const))("%s", (_, { input, ...expected }) => {
    expect(read(input)).toEqual(expected);
  });

  // Paths as in the server's `strict decoding error: duplicate field "spec.ports[0].port"`.
  it("names the fields that occur twice", () => {
    const text = '{"spec":{"ports":[{"port":1,"port":2}],"type":"a","type":"b"},"spec":1}';
    expect(readJson(text)).toMatchObject({
      value: { spec: 1 },
      duplicates: ["spec.ports[0].port", "spec.type", "spec"],
    });
  });
});
