import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { goldens, outcomeOf } from "./golden.ts";

const kinds = readdirSync(new URL("../../goldens/kinds/", import.meta.url))
  .filter((name) => name.endsWith(".cases.json"))
  .map((name) => name.slice(0, -".cases.json".length));

// Expected: what kubernetes v1.36.2 itself answers (test/goldens/kinds/main.go).
describe.each(kinds)("%s as the real strategies treat it", (kind) => {
  test.each(goldens(kind).map((golden) => [golden.given.name, golden] as const))("%s", async (_name, golden) => {
    const outcome = await outcomeOf(golden.given);
    expect(outcome.causes).toEqual(golden.expected.causes);
    expect(outcome.object).toEqual(golden.expected.object);
    expect(outcome.warnings).toEqual(golden.expected.warnings);
  });
});
