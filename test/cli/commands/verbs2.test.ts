import { describe, expect, it } from "vitest";
import { Kubectl } from "../../support/kubectl.ts";

// Texts of transcript 34, else of kubectl's source under pkg/cmd, which each line's command names.
const NODE = "node/docker-desktop";

describe("nodes: success", () => {
  it.each([
    [["cordon docker-desktop"], `${NODE} cordoned\n`], // 34
    [["uncordon docker-desktop"], `${NODE} already uncordoned\n`],
    [["cordon docker-desktop", "cordon docker-desktop"], `${NODE} already cordoned\n`],
    [["cordon docker-desktop", "uncordon docker-desktop"], `${NODE} uncordoned\n`], // 34
    [["cordon node/docker-desktop --dry-run=client"], `${NODE} cordoned (dry run)\n`],
    [["cordon docker-desktop --dry-run=client", "uncordon docker-desktop"], `${NODE} already uncordoned\n`],
    [["cordon docker-desktop --dry-run=server", "uncordon docker-desktop"], `${NODE} already uncordoned\n`],
    [["cordon -l kubernetes.io/os=linux --dry-run=server"], `${NODE} cordoned (server dry run)\n`],
    [["cordon docker-desktop", "get node docker-desktop -o jsonpath={.spec.unschedulable}"], "true"],
    [["taint node docker-desktop a=b:NoSchedule"], `${NODE} tainted\n`], // 34
    [["taint node docker-desktop a=b:NoSchedule", "taint node docker-desktop a=b:NoSchedule-"], `${NODE} untainted\n`], // 34
    [["taint nodes --all a=b:NoSchedule", "taint no --all a- c:NoExecute d:NoSchedule"], `${NODE} modified\n`],
    [["taint nodes docker-desktop a:NoSchedule --overwrite"], `${NODE} modified\n`],
    [["taint nodes -l kubernetes.io/os=linux a:NoSchedule"], `${NODE} tainted\n`],
    // kubectl sets the word anew after it added `(dry run)` to it.
    [["taint node docker-desktop a:NoSchedule --dry-run=server"], `${NODE} tainted\n`],
    [
      ["taint node docker-desktop a=b:NoSchedule c:NoExecute", "get no -o jsonpath={.items[*].spec.taints}"],
      '[{"effect":"NoSchedule","key":"a","value":"b"},{"effect":"NoExecute","key":"c"}]',
    ],
    [["taint node docker-desktop a:NoSchedule --dry-run=client", "get no -o jsonpath={.items[*].spec.taints}"], ""],
  ])("%j", async (lines, stdout) => {
    const kubectl = new Kubectl();
    for (const line of lines.slice(0, -1)) await kubectl.ok(line);
    expect(await kubectl.run(lines.at(-1)!)).toEqual({ stdout, stderr: "", status: 0 });
  });
});

const NAME_PART =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric " +
  "character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is " +
  "'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const taintHelp = "See 'kubectl taint -h' for help and examples\n";

describe("nodes: refusals", () => {
  it.each([
    ["cordon", "error: USAGE: cordon NODE [flags]\nSee 'kubectl cordon -h' for help and examples\n"],
    ["uncordon", "error: USAGE: uncordon NODE [flags]\nSee 'kubectl uncordon -h' for help and examples\n"],
    [
      "cordon x -l a=b",
      "error: cannot specify both a node name and a --selector option\nSee 'kubectl cordon -h' for help and examples\n",
    ],
    ["cordon nothere", 'Error from server (NotFound): nodes "nothere" not found\n'],
    ["cordon service/kubernetes", 'error: expected resource of type node, got "/v1, Resource=services"\n'],
    ["cordon x --nothing", "error: unknown flag: --nothing\nSee 'kubectl cordon --help' for usage.\n"],
    ["cordon x --dry-run=x", 'error: Invalid dry-run value (x). Must be "none", "server", or "client".\n'],
    ["taint", "error: one or more resources must be specified as <resource> <name>\n"],
    ["taint node x", "error: at least one taint update is required\n"],
    [
      "taint node a:NoSchedule",
      "error: at least one resource name must be specified since 'all' parameter is not set\n",
    ],
    ["taint node x a:NoSchedule b", "error: all resources must be specified before taint changes: b\n"],
    ["taint node x a=b:No", `error: invalid taint effect: No, unsupported taint effect\n${taintHelp}`],
    ["taint node x a=b", `error: invalid taint spec: a=b, ${NAME_PART}\n${taintHelp}`],
    ["taint node x a=b:c:d", `error: invalid taint spec: a=b:c:d\n${taintHelp}`],
    ["taint node x a=b=c:NoSchedule", `error: invalid taint spec: a=b=c:NoSchedule\n${taintHelp}`],
    [
      "taint node x a=b:NoSchedule a=c:NoSchedule",
      `error: duplicated taints with the same key and effect: {a c NoSchedule <nil>}\n${taintHelp}`,
    ],
    ["taint svc x a:NoSchedule", "error: invalid resource type svc, only node types are supported\n"],
    ["taint foo x a:NoSchedule", 'error: the server doesn\'t have a resource type "foo"\n'],
    [
      "taint node x a:NoSchedule a-",
      "error: can not both modify and remove the following taint(s) in the same command: a=\n",
    ],
    [
      "taint node --all -l a=b c:NoSchedule",
      "error: setting 'all' parameter with a non empty selector is prohibited\n",
    ],
    ["taint node nothere a:NoSchedule", 'Error from server (NotFound): nodes "nothere" not found\n'],
    ["taint node docker-desktop a-", 'error: taint "a" not found\n'],
    ["taint node docker-desktop a:NoSchedule-", 'error: taint "a:NoSchedule" not found\n'],
    ["taint node x a- --nothing", "error: unknown flag: --nothing\nSee 'kubectl taint --help' for usage.\n"],
  ])("%s", async (line, stderr) => {
    expect(await new Kubectl().run(line)).toEqual({ stdout: "", stderr, status: 1 });
  });

  it("does not overwrite a taint unasked", async () => {
    const kubectl = new Kubectl();
    await kubectl.ok("taint node docker-desktop a=b:NoSchedule");
    expect(await kubectl.run("taint node docker-desktop a=c:NoSchedule")).toEqual({
      stdout: "",
      stderr: "error: node docker-desktop already has a taint(s) with same effect(s) and --overwrite is false\n",
      status: 1,
    });
  });
});
