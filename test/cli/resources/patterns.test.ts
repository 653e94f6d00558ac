import { expect, test } from "vitest";
import { Kubectl } from "../../support/kubectl.ts";

const manifest = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`;
const files = Object.fromEntries(
  ["a.yaml", "b.yaml", "c.json.yaml", "*.yaml", "d/a.yaml", "d/é.yaml", "e/a.yaml", "d/x-y.yaml"].map((path, at) => [
    path,
    manifest(`n${at}`),
  ]),
);
const created = (...numbers: number[]) => numbers.map((at) => `configmap/n${at} created (dry run)\n`).join("");

// Go's filepath.Match and filepath.Glob; a kubectl 1.36.2 printed the same.
test.each([
  ["[ab].yaml", created(0, 1)],
  ["[a-b].yaml", created(0, 1)],
  ["[^a].yaml", created(3, 1)],
  ["\\*.yaml", created(3)],
  ["?.yaml", created(3, 0, 1)],
  ["[de]/a.yaml", created(4, 6)],
  ["d/[x\\-]*", created(7)],
  ["d/[à-ü].yaml", created(5)],
  ["*/a.yaml", created(4, 6)],
])("-f '%s'", async (pattern, stdout) => {
  const ran = await new Kubectl({ files }).run(["create", "--dry-run=client", "-f", pattern]);
  expect(ran).toEqual({ stdout, stderr: "", status: 0 });
});

test.each(["x[", "[a-", "a/[b", "[]", "\\", "x\\", "d[]-z]", "*[", "[-a]", "[a-]", "\u001b[31m"])(
  "-f '%s' is no pattern",
  async (pattern) => {
    expect(await new Kubectl({ files }).run(["create", "-f", pattern])).toEqual({
      stdout: "",
      stderr: `error: pattern ${JSON.stringify(pattern).replace("\\u001b", "\\x1b")} is not valid: syntax error in pattern\n`,
      status: 1,
    });
  },
);

test.each(["x[a]", "nothere*", "d/[b-a].yaml", "nothere/*.yaml"])("-f '%s' matches nothing", async (pattern) => {
  expect(await new Kubectl({ files }).run(["create", "-f", pattern])).toEqual({
    stdout: "",
    stderr: `error: the path "${pattern}" does not exist\n`,
    status: 1,
  });
});
