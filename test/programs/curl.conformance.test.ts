import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { TestCluster } from "../network/cluster.ts";
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

const MANIFEST = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: server}
spec: {replicas: 1, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: kubemu/curl-fixture, ports: [{containerPort: 80}, {containerPort: 81}]}]}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: client}
spec: {replicas: 1, selector: {matchLabels: {app: client}}, template: {metadata: {labels: {app: client}}, spec: {containers: [{name: c, image: nicolaka/netshoot, command: [sleep, infinity]}]}}}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {clusterIP: 10.96.8.1, selector: {app: web}, ports: [{name: a, port: 80}, {name: b, port: 81, targetPort: 9}, {name: c, port: 443, targetPort: 9}, {name: d, port: 21, targetPort: 9}]}
`;

/** Words of a command as a shell splits it; quotes of both kinds. */
function words(command: string): string[] {
  return [...command.matchAll(/(?:"[^"]*"|'[^']*'|\\.|[^\s"'\\])+/g)].map(([word]) =>
    word.replace(/"([^"]*)"|'([^']*)'/g, (_, double?: string, single?: string) => double ?? single ?? ""),
  );
}

/** The meter's speeds are the recorder's machine. */
function withoutSpeeds(stderr: string): string {
  return stderr.replace(
    /(\r[^\r\n]{33}).{5}(.{7}(?: .{8}){3} ).{5}/g,
    (_, sizes: string, times: string) => `${sizes}SPEED${times}SPEED`,
  );
}

describe("curl.json", () => {
  for (const run of runs)
    it(run.command, async () => {
      const cluster = new TestCluster("bare").apply(MANIFEST);
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
