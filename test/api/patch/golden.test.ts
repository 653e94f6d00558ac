import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "../../../src/api/json.ts";
import {
  applyJsonMergePatch,
  createJsonMergePatch,
  createThreeWayJsonMergePatch,
} from "../../../src/api/patch/json-merge.ts";
import { applyJsonPatch } from "../../../src/api/patch/json-patch.ts";
import { PatchConflictError, PatchError } from "../../../src/api/patch/patch-error.ts";
import { applyStrategicMergePatch } from "../../../src/api/patch/strategic.ts";
import { createThreeWayMergePatch, createTwoWayMergePatch } from "../../../src/api/patch/three-way.ts";
import { kindSchema } from "../../support/kind-schema.ts";

interface Row {
  name: string;
  op: string;
  kind?: string;
  original?: JsonObject;
  modified?: JsonObject;
  current?: JsonObject;
  patch?: Json;
  result?: Json;
  error?: string;
}

const rows = JSON.parse(readFileSync(new URL("../../goldens/patch/golden.json", import.meta.url), "utf8")) as Row[];

function run({ op, kind, original = {}, modified = {}, current = {}, patch = null }: Row): Json {
  const schema = () => kindSchema(kind!);
  switch (op) {
    case "strategic":
      return applyStrategicMergePatch(original, patch, schema());
    case "two-way":
      return createTwoWayMergePatch(original, modified, schema());
    case "three-way":
    case "three-way-keep":
      return createThreeWayMergePatch(original, modified, current, schema(), op === "three-way");
    case "merge":
      return applyJsonMergePatch(original, patch);
    case "json":
      return applyJsonPatch(original, patch);
    case "create-merge":
      return createJsonMergePatch(original, modified);
    case "three-way-merge":
      return createThreeWayJsonMergePatch(original, modified, current);
    default:
      throw new Error(op);
  }
}

/** Compared as text, since `toEqual` overlooks an own `__proto__`. */
function text(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(text).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{${Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${text(Object.getOwnPropertyDescriptor(value, key)!.value as Json)}`)
    .join()}}`;
}

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

describe("patches as k8s.io/apimachinery and evanphx/json-patch answer them (test/goldens/patch)", () => {
  test.each(rows.map((row) => [`${row.op}: ${row.name}`, row] as const))("%s", (_, row) => {
    const before = JSON.stringify([row.original, row.modified, row.current, row.patch]);
    if (row.error === undefined) expect(text(run(row))).toBe(text(row.result!));
    else if (row.error.includes("conflicts with changes made from original to current"))
      expect(() => run(row)).toThrow(PatchConflictError);
    else {
      expect(() => run(row)).toThrow(PatchError);
      expect(messageOf(() => run(row))).toBe(row.error);
    }
    expect(JSON.stringify([row.original, row.modified, row.current, row.patch])).toBe(before);
  });

  test("the rows are many", () => {
    expect(rows.length).toBeGreaterThan(300);
  });
});
