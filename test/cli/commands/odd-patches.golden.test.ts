import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { Kubectl, type Ran } from "../../support/kubectl.ts";

// What kubectl v1.36.2 itself printed; goldens/odd-patches/README.md says how.
interface Golden {
  files: Record<string, string>;
  rows: (Ran & { argv: string[] })[];
}

function golden(name: string): Golden {
  return JSON.parse(readFileSync(new URL(`../../goldens/odd-patches/${name}.json`, import.meta.url), "utf8")) as Golden;
}

describe("without a server", () => {
  const { files, rows } = golden("local");
  test.each(rows)("$argv", async ({ argv, ...expected }) => {
    expect(await new Kubectl({ files }).run(argv)).toEqual(expected);
  });
});

describe("by the server", () => {
  const { files, rows } = golden("server");
  const kubectl = new Kubectl({ files });
  beforeAll(async () => {
    for (const file of Object.keys(files)) await kubectl.run(["create", "-f", file]);
  });
  test.each(rows)("$argv", async ({ argv, ...expected }) => {
    expect(await kubectl.run(argv)).toEqual(expected);
  });
});
