import { expect, test } from "vitest";
import { TestCluster } from "../network/cluster.ts";
import { FIXTURE_MANIFEST } from "./curl-fixture.ts";
import { runCurl } from "./run-curl.ts";

// Options that would change what curl does, and that are not simulated, are refused by name; none is parsed and ignored.
test.each([
  ["--http2-prior-knowledge web", "http2-prior-knowledge"],
  ["--digest -u a:b web", "digest"],
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

// The same, when it turns out to matter only once there is a connection.
test.each([
  ["--capath certs https://web", 2, "--capath"],
  ["-k --cert c.pem https://web", 2, "--cert"],
  ["-p -x web:80 http://web", 7, "CONNECT through a proxy"],
  ["-x web:80 https://web", 7, "CONNECT through a proxy"],
  ["--socks5 web:80 http://web", 7, "a socks5 proxy"],
])("curl %s", async (command, code, what) => {
  const cluster = new TestCluster("bare").apply(FIXTURE_MANIFEST);
  const where = { kind: "pod", namespace: "default", name: "client-0" } as const;
  const run = await runCurl(cluster, where, ["-sS", ...command.split(" ")]);
  expect([run.stdout, run.stderr, run.exit]).toEqual(["", `curl: (${code}) kubemu does not simulate ${what}\n`, code]);
});
