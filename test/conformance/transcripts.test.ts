import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";

// The recorded transcripts against the built program (`npm test` builds it first).

const root = resolve(import.meta.dirname, "../..");
const folder = join(root, "fixtures/transcripts");
const mustPass: Record<string, number[]> = JSON.parse(readFileSync(join(root, "fixtures/must-pass.json"), "utf8"));

interface Result {
  command: string;
  pass: boolean;
  differs: string[];
  want: Record<string, unknown>;
  got: Record<string, unknown>;
}
const replay: {
  parseTranscript(text: string, name: string): unknown;
  runTranscript(transcript: unknown, bin: string): Result[];
} = await import(join(root, "fixtures/replay.mjs"));

describe.concurrent("recorded transcripts", () => {
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".transcript")))
    test(file, { timeout: 120_000 }, () => {
      const transcript = replay.parseTranscript(readFileSync(join(folder, file), "utf8"), file);
      const results = replay.runTranscript(transcript, `${process.execPath} ${join(root, "bin/kubemu.js")}`);
      const broken = results
        .map((result, i) => ({ ...result, i }))
        .filter(({ pass, i }) => !pass && (mustPass[file] ?? []).includes(i))
        .map(({ i, command, differs, want, got }) => ({
          step: i,
          command,
          ...Object.fromEntries(differs.map((part) => [part, { want: want[part], got: got[part] }])),
        }));
      expect(broken).toEqual([]);
    });
});
