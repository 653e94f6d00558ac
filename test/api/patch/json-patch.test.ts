import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "../../../src/api/json.ts";
import { applyJsonMergePatch } from "../../../src/api/patch/json-merge.ts";
import { applyJsonPatch } from "../../../src/api/patch/json-patch.ts";
import { PatchError } from "../../../src/api/patch/patch-error.ts";

const document: JsonObject = { kind: "X", spec: { ports: [{ port: 80 }, { port: 90 }], size: 3 } };

function problemOf(apply: () => unknown): [string, string] | undefined {
  try {
    apply();
    return undefined;
  } catch (error) {
    if (error instanceof PatchError) return [error.problem, error.message];
    throw error;
  }
}

// The texts are those of evanphx/json-patch v4.13.0, patch.go and merge.go.
describe("a JSON patch is refused in the library's words", () => {
  const add = (path: Json) => ({ op: "add", path, value: 1 });
  test.each<[string, Json, "malformed" | "unprocessable", string]>([
    ["a number", 5, "malformed", "json: cannot unmarshal number into Go value of type jsonpatch.Patch"],
    ["an object", {}, "malformed", "json: cannot unmarshal object into Go value of type jsonpatch.Patch"],
    [
      "a text among them",
      ["x"],
      "malformed",
      "json: cannot unmarshal string into Go value of type jsonpatch.Operation",
    ],
    ["null among them", [null], "unprocessable", "Unexpected kind: unknown"],
    ["a number for op", [{ op: 5, path: "/a" }], "unprocessable", "Unexpected kind: unknown"],
    ["a path of add that is none", [add(5)], "unprocessable", "add operation failed to decode path: missing value"],
    [
      "a path of replace that is none",
      [{ op: "replace", path: [], value: 1 }],
      "unprocessable",
      "replace operation failed to decode path: json: cannot unmarshal array into Go value of type string",
    ],
    [
      "move from a number",
      [{ op: "move", path: "/a", from: 1 }],
      "unprocessable",
      "move operation failed to decode from: json: cannot unmarshal number into Go value of type string",
    ],
    [
      "a quote in a path",
      [add('a"b')],
      "unprocessable",
      'add operation does not apply: doc is missing path: "a"b": missing value',
    ],
    [
      "an index of more than 64 bits",
      [{ op: "remove", path: "/spec/ports/99999999999999999999" }],
      "unprocessable",
      `error in remove for path: '/spec/ports/99999999999999999999': strconv.Atoi: parsing "99999999999999999999": value out of range`,
    ],
    [
      "an item that is not there",
      [{ op: "replace", path: "/spec/ports/2", value: 1 }],
      "unprocessable",
      "replace operation does not apply: doc is missing key: /spec/ports/2: missing value",
    ],
  ])("%s", (_, patch, problem, message) => {
    expect(problemOf(() => applyJsonPatch(document, patch))).toEqual([problem, message]);
  });
});

test("a merge patch that is an array takes the document's place, other values are refused", () => {
  expect(applyJsonMergePatch(document, [{ b: 1, a: null }, null])).toEqual([{ b: 1 }, null]);
  for (const patch of [null, 5, "x", true]) {
    expect(problemOf(() => applyJsonMergePatch(document, patch))).toEqual(["malformed", "Invalid JSON Patch"]);
  }
});

test("what a patch has looked into and what it adds comes out sorted, what it leaves alone does not", () => {
  const patch = [{ op: "add", path: "/spec/a", value: { z: 1, b: 2 } }];
  expect(JSON.stringify(applyJsonPatch({ b: { y: 1, x: 1 }, spec: { z: 1 }, a: 1 }, patch))).toBe(
    '{"a":1,"b":{"y":1,"x":1},"spec":{"a":{"z":1,"b":2},"z":1}}',
  );
  expect(JSON.stringify(applyJsonMergePatch({}, { x: [{ b: 1, a: 2 }] }))).toBe('{"x":[{"a":2,"b":1}]}');
});
