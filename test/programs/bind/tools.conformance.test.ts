import { describe, expect, it } from "vitest";
import { CLIENT, dnsCluster, recordedRuns } from "../../support/dns-cluster.ts";
import { runProgram } from "../../support/program.ts";

const PROGRAMS = {
  dig: () => import("../../../src/programs/bind/dig.ts"),
  host: () => import("../../../src/programs/bind/host.ts"),
  nslookup: () => import("../../../src/programs/bind/nslookup.ts"),
};

// BIND 9.18.49 as recorded in fixtures/conformance/dns/tools.json. Ids, cookies, times and the order of records vary there.
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
  SHUFFLED.has(command) ? steady(text).split("\n").sort() : steady(text).split("\n");

describe("BIND 9.18 tools as recorded", () => {
  const snapshot = dnsCluster();
  for (const run of recordedRuns()) {
    const [name = "", ...argv] = run.command.split(" ");
    const load = Object.hasOwn(PROGRAMS, name) ? PROGRAMS[name as keyof typeof PROGRAMS] : undefined;
    if (!load) continue;
    it(run.command, async () => {
      const { program } = await load();
      const got = await runProgram(program, argv, { snapshot, where: CLIENT });
      expect({ ...got, stdout: lines(got.stdout, run.command) }).toEqual({
        stdout: lines(run.stdout, run.command),
        stderr: run.stderr,
        status: run.exit,
      });
    });
  }
});
