import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { HOME, Kubectl, type Ran } from "../../support/kubectl.ts";

// What kubectl v1.36.2 itself printed; goldens/kubectl/README.md says how.
const url = new URL("../../goldens/kubectl/golden.json", import.meta.url);
const rows = JSON.parse(readFileSync(url, "utf8")) as (Ran & { argv: string[] })[];

test.each(rows)("$argv", async ({ argv, ...expected }) => {
  const kubectl = new Kubectl({
    files: { "e.env": "a=1\nB.c=2\n# x\n\nHOME\n", "f.txt": "hello\n", "dir/one": "x" },
    env: { HOME },
  });
  kubectl.files.write(`${HOME}/dir/bin`, new Uint8Array([0xff, 0xfe, 0]));
  expect(await kubectl.run(argv)).toEqual(expected);
});
