import { describe, expect, it } from "vitest";
import { findCommand } from "../../src/cli/find-command.ts";
import { runLine } from "../support/terminal.ts";

describe("finding the command", () => {
  it.each([
    [["get", "svc"], "get", ["svc"]],
    [["-n", "x", "get", "svc"], "get", ["-n", "x", "svc"]],
    [["--namespace=x", "create", "svc", "clusterip", "web"], "create service clusterip", ["--namespace=x", "web"]],
    [["create", "-f", "service", "service", "nodeport"], "create service nodeport", ["-f", "service"]],
    [["create", "--dry-run=client", "ns", "a"], "create namespace", ["--dry-run=client", "a"]],
    [["config", "use", "kind"], "config use-context", ["kind"]],
    [["create", "--", "service"], "create", ["--", "service"]],
    [["curl", "-s", "get"], "curl", ["-s", "get"]],
  ])("%j is %s", (argv, path, rest) => {
    const found = findCommand(argv);
    expect([found.entry.path, found.argv]).toEqual([path, rest]);
  });

  // Seen from kubectl v1.36.2; the rule is cobra's (levenshtein distance of 2, prefix, SuggestFor).
  it.each([
    ["gett", ["set", "get"]],
    ["GET", ["set", "get"]],
    ["ls", ["get", "logs", "cp"]],
    ["a", ["autoscale", "attach", "cp", "auth", "apply", "annotate", "api-versions", "api-resources"]],
    ["co", ["top", "cordon", "cp", "completion", "config"]],
    ["hel", ["set", "get"]],
  ])("suggests for %s", async (typed, names) => {
    expect(await runLine([typed])).toEqual({
      stdout: "",
      stderr: `error: unknown command "${typed}" for "kubectl"\n\nDid you mean this?\n${names.map((name) => `\t${name}\n`).join("")}`,
      status: 1,
    });
  });

  it("suggests nothing for a word that is like none", async () => {
    expect((await runLine(["nothing"])).stderr).toBe('error: unknown command "nothing" for "kubectl"\n');
  });
});

describe("refusals", () => {
  it.each([
    // transcripts 07, 12, 32
    [["get", "svc", "--output"], "error: flag needs an argument: --output\nSee 'kubectl get --help' for usage.\n"],
    [["--namespace"], "error: flag needs an argument: --namespace\nSee 'kubectl --help' for usage.\n"],
    [
      ["create", "service", "nothing", "x"],
      "error: unknown command \"nothing x\"\nSee 'kubectl create service -h' for help and examples\n",
    ],
    [
      ["create", "service", "nodeport", "np", "--clusterip=10.96.5.6"],
      "error: unknown flag: --clusterip\nSee 'kubectl create service nodeport --help' for usage.\n",
    ],
    [["options", "--nothing"], "error: unknown flag: --nothing\nRun 'kubectl options' without flags.\n"],
    [["trace", "--nothing"], "error: unknown flag: --nothing\nSee 'kubemu trace --help' for usage.\n"],
  ])("%j", async (argv, stderr) => {
    expect(await runLine(argv)).toEqual({ stdout: "", stderr, status: 1 });
  });
});

describe("what every command takes and is not simulated", () => {
  it.each([["--profile=cpu", "kubectl --profile"]])("%s is refused by name", async (flag, name) => {
    expect(await runLine(["get", "svc", flag])).toEqual({
      stdout: "",
      stderr: `error: kubemu does not simulate ${name}\n`,
      status: 1,
    });
  });
});
