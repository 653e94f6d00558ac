import { describe, expect, it } from "vitest";
import type { Kubeconfig } from "../../../../src/api/kubeconfig.ts";
import { memoryFiles, runLine } from "../../../support/terminal.ts";

/** A configuration in memory, and a way to run `config` on it. */
function cluster() {
  let config: Kubeconfig = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "c1", cluster: { server: "https://127.0.0.1:1", "certificate-authority-data": "aGVsbG8=" } }],
    users: [{ name: "u1", user: { token: "x", "client-certificate-data": "aGVsbG8=", "client-key-data": "aGVsbG8=" } }],
    contexts: [
      { name: "k2", context: { cluster: "c1", user: "u1", namespace: "foo" } },
      { name: "k1", context: { cluster: "c1", user: "u1" } },
    ],
    "current-context": "k1",
  };
  const files = memoryFiles({ "/home/user/ca.crt": "hello" });
  const run = (line: string) =>
    runLine(["config", ...line.split(" ").map((word) => (word === '""' ? "" : word))], {
      files,
      admin: {
        kubeconfig: async () => config,
        setKubeconfig: async (next) => {
          config = next;
        },
      },
    });
  return { run, files };
}

// All expected texts were printed by kubectl v1.36.2 for the same file, whose path stands where `/state.json` does here.
const VIEW = `apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: DATA+OMITTED
    server: https://127.0.0.1:1
  name: c1
contexts:
- context:
    cluster: c1
    user: u1
  name: k1
- context:
    cluster: c1
    namespace: foo
    user: u1
  name: k2
current-context: k1
kind: Config
users:
- name: u1
  user:
    client-certificate-data: DATA+OMITTED
    client-key-data: DATA+OMITTED
    token: REDACTED
`;

describe("reading", () => {
  it.each([
    ["view", VIEW],
    ["view --raw -o jsonpath={.users[*].user.token}", "x"],
    ["view --minify -o jsonpath={..namespace}", ""],
    ["view --minify --context k2 -o jsonpath={..namespace}", "foo"],
    ["view -o name", "config/<unknown>\n"],
    [
      "get-contexts",
      "CURRENT   NAME   CLUSTER   AUTHINFO   NAMESPACE\n*         k1     c1        u1         \n          k2     c1        u1         foo\n",
    ],
    ["get-contexts --no-headers", "*     k1    c1    u1    \n      k2    c1    u1    foo\n"],
    ["get-contexts -o name", "k1\nk2\n"],
    ["get-clusters", "NAME\nc1\n"],
    ["get-users", "NAME\nu1\n"],
    ["current-context", "k1\n"],
  ])("config %s", async (line, stdout) => {
    expect(await cluster().run(line)).toEqual({ stdout, stderr: "", status: 0 });
  });

  it("prints JSON in the order of the Go types", async () => {
    const { stdout } = await cluster().run("view --minify --raw -o json");
    expect(stdout).toBe(`{
    "kind": "Config",
    "apiVersion": "v1",
    "clusters": [
        {
            "name": "c1",
            "cluster": {
                "server": "https://127.0.0.1:1",
                "certificate-authority-data": "aGVsbG8="
            }
        }
    ],
    "users": [
        {
            "name": "u1",
            "user": {
                "client-certificate-data": "aGVsbG8=",
                "client-key-data": "aGVsbG8=",
                "token": "x"
            }
        }
    ],
    "contexts": [
        {
            "name": "k1",
            "context": {
                "cluster": "c1",
                "user": "u1"
            }
        }
    ],
    "current-context": "k1"
}
`);
  });
});

describe("mistakes", () => {
  it.each([
    ["view x", "error: unexpected arguments: [x]\nSee 'kubectl config view -h' for help and examples\n"],
    ["view --minify --context zz", "error: cannot locate context zz\n"],
    ["view --merge=false", "error: if merge==false a precise file must be specified\n"],
    [
      "view -o bad",
      'error: unable to match a printer suitable for the output format "bad", allowed formats are: go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,templatefile,yaml\n',
    ],
    [
      "get-contexts -o wide",
      "error: --output wide is not available in kubectl config get-contexts; resetting to default output format\n",
    ],
    ["use-context zz", 'error: no context exists with the name: "zz"\n'],
    ['use-context ""', "error: empty context names are not allowed\n"],
    ["set-context k3 --current", "error: you cannot specify both a context name and --current\n"],
    ["set-context", "error: you must specify a non-empty context name or --current\n"],
    ["rename-context k3 k4", 'error: cannot rename the context "k3", it\'s not in /state.json\n'],
    ["rename-context k1 k2", 'error: cannot rename the context "k1", the context "k2" already exists in /state.json\n'],
    ['rename-context k1 ""', "error: You must specify a new non-empty context name\n"],
    ["delete-context zz", "error: cannot delete context zz, not in /state.json\n"],
    ["delete-cluster zz", "error: cannot delete cluster zz, not in /state.json\n"],
    ["delete-user zz", "error: cannot delete user zz, not in /state.json\n"],
    ["delete-user", "error: user to delete is required\nSee 'kubectl config delete-user -h' for help and examples\n"],
    [
      "set-cluster c2 --certificate-authority=/nothere --embed-certs",
      "error: could not stat certificate-authority file /nothere: stat /nothere: no such file or directory\n",
    ],
    ["set-cluster c2 --embed-certs", "error: you must specify a --certificate-authority to embed\n"],
    [
      "set-cluster c2 --insecure-skip-tls-verify --certificate-authority=x",
      "error: you cannot specify a certificate authority and insecure mode at the same time\n",
    ],
    [
      "set-credentials u2 --token=t --username=a",
      "error: you cannot specify more than one authentication method at the same time: --token, --username/--password\n",
    ],
    [
      "set-credentials u3 --exec-interactive-mode=x",
      "error: invalid interactive mode type, can be only IfAvailable, Never, Always\n",
    ],
    ["set foo bar", "error: unable to parse foo after [] at api.Config\n"],
    ["set clusters.c1.server.x bar", "error: unable to parse one or more field values of clusters.c1.server.x\n"],
    [
      "set clusters.c1.certificate-authority-data @@",
      "error: error decoding input value: illegal base64 data at input byte 0\n",
    ],
    ["set clusters.c1.insecure-skip-tls-verify maybe", 'error: strconv.ParseBool: parsing "maybe": invalid syntax\n'],
    ['set current-context ""', "error: you cannot use set to unset a property\n"],
    ["unset contexts.nn.namespace", "error: current map key `nn` is invalid\n"],
    ["unset foo", "error: unable to parse foo after [] at api.Config\n"],
  ])("config %s", async (line, stderr) => {
    expect(await cluster().run(line)).toEqual({ stdout: "", stderr, status: 1 });
  });

  it("names the contexts that are not there, after those that are", async () => {
    expect(await cluster().run("get-contexts k2 zz yy")).toEqual({
      stdout: "CURRENT   NAME   CLUSTER   AUTHINFO   NAMESPACE\n          k2     c1        u1         foo\n",
      stderr: "context zz not found\ncontext yy not found\n",
      status: 1,
    });
  });

  it("shows its help when the number of arguments is wrong", async () => {
    const { stdout, stderr, status } = await cluster().run("set a");
    expect([stdout.split("\n")[0], stderr, status]).toEqual([
      "Usage: kubectl config set PROPERTY_NAME PROPERTY_VALUE",
      "error: Unexpected args: [a]\n",
      1,
    ]);
  });
});

describe("changing", () => {
  it("changes one thing after the other, as the transcript of the real one", async () => {
    const { run } = cluster();
    const steps: [string, string][] = [
      ["use k2", 'Switched to context "k2".\n'],
      ["set-context k3 --cluster=c1 --user u9", 'Context "k3" created.\n'],
      ["set-context k3 -n bar", 'Context "k3" modified.\n'],
      ["set-context --current --namespace=default", 'Context "k2" modified.\n'],
      ["rename-context k3 k4", 'Context "k3" renamed to "k4".\n'],
      ["delete-context k4", "deleted context k4 from /state.json\n"],
      ["set-cluster c2 --insecure-skip-tls-verify", 'Cluster "c2" set.\n'],
      ["set-cluster c2 --server=https://1.2.3.4 --certificate-authority=ca.crt", 'Cluster "c2" set.\n'],
      ["set-cluster c3 --certificate-authority=ca.crt --embed-certs", 'Cluster "c3" set.\n'],
      ["set-credentials u2 --username=a --password=b", 'User "u2" set.\n'],
      ["set-credentials u2 --token=t", 'User "u2" set.\n'],
      [
        "set-credentials u3 --exec-command=foo --exec-arg=a,b --exec-env=A=1 --exec-api-version=v1 --exec-interactive-mode=Never",
        'User "u3" set.\n',
      ],
      ["set-credentials u4 --auth-provider=gcp --auth-provider-arg=a=b", 'User "u4" set.\n'],
      ["set contexts.k1.namespace foo", 'Property "contexts.k1.namespace" set.\n'],
      ["set clusters.10.10.1.1.server https://x", 'Property "clusters.10.10.1.1.server" set.\n'],
      [
        "set clusters.c1.certificate-authority-data abc --set-raw-bytes",
        'Property "clusters.c1.certificate-authority-data" set.\n',
      ],
      ["set clusters.c1.insecure-skip-tls-verify true", 'Property "clusters.c1.insecure-skip-tls-verify" set.\n'],
      ["unset contexts.k2", 'Property "contexts.k2" unset.\n'],
      ["unset current-context", 'Property "current-context" unset.\n'],
    ];
    for (const [line, stdout] of steps)
      expect([line, await run(line)]).toEqual([line, { stdout, stderr: "", status: 0 }]);
    expect((await run("view --raw")).stdout).toBe(`apiVersion: v1
clusters:
- cluster:
    server: https://x
  name: 10.10.1.1
- cluster:
    certificate-authority-data: YWJj
    insecure-skip-tls-verify: true
    server: https://127.0.0.1:1
  name: c1
- cluster:
    certificate-authority: /home/user/ca.crt
    server: https://1.2.3.4
  name: c2
- cluster:
    certificate-authority-data: aGVsbG8=
    server: ""
  name: c3
contexts:
- context:
    cluster: c1
    namespace: foo
    user: u1
  name: k1
current-context: ""
kind: Config
users:
- name: u1
  user:
    client-certificate-data: aGVsbG8=
    client-key-data: aGVsbG8=
    token: x
- name: u2
  user:
    token: t
- name: u3
  user:
    exec:
      apiVersion: v1
      args:
      - a
      - b
      command: foo
      env:
      - name: A
        value: "1"
      interactiveMode: Never
      provideClusterInfo: false
- name: u4
  user:
    auth-provider:
      config:
        a: b
      name: gcp
`);
    expect(await run("current-context")).toEqual({
      stdout: "",
      stderr: "error: current-context is not set\n",
      status: 1,
    });
  });

  it("warns when the current context goes", async () => {
    expect(await cluster().run("delete-context k1")).toEqual({
      stdout: "deleted context k1 from /state.json\n",
      stderr: 'warning: this removed your active context, use "kubectl config use-context" to select a different one\n',
      status: 0,
    });
  });

  it("writes the file of --kubeconfig and leaves the state alone", async () => {
    const { run, files } = cluster();
    expect(await run("set-context k9 -n far --kubeconfig /kc")).toEqual({
      stdout: 'Context "k9" created.\n',
      stderr: "",
      status: 0,
    });
    const text =
      'apiVersion: v1\nclusters: null\ncontexts:\n- context:\n    cluster: ""\n    namespace: far\n    user: ""\n  name: k9\ncurrent-context: ""\nkind: Config\nusers: null\n';
    expect(files.read("/kc").toString()).toBe(text);
    expect((await run("view --kubeconfig /kc")).stdout).toBe(text);
    expect((await run("view")).stdout).toBe(VIEW);
  });
});
