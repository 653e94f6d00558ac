import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { HOME, Kubectl, type Ran } from "../support/kubectl.ts";

// What kubectl v1.36.2 itself printed; goldens/unusable-config/README.md says how.
const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../goldens/unusable-config/${name}`, import.meta.url), "utf8"));
const rows = read("golden.json") as (Ran & { argv: string[] })[];
const files = read("files.json") as Record<string, string>;

test.each(rows)("$argv", async ({ argv, ...expected }) => {
  expect(await new Kubectl({ files, env: { HOME } }).run(argv)).toEqual(expected);
});
