import { describe, expect, it } from "vitest";
import { FakeClient } from "../../support/fake-client.ts";
import { runLine } from "../../support/terminal.ts";

const run = (line: string) => runLine(line.split(" "), { client: new FakeClient({}) });

// Models kubectl pkg/cmd/explain/explain.go; the layouts are held by test/api/explain.
describe("explain", () => {
  it("a field", async () => {
    expect(await run("explain svc.spec.clusterIP")).toEqual({
      stdout: `KIND:       Service
VERSION:    v1

FIELD: clusterIP <string>


DESCRIPTION:
    The virtual address inside the cluster; None makes the Service headless,
    empty lets the cluster pick.
    

`,
      stderr: "",
      status: 0,
    });
  });

  it("a field in the older format", async () => {
    expect(await run("explain deploy.spec.replicas --output plaintext-openapiv2")).toEqual({
      stdout: `KIND:     Deployment
VERSION:  apps/v1

FIELD:    replicas <integer>

DESCRIPTION:
     How many pods are wanted; 1 unless said otherwise.
`,
      stderr: "",
      status: 0,
    });
  });

  it.each([
    [
      "explain",
      "",
      'error: You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.\n',
    ],
    ["explain svc pods", "", "error: We accept only this format: explain RESOURCE\n"],
    ["explain nothing", "", 'the server doesn\'t have a resource type "nothing"\n'],
    ["explain svc.nothing", "KIND:       Service\nVERSION:    v1\n\n", 'error: field "nothing" does not exist\n'],
    ["explain svc -o yaml", "", "error: unrecognized format: yaml\n"],
    ["explain svc --wrong", "", "error: unknown flag: --wrong\nSee 'kubectl explain --help' for usage.\n"],
    [
      "explain svc --recursive=x",
      "",
      'error: invalid argument "x" for "-R, --recursive" flag: strconv.ParseBool: parsing "x": invalid syntax\nSee \'kubectl explain --help\' for usage.\n',
    ],
    ["explain svc --api-version=apps/v9", "", 'error: couldn\'t find resource for "apps/v9, Resource=services"\n'],
  ])("%s: refused", async (line, stdout, stderr) => {
    expect(await run(line)).toEqual({ stdout, stderr, status: 1 });
  });
});
