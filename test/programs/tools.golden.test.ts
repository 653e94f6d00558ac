import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Snapshot } from "../../src/api/snapshot.ts";
import type { Location } from "../../src/network/location.ts";
import { findProgram, WORKSTATION } from "../../src/programs/catalogue.ts";
import { CLIENT, dnsCluster, type RecordedRun } from "../support/dns-cluster.ts";
import { dnsShapes } from "../support/dns-shapes.ts";
import { runProgram } from "../support/program.ts";

/** `resolv`: the text of /etc/resolv.conf, where it is not the pod's own. */
type Run = RecordedRun & { stdin?: string; resolv?: string };

/**
 * What the real programs print (BIND 9.18.49, getent of glibc 2.36, nslookup of BusyBox 1.35.0) when their name server gives the
 * answers of this resolver. Ids, cookies and times vary; BusyBox's replies come in any order.
 */
const golden: { runs: Run[] } = JSON.parse(
  readFileSync(new URL("../goldens/dns-tools/golden.json", import.meta.url), "utf8"),
);

function steady(text: string): string {
  return text
    .replace(/id: [0-9]+/g, "id: <id>")
    .replace(/COOKIE: [0-9a-f]+/g, "COOKIE: <cookie>")
    .replace(/time: [0-9]+ [mu]sec/g, "time: <n>")
    .replace(/in [0-9]+ ?ms/g, "in <n> ms")
    .replace(/WHEN: .*/g, "WHEN: <time>")
    .replace(/(hostmaster\.\S+) \d+ 7200/g, "$1 <serial> 7200")
    .replace(/serial = \d+/g, "serial = <serial>")
    .replace(/\d+ +; serial/g, "<serial> ; serial");
}

/** Words of a command line in which a word may stand in quotes. */
function wordsOf(command: string): string[] {
  return [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
}

function replay(runs: readonly Run[], snapshot: Snapshot, where: Location): void {
  for (const run of runs) {
    const { resolv, stdin = "" } = run;
    const files: Record<string, string> = resolv === undefined ? {} : { "/etc/resolv.conf": resolv };
    const given = [stdin, resolv].filter(Boolean).map((text) => ` <<< ${JSON.stringify(text)}`);
    it(`${run.command}${given.join("")}`, async () => {
      const words = wordsOf(run.command);
      const busybox = words[0] === "busybox";
      const [name = "", ...argv] = busybox ? words.slice(1) : words;
      const program = await findProgram(name, busybox ? { base: "busybox" } : WORKSTATION);
      const { files: _files, ...got } = await runProgram(program!, argv, { snapshot, where, stdin, files });
      const lines = (text: string) => (busybox ? steady(text).split("\n").sort() : steady(text).split("\n"));
      expect({ ...got, stdout: lines(got.stdout) }).toEqual({
        stdout: lines(run.stdout),
        stderr: run.stderr,
        status: run.exit,
      });
    });
  }
}

describe("as the real programs print it", () => {
  replay(golden.runs, dnsCluster(), CLIENT);
});

describe("as the real programs print what a real CoreDNS answers", () => {
  const { client, runs }: { client: string; runs: Run[] } = JSON.parse(
    readFileSync(new URL("../../fixtures/dns-shapes-tools.json", import.meta.url), "utf8"),
  );
  replay(runs, dnsShapes().snapshot, { kind: "pod", namespace: "default", name: client });
});
