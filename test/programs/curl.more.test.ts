import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { TestCluster } from "../network/cluster.ts";
import { FIXTURE_MANIFEST, withoutSpeeds } from "./curl-fixture.ts";
import { runCurl } from "./run-curl.ts";

// fixtures/curl-more.json: recorded with curl 7.88.1 against a server that behaves as kubemu/curl-fixture does.
const file = new URL("../../fixtures/curl-more.json", import.meta.url);
const { runs } = JSON.parse(readFileSync(file, "utf8")) as {
  runs: { argv: string[]; stdout: string; stderr: string; exit: number }[];
};

describe("curl-more.json", () => {
  for (const [index, run] of runs.entries())
    it(`${index} curl ${run.argv.join(" ")}`, async () => {
      const cluster = new TestCluster("bare").apply(FIXTURE_MANIFEST);
      const where = { kind: "pod", namespace: "default", name: "client-0" } as const;
      const seen = await runCurl(cluster, where, run.argv, { stdin: "in\nput\n" });
      const address = (text: string) =>
        withoutSpeeds(text).replace(/bundle for host: 0x[0-9a-f]+/g, "bundle for host: 0x0");
      expect({ stdout: seen.stdout, stderr: address(seen.stderr), exit: seen.exit }).toEqual({
        stdout: run.stdout,
        stderr: address(run.stderr),
        exit: run.exit,
      });
    });
});
