import { expect, test } from "vitest";
import { TestCluster } from "../network/cluster.ts";
import { FIXTURE_MANIFEST } from "./curl-fixture.ts";
import { runCurl } from "./run-curl.ts";

// Options that would change what curl does, and that are not simulated, are refused by name; none is parsed and ignored.
test.each([
  ["-c jar.txt web", "cookie-jar"],
  ["--capath certs web", "capath"],
])("curl %s", async (command, option) => {
  const cluster = new TestCluster("bare").apply(FIXTURE_MANIFEST);
  const run = await runCurl(cluster, { kind: "pod", namespace: "default", name: "client-0" }, command.split(" "));
  expect(run.stdout).toBe("");
  expect(run.stderr).toBe(
    `curl: kubemu does not simulate --${option}\ncurl: try 'curl --help' or 'curl --manual' for more information\n`,
  );
  expect(run.exit).toBe(2);
});

test("curl -# shows no bar; without one to show it changes nothing", async () => {
  const cluster = new TestCluster("bare").apply(FIXTURE_MANIFEST);
  const where = { kind: "pod", namespace: "default", name: "client-0" } as const;
  const shown = await runCurl(cluster, where, ["-#", "web"]);
  expect([shown.stderr, shown.exit]).toEqual(["curl: (2) kubemu does not simulate --progress-bar\n", 2]);
  const silent = await runCurl(cluster, where, ["-s", "-#", "web"]);
  expect([silent.stdout, silent.stderr, silent.exit]).toEqual(["hello\n", "", 0]);
});
