import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { orderFields, structOf } from "../../../src/api/encoding/field-order.ts";
import { emitJson } from "../../../src/api/encoding/json-emit.ts";
import { isObject, type Json, setKey, sortedKeys } from "../../../src/api/json.ts";
import type { KubeObject } from "../../../src/api/object.ts";

// Printed by kubectl v1.36.2.
const rows = JSON.parse(readFileSync("test/goldens/field-order/goldens.json", "utf8")) as {
  args: string;
  stdout: string;
}[];

/** The same data with its keys in the reverse of their sorted order. */
function scramble(value: Json): Json {
  if (Array.isArray(value)) return value.map(scramble);
  if (!isObject(value)) return value;
  const out = {};
  for (const key of sortedKeys(value).reverse()) setKey(out, key, scramble(value[key]!));
  return out;
}

/** kubectl prints several objects one after another. */
function objects(stdout: string): KubeObject[] {
  return JSON.parse(`[${stdout.trimEnd().replaceAll("\n}\n{", "\n},\n{")}]`) as KubeObject[];
}

describe("structOf", () => {
  it.each(rows.map(({ args, stdout }) => [args, stdout] as const))("%s", (_, stdout) => {
    const printed = objects(stdout).map((object) => {
      const scrambled = scramble(object as unknown as Json);
      return `${emitJson(scrambled, "    ", structOf(object))}\n`;
    });
    expect(printed.join("")).toBe(stdout);
  });

  it("is null for a kind that kubectl does not build", () => {
    expect(structOf({ apiVersion: "example.com/v1", kind: "Widget" })).toBe(null);
  });
});

describe("orderFields", () => {
  it("puts fields in the order of the struct, and unknown ones after them", () => {
    const object = { metadata: { namespace: "n", name: "x" }, zz: 1, apiVersion: "v1", kind: "Service", spec: {} };
    expect(JSON.stringify(orderFields(object))).toBe(
      '{"kind":"Service","apiVersion":"v1","metadata":{"name":"x","namespace":"n"},"spec":{},"zz":1}',
    );
  });
});
