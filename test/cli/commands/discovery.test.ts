import { describe, expect, it } from "vitest";
import { discoveryDocument } from "../../../src/api/discovery.ts";
import type { Json } from "../../../src/api/json.ts";
import { notFound } from "../../../src/api/status.ts";
import { FakeClient, service } from "../../support/fake-client.ts";
import { runLine } from "../../support/terminal.ts";

class Server extends FakeClient {
  override raw = async (path: string): Promise<Json | string> => {
    if (path === "/version") return { major: "1", gitVersion: "v1.36.2", goVersion: "go1", buildDate: "then" };
    if (path === "/healthz") return "ok";
    const document = discoveryDocument(path);
    if (document === undefined) throw notFound({ group: "", resource: "paths" }, path);
    return document;
  };
}

const run = (line: string, client = new Server()) => runLine(line.split(" "), { client });
const out = async (line: string) => (await run(line)).stdout;

describe("version", () => {
  // kubectl pkg/cmd/version/version.go, transcript 30
  it("names client and server", async () => {
    expect(await run("version")).toEqual({
      stdout: "Client Version: v1.36.2\nKustomize Version: v5.8.1\nServer Version: v1.36.2\n",
      stderr: "",
      status: 0,
    });
    expect(await out("version --client")).toBe("Client Version: v1.36.2\nKustomize Version: v5.8.1\n");
  });

  it("keeps the order of the Go type in JSON, and ends YAML with an empty line", async () => {
    const json = await out("version -o json");
    expect(json.split("\n").slice(0, 4)).toEqual([
      "{",
      '  "clientVersion": {',
      '    "major": "1",',
      '    "minor": "36",',
    ]);
    expect(json.slice(json.indexOf('"kustomizeVersion"'))).toBe(
      '"kustomizeVersion": "v5.8.1",\n  "serverVersion": {\n    "major": "1",\n    "gitVersion": "v1.36.2",\n    "buildDate": "then",\n    "goVersion": "go1"\n  }\n}\n',
    );
    expect((await out("version -o yaml")).split("\n").slice(-8)).toEqual([
      "kustomizeVersion: v5.8.1",
      "serverVersion:",
      "  buildDate: then",
      "  gitVersion: v1.36.2",
      "  goVersion: go1",
      '  major: "1"',
      "",
      "",
    ]);
  });

  it.each([
    ["version x", "error: extra arguments: [x]\n"],
    ["version -o x", "error: --output must be 'yaml' or 'json'\n"],
    ["api-versions x", "error: unexpected arguments: [x]\nSee 'kubectl api-versions -h' for help and examples\n"],
    ["api-resources x", "error: unexpected arguments: [x]\nSee 'kubectl api-resources -h' for help and examples\n"],
    ["api-resources --sort-by=bad", "error: --sort-by accepts only name or kind\n"],
    [
      "api-resources -o bad",
      'error: unable to match a printer suitable for the output format "bad", allowed formats are: json,kyaml,name,wide,yaml\n',
    ],
  ])("%s", async (line, stderr) => {
    expect(await run(line)).toEqual({ stdout: "", stderr, status: 1 });
  });
});

describe("api-resources", () => {
  // kubectl pkg/cmd/apiresources/print_flags.go over fixtures/reference/discovery.json
  it("prints a table, by group and name", async () => {
    expect(await out("api-resources --api-group=apps")).toBe(
      "NAME                  SHORTNAMES   APIVERSION   NAMESPACED   KIND\n" +
        "controllerrevisions                apps/v1      true         ControllerRevision\n" +
        "daemonsets            ds           apps/v1      true         DaemonSet\n" +
        "deployments           deploy       apps/v1      true         Deployment\n" +
        "replicasets           rs           apps/v1      true         ReplicaSet\n" +
        "statefulsets          sts          apps/v1      true         StatefulSet\n",
    );
  });

  it.each([
    ["api-resources --api-group= --verbs=create --categories=all -o name", "pods\nreplicationcontrollers\nservices\n"],
    ["api-resources --api-group=batch -o name", "cronjobs.batch\njobs.batch\n"],
    ["api-resources --api-group=nothing", "NAME   SHORTNAMES   APIVERSION   NAMESPACED   KIND\n"],
    [
      "api-resources --api-group=node.k8s.io -o wide --no-headers",
      "runtimeclasses         node.k8s.io/v1   false   RuntimeClass   create,delete,deletecollection,get,list,patch,update,watch   \n",
    ],
    ["api-resources --api-group= --sort-by=kind --categories=all -o name", "pods\nreplicationcontrollers\nservices\n"],
  ])("%s", async (line, stdout) => {
    expect(await out(line)).toBe(stdout);
  });

  it("lists a resource once, in its group's preferred version", async () => {
    expect(await out("api-resources --api-group=autoscaling --no-headers")).toBe(
      "horizontalpodautoscalers   hpa   autoscaling/v2   true   HorizontalPodAutoscaler\n",
    );
    const versions = (await out("api-versions")).split("\n");
    expect(versions.filter((version) => version.startsWith("autoscaling/"))).toEqual([
      "autoscaling/v1",
      "autoscaling/v2",
    ]);
  });
});

it("cluster-info links the cluster's services", async () => {
  const dns = service(
    "kube-dns",
    { "kubernetes.io/cluster-service": "true", "kubernetes.io/name": "CoreDNS" },
    "kube-system",
  );
  dns.spec = { ports: [{ name: "dns", port: 53 }] };
  // transcript 26
  expect(await run("cluster-info", new Server({ services: [dns] }))).toEqual({
    stdout:
      "Kubernetes control plane is running at https://127.0.0.1:6443\nCoreDNS is running at https://127.0.0.1:6443/api/v1/namespaces/kube-system/services/kube-dns:dns/proxy\n\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n",
    stderr: "",
    status: 0,
  });
});

it("get --raw prints what the server answers", async () => {
  expect(await out("get --raw /healthz")).toBe("ok");
  expect(await out("get --raw /version")).toBe(
    '{\n  "major": "1",\n  "gitVersion": "v1.36.2",\n  "goVersion": "go1",\n  "buildDate": "then"\n}',
  );
  expect(await out("get --raw /api")).toBe(
    '{"kind":"APIVersions","versions":["v1"],"serverAddressByClientCIDRs":[{"clientCIDR":"0.0.0.0/0","serverAddress":"127.0.0.1:6443"}]}\n',
  );
});

it("prints the server's warnings once, and fails for them when told to", async () => {
  const client = new Server({ services: [service("web")] });
  client.warnings = ["old", "old"];
  expect(await run("get svc web -o name --warnings-as-errors", client)).toEqual({
    stdout: "service/web\n",
    stderr: "Warning: old\nerror: 1 warning received\n",
    status: 1,
  });
});
