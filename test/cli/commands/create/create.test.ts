import { describe, expect, it } from "vitest";
import { FakeClient, service } from "../../../support/fake-client.ts";
import { runLine } from "../../../support/terminal.ts";

const create = (line: string, client = new FakeClient()) => runLine(["create", ...line.split(" ")], { client });

// Expected texts were printed by kubectl v1.36.2 with --dry-run=client.
const PRINTED = `apiVersion: v1
kind: Service
metadata:
  labels:
    app: web
  name: web
spec:
  ports:
  - name: 80-8080
    port: 80
    protocol: TCP
    targetPort: 8080
  selector:
    app: web
  type: ClusterIP
status:
  loadBalancer: {}
`;

describe("create service", () => {
  it.each([
    ["service clusterip web --tcp=80:8080 --dry-run=client -o yaml", PRINTED],
    ["svc clusterip web --tcp 80:8080 --dry-run=client", "service/web created (dry run)\n"],
    ["svc clusterip web --tcp 80:8080 --dry-run=server", "service/web created (server dry run)\n"],
    ["svc nodeport web --tcp=80:a:b -o name", "service/web\n"],
    [
      "service clusterip x --clusterip=None --dry-run=client -o jsonpath={.spec}",
      '{"clusterIP":"None","selector":{"app":"x"},"type":"ClusterIP"}',
    ],
    [
      "service externalname e --external-name=a.b --dry-run=client -o yaml",
      "apiVersion: v1\nkind: Service\nmetadata:\n  labels:\n    app: e\n  name: e\nspec:\n  externalName: a.b\n  selector:\n    app: e\n  type: ExternalName\nstatus:\n  loadBalancer: {}\n",
    ],
  ])("create %s", async (line, stdout) => {
    expect(await create(line)).toEqual({ stdout, stderr: "", status: 0 });
  });

  it("sends what it built", async () => {
    const client = new FakeClient();
    await create("service nodeport np --tcp=443:8443,80 --node-port=30443 -n x", client);
    expect(client.calls).toEqual(["create services x/np"]);
    expect(client.written[0]).toEqual({
      resource: "services",
      body: {
        apiVersion: "v1",
        kind: "Service",
        metadata: { name: "np", namespace: "x", labels: { app: "np" } },
        spec: {
          ports: [
            { name: "443-8443", protocol: "TCP", port: 443, targetPort: 8443, nodePort: 30443 },
            { name: "80", protocol: "TCP", port: 80, targetPort: 80, nodePort: 30443 },
          ],
          selector: { app: "np" },
          type: "NodePort",
        },
      },
      options: { fieldManager: "kubectl-create", fieldValidation: "Strict", dryRun: false },
    });
  });

  it.each([
    ["service nodeport x --tcp=99999:1", 'error: strconv.ParseUint: parsing "99999": value out of range\n'],
    ["service nodeport x --tcp=a", 'error: strconv.ParseUint: parsing "a": invalid syntax\n'],
    [
      "service nodeport x --tcp=80:Ab_",
      "error: must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)\n",
    ],
    ["service nodeport x --tcp=80:70000", "error: must be between 1 and 65535, inclusive\n"],
    ["service nodeport x --tcp=", "error: at least one tcp port specifier must be provided\n"],
    ["service clusterip x", "error: at least one tcp port specifier must be provided\n"],
    ["service externalname x", 'error: required flag(s) "external-name" not set\n'],
    ["service externalname x --external-name=A_", "error: invalid service external name A_\n"],
    [
      "service nodeport",
      "error: exactly one NAME is required, got 0\nSee 'kubectl create service nodeport -h' for help and examples\n",
    ],
    [
      "service clusterip x --tcp=80 -o bad",
      'error: unable to match a printer suitable for the output format "bad", allowed formats are: go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,yaml\n',
    ],
    [
      "service clusterip x --tcp=80 --dry-run=foo",
      'error: Invalid dry-run value (foo). Must be "none", "server", or "client".\n',
    ],
    [
      "service clusterip x --tcp=80 --validate=foo",
      'error: invalid - validate option "foo"; must be one of: strict (or true), warn, ignore (or false)\n',
    ],
    ["service clusterip web --tcp=80", 'error: failed to create ClusterIP service: services "web" already exists\n'],
  ])("create %s", async (line, stderr) => {
    expect(await create(line, new FakeClient({ services: [service("web")] }))).toEqual({
      stdout: "",
      stderr,
      status: 1,
    });
  });
});

describe("create namespace", () => {
  it.each([
    ["ns a", "namespace/a created\n"],
    [
      "ns n --dry-run=client -o yaml",
      'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: "n"\nspec: {}\nstatus: {}\n',
    ],
    [
      "ns x --dry-run=client --save-config -o yaml",
      'apiVersion: v1\nkind: Namespace\nmetadata:\n  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: |\n      {"kind":"Namespace","apiVersion":"v1","metadata":{"name":"x"},"spec":{},"status":{}}\n  name: x\nspec: {}\nstatus: {}\n',
    ],
  ])("create %s", async (line, stdout) => {
    expect(await create(line)).toEqual({ stdout, stderr: "", status: 0 });
  });
});

describe("create deployment", () => {
  it("prints its own object in the order of the Go type", async () => {
    const { stdout } = await create("deployment d --image=nginx:1 --port=80 --dry-run=client -o json -- sh -c x");
    expect(stdout).toBe(`{
    "kind": "Deployment",
    "apiVersion": "apps/v1",
    "metadata": {
        "name": "d",
        "labels": {
            "app": "d"
        }
    },
    "spec": {
        "replicas": 1,
        "selector": {
            "matchLabels": {
                "app": "d"
            }
        },
        "template": {
            "metadata": {
                "labels": {
                    "app": "d"
                }
            },
            "spec": {
                "containers": [
                    {
                        "name": "nginx",
                        "image": "nginx:1",
                        "command": [
                            "sh",
                            "-c",
                            "x"
                        ],
                        "ports": [
                            {
                                "containerPort": 80
                            }
                        ],
                        "resources": {}
                    }
                ]
            }
        },
        "strategy": {}
    },
    "status": {}
}
`);
  });

  it.each([
    ["deployment web", 'error: required flag(s) "image" not set\n'],
    ["deployment x --image=a --image=b -- c", "error: cannot specify multiple --image options and command\n"],
    [
      "deployment --image=a -- b",
      "error: exactly one NAME is required, got 0\nSee 'kubectl create deployment -h' for help and examples\n",
    ],
  ])("create %s", async (line, stderr) => {
    expect(await create(line)).toEqual({ stdout: "", stderr, status: 1 });
  });
});
