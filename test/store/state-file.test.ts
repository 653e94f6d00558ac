import { mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { KubeObject } from "../../src/api/object.ts";
import { realFiles } from "../../src/platform/files.ts";
import { Document } from "../../src/store/document.ts";
import { StateFile } from "../../src/store/state-file.ts";
import { header } from "../support/document.ts";
import { MemoryFiles } from "../support/memory-files.ts";
import { memoryPlatform, testClock } from "../support/memory-platform.ts";

const PATH = "/state.json";
/** A file of more than half a megabyte; `calls` are those that read, `failing` makes the reads of an open file fail. */
function large(data: string) {
  const thing = (name: string): KubeObject => ({
    apiVersion: "v1",
    kind: "Thing",
    metadata: { name },
    data: data.repeat(400_000),
  });
  const files = new MemoryFiles();
  const changes = new Map([..."ab"].map((name) => [`/${name}s/${name}`, thing(name)]));
  const bytes = Document.empty(header).render(header, changes);
  files.write(PATH, bytes);
  const calls: string[] = [];
  const fault = { code: "" };
  const watched = new Proxy(files, {
    get(target, name: keyof MemoryFiles) {
      if (name === "open")
        return (path: string) => {
          const file = target.open(path);
          const slice = (from: number, to: number) => {
            calls.push(to - from === file.length ? "whole" : "a part");
            if (fault.code) throw Object.assign(new Error(fault.code), { code: fault.code });
            return file.slice(from, to);
          };
          return { ...file, slice };
        };
      const method = target[name];
      return typeof method === "function" ? method.bind(target) : method;
    },
  });
  const platform = memoryPlatform({ files: watched, clock: testClock(0) });
  return { files, calls, fault, bytes, file: StateFile.at(PATH, platform) };
}

test("a large file is read in parts, once; who reads again reads whole", () => {
  const { file, calls } = large("x");
  const first = file.read()!;
  expect(first.parseAt(first.find("/as/a")!).metadata.name).toBe("a");
  expect(new Set(calls)).toEqual(new Set(["a part"]));
  calls.splice(0);
  file.read();
  expect(calls).toEqual(["whole"]);
});

test("what was open stays as it was when the file is replaced", () => {
  const { files, file } = large("x");
  const before = file.read()!;
  const { bytes } = large("y");
  files.write(PATH, bytes);
  expect(file.hasChanged()).toBe(true);
  expect(String(before.parseAt(before.find("/bs/b")!).data)[0]).toBe("x");
  const after = file.read()!;
  expect(String(after.parseAt(after.find("/bs/b")!).data)[0]).toBe("y");
});

test("a part that cannot be read is told with the file's name", () => {
  const { file, fault } = large("x");
  const document = file.read()!;
  fault.code = "EIO";
  expect(() => document.find("/as/a")).toThrow(
    "cannot use the state file /state.json: the disk does not work (input/output error)",
  );
});

test("a file that was replaced is told by its number, whatever its size and time: no later one has it", () => {
  const folder = mkdtempSync(join(tmpdir(), "kubemu-state-"));
  const path = join(folder, "state.json");
  const put = () => {
    writeFileSync(`${path}.tmp`, Document.empty(header).render(header, new Map()));
    utimesSync(`${path}.tmp`, 1, 1);
    renameSync(`${path}.tmp`, path);
  };
  try {
    put();
    const file = StateFile.at(path, {
      ...memoryPlatform({ files: new MemoryFiles(), clock: testClock(0) }),
      files: realFiles,
    });
    file.read();
    expect(file.hasChanged()).toBe(false);
    for (let replaced = 0; replaced < 5; replaced++) {
      put();
      expect(file.hasChanged()).toBe(true);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
