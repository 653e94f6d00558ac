import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { COMMANDS } from "../../../src/cli/root.ts";
import { Kubectl } from "../../support/kubectl.ts";

interface Row {
  verb: string;
  case: "no arguments" | "bad flag" | "nothing of that name" | "bad value" | "success";
  line: string;
  stdout: string;
  stderr: string;
  status: number;
}

// What kubectl 1.36.2 printed on a real control plane of that version that held SETUP's objects: each row stands alone.
const rows = JSON.parse(readFileSync(`${import.meta.dirname}/verb-matrix.json`, "utf8")) as Row[];
const SETUP = [
  "create deployment web --image=nginx",
  "create service clusterip s --tcp=80",
  "create configmap c --from-literal=a=b",
];

it.each(rows)("$verb, $case: $line", async ({ line, stdout, stderr, status }) => {
  const kubectl = new Kubectl();
  for (const setup of SETUP) await kubectl.ok(setup);
  expect(await kubectl.run(line)).toEqual({ stdout, stderr, status });
});

it("every verb of kubectl's that kubemu carries out has its rows", () => {
  const verbs = COMMANDS.filter((entry) => entry.load && !entry.own).map((entry) => entry.path);
  const without = verbs.filter((verb) => !rows.some((row) => row.verb === verb && row.case === "bad flag"));
  expect(without).toEqual([]);
});
