import { describe, expect, it } from "vitest";
import { deployment, FakeClient, service } from "../../support/fake-client.ts";
import { runLine } from "../../support/terminal.ts";

const cluster = () =>
  new FakeClient({
    services: [service("kubernetes"), service("web", { app: "web" }), service("web-2"), service("far", {}, "other")],
    "deployments.apps": [deployment("web")],
    namespaces: [{ apiVersion: "v1", kind: "Namespace", metadata: { name: "default" } }],
    secrets: [{ apiVersion: "v1", kind: "Secret", metadata: { name: "s", namespace: "default" }, type: "Opaque" }],
    events: [],
  });
const run = (line: string) => runLine(line.split(" "), { client: cluster() });

const SECRET = `Name:         s
Namespace:    default
Labels:       <none>
Annotations:  <none>

Type:  Opaque

Data
====
`;

/** Names of what was described, in order. */
const names = (stdout: string) => [...stdout.matchAll(/^Name: +(.*)$/gm)].map((match) => match[1]);

// Models kubectl pkg/cmd/describe/describe.go; the texts of one object are held by test/printers/describe.
describe("describe", () => {
  it("one object", async () => {
    expect(await run("describe secret s")).toEqual({ stdout: SECRET, stderr: "", status: 0 });
  });

  it("one object is described with its events, several are not", async () => {
    expect((await run("describe svc web")).stdout.endsWith("Events:            <none>\n")).toBe(true);
    expect((await run("describe svc web kubernetes")).stdout.includes("Events:")).toBe(false);
    expect((await run("describe svc web --show-events=false")).stdout.includes("Events:")).toBe(false);
    const both = await run("describe svc web kubernetes --show-events");
    expect(both.stdout.split("Events:            <none>\n").length).toBe(3);
  });

  it("two empty lines stand between objects", async () => {
    const { stdout } = await run("describe secret/s secret/s");
    expect(stdout).toBe(`${SECRET}\n\n${SECRET}`);
  });

  it.each([
    ["describe svc", ["kubernetes", "web", "web-2"]],
    ["describe svc -A", ["kubernetes", "web", "web-2", "far"]],
    ["describe svc -l app=web", ["web"]],
    ["describe svc --chunk-size=1", ["kubernetes", "web", "web-2"]],
    ["describe svc/web ns/default", ["web", "default"]],
    ["describe svc we", ["web", "web-2"]],
    ["describe svc web", ["web"]],
  ])("%s", async (line, expected) => {
    const { stdout, stderr, status } = await run(line);
    expect({ names: names(stdout), stderr, status }).toEqual({ names: expected, stderr: "", status: 0 });
  });

  it("what was found by the beginning of its name ends with an empty line each", async () => {
    expect((await run("describe secret s")).stdout.endsWith("====\n")).toBe(true);
    expect((await run("describe svc web-")).stdout.endsWith("Session Affinity:  \n\n")).toBe(true);
  });

  it.each([
    [
      "describe",
      'error: You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.\n',
    ],
    ["describe svc nothere", 'Error from server (NotFound): services "nothere" not found\n'],
    ["describe svc/nothere", 'Error from server (NotFound): services "nothere" not found\n'],
    [
      "describe svc a b",
      'Error from server (NotFound): services "a" not found\nError from server (NotFound): services "b" not found\n',
    ],
    ["describe nothing", 'error: the server doesn\'t have a resource type "nothing"\n'],
    ["describe svc --wrong", "error: unknown flag: --wrong\nSee 'kubectl describe --help' for usage.\n"],
    [
      "describe svc --chunk-size=x",
      'error: invalid argument "x" for "--chunk-size" flag: strconv.ParseInt: parsing "x": invalid syntax\nSee \'kubectl describe --help\' for usage.\n',
    ],
    ["describe -f nothere.yaml", 'error: the path "nothere.yaml" does not exist\n'],
  ])("%s: refused", async (line, stderr) => {
    expect(await run(line)).toEqual({ stdout: "", stderr, status: 1 });
  });

  it.each([
    ["describe pods", "No resources found in default namespace.\n"],
    ["describe pods -A", "No resources found\n"],
  ])("%s: nothing", async (line, stderr) => {
    expect(await run(line)).toEqual({ stdout: "", stderr, status: 0 });
  });
});
