import { expect, test } from "vitest";
import { TestCluster } from "../network/cluster.ts";
import { FIXTURE_MANIFEST } from "./curl-fixture.ts";
import { runCurl } from "./run-curl.ts";

// Options that would change what curl does, and that are not simulated, are refused by name; none is parsed and ignored.
test.each([
  ["--capath certs web", "capath"],
  ["--http2-prior-knowledge web", "http2-prior-knowledge"],
  ["--digest -u a:b web", "digest"],
  ["-p -x web:80 web", "proxytunnel"],
  ["--socks5 web:80 web", "socks5"],
  ["-C 3 web", "continue-at"],
  ["--trace - web", "trace"],
  ["--speed-limit 1 web", "speed-limit"],
])("curl %s", async (command, option) => {
  const cluster = new TestCluster("bare").apply(FIXTURE_MANIFEST);
  const run = await runCurl(cluster, { kind: "pod", namespace: "default", name: "client-0" }, command.split(" "));
  expect(run.stdout).toBe("");
  expect(run.stderr).toBe(
    `curl: kubemu does not simulate --${option}\ncurl: try 'curl --help' or 'curl --manual' for more information\n`,
  );
  expect(run.exit).toBe(2);
});
