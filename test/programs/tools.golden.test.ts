import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { findProgram, WORKSTATION } from "../../src/programs/catalogue.ts";
import { CLIENT, dnsCluster, type RecordedRun } from "../support/dns-cluster.ts";
import { runProgram } from "../support/program.ts";

/**
 * What the real programs print (BIND 9.18.49, getent of glibc 2.36, nslookup of BusyBox 1.35.0) when their name server gives the
 * answers of this resolver. Ids, cookies and times vary; BusyBox's replies come in any order.
 */
const golden: { runs: (RecordedRun & { stdin?: string })[] } = JSON.parse(
  readFileSync(new URL("../goldens/dns-tools/golden.json", import.meta.url), "utf8"),
);

function steady(text: string): string {
  return text
    .replace(/id: [0-9]+/g, "id: <id>")
    .replace(/COOKIE: [0-9a-f]+/g, "COOKIE: <cookie>")
    .replace(/time: [0-9]+ [mu]sec/g, "time: <n>")
    .replace(/in [0-9]+ ?ms/g, "in <n> ms")
    .replace(/WHEN: .*/g, "WHEN: <time>");
}

describe("as the real programs print it", () => {
  const snapshot = dnsCluster();
  for (const run of golden.runs) {
    it(`${run.command}${run.stdin ? ` <<< ${JSON.stringify(run.stdin)}` : ""}`, async () => {
      const words = run.command.split(" ");
      const busybox = words[0] === "busybox";
      const [name = "", ...argv] = busybox ? words.slice(1) : words;
      const program = await findProgram(name, busybox ? { base: "busybox" } : WORKSTATION);
      const { files: _files, ...got } = await runProgram(program!, argv, {
        snapshot,
        where: CLIENT,
        stdin: run.stdin ?? "",
      });
      const lines = (text: string) => (busybox ? steady(text).split("\n").sort() : steady(text).split("\n"));
      expect({ ...got, stdout: lines(got.stdout) }).toEqual({
        stdout: lines(run.stdout),
        stderr: run.stderr,
        status: run.exit,
      });
    });
  }
});
