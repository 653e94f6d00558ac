import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { emitJson } from "../../../src/api/encoding/json-emit.ts";
import { isObject, type Json, setKey, sortedKeys } from "../../../src/api/json.ts";
import type { KubeObject } from "../../../src/api/object.ts";
import { structOf } from "../../../src/api/schema/struct-fields.ts";

// Printed by kubectl v1.36.2.
const rows = JSON.parse(readFileSync("test/goldens/kubectl/field-order.json", "utf8")) as {
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
  it.each(rows.map(({ args, stdout }) => [args, stdout] as const))("%s", async (_, stdout) => {
    let printed = "";
    for (const object of objects(stdout)) {
      const scrambled = scramble(object as unknown as Json);
      printed += `${emitJson(scrambled, "    ", await structOf(object))}\n`;
    }
    expect(printed).toBe(stdout);
  });

  it("is null for a kind that Go has no struct of", async () => {
    expect(await structOf({ apiVersion: "example.com/v1", kind: "Widget" })).toBe(null);
  });
});
