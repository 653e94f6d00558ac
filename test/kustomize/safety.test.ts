import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { build, resourcesYaml } from "../../src/kustomize/build.ts";
import { realFiles } from "../../src/platform/files.ts";

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "kustomize-")));
});

afterEach(() => rmSync(folder, { recursive: true }));

function write(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** What it prints, or why it fails, without the name of the temporary folder. */
async function built(path: string, anywhere = false): Promise<string> {
  const options = { files: realFiles, cwd: folder, warn() {}, log() {}, reorder: "unspecified", anywhere } as const;
  const shown = await build(path, options).then(resourcesYaml, (error: Error) => error.message);
  return shown.replaceAll(folder, "/work");
}

const CONFIG_MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n";

describe("links (texts: api/internal/loader)", () => {
  it("does not follow one out of the folder", async () => {
    write({ "secret.txt": "x", "in/kustomization.yaml": "configMapGenerator: [{name: c, files: [link.txt]}]\n" });
    symlinkSync("../secret.txt", join(folder, "in/link.txt"));
    expect(await built("in")).toBe(
      "loading KV pairs: file sources: [link.txt]: security; file '/work/in/link.txt' is not in or below '/work/in'",
    );
    expect(await built("in", true)).toBe(
      "apiVersion: v1\ndata:\n  link.txt: x\nkind: ConfigMap\nmetadata:\n  name: c-d62b8hg44t\n",
    );
  });

  it("follows one within the folder, and one to another kustomization", async () => {
    write({ "in/kustomization.yaml": "resources: [link.yaml]\n", "in/a/c.yaml": CONFIG_MAP });
    symlinkSync("a/c.yaml", join(folder, "in/link.yaml"));
    symlinkSync("in", join(folder, "other"));
    expect(await built("other")).toBe("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n");
  });

  it("gives up at links that lead nowhere and in circles", async () => {
    symlinkSync("nothing", join(folder, "dangling"));
    symlinkSync("round", join(folder, "round"));
    const failure = "must build at directory: not a valid directory: evalsymlink failure on";
    expect(await built("dangling")).toBe(`${failure} 'dangling' : lstat /work/nothing: no such file or directory`);
    expect(await built("round")).toBe(`${failure} 'round' : EvalSymlinks: too many links`);
  });
});

describe("names that objects of JavaScript have", () => {
  it("are keys like others", async () => {
    write({
      "kustomization.yaml":
        "resources: [c.yaml]\ncommonAnnotations: {__proto__: a, constructor: b}\nlabels: [{pairs: {__proto__: l}}]\n",
      "c.yaml": `${CONFIG_MAP}data: {__proto__: x, toString: y}\n`,
    });
    expect(await built(".")).toBe(`apiVersion: v1
data:
  __proto__: x
  toString: "y"
kind: ConfigMap
metadata:
  annotations:
    __proto__: a
    constructor: b
  labels:
    __proto__: l
  name: c
`);
  });

  it("are no fields of a kustomization", async () => {
    write({ "kustomization.yaml": "__proto__: {namePrefix: a}\n" });
    expect(await built(".")).toBe('invalid Kustomization: json: unknown field "__proto__"');
  });
});

describe("documents that would grow without end", () => {
  const bomb = (last: number) =>
    ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
      .concat(Array.from({ length: last }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(", ")}]`))
      .join("\n");

  it("of aliases are refused in resources and in the kustomization", async () => {
    write({ "kustomization.yaml": "resources: [c.yaml]\n", "c.yaml": `${CONFIG_MAP}${bomb(8)}\n` });
    expect(await built(".")).toBe(
      "accumulating resources: accumulating resources from 'c.yaml': MalformedYAMLError: yaml: document contains excessive aliasing in File: c.yaml",
    );
    write({ "kustomization.yaml": `${bomb(8)}\n` });
    expect(await built(".")).toBe("invalid Kustomization: yaml: document contains excessive aliasing");
  });

  it("of aliases that hold themselves are refused", async () => {
    write({ "kustomization.yaml": "resources: [c.yaml]\n", "c.yaml": `${CONFIG_MAP}data: &d {a: *d}\n` });
    expect(await built(".")).toBe(
      "accumulating resources: accumulating resources from 'c.yaml': MalformedYAMLError: yaml: anchor 'd' value contains itself in File: c.yaml",
    );
  });

  it("of lists in lists are refused", async () => {
    const deep = `${"[".repeat(5000)}${"]".repeat(5000)}`;
    write({ "kustomization.yaml": "resources: [c.yaml]\n", "c.yaml": `${CONFIG_MAP}data: ${deep}\n` });
    expect(await built(".")).toBe(
      "accumulating resources: accumulating resources from 'c.yaml': MalformedYAMLError: yaml: exceeded max depth of 10000 in File: c.yaml",
    );
  });
});

describe("what would have to be fetched or run", () => {
  it.each([
    ["https://example.com/web.yaml", "kubemu does not simulate reading https://example.com/web.yaml"],
    ["github.com/org/repo/path?ref=v1", "kubemu does not simulate fetching github.com/org/repo/path?ref=v1"],
    ["git@example.com:org/repo", "kubemu does not simulate fetching git@example.com:org/repo"],
  ])("%s is refused by name", async (path, refusal) => {
    write({ "kustomization.yaml": `resources: ["${path}"]\n` });
    expect(await built(".")).toBe(refusal);
  });

  it("a repository is no folder to begin at", async () => {
    expect(await built("https://github.com/org/repo/path")).toBe(
      "kubemu does not simulate fetching https://github.com/org/repo/path",
    );
  });
});
