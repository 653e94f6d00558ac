import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { MemoryFiles } from "../support/memory-files.ts";
import { type Ran, runLine } from "../support/terminal.ts";

// What kubectl 1.36.2 answers, byte for byte: test/goldens/kustomize/make.mjs has written it into the cases.

const CASES = join(import.meta.dirname, "../goldens/kustomize/cases");

interface Case {
  argv: string[];
  files: MemoryFiles;
  golden: Ran;
}

function readCase(name: string): Case {
  const [given = "", answer = ""] = readFileSync(join(CASES, name), "utf8").split(/^== stdout ==\n/m);
  const [command = "", ...sections] = given.split(/^-- (.*) --\n/m);
  const files = new MemoryFiles();
  files.mkdir("/home/user");
  for (let i = 0; i + 1 < sections.length; i += 2) {
    const [path = "", encoding] = sections[i]!.split(" ");
    files.write(`/home/user/${path}`, Buffer.from(sections[i + 1]!, encoding ? "base64" : "utf8"));
  }
  const [stdout = "", rest = ""] = answer.split(/^== stderr ==\n/m);
  const [stderr = "", status = ""] = rest.split(/^== status ==\n/m);
  return { argv: command.trim().split(" ").slice(1), files, golden: { stdout, stderr, status: Number(status) } };
}

describe("kustomize as kubectl 1.36.2", () => {
  test.each(readdirSync(CASES).map((file) => file.replace(/\.txt$/, "")))("%s", async (name) => {
    const { argv, files, golden } = readCase(`${name}.txt`);
    const now = Date.parse("2026-01-02T03:04:05Z");
    expect(await runLine(argv, { files, now })).toEqual(golden);
  });
});
