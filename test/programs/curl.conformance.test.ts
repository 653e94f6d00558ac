import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { TestCluster } from "../network/cluster.ts";
import { FIXTURE_MANIFEST, withoutSpeeds } from "./curl-fixture.ts";
import { MemoryFiles, runCurl } from "./run-curl.ts";

// fixtures/conformance/curl.json: curl 7.88.1 against the server that kubemu/curl-fixture is.
const file = new URL("../../fixtures/conformance/curl.json", import.meta.url);
interface Run {
  command: string;
  stdout: string;
  stderr: string;
  exit: number;
}
const { runs } = JSON.parse(readFileSync(file, "utf8")) as { runs: Run[] };

/** Words of a command as a shell splits it; quotes of both kinds. */
function words(command: string): string[] {
  return [...command.matchAll(/(?:"[^"]*"|'[^']*'|\\.|[^\s"'\\])+/g)].map(([word]) =>
    word.replace(/"([^"]*)"|'([^']*)'/g, (_, double?: string, single?: string) => double ?? single ?? ""),
  );
}

describe("curl.json", () => {
  for (const run of runs)
    it(run.command, async () => {
      const cluster = new TestCluster("bare").apply(FIXTURE_MANIFEST);
      const [first = "", then] = run.command.split("; ");
      const [command = "", filter] = first.split(" | ");
      const argv = words(command.replace(" < /dev/null", "")).slice(1);
      const files = new MemoryFiles();
      const seen = await runCurl(cluster, { kind: "pod", namespace: "default", name: "client-0" }, argv, { files });
      let { stdout } = seen;
      if (filter === "head -1") stdout = stdout.slice(0, stdout.indexOf("\n") + 1);
      if (then?.startsWith("cat ")) stdout += new TextDecoder().decode(files.read(then.slice(4))!);
      expect({ stdout, stderr: withoutSpeeds(seen.stderr), exit: seen.exit }).toEqual({
        stdout: run.stdout,
        stderr: withoutSpeeds(run.stderr),
        exit: run.exit,
      });
    });
});
