import { expect, it } from "vitest";
import { lastRow } from "../../src/platform/line-editor.ts";

it.each([
  ["", 80, ""],
  ["hi", 80, "hi"],
  ['{"HOME":"/root"}', 10, 'root"}'],
  ["x".repeat(20), 10, undefined],
  ["grün", 80, undefined],
  ["a\tb", 80, undefined],
  ["\u001b[31mred", 80, undefined],
])("what stands on the row of the prompt: %j in %d columns", (text, columns, wanted) => {
  expect(lastRow(text, columns)).toBe(wanted);
});
