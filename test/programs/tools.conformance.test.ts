import { describe, expect, it } from "vitest";
import { findProgram, WORKSTATION } from "../../src/programs/catalogue.ts";
import { CLIENT, dnsCluster, recordedRuns } from "../support/dns-cluster.ts";
import { runProgram } from "../support/program.ts";

// curl has tests of its own.
const MINE = new Set(["busybox", "cat", "dig", "getent", "host", "nslookup", "wget"]);

// As recorded in fixtures/conformance/dns/tools.json. Ids, cookies, times and the order of records vary there.
function steady(text: string): string {
  return text
    .replace(/id: [0-9]+/g, "id: <id>")
    .replace(/COOKIE: [0-9a-f]+/g, "COOKIE: <cookie>")
    .replace(/Query time: [0-9]+ msec/g, "Query time: <n> msec")
    .replace(/WHEN: .*/g, "WHEN: <time>")
    .replace(/(hostmaster\.\S+) [0-9]{6,} /g, "$1 <serial> ");
}

const SHUFFLED = new Set([
  "nslookup web-headless",
  "dig +noall +answer SRV _http._tcp.web-headless.default.svc.cluster.local",
]);
const lines = (text: string, command: string) =>
  SHUFFLED.has(command) || command.startsWith("busybox nslookup")
    ? steady(text).split("\n").sort()
    : steady(text).split("\n");

describe("programs as recorded", () => {
  const snapshot = dnsCluster();
  for (const run of recordedRuns()) {
    const words = run.command.split(" ");
    if (!MINE.has(words[0] ?? "")) continue;
    const busybox = words[0] === "busybox";
    const [name = "", ...argv] = busybox ? words.slice(1) : words;
    it(run.command, async () => {
      const program = await findProgram(name, busybox ? { base: "busybox" } : WORKSTATION);
      const { files: _files, ...got } = await runProgram(program!, argv, { snapshot, where: CLIENT });
      expect({ ...got, stdout: lines(got.stdout, run.command) }).toEqual({
        stdout: lines(run.stdout, run.command),
        stderr: run.stderr,
        status: run.exit,
      });
    });
  }
});
