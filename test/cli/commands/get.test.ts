import { describe, expect, it } from "vitest";
import { deployment, FakeClient, service } from "../../support/fake-client.ts";
import { memoryFiles, runLine, type TerminalOptions } from "../../support/terminal.ts";

const cluster = () =>
  new FakeClient({
    services: [service("kubernetes"), service("web", { app: "web" }), service("far", {}, "other")],
    "deployments.apps": [deployment("web")],
    namespaces: [
      { apiVersion: "v1", kind: "Namespace", metadata: { name: "default" } },
      { apiVersion: "v1", kind: "Namespace", metadata: { name: "other" } },
    ],
  });
const get = (line: string, options: TerminalOptions = {}) =>
  runLine(["get", ...line.split(" ").filter((word) => word !== "")], { client: cluster(), ...options });

describe("tables", () => {
  it.each([
    ["svc", "NAME\nkubernetes\nweb\n"],
    ["svc web", "NAME\nweb\n"],
    ["svc/kubernetes svc/web", "NAME\nkubernetes\nweb\n"],
    ["svc -o wide", "NAME         KIND\nkubernetes   Service\nweb          Service\n"],
    ["svc --no-headers", "kubernetes\nweb\n"],
    ["svc -l app=web --show-kind", "NAME\nservice/web\n"],
    ["svc -A", "NAMESPACE   NAME\ndefault     kubernetes\ndefault     web\nother       far\n"],
    ["svc,deploy", "NAME\nservice/kubernetes\nservice/web\n\nNAME\ndeployment.apps/web\n"],
    ["deploy/web svc/web", "NAME\ndeployment.apps/web\n\nNAME\nservice/web\n"],
    ["svc,deploy web", "NAME\nservice/web\n\nNAME\ndeployment.apps/web\n"],
    ["ns -A", "NAME\ndefault\nother\n"],
    ["svc web -L app", "NAME   APP\nweb    web\n"],
    ["all -l app=web", "NAME\nservice/web\n\nNAME\ndeployment.apps/web\n"],
  ])("get %s", async (line, stdout) => {
    expect(await get(line)).toEqual({ stdout, stderr: "", status: 0 });
  });

  it.each([
    ["pods", "No resources found in default namespace.\n"],
    ["pods -n other", "No resources found in other namespace.\n"],
    ["pods -A", "No resources found\n"],
    ["nodes", "No resources found\n"],
  ])("says when there is nothing: get %s", async (line, stderr) => {
    expect(await get(line)).toEqual({ stdout: "", stderr, status: 0 });
  });
});

// Texts: transcripts 12 and 32; cli-runtime pkg/resource/builder.go.
describe("mistakes", () => {
  it.each([
    ["svc nothere", "", 'Error from server (NotFound): services "nothere" not found\n'],
    ["svc kubernetes nothere", "NAME\nkubernetes\n", 'Error from server (NotFound): services "nothere" not found\n'],
    [
      "svc a b",
      "",
      'Error from server (NotFound): services "a" not found\nError from server (NotFound): services "b" not found\n',
    ],
    ["svc a -n gone", "", 'Error from server (NotFound): namespaces "gone" not found\n'],
    ["svc a -n other", "", 'Error from server (NotFound): services "a" not found\n'],
    ["nothings", "", 'error: the server doesn\'t have a resource type "nothings"\n'],
    ["nothings/a", "", 'error: the server doesn\'t have a resource type "nothings"\n'],
    ["svc,nothing", "", 'error: the server doesn\'t have a resource type "nothing"\n'],
    ["svc kubernetes -A", "", "error: a resource cannot be retrieved by name across all namespaces\n"],
    ["svc -l a=b kubernetes", "", "error: name cannot be provided when a selector is specified\n"],
    ["svc/a -l a=b", "", "error: selectors and the all flag cannot be used when passing resource/name arguments\n"],
    ["svc/", "", "error: arguments in resource/name form must have a single resource and name\n"],
    ["/kubernetes", "", "error: arguments in resource/name form must have a single resource and name\n"],
    ["svc/a/b", "", "error: arguments in resource/name form may not have more than one slash\n"],
    [
      "svc/kubernetes deploy",
      "",
      "error: there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'\n",
    ],
    ["all web", "", "error: you must specify only one resource\n"],
    ["-f nothere.yaml", "", 'error: the path "nothere.yaml" does not exist\n'],
    ["-f nothere.yaml svc", "", 'error: the path "nothere.yaml" does not exist\n'],
    ["svc --show-labels -o yaml", "", "error: --show-labels option cannot be used with yaml printer\n"],
    [
      "svc --output-watch-events",
      "",
      "error: --output-watch-events option can only be used with --watch or --watch-only\n",
    ],
    ["svc --raw /version", "", "error: arguments may not be passed when --raw is specified\n"],
    [
      "svc -o badformat",
      "",
      'error: unable to match a printer suitable for the output format "badformat", allowed formats are: custom-columns,custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,wide,yaml\n',
    ],
    [
      "svc -o=",
      "",
      'error: unable to match a printer suitable for the output format "=", allowed formats are: custom-columns,custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,wide,yaml\n',
    ],
    ["svc -o jsonpath=", "", "error: template format specified but no template given\n"],
    ["svc -o jsonpath={.spec", "", "error: error parsing jsonpath {.spec, unclosed action\n"],
    ["svc -o go-template-file=x", "", "error: error reading --template x, open x: no such file or directory\n"],
    ["svc --context nothere", "", "Error in configuration: context was not found for specified context: nothere\n"],
    ["svc --user nothere", "", 'error: auth info "nothere" does not exist\n'],
    ["svc --cluster nothere", "", 'error: no server found for cluster "nothere"\n'],
    ["svc --profile nothing", "", "error: unknown profile 'nothing'\n"],
    [
      "svc --request-timeout=abc",
      "",
      "error: Invalid timeout value. Timeout must be a single integer in seconds, or an integer followed by a corresponding time unit (e.g. 1s | 2m | 3h)\n",
    ],
  ])("get %s", async (line, stdout, stderr) => {
    expect(await get(line)).toEqual({ stdout, stderr, status: 1 });
  });

  it("needs a type", async () => {
    expect(await get("")).toEqual({
      stdout: "",
      stderr:
        'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\nerror: Required resource not specified.\nUse "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).\nSee \'kubectl get -h\' for help and examples\n',
      status: 1,
    });
  });

  it("may overlook what is not there", async () => {
    expect(await get("svc nothere --ignore-not-found")).toEqual({ stdout: "", stderr: "", status: 0 });
    expect(await get("svc nothere --ignore-not-found -o yaml")).toEqual({ stdout: "", stderr: "", status: 0 });
  });
});

describe("data", () => {
  it.each([
    ["svc -o name", "service/kubernetes\nservice/web\n"],
    ["svc,deploy web -o name", "service/web\ndeployment.apps/web\n"],
    ["svc web -o jsonpath={.metadata.labels}", '{"app":"web"}'],
    ["svc -o jsonpath={.items[*].metadata.name}", "kubernetes web"],
    ["svc web -o go-template={{.kind}}", "Service"],
    ["svc web --template={{.kind}}", "Service"],
    ["svc web -o template --template={{.kind}}", "Service"],
    [
      "deploy web -o yaml",
      "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  labels:\n    app: web\n  name: web\n  namespace: default\n",
    ],
    ["pods -o yaml", 'apiVersion: v1\nitems: []\nkind: List\nmetadata:\n  resourceVersion: ""\n'],
  ])("get %s", async (line, stdout) => {
    expect(await get(line)).toEqual({ stdout, stderr: "", status: 0 });
  });

  it("prints what was found before it names what was not", async () => {
    expect(await get("svc web nothere -o name")).toEqual({
      stdout: "service/web\n",
      stderr: 'Error from server (NotFound): services "nothere" not found\n',
      status: 1,
    });
  });
});

describe("files", () => {
  const files = memoryFiles({
    "/home/user/web.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n---\n",
    "/home/user/dir/b.json": '{"apiVersion":"v1","kind":"Service","metadata":{"name":"kubernetes"}}',
    "/home/user/dir/a.yml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, namespace: default}",
    "/home/user/dir/notes.txt": "no manifest",
    "/home/user/dir/below/c.yaml": "kind: Service",
    "/home/user/list.yaml":
      "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Service, metadata: {name: web}}\n- {apiVersion: v1, kind: Service, metadata: {name: far, namespace: other}}",
    "/home/user/crd.yaml": "apiVersion: x.io/v1\nkind: Thing\nmetadata: {name: a}",
    "/home/user/empty/readme.md": "",
    "/home/user/bad.yaml": "a: b: c",
  });

  it.each([
    ["-f web.yaml -o name", "service/web\n", ""],
    ["-f web.yaml -o jsonpath={.kind}", "Service", ""],
    ["-f dir -o name", "deployment.apps/web\nservice/kubernetes\n", ""],
    ["-f dir/ -o name", "deployment.apps/web\nservice/kubernetes\n", ""],
    ["-f *.json -f dir/*.json -o name", "", 'error: the path "*.json" does not exist\n'],
    ["-f dir/*.json -o name", "service/kubernetes\n", ""],
    ["-f list.yaml -o name", "service/web\nservice/far\n", ""],
    // What has no name is not asked for.
    ["-f dir -R -o name", "deployment.apps/web\nservice/kubernetes\nservice/<unknown>\n", ""],
    [
      "-f crd.yaml",
      "",
      'resource mapping not found for name: "a" namespace: "" from "crd.yaml": no matches for kind "Thing" in version "x.io/v1"\nensure CRDs are installed first\n',
    ],
    [
      "-f list.yaml -n default -o name",
      "",
      'error: the namespace from the provided object "other" does not match the namespace "default". You must pass \'--namespace=other\' to perform this operation.\n',
    ],
    ["-f empty", "", "error: error reading [empty]: recognized file extensions are [.json .yaml .yml]\n"],
    [
      "-f bad.yaml",
      "",
      "error parsing bad.yaml: error converting YAML to JSON: yaml: mapping values are not allowed in this context\n",
    ],
    [
      "-f web.yaml svc",
      "",
      "error: when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well\n",
    ],
    ["-f web.yaml svc/web", "", "error: resource/name arguments cannot be provided when a path is specified\n"],
    [
      "-k dir",
      "",
      "unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '/home/user/dir'\n",
    ],
    ["-k dir -f web.yaml", "", "error: only one of -f or -k can be specified\n"],
  ])("get %s", async (line, stdout, stderr) => {
    expect(await get(line, { files })).toEqual({ stdout, stderr, status: stderr === "" ? 0 : 1 });
  });

  it("reads standard input", async () => {
    expect(await get("-f - -o name", { input: "kind: Service\napiVersion: v1\nmetadata: {name: web}" })).toEqual({
      stdout: "service/web\n",
      stderr: "",
      status: 0,
    });
  });
});
