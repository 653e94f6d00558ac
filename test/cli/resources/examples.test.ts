import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { readDocuments } from "../../../src/api/encoding/yaml-read.ts";
import { exampleManifest } from "../../../src/cli/resources/examples.ts";
import { Kubectl } from "../../support/kubectl.ts";

// fixtures/examples holds the objects of the documentation's examples as JSON.
const root = resolve(import.meta.dirname, "../../../fixtures/examples");
const paths = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(root, join(entry.parentPath, entry.name)))
  .sort();

interface Listed {
  kind: string;
  items?: unknown[];
}

describe("the documentation's examples", () => {
  test("there are some", () => expect(paths.length).toBe(33));
  test.each(paths)("%s", async (path) => {
    const expected = JSON.parse(readFileSync(join(root, path), "utf8")) as Listed;
    const text = await exampleManifest(`https://k8s.io/examples/${path.replace(/\.json$/, ".yaml")}`);
    const documents = [...readDocuments(text!)].map(({ json, duplicates }) => {
      expect(duplicates).toEqual([]);
      return json;
    });
    expect(documents).toEqual(expected.kind === "List" ? expected.items : [expected]);
  });
});

test("an example is applied by its address, whichever of the three it is", async () => {
  const kubectl = new Kubectl();
  const path = "service/networking/nginx-svc.yaml";
  expect(await kubectl.ok(["apply", "-f", `https://k8s.io/examples/${path}`])).toBe("service/my-nginx created\n");
  const raw = "https://raw.githubusercontent.com/kubernetes/website/main/content/en/examples";
  expect(await kubectl.ok(["apply", "-f", `${raw}/${path}`])).toBe("service/my-nginx unchanged\n");
});

test("another address is refused by name", async () => {
  const kubectl = new Kubectl();
  for (const address of ["https://example.com/a.yaml", "https://k8s.io/examples/service/nothere.yaml"]) {
    expect(await kubectl.run(["apply", "-f", address])).toEqual({
      stdout: "",
      stderr: `error: kubemu does not simulate reading ${address}\n`,
      status: 1,
    });
  }
});
