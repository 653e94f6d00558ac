import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { goSpew } from "../../src/api/schema/go-spew.ts";
import { loadGoType } from "../../src/api/schema/go-types.ts";
import type { PodTemplateSpec } from "../../src/api/types/core.ts";
import { templateHash } from "../../src/controllers/template-hash.ts";

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../goldens/spew/${name}`, import.meta.url), "utf8")) as unknown;

describe("the hash of a pod template is Go's own (test/goldens/spew)", async () => {
  const cases = read("cases.json") as PodTemplateSpec[];
  const golden = read("golden.json") as { text: string; hash: string }[];
  const type = (await loadGoType({ group: "", version: "v1", kind: "PodTemplateSpec" }))!;
  for (const [i, template] of cases.entries())
    it(`case ${i}`, async () => {
      expect(goSpew(template as never, type)).toBe(golden[i]!.text);
      expect(await templateHash(template, undefined)).toBe(golden[i]!.hash);
    });
});
